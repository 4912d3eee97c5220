/** The tree of a formula. Every node knows its place in the text, so that a message can point at it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "^";
export type CompareOperator = "<" | "<=" | ">" | ">=";

export type Expression =
  | { readonly kind: "number"; readonly value: number; readonly unit: string | null; readonly span: Span }
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  | { readonly kind: "negate"; readonly of: Expression; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "compare";
      readonly operator: CompareOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "call";
      readonly name: FunctionName;
      readonly arguments: readonly Expression[];
      readonly span: Span;
    };

/** Functions of formulas with the number of their arguments. */
export const FUNCTIONS = {
  exp: { arity: [1] },
  log: { arity: [1] },
  sqrt: { arity: [1] },
  abs: { arity: [1] },
  min: { arity: [2] },
  max: { arity: [2] },
  /** max(x, 0) */
  positive: { arity: [1] },
  /** hill(x, half) = x⁺/(half + x⁺); hill(x, half, n) = r^n/(1 + r^n) with r = x⁺/half */
  hill: { arity: [2, 3] },
  /** if(condition, then, otherwise) */
  if: { arity: [3] },
  /** Of conditions. */
  and: { arity: [2] },
  or: { arity: [2] },
  not: { arity: [1] },
} as const satisfies Record<string, { arity: readonly number[] }>;

export type FunctionName = keyof typeof FUNCTIONS;

/** All names that a tree mentions, each once. */
export function namesIn(expression: Expression, into: Set<string> = new Set()): Set<string> {
  switch (expression.kind) {
    case "number":
      break;
    case "name":
      into.add(expression.name);
      break;
    case "negate":
      namesIn(expression.of, into);
      break;
    case "binary":
    case "compare":
      namesIn(expression.left, into);
      namesIn(expression.right, into);
      break;
    case "call":
      for (const argument of expression.arguments) namesIn(argument, into);
  }
  return into;
}

/** Whether it is true or false: a comparison, or `and`, `or`, `not` of some. */
export const isCondition = (e: Expression): boolean =>
  e.kind === "compare" || (e.kind === "call" && (e.name === "and" || e.name === "or" || e.name === "not"));

/** The tree as a formula that reads back to it. */
export function toText(e: Expression): string {
  const inner = (of: Expression) => (of.kind === "binary" || of.kind === "compare" ? `(${toText(of)})` : toText(of));
  switch (e.kind) {
    case "number":
      return e.unit === null ? String(e.value) : `${e.value} {${e.unit}}`;
    case "name":
      return e.name;
    case "negate":
      return `(-${inner(e.of)})`;
    case "binary":
      return `${inner(e.left)}${e.operator}${inner(e.right)}`;
    case "compare":
      return `${toText(e.left)} ${e.operator} ${toText(e.right)}`;
    case "call":
      return `${e.name}(${e.arguments.map(toText).join(", ")})`;
  }
}
