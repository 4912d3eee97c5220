/**
 * Formulas as one graph: equal subexpressions are one node, constants are folded, integer powers become products.
 * Nodes are numbers; their arguments always have smaller numbers, so a list of nodes in order is a valid order of evaluation.
 */
export type Node = number;

export const OPS = [
  "constant",
  "parameter",
  "state",
  "time",
  "add",
  "sub",
  "mul",
  "div",
  "neg",
  "sqrt",
  "abs",
  "min",
  "max",
  "atMost",
  "atLeast",
  "exp",
  "log",
  "pow",
  "lt",
  "le",
  "select",
] as const;
export type Op = (typeof OPS)[number];

/** 0 constant; 1 prepared: parameters and controls only; 2 moving: states or time. */
export type NodeLevel = 0 | 1 | 2;

import { exp, log, pow } from "../statistics/index.js";

export class Graph {
  readonly op: Op[] = [];
  readonly a: Node[] = [];
  readonly b: Node[] = [];
  readonly c: Node[] = [];
  /** Value of a constant; index of a parameter or state. */
  readonly value: number[] = [];
  readonly level: NodeLevel[] = [];
  private readonly known = new Map<string, Node>();

  private make(op: Op, a = -1, b = -1, c = -1, value = 0): Node {
    const key = op === "constant" ? `c${Object.is(value, -0) ? "-0" : value}` : `${op}:${a}:${b}:${c}:${value}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const node = this.op.length;
    this.op.push(op);
    this.a.push(a);
    this.b.push(b);
    this.c.push(c);
    this.value.push(value);
    let level: NodeLevel = op === "state" || op === "time" ? 2 : op === "parameter" ? 1 : 0;
    for (const argument of [a, b, c]) if (argument >= 0 && this.level[argument]! > level) level = this.level[argument]!;
    this.level.push(level);
    this.known.set(key, node);
    return node;
  }

  constant(value: number): Node {
    return this.make("constant", -1, -1, -1, value);
  }
  parameter(index: number): Node {
    return this.make("parameter", -1, -1, -1, index);
  }
  state(index: number): Node {
    return this.make("state", -1, -1, -1, index);
  }
  get time(): Node {
    return this.make("time");
  }
  private is(node: Node, value: number): boolean {
    return this.op[node] === "constant" && this.value[node] === value;
  }
  private both(a: Node, b: Node): boolean {
    return this.op[a] === "constant" && this.op[b] === "constant";
  }
  add(a: Node, b: Node): Node {
    if (this.both(a, b)) return this.constant(this.value[a]! + this.value[b]!);
    if (this.is(a, 0)) return b;
    if (this.is(b, 0)) return a;
    if (this.op[b] === "neg") return this.sub(a, this.a[b]!);
    if (this.op[a] === "neg") return this.sub(b, this.a[a]!);
    return a < b ? this.make("add", a, b) : this.make("add", b, a);
  }
  sub(a: Node, b: Node): Node {
    if (this.both(a, b)) return this.constant(this.value[a]! - this.value[b]!);
    if (this.is(b, 0)) return a;
    if (this.is(a, 0)) return this.neg(b);
    if (this.op[b] === "neg") return this.add(a, this.a[b]!);
    if (a === b) return this.constant(0);
    return this.make("sub", a, b);
  }
  mul(a: Node, b: Node): Node {
    if (this.both(a, b)) return this.constant(this.value[a]! * this.value[b]!);
    if (this.is(a, 0) || this.is(b, 0)) return this.constant(0);
    if (this.is(a, 1)) return b;
    if (this.is(b, 1)) return a;
    if (this.is(a, -1)) return this.neg(b);
    if (this.is(b, -1)) return this.neg(a);
    if (this.op[a] === "neg") return this.neg(this.mul(this.a[a]!, b));
    if (this.op[b] === "neg") return this.neg(this.mul(a, this.a[b]!));
    return a < b ? this.make("mul", a, b) : this.make("mul", b, a);
  }
  div(a: Node, b: Node): Node {
    if (this.both(a, b)) return this.constant(this.value[a]! / this.value[b]!);
    if (this.is(a, 0)) return a;
    if (this.is(b, 1)) return a;
    if (this.op[a] === "neg") return this.neg(this.div(this.a[a]!, b));
    // A quotient by something that does not move is a product with its reciprocal, taken once per patient.
    if (this.level[b]! < 2 && this.level[a] === 2) return this.mul(a, this.div(this.constant(1), b));
    return this.make("div", a, b);
  }
  neg(a: Node): Node {
    if (this.op[a] === "constant") return this.constant(-this.value[a]!);
    if (this.op[a] === "neg") return this.a[a]!;
    if (this.op[a] === "sub") return this.sub(this.b[a]!, this.a[a]!);
    return this.make("neg", a);
  }
  sqrt(a: Node): Node {
    return this.op[a] === "constant" ? this.constant(Math.sqrt(this.value[a]!)) : this.make("sqrt", a);
  }
  abs(a: Node): Node {
    return this.op[a] === "constant" ? this.constant(Math.abs(this.value[a]!)) : this.make("abs", a);
  }
  /** The smaller; NaN where one is NaN. With a constant one vector instruction does it: "atMost", where −0 and 0 are equal. */
  min(a: Node, b: Node): Node {
    return this.extreme("min", "atMost", a, b, Math.min);
  }
  /** The larger; NaN where one is NaN. */
  max(a: Node, b: Node): Node {
    return this.extreme("max", "atLeast", a, b, Math.max);
  }
  private extreme(
    op: "min" | "max",
    bounded: "atMost" | "atLeast",
    a: Node,
    b: Node,
    of: (x: number, y: number) => number,
  ): Node {
    if (this.both(a, b)) return this.constant(of(this.value[a]!, this.value[b]!));
    // The number that may be NaN stands first: then it comes through.
    if (this.op[b] === "constant") return this.make(bounded, a, b);
    if (this.op[a] === "constant") return this.make(bounded, b, a);
    return this.make(op, a, b);
  }
  exp(a: Node): Node {
    return this.op[a] === "constant" ? this.constant(exp(this.value[a]!)) : this.make("exp", a);
  }
  log(a: Node): Node {
    return this.op[a] === "constant" ? this.constant(log(this.value[a]!)) : this.make("log", a);
  }
  /** a^b. A constant whole exponent up to 16 becomes products, 1/2 a square root. */
  pow(a: Node, b: Node): Node {
    if (this.op[b] === "constant") {
      const n = this.value[b]!;
      if (n === 0.5) return this.sqrt(a);
      if (Number.isInteger(n) && Math.abs(n) <= 16) {
        const whole = this.wholePower(a, Math.abs(n));
        return n < 0 ? this.div(this.constant(1), whole) : whole;
      }
      if (this.op[a] === "constant") return this.constant(pow(this.value[a]!, n));
    }
    return this.make("pow", a, b);
  }
  private wholePower(a: Node, n: number): Node {
    if (n === 0) return this.constant(1);
    if (n === 1) return a;
    const half = this.wholePower(a, Math.floor(n / 2));
    const square = this.mul(half, half);
    return n % 2 === 1 ? this.mul(square, a) : square;
  }
  lt(a: Node, b: Node): Node {
    return this.both(a, b) ? this.constant(this.value[a]! < this.value[b]! ? 1 : 0) : this.make("lt", a, b);
  }
  le(a: Node, b: Node): Node {
    return this.both(a, b) ? this.constant(this.value[a]! <= this.value[b]! ? 1 : 0) : this.make("le", a, b);
  }
  /** condition ≠ 0 ? b : c; both are evaluated. */
  select(condition: Node, b: Node, c: Node): Node {
    if (b === c) return b;
    if (this.op[condition] === "constant") return this.value[condition] !== 0 ? b : c;
    return this.make("select", condition, b, c);
  }
}
