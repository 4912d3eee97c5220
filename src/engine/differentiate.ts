import type { Graph, Node } from "./graph.js";

/**
 * Derivatives of nodes with respect to a state (by index), a hub or time, as nodes of the same graph, so that they share subexpressions with the rates.
 * At a kink of min, max and abs the derivative of the branch that is taken is used.
 */
export class Differentiator {
  private readonly depends: (Set<number> | undefined)[] = [];
  private readonly memo = new Map<string, Node>();

  /** `hubs`: nodes that count as variables of their own, with their indices. */
  constructor(
    private readonly graph: Graph,
    private readonly hubs: ReadonlyMap<Node, number> = new Map(),
  ) {}

  /** Indices of the states and hubs on which a node depends; −1 stands for time. `inside`: look into the node even where it is a hub. */
  dependsOn(node: Node, inside = false): ReadonlySet<number> {
    const hub = inside ? undefined : this.hubs.get(node);
    if (hub !== undefined) return new Set([hub]);
    const known = this.depends[node];
    if (known) return known;
    const { op, a, b, c, value } = this.graph;
    const found = new Set<number>();
    if (op[node] === "state") found.add(value[node]!);
    else if (op[node] === "time") found.add(-1);
    else if (this.graph.level[node] === 2)
      for (const argument of [a[node]!, b[node]!, c[node]!])
        if (argument >= 0) for (const s of this.dependsOn(argument)) found.add(s);
    this.depends[node] = found;
    return found;
  }

  derivative(node: Node, by: number, inside = false): Node {
    const g = this.graph;
    if (!inside && this.hubs.has(node)) return g.constant(this.hubs.get(node) === by ? 1 : 0);
    if (!this.dependsOn(node, inside).has(by)) return g.constant(0);
    const op = g.op[node]!;
    if (op === "state" || op === "time") return g.constant(1);
    const key = `${node}:${by}`;
    const known = this.memo.get(key);
    if (known !== undefined) return known;
    const a = g.a[node]!;
    const b = g.b[node]!;
    const c = g.c[node]!;
    const d = (n: Node) => this.derivative(n, by);
    const result = ((): Node => {
      switch (op) {
        case "add":
          return g.add(d(a), d(b));
        case "sub":
          return g.sub(d(a), d(b));
        case "mul":
          return g.add(g.mul(d(a), b), g.mul(a, d(b)));
        case "div": {
          // (a/b)' = (a' − (a/b)·b')·(1/b), with the quotient shared
          const reciprocal = g.div(g.constant(1), b);
          return g.mul(g.sub(d(a), g.mul(node, d(b))), reciprocal);
        }
        case "neg":
          return g.neg(d(a));
        case "sqrt":
          return g.div(g.mul(g.constant(0.5), d(a)), node);
        case "abs":
          return g.select(g.lt(a, g.constant(0)), g.neg(d(a)), d(a));
        case "min":
        case "atMost":
          return g.select(g.lt(a, b), d(a), d(b));
        case "max":
        case "atLeast":
          return g.select(g.lt(b, a), d(a), d(b));
        case "exp":
          return g.mul(node, d(a));
        case "log":
          return g.div(d(a), a);
        case "pow": {
          // y·a^y/a and a^y·log a are guarded at a = 0, where they are 0 for y > 1 and y > 0
          const positive = g.lt(g.constant(0), a);
          const base = g.select(positive, g.div(g.mul(b, node), a), g.constant(0));
          const fromBase = g.mul(base, d(a));
          if (g.level[b]! < 2) return fromBase;
          const exponent = g.select(positive, g.mul(node, g.log(a)), g.constant(0));
          return g.add(fromBase, g.mul(exponent, d(b)));
        }
        case "select":
          return g.select(a, d(b), d(c));
        case "lt":
        case "le":
          return g.constant(0);
        default:
          throw new Error(`no derivative of ${op}`);
      }
    })();
    this.memo.set(key, result);
    return result;
  }
}
