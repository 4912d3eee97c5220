import type { Kernels } from "immune-reset/engine";

/**
 * The model as C for other solvers, printed from the same graph that our backends read: parameter-only terms hoisted into `prepare`, common
 * subexpressions shared, the Jacobian symbolic. Plan the kernels with `hubs: false, switches: false`.
 */
export function printC(kernels: Kernels): string {
  const { graph, preparedAt, layout } = kernels;
  const number = (value: number): string =>
    Number.isNaN(value)
      ? "NAN"
      : Number.isFinite(value)
        ? value.toExponential(17)
        : value > 0
          ? "INFINITY"
          : "-INFINITY";
  const prepared = (place: number): string => `q[${place - layout.prepared}]`;

  /** Statements that evaluate `roots`; afterwards the text of a root is given by the returned function. */
  const evaluate = (roots: readonly number[], given: (node: number) => string | undefined) => {
    const lines: string[] = [];
    const text = new Map<number, string>();
    const visit = (node: number): string => {
      const known = text.get(node);
      if (known !== undefined) return known;
      const there = given(node);
      if (there !== undefined) {
        text.set(node, there);
        return there;
      }
      const op = graph.op[node]!;
      const leaf =
        op === "constant"
          ? `(${number(graph.value[node]!)})`
          : op === "parameter"
            ? `p[${graph.value[node]}]`
            : op === "state"
              ? `y[${graph.value[node]}]`
              : op === "time"
                ? "t"
                : null;
      if (leaf !== null) {
        text.set(node, leaf);
        return leaf;
      }
      const [a, b, c] = [graph.a[node]!, graph.b[node]!, graph.c[node]!].map((x) => (x >= 0 ? visit(x) : "")) as [
        string,
        string,
        string,
      ];
      const infix = { add: "+", sub: "-", mul: "*", div: "/", lt: "<", le: "<=" } as const;
      const value =
        op in infix
          ? `${a} ${infix[op as keyof typeof infix]} ${b}`
          : op === "neg"
            ? `-${a}`
            : op === "abs"
              ? `fabs(${a})`
              : op === "min" || op === "atMost"
                ? `${b} < ${a} ? ${b} : ${a}`
                : op === "max" || op === "atLeast"
                  ? `${a} < ${b} ? ${b} : ${a}`
                  : op === "select"
                    ? `${a} != 0 ? ${b} : ${c}`
                    : op === "pow"
                      ? `model_pow(${a}, ${b})`
                      : `${op}(${a})`;
      lines.push(`  const double v${node} = ${value};`);
      text.set(node, `v${node}`);
      return `v${node}`;
    };
    for (const root of roots) visit(root);
    return { lines, text: visit };
  };
  const body = (
    roots: readonly number[],
    given: (node: number) => string | undefined,
    target: (i: number) => string,
  ) => {
    const { lines, text } = evaluate(roots, given);
    return [...lines, ...roots.map((root, i) => `  ${target(i)} = ${text(root)};`)].join("\n");
  };
  const fromPrepared = (node: number): string | undefined => {
    const place = preparedAt.get(node);
    return place === undefined ? undefined : prepared(place);
  };
  const list = (values: readonly number[]): string => values.join(", ");
  const last = kernels.prepare.reduce((most, { at }) => Math.max(most, at), 0);
  return `/* Printed by bench/print-c.ts from the expression graph; not for editing. */
#include <math.h>
#define MODEL_STATES ${kernels.states.length}
#define MODEL_PARAMETERS ${kernels.parameters.length}
#define MODEL_PREPARED ${last - layout.prepared + 1}
#define MODEL_JACOBIAN ${kernels.jacobian.length}
#define MODEL_OUTPUTS ${kernels.outputs.length}
static const double model_tolerances[] = {${[...kernels.tolerances].map(number).join(", ")}};
static const int model_rows[] = {${list(kernels.jacobianRows)}};
static const int model_columns[] = {${list(kernels.jacobianColumns)}};

/* The same short cuts for simple exponents that our pow has. */
static inline double model_pow(double x, double y) {
  if (y == 1.5) return x * sqrt(x);
  if (y == 1) return x;
  if (y == 2) return x * x;
  if (y == 3) return x * x * x;
  return pow(x, y);
}

/* Everything that depends on parameters and controls only. */
static void model_prepare(const double *p, double *q) {
${body(
  kernels.prepare.map(({ node }) => node),
  () => undefined,
  (i) => prepared(kernels.prepare[i]!.at),
)}
}

static void model_initial(const double *q, double *y) {
  for (int i = 0; i < MODEL_STATES; i++) y[i] = q[${layout.initial - layout.prepared} + i];
}

static void model_rates(double t, const double *y, const double *p, const double *q, double *out) {
${body(kernels.rates, fromPrepared, (i) => `out[${i}]`)}
}

static void model_jacobian(double t, const double *y, const double *p, const double *q, double *out) {
${body(kernels.jacobian, fromPrepared, (i) => `out[${i}]`)}
}

static void model_observe(double t, const double *y, const double *p, const double *q, double *out) {
${body(kernels.observe, fromPrepared, (i) => `out[${i}]`)}
}
`;
}
