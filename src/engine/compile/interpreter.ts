import { exp, log, pow } from "../../statistics/index.js";
import type { Graph, Node } from "../graph.js";
import { ReadableSteps } from "../solve/readable-steps.js";
import { type ControlProgram, controlIndex } from "../solve/step-control.js";
import type { Backend } from "./backend.js";
import type { Kernels } from "./kernels.js";
import { schedule } from "./schedule.js";
import { suspicion } from "./watch.js";

/** Values of the leaves of a graph. */
interface LeafValues {
  readonly parameter: (index: number) => number;
  readonly state: (index: number) => number;
  readonly time: () => number;
  /** The value of a node that has been evaluated before; undefined for one that must be evaluated here. */
  readonly given: (node: Node) => number | undefined;
}

/** Evaluates nodes in order into `values`. */
function evaluate(graph: Graph, nodes: readonly Node[], values: Float64Array, leaves: LeafValues): void {
  const { op, a, b, c, value } = graph;
  const compute = (node: Node): number => {
    const x = values[a[node]!]!;
    const y = values[b[node]!]!;
    switch (op[node]!) {
      case "constant":
        return value[node]!;
      case "parameter":
        return leaves.parameter(value[node]!);
      case "state":
        return leaves.state(value[node]!);
      case "time":
        return leaves.time();
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
      case "atMost":
        return y < x ? y : x;
      case "atLeast":
        return x < y ? y : x;
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
  };
  for (const node of nodes) values[node] = leaves.given(node) ?? compute(node);
}

/** The readable backend: walks the lists of operations, one patient at a time. No generated code. Agrees with WebAssembly to the bit. */
export function interpret(kernels: Kernels): Backend {
  const { graph, layout, preparedAt, lu, jacobianAt } = kernels;
  const n = kernels.states.length;
  let memory = new Float64Array(layout.size);
  const values = new Float64Array(graph.op.length);
  const nothing = () => undefined;

  const moving = (roots: readonly Node[]) => {
    const nodes = schedule(graph, roots, (node) => preparedAt.has(node));
    return (state: number, time: number) =>
      evaluate(graph, nodes, values, {
        parameter: (index) => memory[layout.parameters + index]!,
        state: (index) => memory[state + index]!,
        time: () => time,
        given: (node) => {
          const place = preparedAt.get(node);
          return place === undefined ? undefined : memory[place]!;
        },
      });
  };
  const kernel = (roots: readonly Node[]) => {
    const go = moving(roots);
    return (state: number, out: number, time: number) => {
      go(state, time);
      roots.forEach((root, i) => {
        memory[out + i] = values[root]!;
      });
    };
  };
  const preparedNodes = schedule(
    graph,
    kernels.prepare.map((p) => p.node),
    () => false,
  );
  const entries = moving(kernels.jacobian);

  const control = (program: ControlProgram) => {
    const results = program.results.map(({ node }) => node);
    const nodes = schedule(program.graph, results, () => false);
    const scratch = new Float64Array(program.graph.op.length);
    return () => {
      evaluate(program.graph, nodes, scratch, {
        parameter: (index) => memory[layout.control + index]!,
        state: () => Number.NaN,
        time: () => Number.NaN,
        given: nothing,
      });
      for (const { field, node } of program.results) memory[layout.control + controlIndex(field)] = scratch[node]!;
    };
  };
  const suspect = (() => {
    if (!kernels.watch) return null;
    const { graph: own, node } = suspicion(kernels.watch, layout);
    const nodes = schedule(own, [node], () => false);
    const scratch = new Float64Array(own.op.length);
    return () => {
      evaluate(own, nodes, scratch, {
        parameter: (index) => memory[index]!,
        state: () => Number.NaN,
        time: () => Number.NaN,
        given: nothing,
      });
      memory[layout.control + controlIndex("suspect")] = scratch[node]!;
    };
  })();
  const pointers: [number, number, number] = [0, 0, 0];
  const backend: Backend = {
    name: "interpreter",
    lanes: 1,
    kernels,
    get memory() {
      return memory;
    },
    prepare() {
      evaluate(graph, preparedNodes, values, {
        parameter: (index) => memory[layout.parameters + index]!,
        state: () => Number.NaN,
        time: () => Number.NaN,
        given: nothing,
      });
      for (const { node, at } of kernels.prepare) memory[at] = values[node]!;
    },
    rates: kernel(kernels.rates),
    observe: kernel(kernels.observe),
    timeDerivative: kernel(kernels.timeDerivative ?? []),
    watch: kernel(kernels.watch ? [...kernels.watch.values, ...kernels.watch.slopes] : []),
    effects: kernel(kernels.effects),
    interpolate: (method) => steps.interpolate(method),
    jacobian(state, time) {
      entries(state, time);
      kernels.jacobian.forEach((node, i) => {
        if (graph.level[node] === 2) memory[jacobianAt[i]!] = values[node]!;
      });
    },
    factor(scale) {
      lu.entries.forEach((entry, i) => {
        let sum = entry.diagonal === "scale" ? scale : entry.diagonal === "one" ? 1 : -0;
        if (entry.source >= 0) sum -= memory[jacobianAt[entry.source]!]!;
        for (const [l, u] of entry.products) sum -= memory[layout.lu + l]! * memory[layout.lu + u]!;
        if (entry.diagonal) sum = 1 / sum;
        if (entry.scaleBy >= 0) sum *= memory[layout.lu + entry.scaleBy]!;
        memory[layout.lu + i] = sum;
      });
    },
    solve(vector) {
      const { order, lower, upper, pivot, zero } = lu;
      const placeOf = (unknown: number) => (unknown < n ? vector + unknown : layout.hubs + unknown - n);
      for (let k = 0; k < order.length; k++) {
        const unknown = order[k]!;
        let sum = unknown < n ? memory[placeOf(unknown)]! : -0;
        let touched = false;
        for (const [entry, column] of lower[k]!)
          if (!zero[column]) {
            sum -= memory[layout.lu + entry]! * memory[placeOf(order[column]!)]!;
            touched = true;
          }
        if (touched) memory[placeOf(unknown)] = sum;
      }
      for (let k = order.length - 1; k >= 0; k--) {
        const unknown = order[k]!;
        let sum = zero[k] ? (upper[k]!.length > 0 ? -0 : 0) : memory[placeOf(unknown)]!;
        for (const [entry, column] of upper[k]!) sum -= memory[layout.lu + entry]! * memory[placeOf(order[column]!)]!;
        memory[placeOf(unknown)] = sum * memory[layout.lu + pivot[k]!]!;
      }
    },
    run: (method) => steps.run(method),
    pointers: (_, ...places) => {
      pointers.splice(0, 3, ...places);
    },
    ensureCapacity(numbers) {
      if (numbers <= memory.length) return;
      const larger = new Float64Array(numbers);
      larger.set(memory);
      memory = larger;
    },
  };
  const steps = new ReadableSteps(backend, control, suspect, pointers);
  return backend;
}
