import type { Expression } from "./expression.js";
import type { Graph, Node } from "./graph.js";

/** A tree as a node of the graph. `nodeOf` gives the node of a name; `compared` what stands for a comparison that moves: itself unless stated. */
export function lower(
  expression: Expression,
  graph: Graph,
  nodeOf: (name: string) => Node,
  compared: (node: Node, comparison: Expression) => Node = (node) => node,
): Node {
  const visit = (e: Expression): Node => lower(e, graph, nodeOf, compared);
  const comparison = (node: Node): Node => (graph.level[node] === 2 ? compared(node, expression) : node);
  switch (expression.kind) {
    case "number":
      return graph.constant(expression.value);
    case "name":
      return nodeOf(expression.name);
    case "negate":
      return graph.neg(visit(expression.of));
    case "compare": {
      const left = visit(expression.left);
      const right = visit(expression.right);
      switch (expression.operator) {
        case "<":
          return comparison(graph.lt(left, right));
        case "<=":
          return comparison(graph.le(left, right));
        case ">":
          return comparison(graph.lt(right, left));
        case ">=":
          return comparison(graph.le(right, left));
      }
      break;
    }
    case "binary": {
      const left = visit(expression.left);
      const right = visit(expression.right);
      switch (expression.operator) {
        case "+":
          return graph.add(left, right);
        case "-":
          return graph.sub(left, right);
        case "*":
          return graph.mul(left, right);
        case "/":
          return graph.div(left, right);
        case "^":
          return graph.pow(left, right);
      }
      break;
    }
    case "call": {
      const [a, b, c] = expression.arguments.map(visit) as [Node, Node, Node];
      const zero = graph.constant(0);
      switch (expression.name) {
        case "exp":
          return graph.exp(a);
        case "log":
          return graph.log(a);
        case "sqrt":
          return graph.sqrt(a);
        case "abs":
          return graph.abs(a);
        case "min":
          return graph.min(a, b);
        case "max":
          return graph.max(a, b);
        case "positive":
          return graph.max(a, zero);
        case "hill": {
          const x = graph.max(a, zero);
          if (expression.arguments.length === 2) return graph.div(x, graph.add(b, x));
          const power = graph.pow(graph.div(x, b), c);
          return graph.div(power, graph.add(graph.constant(1), power));
        }
        case "if":
          return graph.select(a, b, c);
        case "and":
          return graph.select(a, b, zero);
        case "or":
          return graph.select(a, graph.constant(1), b);
        case "not":
          return graph.select(a, zero, graph.constant(1));
      }
    }
  }
}
