/** The model as LaTeX: every formula of every module is read by KaTeX, and means what it says. */
import katex from "katex";
import { describe, expect, it } from "vitest";
import { parseFormula, toLatex } from "../../src/engine/index.js";
import { peers } from "../../src/peers/index.js";
import { documentedModules } from "../../src/workbench/model-catalogue.js";
import { modelLatex } from "../../src/workbench/model-latex.js";

const latex = (text: string) => toLatex(parseFormula(text));

describe("a formula in LaTeX", () => {
  it.each([
    ["a + b*c", "\\mathrm{a} + \\mathrm{b} \\cdot \\mathrm{c}"],
    ["(a + b)*c", "\\left(\\mathrm{a} + \\mathrm{b}\\right) \\cdot \\mathrm{c}"],
    ["a - (b - c)", "\\mathrm{a} - \\left(\\mathrm{b} - \\mathrm{c}\\right)"],
    ["a - b - c", "\\mathrm{a} - \\mathrm{b} - \\mathrm{c}"],
    ["a*(b/c)", "\\mathrm{a} \\cdot \\frac{\\mathrm{b}}{\\mathrm{c}}"],
    ["a/(b*c)", "\\frac{\\mathrm{a}}{\\mathrm{b} \\cdot \\mathrm{c}}"],
    ["(a + b)^2", "\\left(\\mathrm{a} + \\mathrm{b}\\right)^{2}"],
    ["(-a)^2", "\\left(-\\mathrm{a}\\right)^{2}"],
    ["-(a + b)", "-\\left(\\mathrm{a} + \\mathrm{b}\\right)"],
    ["a*-b", "\\mathrm{a} \\cdot \\left(-\\mathrm{b}\\right)"],
    ["KAg_l", "\\mathrm{KAg}_{\\mathrm{l}}"],
    ["1e-6*x", "10^{-6} \\cdot \\mathrm{x}"],
    ["2.5e3", "2500"],
    [
      "if(a < b, 1, 0)",
      "\\begin{cases} 1 & \\text{if } \\mathrm{a} < \\mathrm{b} \\\\ 0 & \\text{otherwise} \\end{cases}",
    ],
    [
      "and(a < b, not(c < d))",
      "\\left(\\mathrm{a} < \\mathrm{b}\\right) \\wedge \\left(\\neg \\left(\\mathrm{c} < \\mathrm{d}\\right)\\right)",
    ],
    ["max(exp(a), sqrt(b))", "\\max\\left(e^{\\mathrm{a}},\\, \\sqrt{\\mathrm{b}}\\right)"],
  ])("%s", (text, wanted) => expect(latex(text)).toBe(wanted));
});

describe("the model in LaTeX", () => {
  const blocks = (text: string) => text.match(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g) ?? [];
  it("is read by KaTeX, all modules", () => {
    const all = [...blocks(modelLatex()), ...peers.flatMap(({ id }) => blocks(modelLatex(id)))];
    const withStates = documentedModules.filter(({ declaration }) => Object.keys(declaration.states ?? {}).length > 0);
    expect(all.length).toBeGreaterThanOrEqual(withStates.length);
    for (const block of all)
      expect(
        () => katex.renderToString(block, { displayMode: true, throwOnError: true, strict: "ignore" }),
        block.slice(0, 300),
      ).not.toThrow();
  });
  it("has an equation for every state of every module", () => {
    for (const module of [...documentedModules, ...peers.flatMap(({ modules }) => modules)])
      expect(modelLatex(module.name).match(/\\mathrm\{d\}t/g)?.length ?? 0).toBe(
        Object.keys(module.declaration.states ?? {}).length,
      );
  });
  it("refuses an unknown module with a near one", () => expect(() => modelLatex("b-cell")).toThrow(/b-cell/));
});
