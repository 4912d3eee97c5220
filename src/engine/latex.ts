/** Formulas as LaTeX (amsmath), for papers: fractions, roots, cases; names upright, what follows an underscore as an index. */
import type { BinaryOperator, Expression } from "./expression.js";

/** How tightly an expression holds together; what stands inside something tighter gets brackets. */
const TIGHT: Readonly<Record<BinaryOperator, number>> = { "+": 1, "-": 1, "*": 2, "/": 3, "^": 4 };
const COMPARE = { "<": "<", "<=": "\\le", ">": ">", ">=": "\\ge" } as const;

/** `eFluB` → `\mathrm{eFluB}`, `KAg_l` → `\mathrm{KAg}_{\mathrm{l}}`. */
export function latexName(name: string): string {
  const [first, ...rest] = name.split("_").filter((part) => part !== "");
  const upright = (part: string) => `\\mathrm{${part}}`;
  return rest.length === 0 ? upright(first!) : `${upright(first!)}_{${upright(rest.join(","))}}`;
}

/** The formula in LaTeX, without the dollar signs. */
export function toLatex(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return numberOf(expression.value) + (expression.unit === null ? "" : `\\,\\mathrm{${unitOf(expression.unit)}}`);
    case "name":
      return latexName(expression.name);
    case "negate":
      return `-${bracketed(expression.of, 2)}`;
    case "compare":
      return `${toLatex(expression.left)} ${COMPARE[expression.operator]} ${toLatex(expression.right)}`;
    case "call":
      return call(expression.name, expression.arguments);
    case "binary":
      return binary(expression.operator, expression.left, expression.right);
  }
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): string {
  switch (operator) {
    case "/":
      return `\\frac{${toLatex(left)}}{${toLatex(right)}}`;
    case "^":
      // A base that is no single symbol, and one with an index, keeps its brackets.
      return `${left.kind === "name" || left.kind === "number" ? toLatex(left) : brackets(toLatex(left))}^{${toLatex(right)}}`;
    case "*":
      return `${bracketed(left, 2)} \\cdot ${bracketed(right, 2)}`;
    case "+":
      return `${bracketed(left, 1)} + ${bracketed(right, 1)}`;
    case "-":
      return `${bracketed(left, 1)} - ${bracketed(right, 2)}`;
  }
}

const brackets = (text: string): string => `\\left(${text}\\right)`;

/** In brackets where it holds less tightly than needed, or begins with a sign. */
function bracketed(expression: Expression, needed: number): string {
  const text = toLatex(expression);
  const loose =
    expression.kind === "compare" ||
    expression.kind === "negate" ||
    (expression.kind === "number" && expression.value < 0) ||
    (expression.kind === "binary" && TIGHT[expression.operator] < needed);
  return loose ? brackets(text) : text;
}

function call(name: (Expression & { kind: "call" })["name"], given: readonly Expression[]): string {
  const [a, b, c] = given.map(toLatex);
  switch (name) {
    case "exp":
      return `e^{${a}}`;
    case "log":
      return `\\ln ${brackets(a!)}`;
    case "sqrt":
      return `\\sqrt{${a}}`;
    case "abs":
      return `\\left|${a}\\right|`;
    case "min":
    case "max":
      return `\\${name}${brackets(`${a},\\, ${b}`)}`;
    case "positive":
      return `${brackets(a!)}^{+}`;
    case "hill": {
      if (c === undefined) return `\\frac{${brackets(a!)}^{+}}{${b} + ${brackets(a!)}^{+}}`;
      const power = (text: string) => `${brackets(text)}^{${c}}`;
      return `\\frac{${power(`${brackets(a!)}^{+}`)}}{${power(b!)} + ${power(`${brackets(a!)}^{+}`)}}`;
    }
    case "and":
      return `${brackets(a!)} \\wedge ${brackets(b!)}`;
    case "or":
      return `${brackets(a!)} \\vee ${brackets(b!)}`;
    case "not":
      return `\\neg ${brackets(a!)}`;
    case "if":
      return `\\begin{cases} ${b} & \\text{if } ${a} \\\\ ${c} & \\text{otherwise} \\end{cases}`;
  }
}

/** `1.5e-6` → `1.5 \cdot 10^{-6}`. */
function numberOf(value: number): string {
  const small = value !== 0 && Math.abs(value) < 1e-3;
  const [digits, power] = (small || Math.abs(value) >= 1e5 ? value.toExponential() : String(value)).split("e");
  return power === undefined ? digits! : `${digits === "1" ? "" : `${digits} \\cdot `}10^{${Number(power)}}`;
}

const unitOf = (unit: string): string =>
  unit
    .replaceAll("*", "\\,")
    .replaceAll("%", "\\%")
    .replaceAll(/\^(-?\d+)/g, "^{$1}");
