import {
  divideUnits,
  formatUnit,
  isDimensionless,
  multiplyUnits,
  ONE,
  parseUnit,
  powerUnit,
  sameUnit,
  type Unit,
  UnitError,
} from "../quantity/index.js";
import { type Expression, isCondition, type Span } from "./expression.js";

/** Units that do not fit, with the place in the formula. */
export class UnitMismatch extends Error {
  constructor(
    message: string,
    readonly span: Span,
  ) {
    super(message);
  }
}

/** A literal zero fits every unit; everything else has one. */
type Found = Unit | "any";

const compares = (left: string, right: string) => `compares ${left} with ${right}`;

/**
 * The unit of a formula; throws `UnitMismatch` at the first node where units disagree.
 * Sums, `min`, `max`, `if` and comparisons want equal units (dimension and scale); `exp`, `log` and exponents want pure numbers.
 */
export function unitOf(expression: Expression, unitOfName: (name: string) => Unit | undefined): Found {
  const visit = (e: Expression): Found => unitOf(e, unitOfName);
  const show = (u: Found) => (u === "any" ? "0" : formatUnit(u));
  const same = (a: Expression, b: Expression, say: (left: string, right: string) => string): Found => {
    const left = visit(a);
    const right = visit(b);
    if (left === "any") return right;
    if (right !== "any" && !sameUnit(left, right))
      throw new UnitMismatch(say(show(left), show(right)), expression.span);
    return left;
  };
  const pure = (e: Expression, what: string): Unit => {
    const unit = visit(e);
    if (unit !== "any" && !sameUnit(unit, ONE))
      throw new UnitMismatch(`${what} must be a pure number, not ${show(unit)}`, e.span);
    return ONE;
  };
  switch (expression.kind) {
    case "number":
      if (expression.unit !== null) {
        try {
          return parseUnit(expression.unit);
        } catch (error) {
          if (error instanceof UnitError) throw new UnitMismatch(error.message, expression.span);
          throw error;
        }
      }
      return expression.value === 0 ? "any" : ONE;
    case "name": {
      const unit = unitOfName(expression.name);
      if (!unit) throw new UnitMismatch(`unknown name "${expression.name}"`, expression.span);
      return unit;
    }
    case "negate":
      return visit(expression.of);
    case "compare":
      same(expression.left, expression.right, compares);
      return ONE;
    case "binary": {
      const { operator, left, right } = expression;
      if (operator === "+") return same(left, right, (l, r) => `adds ${l} to ${r}`);
      if (operator === "-") return same(left, right, (l, r) => `subtracts ${r} from ${l}`);
      const a = visit(left);
      if (operator === "^") {
        pure(right, "an exponent");
        if (a === "any" || isDimensionless(a)) {
          if (a !== "any" && !sameUnit(a, ONE)) throw new UnitMismatch(`raises ${show(a)} to a power`, left.span);
          return ONE;
        }
        const exponent =
          right.kind === "number"
            ? right.value
            : right.kind === "negate" && right.of.kind === "number"
              ? -right.of.value
              : undefined;
        if (exponent === undefined)
          throw new UnitMismatch(`raises ${show(a)} to a power that is not a literal number`, right.span);
        return powerUnit(a, exponent);
      }
      const b = visit(right);
      if (a === "any" || b === "any") {
        if (operator === "/" && b === "any") throw new UnitMismatch("divides by zero", right.span);
        return "any";
      }
      return operator === "*" ? multiplyUnits(a, b) : divideUnits(a, b);
    }
    case "call": {
      const [a, b, c] = expression.arguments as [Expression, Expression, Expression];
      switch (expression.name) {
        case "exp":
        case "log":
          return pure(a, `the argument of ${expression.name}`);
        case "sqrt": {
          const unit = visit(a);
          return unit === "any" ? unit : powerUnit(unit, 0.5);
        }
        case "abs":
        case "positive":
          return visit(a);
        case "min":
        case "max":
          return same(a, b, compares);
        case "hill":
          same(a, b, compares);
          if (c) pure(c, "an exponent");
          return ONE;
        case "if":
          if (!isCondition(a)) throw new UnitMismatch("the first argument of if must be a comparison", a.span);
          visit(a);
          return same(b, c, (l, r) => `chooses between ${l} and ${r}`);
        case "and":
        case "or":
        case "not":
          for (const each of expression.arguments) {
            if (!isCondition(each)) throw new UnitMismatch(`${expression.name} takes comparisons`, each.span);
            visit(each);
          }
          return ONE;
      }
    }
  }
}

/** The formula with a caret line under the fault. */
export function underline(text: string, span: Span): string {
  return `${text}\n${" ".repeat(span.from)}${"^".repeat(Math.max(1, Math.min(span.to, text.length + 1) - span.from))}`;
}
