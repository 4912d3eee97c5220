import { exp, log, pow } from "../../statistics/index.js";
import type { Node } from "../graph.js";
import type { Backend } from "./backend.js";
import { type Kernels, schedule } from "./kernels.js";

/** The readable backend: walks the lists of operations. No generated code. Agrees with WebAssembly to the bit. */
export function interpret(kernels: Kernels): Backend {
  const { graph, layout, preparedAt, lu } = kernels;
  const memory = new Float64Array(layout.size);
  const values = new Float64Array(graph.op.length);
  const { op, a, b, c, value } = graph;

  const evaluate = (nodes: readonly Node[], state: number, time: number, usePrepared: boolean) => {
    for (const node of nodes) {
      const place = usePrepared ? preparedAt.get(node) : undefined;
      if (place !== undefined) {
        values[node] = memory[place]!;
        continue;
      }
      const x = values[a[node]!]!;
      const y = values[b[node]!]!;
      values[node] = ((): number => {
        switch (op[node]!) {
          case "constant":
            return value[node]!;
          case "parameter":
            return memory[layout.parameters + value[node]!]!;
          case "state":
            return memory[state + value[node]!]!;
          case "time":
            return time;
          case "add":
            return x + y;
          case "sub":
            return x - y;
          case "mul":
            return x * y;
          case "div":
            return x / y;
          case "neg":
            return -x;
          case "sqrt":
            return Math.sqrt(x);
          case "abs":
            return Math.abs(x);
          case "min":
            return Math.min(x, y);
          case "max":
            return Math.max(x, y);
          case "exp":
            return exp(x);
          case "log":
            return log(x);
          case "pow":
            return pow(x, y);
          case "lt":
            return x < y ? 1 : 0;
          case "le":
            return x <= y ? 1 : 0;
          case "select":
            return x !== 0 ? y : values[c[node]!]!;
        }
      })();
    }
  };
  const moving = (roots: readonly Node[]) => schedule(graph, roots, (node) => preparedAt.has(node));
  const plans = {
    prepare: schedule(
      graph,
      kernels.prepare.map((p) => p.node),
      () => false,
    ),
    rates: moving(kernels.rates),
    jacobian: moving(kernels.jacobian),
    observe: moving(kernels.observe),
    timeDerivative: moving(kernels.timeDerivative ?? []),
  };
  const kernel = (plan: readonly Node[], roots: readonly Node[]) => (state: number, out: number, time: number) => {
    evaluate(plan, state, time, true);
    for (let i = 0; i < roots.length; i++) memory[out + i] = values[roots[i]!]!;
  };
  const jacobian = kernel(plans.jacobian, kernels.jacobian);
  return {
    name: "interpreter",
    kernels,
    memory,
    prepare() {
      evaluate(plans.prepare, 0, 0, false);
      for (const { node, at } of kernels.prepare) memory[at] = values[node]!;
    },
    rates: kernel(plans.rates, kernels.rates),
    jacobian: (state, time) => jacobian(state, layout.jacobian, time),
    observe: kernel(plans.observe, kernels.observe),
    timeDerivative: kernel(plans.timeDerivative, kernels.timeDerivative ?? []),
    factor(scale) {
      lu.entries.forEach((entry, i) => {
        let sum = entry.source >= 0 ? -memory[layout.jacobian + entry.source]! : 0;
        if (entry.diagonal) sum = scale + sum;
        for (const [l, u] of entry.products) sum -= memory[layout.lu + l]! * memory[layout.lu + u]!;
        if (entry.diagonal) sum = 1 / sum;
        if (entry.scaleBy >= 0) sum *= memory[layout.lu + entry.scaleBy]!;
        memory[layout.lu + i] = sum;
      });
    },
    solve(vector) {
      const { order, lower, upper, pivot } = lu;
      for (let k = 0; k < order.length; k++) {
        let sum = memory[vector + order[k]!]!;
        for (const [entry, column] of lower[k]!) sum -= memory[layout.lu + entry]! * memory[vector + order[column]!]!;
        memory[vector + order[k]!] = sum;
      }
      for (let k = order.length - 1; k >= 0; k--) {
        let sum = memory[vector + order[k]!]!;
        for (const [entry, column] of upper[k]!) sum -= memory[layout.lu + entry]! * memory[vector + order[column]!]!;
        memory[vector + order[k]!] = sum * memory[layout.lu + pivot[k]!]!;
      }
    },
  };
}
