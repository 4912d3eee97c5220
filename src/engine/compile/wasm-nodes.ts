import { SIMPLE_POWERS } from "../../statistics/index.js";
import type { Graph, Node } from "../graph.js";
import type { LaneCode } from "./lane-code.js";
import { schedule } from "./schedule.js";
import { simplePower } from "./wasm-math.js";

/** Functions of the module that formulas call. */
export const EXP = 0;
export const LOG = 1;
export const POW = 2;

/** Where the leaves of a graph are found. */
export interface Leaves {
  readonly graph: Graph;
  /** First of the parameters (or fields). */
  readonly parameters: number;
  /** Place of a node that has been evaluated before; undefined for one that must be evaluated here. */
  readonly given: (node: Node) => number | undefined;
  /** Local that holds the address of the state vector, and the place of the time; −1 where there are none. */
  readonly state: number;
  readonly time: number;
}

/** Evaluates nodes: used once → inline on the stack, used more often → a local. */
export class NodeEmitter {
  private readonly uses = new Map<Node, number>();
  private readonly locals = new Map<Node, number>();
  /** Locals that say whether an exponent is the first of the simple ones. */
  private readonly simple = new Map<Node, number>();

  constructor(
    private readonly code: LaneCode,
    private readonly leaves: Leaves,
    private readonly roots: readonly Node[],
  ) {}

  /** Emits what is needed more than once, in order; afterwards `emit` may be called for each root. `all`: leave nothing for later. */
  begin(all = false): void {
    const { graph, given } = this.leaves;
    const isGiven = (node: Node) => given(node) !== undefined;
    const nodes = schedule(graph, this.roots, isGiven);
    const count = (node: Node) => {
      if (node >= 0) this.uses.set(node, (this.uses.get(node) ?? 0) + 1);
    };
    for (const root of this.roots) count(root);
    for (const node of nodes)
      if (!isGiven(node)) {
        count(graph.a[node]!);
        count(graph.b[node]!);
        count(graph.c[node]!);
      }
    const roots = new Set(this.roots);
    for (const node of nodes) {
      if (graph.op[node] === "constant") continue;
      if ((this.uses.get(node) ?? 0) < 2 && !(all && roots.has(node))) continue;
      const condition = this.isCondition(node);
      if (condition) this.compare(node);
      else this.inline(node);
      const local = condition ? this.code.mask() : this.code.number();
      this.code.set(local);
      this.locals.set(node, local);
    }
  }

  emit(node: Node): void {
    const local = this.locals.get(node);
    if (local === undefined) this.inline(node);
    else {
      this.code.get(local);
      if (this.isCondition(node)) this.code.maskToNumber();
    }
  }

  /**
   * x^y. Half of all powers have the exponent 3/2, which is two instructions: whether all patients have it is asked once per exponent and kernel, and only
   * the others call the function, which gives the same bits.
   */
  private power(base: Node, exponent: Node): void {
    const c = this.code;
    const { graph, given } = this.leaves;
    const op = graph.op[exponent];
    const ready = op === "parameter" || given(exponent) !== undefined || this.locals.has(exponent);
    if (graph.level[exponent] === 2 || !ready) {
      this.emit(base);
      this.emit(exponent);
      c.call(POW);
      return;
    }
    const [simple] = SIMPLE_POWERS;
    let flag = this.simple.get(exponent);
    if (flag === undefined) {
      flag = c.local("i32");
      this.simple.set(exponent, flag);
      this.emit(exponent);
      c.constant(simple.exponent).compare("ne").any().op("i32.eqz").set(flag);
    }
    const x = c.number();
    this.emit(base);
    c.set(x).get(flag);
    c.choose(
      c.numberType,
      () => simplePower(c, x, simple),
      () => {
        c.get(x);
        this.emit(exponent);
        c.call(POW);
      },
    );
  }

  private isCondition(node: Node): boolean {
    const op = this.leaves.graph.op[node];
    return (op === "lt" || op === "le") && this.leaves.given(node) === undefined;
  }

  private compare(node: Node): void {
    const { graph } = this.leaves;
    this.emit(graph.a[node]!);
    this.emit(graph.b[node]!);
    this.code.compare(graph.op[node] === "lt" ? "lt" : "le");
  }

  /** Leaves a mask: a comparison as it is, any other number by whether it differs from 0. */
  private condition(node: Node): void {
    const local = this.locals.get(node);
    if (!this.isCondition(node)) {
      this.emit(node);
      this.code.constant(0).compare("ne");
    } else if (local !== undefined) this.code.get(local);
    else this.compare(node);
  }

  private inline(node: Node): void {
    const { graph, parameters, given, state, time } = this.leaves;
    const c = this.code;
    const known = given(node);
    if (known !== undefined) {
      c.at(known);
      return;
    }
    const [first, second, third] = [graph.a[node]!, graph.b[node]!, graph.c[node]!];
    const op = graph.op[node]!;
    switch (op) {
      case "constant":
        c.constant(graph.value[node]!);
        return;
      case "parameter":
        c.at(parameters + graph.value[node]!);
        return;
      case "state":
        c.get(state).load(graph.value[node]!);
        return;
      case "time":
        c.at(time);
        return;
      case "select":
        this.emit(second);
        this.emit(third);
        this.condition(first);
        c.select();
        return;
      case "lt":
      case "le":
        this.compare(node);
        c.maskToNumber();
        return;
      case "neg":
      case "sqrt":
      case "abs":
        this.emit(first);
        c.do(op);
        return;
      case "exp":
      case "log":
        this.emit(first);
        c.call(op === "exp" ? EXP : LOG);
        return;
      case "pow":
        this.power(first, second);
        return;
      case "min":
      case "max":
      case "atMost":
      case "atLeast":
        this.emit(first);
        this.emit(second);
        c.extreme(op);
        return;
      default:
        this.emit(first);
        this.emit(second);
        c.do(op);
    }
  }
}
