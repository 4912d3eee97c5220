import type { Graph, Node } from "../graph.js";

/** Nodes to evaluate for `roots`, in order; of `given` nodes the arguments are not looked at. */
export function schedule(graph: Graph, roots: readonly Node[], given: (node: Node) => boolean): Node[] {
  const seen = new Set<Node>();
  const visit = (node: Node) => {
    if (node < 0 || seen.has(node)) return;
    seen.add(node);
    if (given(node)) return;
    visit(graph.a[node]!);
    visit(graph.b[node]!);
    visit(graph.c[node]!);
  };
  for (const root of roots) visit(root);
  return [...seen].sort((x, y) => x - y);
}
