import type { Graph, Node } from "../graph.js";

/**
 * Hubs: intermediate results that many states flow into and many rates read, such as the number of all B cells. A hub with r states behind it and c rates
 * before it fills r·c entries of the Jacobian; as an unknown of its own in the linear system it costs r + c. Which ones pay is found by eliminating
 * the linearised formulas on paper, cheapest unknown first (Markowitz): an intermediate that is still there when the first state goes is a hub.
 * docs/notes/speed.md
 */
export function findHubs(graph: Graph, rates: readonly Node[]): Node[] {
  const n = rates.length;
  const { nodes, rows } = linearise(graph, rates);
  const size = n + nodes.length;
  const inRow = rows.map((row) => new Set(row));
  const inColumn: Set<number>[] = Array.from({ length: size }, () => new Set());
  inRow.forEach((row, i) => {
    for (const j of row) inColumn[j]!.add(i);
  });
  /** Whether the right-hand side may be other than 0: from the first state on, for all that it reaches. */
  const reached = Array.from({ length: size }, (_, i) => i < n);
  const left = new Set<number>(inRow.keys());
  const hubs: Node[] = [];
  const eliminate = (k: number) => {
    left.delete(k);
    const row = [...inRow[k]!].filter((j) => j !== k);
    const column = [...inColumn[k]!].filter((i) => i !== k);
    if (reached[k]) {
      if (k >= n) hubs.push(nodes[k - n]!);
      for (const i of column) reached[i] = true;
    }
    for (const i of column) {
      inRow[i]!.delete(k);
      for (const j of row) {
        inRow[i]!.add(j);
        inColumn[j]!.add(i);
      }
    }
    for (const j of row) inColumn[j]!.delete(k);
  };
  // Chains cost nothing: one value in or one reader. Last to first, so that a chain falls in one go.
  for (let k = size - 1; k >= n; k--) if (inRow[k]!.size <= 1 || inColumn[k]!.size <= 1) eliminate(k);
  while (left.size > 0) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const k of left) {
      const r = inRow[k]!.size - (inRow[k]!.has(k) ? 1 : 0);
      const c = inColumn[k]!.size - (inColumn[k]!.has(k) ? 1 : 0);
      // An unknown that has to be solved for costs its row and column in every stage; one that is folded into the Jacobian saves them.
      const cost = reached[k] ? r * c + (r + c) : r * c - 0.3 * (r + c) - 2;
      if (cost < least) {
        least = cost;
        best = k;
      }
    }
    eliminate(best);
  }
  return hubs.sort((a, b) => a - b);
}

/**
 * The formulas as rows of a linear system: row i < n is the rate of a state, the others are intermediate results, each with the unknowns that it reads directly.
 * What does not move in a derivative (parameters, comparisons) is left out.
 */
function linearise(graph: Graph, rates: readonly Node[]): { nodes: Node[]; rows: number[][] } {
  const n = rates.length;
  const nodes: Node[] = [];
  const rows: number[][] = rates.map(() => []);
  const known = new Map<Node, number>();
  const unknownOf = (node: Node): number => {
    if (graph.level[node] !== 2) return -1;
    const op = graph.op[node]!;
    if (op === "state") return graph.value[node]!;
    if (op === "time" || op === "lt" || op === "le") return -1;
    const seen = known.get(node);
    if (seen !== undefined) return seen;
    const read = new Set<number>();
    const from = op === "select" ? [graph.b[node]!, graph.c[node]!] : [graph.a[node]!, graph.b[node]!];
    for (const argument of from) {
      const unknown = argument < 0 ? -1 : unknownOf(argument);
      if (unknown >= 0) read.add(unknown);
    }
    const index = read.size === 0 ? -1 : n + nodes.length;
    known.set(node, index);
    if (index >= 0) {
      nodes.push(node);
      rows.push([...read]);
    }
    return index;
  };
  rates.forEach((rate, i) => {
    const unknown = unknownOf(rate);
    if (unknown >= 0) rows[i]!.push(unknown);
  });
  return { nodes, rows };
}
