/**
 * Same bits everywhere (architecture, decision 5): of `Math` only what ECMAScript defines to the last bit. `exp`, `log`, `pow`, `sin` …
 * differ between engines; ours are in `src/statistics/elementary.ts`. Random numbers come from Philox. No code is made from text
 * (decision 10): the web app runs under a strict content-security policy.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const SRC = join(import.meta.dirname, "..", "src");

/** Of `Math`: exactly defined functions and constants. All others are left to the engine by ECMAScript, and `random` is no stream of ours. */
const EXACT = new Set(
  (
    "abs ceil clz32 floor fround imul max min round sign sqrt trunc " + "E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2"
  ).split(" "),
);

/** Files off the simulation path in which mathematics of the engine's own is allowed; making code from text is not. */
const EXEMPT: readonly { readonly file: RegExp; readonly reason: string }[] = [
  { file: /^report\/charts\//, reason: "drawing only: no number of a result passes through a chart" },
  {
    file: /^quantity\/unit\.ts$/,
    reason: "powers of unit scales, taken when a model is made; not on the simulation path",
  },
];

/** What is forbidden in a file: `line: what`. */
function faultsOf(file: string, text: string): string[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const exempt = EXEMPT.some((each) => each.file.test(file));
  const faults: string[] = [];
  const note = (node: ts.Node, what: string) =>
    faults.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);
  const visit = (node: ts.Node): void => {
    if (!exempt && ts.isIdentifier(node) && node.text === "Math") {
      const name = memberOf(node);
      if (name === undefined) note(node, "Math itself, not one of its members");
      else if (!EXACT.has(name)) note(node, `Math.${name}`);
    }
    if (!exempt && ts.isBinaryExpression(node) && isPower(node.operatorToken.kind) && !isFixedPower(node.right))
      note(node, node.getText());
    if (ts.isIdentifier(node) && node.text === "eval") note(node, "eval");
    if (ts.isIdentifier(node) && node.text === "Function" && !ts.isTypeReferenceNode(node.parent))
      note(node, "Function");
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return faults;
}

/** `exp` of `Math.exp` and `Math["exp"]`. */
function memberOf(math: ts.Identifier): string | undefined {
  const { parent } = math;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === math) return parent.name.text;
  if (!ts.isElementAccessExpression(parent) || parent.expression !== math) return undefined;
  return ts.isStringLiteralLike(parent.argumentExpression) ? parent.argumentExpression.text : undefined;
}

const isPower = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.AsteriskAsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken;

/** A whole number as written, `2` or `-3`; or a BigInt, whose powers are exact. */
function isFixedPower(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isFixedPower(node.expression);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) return isFixedPower(node.operand);
  if (ts.isCallExpression(node)) return node.expression.getText() === "BigInt";
  return ts.isBigIntLiteral(node) || (ts.isNumericLiteral(node) && Number.isInteger(Number(node.text)));
}

const names = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.[cm]?[jt]sx?$/.test(name));

it("uses no mathematics that differs between engines, and makes no code from text", () => {
  expect(names.length).toBeGreaterThan(100);
  expect(names.flatMap((name) => faultsOf(name, readFileSync(join(SRC, name), "utf8")))).toEqual([]);
});

it("exempts only files that exist", () => {
  expect(EXEMPT.filter(({ file }) => !names.some((name) => file.test(name)))).toEqual([]);
});

it("finds each fault that is planted, and nothing in comments and texts", () => {
  const bad = [
    "Math.exp(1)",
    'Math["log"](1)',
    "const { sin } = Math",
    "const m = globalThis.Math",
    "[1].map(Math.tanh)",
    "x ** y",
    "x ** 0.5",
    "x **= n",
    "Math.random()",
    "eval('1')",
    "(0, eval)('1')",
    "new Function('return 1')",
    "globalThis.eval('1')",
  ];
  for (const line of bad) expect(faultsOf("engine/a.ts", line), line).toHaveLength(1);
  const good = [
    "Math.sqrt(2) + Math.PI",
    "2 ** 53 * 2 ** -54",
    "n ** BigInt(3)",
    "/* Math.exp */ 'x ** y'",
    "exp(log(x))",
  ];
  for (const line of good) expect(faultsOf("engine/a.ts", line), line).toEqual([]);
  expect(faultsOf("report/charts/a.ts", "Math.log10(x); eval('1')")).toEqual(["report/charts/a.ts:1: eval"]);
});
