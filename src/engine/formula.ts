import {
  type BinaryOperator,
  type CompareOperator,
  type Expression,
  FUNCTIONS,
  type FunctionName,
  type Span,
} from "./expression.js";

/** A formula that cannot be read, with the place of the fault. */
export class FormulaError extends Error {
  constructor(
    message: string,
    readonly span: Span,
  ) {
    super(message);
  }
}

interface Token {
  readonly kind: "number" | "name" | "unit" | "operator" | "end";
  readonly text: string;
  readonly span: Span;
}

const TOKEN =
  /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(\{[^}]*\})|(<=|>=|[-+*/^()<>,]))/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (true) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    if (at >= text.length) break;
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) throw new FormulaError(`unexpected "${text[at]}"`, { from: at, to: at + 1 });
    const symbol = (match[1] ?? match[2] ?? match[3] ?? match[4])!;
    const span = { from: TOKEN.lastIndex - symbol.length, to: TOKEN.lastIndex };
    tokens.push({ kind: match[1] ? "number" : match[2] ? "name" : match[3] ? "unit" : "operator", text: symbol, span });
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: "end", text: "the end", span: { from: text.length, to: text.length + 1 } });
  return tokens;
}

/** Binding powers: comparison < sum < product < sign < power (right-associative). */
const POWER: Readonly<Record<string, number>> = {
  "<": 1,
  "<=": 1,
  ">": 1,
  ">=": 1,
  "+": 2,
  "-": 2,
  "*": 3,
  "/": 3,
  "^": 5,
};

/** Reads a formula such as `kill * naive * carT / (half + carT)`. Throws `FormulaError`. */
export function parseFormula(text: string): Expression {
  const tokens = tokenize(text);
  let next = 0;
  const peek = () => tokens[next]!;
  const take = () => tokens[next++]!;
  const expect = (symbol: string): Token => {
    const token = take();
    if (token.text !== symbol || token.kind !== "operator")
      throw new FormulaError(`expected "${symbol}" before ${describe(token)}`, token.span);
    return token;
  };
  const describe = (token: Token) => (token.kind === "end" ? "the end" : `"${token.text}"`);

  function operand(): Expression {
    const token = take();
    if (token.kind === "number") {
      const value = Number(token.text);
      if (!Number.isFinite(value)) throw new FormulaError(`"${token.text}" is not a finite number`, token.span);
      if (peek().kind !== "unit") return { kind: "number", value, unit: null, span: token.span };
      const unit = take();
      return { kind: "number", value, unit: unit.text.slice(1, -1), span: { from: token.span.from, to: unit.span.to } };
    }
    if (token.kind === "name") {
      if (peek().text !== "(") return { kind: "name", name: token.text, span: token.span };
      take();
      const list: Expression[] = [];
      if (peek().text !== ")") {
        list.push(expression(0));
        while (peek().text === ",") {
          take();
          list.push(expression(0));
        }
      }
      const close = expect(")");
      const span = { from: token.span.from, to: close.span.to };
      if (!Object.hasOwn(FUNCTIONS, token.text)) throw new FormulaError(`unknown function "${token.text}"`, token.span);
      const name = token.text as FunctionName;
      const arity: readonly number[] = FUNCTIONS[name].arity;
      if (!arity.includes(list.length))
        throw new FormulaError(`${name} takes ${arity.join(" or ")} arguments, not ${list.length}`, span);
      return { kind: "call", name, arguments: list, span };
    }
    if (token.text === "(") {
      const inner = expression(0);
      expect(")");
      return inner;
    }
    if (token.text === "-" && token.kind === "operator") {
      const of = expression(4);
      return { kind: "negate", of, span: { from: token.span.from, to: of.span.to } };
    }
    throw new FormulaError(`expected a value before ${describe(token)}`, token.span);
  }

  function expression(least: number): Expression {
    let left = operand();
    while (true) {
      const token = peek();
      const power = token.kind === "operator" ? POWER[token.text] : undefined;
      if (power === undefined || power < least || (power === least && least > 0 && token.text !== "^")) return left;
      take();
      const right = expression(token.text === "^" ? power : power);
      const span = { from: left.span.from, to: right.span.to };
      left =
        power === 1
          ? { kind: "compare", operator: token.text as CompareOperator, left, right, span }
          : { kind: "binary", operator: token.text as BinaryOperator, left, right, span };
    }
  }

  const tree = expression(0);
  const rest = peek();
  if (rest.kind !== "end") throw new FormulaError(`unexpected ${describe(rest)}`, rest.span);
  return tree;
}
