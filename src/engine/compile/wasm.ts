import type { Node } from "../graph.js";
import type { Backend } from "./backend.js";
import { type Kernels, schedule } from "./kernels.js";
import { Body, type FunctionSpec, moduleBytes } from "./wasm-bytes.js";
import { mathFunctions } from "./wasm-math.js";

const EXP = 0;
const LOG = 1;
const POW = 2;

/** Emits the kernels as a WebAssembly module: scalar f64, one memory, no imports. */
export function emitWasm(kernels: Kernels): Uint8Array<ArrayBuffer> {
  const math = mathFunctions(EXP, LOG);
  const functions: FunctionSpec[] = [
    math.exp,
    math.log,
    math.pow,
    { name: "prepare", parameters: [], results: [], body: prepareBody(kernels) },
    { name: "rates", parameters: ["i32", "i32", "f64"], results: [], body: rootsBody(kernels, kernels.rates) },
    { name: "observe", parameters: ["i32", "i32", "f64"], results: [], body: rootsBody(kernels, kernels.observe) },
    {
      name: "timeDerivative",
      parameters: ["i32", "i32", "f64"],
      results: [],
      body: rootsBody(kernels, kernels.timeDerivative ?? []),
    },
    { name: "jacobian", parameters: ["i32", "i32", "f64"], results: [], body: rootsBody(kernels, kernels.jacobian) },
    { name: "factor", parameters: ["f64"], results: [], body: factorBody(kernels) },
    { name: "solve", parameters: ["i32"], results: [], body: solveBody(kernels) },
  ];
  return moduleBytes(functions, Math.ceil((kernels.layout.size * 8) / 65536));
}

/** Evaluates nodes: used once → inline on the stack, used more often → a local. */
class NodeEmitter {
  private readonly uses = new Map<Node, number>();
  private readonly locals = new Map<Node, number>();

  constructor(
    private readonly kernels: Kernels,
    private readonly body: Body,
    private readonly roots: readonly Node[],
    private readonly given: (node: Node) => boolean,
    /** Locals of the state pointer and of time; −1 in `prepare`. */
    private readonly state: number,
    private readonly time: number,
  ) {}

  /** Emits all nodes that are needed more than once, in order; afterwards `emit` may be called for each root. */
  begin(): void {
    const { graph } = this.kernels;
    const nodes = schedule(graph, this.roots, this.given);
    const count = (node: Node) => {
      if (node >= 0) this.uses.set(node, (this.uses.get(node) ?? 0) + 1);
    };
    for (const root of this.roots) count(root);
    for (const node of nodes)
      if (!this.given(node)) {
        count(graph.a[node]!);
        count(graph.b[node]!);
        count(graph.c[node]!);
      }
    for (const node of nodes) {
      if ((this.uses.get(node) ?? 0) < 2 || this.kernels.graph.op[node] === "constant") continue;
      this.inline(node);
      const local = this.body.local("f64");
      this.body.set(local);
      this.locals.set(node, local);
    }
  }

  emit(node: Node): void {
    const local = this.locals.get(node);
    if (local !== undefined) this.body.get(local);
    else this.inline(node);
  }

  private inline(node: Node): void {
    const { graph, layout, preparedAt } = this.kernels;
    const b = this.body;
    if (this.given(node)) {
      b.i32(0).load(preparedAt.get(node)!);
      return;
    }
    const [first, second, third] = [graph.a[node]!, graph.b[node]!, graph.c[node]!];
    const op = graph.op[node]!;
    switch (op) {
      case "constant":
        b.f64(graph.value[node]!);
        return;
      case "parameter":
        b.i32(0).load(layout.parameters + graph.value[node]!);
        return;
      case "state":
        b.get(this.state).load(graph.value[node]!);
        return;
      case "time":
        b.get(this.time);
        return;
      case "select":
        this.emit(second);
        this.emit(third);
        this.emit(first);
        b.f64(0).op("f64.ne").op("select");
        return;
      case "lt":
      case "le":
        this.emit(first);
        this.emit(second);
        b.op(op === "lt" ? "f64.lt" : "f64.le").op("f64.convert_i32_s");
        return;
      case "neg":
      case "sqrt":
      case "abs":
        this.emit(first);
        b.op(`f64.${op}`);
        return;
      case "exp":
      case "log":
        this.emit(first);
        b.call(op === "exp" ? EXP : LOG);
        return;
      case "pow":
        this.emit(first);
        this.emit(second);
        b.call(POW);
        return;
      default:
        this.emit(first);
        this.emit(second);
        b.op(`f64.${op}`);
    }
  }
}

