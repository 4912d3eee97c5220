/** The model as LaTeX (amsmath), module by module, for papers and supplements. */
import { latexName, type Module, type ModuleDeclaration, parseFormula, toLatex } from "../engine/index.js";
import { contributorsOf, modulesNamed } from "./model-equations.js";

const formula = (text: string): string => toLatex(parseFormula(text));
const escaped = (text: string): string =>
  text
    .replaceAll("\\", "\\textbackslash{}")
    .replaceAll(/[&%$#_{}]/g, (sign) => `\\${sign}`)
    .replaceAll("~", "\\textasciitilde{}")
    .replaceAll("^", "\\textasciicircum{}");

/** Own rate, then flows in and out. */
function rateOf(symbol: string, { flows = {} }: ModuleDeclaration, rate: string | undefined): string {
  const terms = Object.values(flows).flatMap(({ from, to, rate: flowing }) => {
    const text = `\\left(${formula(flowing)}\\right)`;
    return [...(to === symbol ? [`+ ${text}`] : []), ...(from === symbol ? [`- ${text}`] : [])];
  });
  const all = [...(rate === undefined ? [] : [formula(rate)]), ...terms].join(" ");
  return all === "" ? "0" : all.replace(/^\+ /, "");
}

function linesOf({ declaration }: Module, among: readonly Module[]): string[] {
  const { ports = {}, derived = {}, quantities = {}, states = {}, contributes = {}, events = {} } = declaration;
  const equals = (left: string, right: string) => `${left} &= ${right}`;
  return [
    ...Object.entries(ports).map(([port, { join }]) => {
      const given = contributorsOf(port, among).map((each) => `\\left(${formula(each.formula)}\\right)`);
      return equals(
        latexName(port),
        given.length === 0 ? (join === "sum" ? "0" : "1") : given.join(join === "sum" ? " + " : " \\cdot "),
      );
    }),
    ...Object.entries({ ...derived, ...quantities }).map(([symbol, each]) =>
      equals(latexName(symbol), formula(each.formula)),
    ),
    ...Object.entries(states).flatMap(([symbol, { initial, rate }]) => [
      equals(`\\frac{\\mathrm{d}\\,${latexName(symbol)}}{\\mathrm{d}t}`, rateOf(symbol, declaration, rate)),
      equals(`${latexName(symbol)}(0)`, formula(initial)),
    ]),
    ...Object.values(events).flatMap(({ when, set }) =>
      Object.entries(set).map(
        ([target, text]) => `${latexName(target)} &\\leftarrow ${formula(text)} \\quad \\text{when } ${formula(when)}`,
      ),
    ),
    // What it adds to the ports of others stands with those ports; a module that does nothing else says it here.
    ...(Object.keys(ports).length + Object.keys(states).length === 0
      ? Object.entries(contributes).map(([port, each]) =>
          equals(`\\text{to } ${latexName(port)}`, formula(each.formula)),
        )
      : []),
  ];
}

/** Equations of one module or of all as LaTeX text. Throws `InputProblems` for an unknown module. */
export function modelLatex(name?: string): string {
  const among = modulesNamed();
  return modulesNamed(name)
    .map((module) => {
      const lines = linesOf(module, among);
      const title = `\\subsection*{${escaped(module.name)}: ${escaped(module.declaration.about)}}`;
      return lines.length === 0 ? `${title}\n` : `${title}\n\\begin{align*}\n${lines.join(" \\\\\n")}\n\\end{align*}\n`;
    })
    .join("\n");
}