function prepareBody(kernels: Kernels): Body {
  const body = new Body(0);
  const emitter = new NodeEmitter(
    kernels,
    body,
    kernels.prepare.map((p) => p.node),
    () => false,
    -1,
    -1,
  );
  emitter.begin();
  for (const { node, at } of kernels.prepare) {
    body.i32(0);
    emitter.emit(node);
    body.store(at);
  }
  return body;
}

/** (state pointer, output pointer, time): stores the roots one after another. */
function rootsBody(kernels: Kernels, roots: readonly Node[]): Body {
  const body = new Body(3);
  const emitter = new NodeEmitter(kernels, body, roots, (node) => kernels.preparedAt.has(node), 0, 2);
  emitter.begin();
  roots.forEach((root, i) => {
    body.get(1);
    emitter.emit(root);
    body.store(i);
  });
  return body;
}

/** (scale): each entry of L and U is one dot product, stored at once. */
function factorBody({ layout, lu }: Kernels): Body {
  const body = new Body(1);
  lu.entries.forEach((entry, i) => {
    body.i32(0);
    if (entry.diagonal) body.f64(1).get(0);
    if (entry.source >= 0)
      body
        .i32(0)
        .load(layout.jacobian + entry.source)
        .op("f64.neg");
    else body.f64(0);
    if (entry.diagonal) body.op("f64.add");
    for (const [l, u] of entry.products)
      body
        .i32(0)
        .load(layout.lu + l)
        .i32(0)
        .load(layout.lu + u)
        .op("f64.mul")
        .op("f64.sub");
    if (entry.diagonal) body.op("f64.div");
    if (entry.scaleBy >= 0)
      body
        .i32(0)
        .load(layout.lu + entry.scaleBy)
        .op("f64.mul");
    body.store(layout.lu + i);
  });
  return body;
}

/** (vector pointer): forward and backward substitution, unrolled, in place. */
function solveBody({ layout, lu }: Kernels): Body {
  const body = new Body(1);
  const minus = (row: readonly (readonly [number, number])[]) => {
    for (const [entry, column] of row)
      body
        .i32(0)
        .load(layout.lu + entry)
        .get(0)
        .load(lu.order[column]!)
        .op("f64.mul")
        .op("f64.sub");
  };
  lu.order.forEach((unknown, k) => {
    if (lu.lower[k]!.length === 0) return;
    body.get(0).get(0).load(unknown);
    minus(lu.lower[k]!);
    body.store(unknown);
  });
  for (let k = lu.order.length - 1; k >= 0; k--) {
    const unknown = lu.order[k]!;
    body.get(0).get(0).load(unknown);
    minus(lu.upper[k]!);
    body
      .i32(0)
      .load(layout.lu + lu.pivot[k]!)
      .op("f64.mul")
      .store(unknown);
  }
  return body;
}

/** Compiles once; instances have a memory each. A compiled module can be sent to a worker. */
export function compileWasm(kernels: Kernels): WebAssembly.Module {
  return new WebAssembly.Module(emitWasm(kernels));
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly prepare: () => void;
  readonly rates: (state: number, out: number, time: number) => void;
  readonly observe: (state: number, out: number, time: number) => void;
  readonly timeDerivative: (state: number, out: number, time: number) => void;
  readonly jacobian: (state: number, out: number, time: number) => void;
  readonly factor: (scale: number) => void;
  readonly solve: (vector: number) => void;
}

export function instantiateWasm(kernels: Kernels, module: WebAssembly.Module = compileWasm(kernels)): Backend {
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  const { layout } = kernels;
  return {
    name: "wasm",
    kernels,
    memory: new Float64Array(exports.memory.buffer),
    prepare: exports.prepare,
    rates: (state, out, time) => exports.rates(state * 8, out * 8, time),
    observe: (state, out, time) => exports.observe(state * 8, out * 8, time),
    timeDerivative: (state, out, time) => exports.timeDerivative(state * 8, out * 8, time),
    jacobian: (state, time) => exports.jacobian(state * 8, layout.jacobian * 8, time),
    factor: (scale) => exports.factor(scale),
    solve: (vector) => exports.solve(vector * 8),
  };
}
