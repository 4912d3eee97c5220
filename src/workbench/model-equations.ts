import type { ContributionDeclaration, Module, ModuleDeclaration, NamedFormula } from "../engine/index.js";
import { nearest } from "../reading/index.js";
import { inputProblem } from "./failure.js";
import { documentedModules, peerModuleNames, peerModules } from "./model-catalogue.js";

const WIDTH = 118;

/** A long formula, broken before `+` and `-`; following lines stand under the first. */
function written(left: string, text: string): string {
  const lines: string[] = [];
  let line = left;
  for (const part of text.split(/(?= [+-] )/)) {
    if (line.length + part.length > WIDTH && line.trim() !== left.trim()) {
      lines.push(line);
      line = " ".repeat(left.length - 1);
    }
    line += part;
  }
  return [...lines, line].join("\n");
}

const head = (symbol: string, unit: string, about = "", more = ""): string =>
  `${symbol} [${unit}]${about ? `: ${about}` : ""}${more}`;

const section = (title: string, entries: readonly string[]): string[] =>
  entries.length === 0 ? [] : [`-- ${title}`, entries.join("\n"), ""];

const named = (formulas: Readonly<Record<string, NamedFormula>> = {}): string[] =>
  Object.entries(formulas).map(
    ([symbol, { unit, formula, about }]) => `${head(symbol, unit, about)}\n${written(`  ${symbol} = `, formula)}`,
  );

function states({ states = {}, flows = {} }: ModuleDeclaration): string[] {
  return Object.entries(states).map(([symbol, { unit, about, initial, rate }]) => {
    const terms = Object.entries(flows).flatMap(([flow, { from, to, rate: flowing }]) => [
      ...(to === symbol ? [`      + (${flowing})   flow ${flow}${from ? ` from ${from}` : ""}`] : []),
      ...(from === symbol ? [`      - (${flowing})   flow ${flow}${to ? ` to ${to}` : ""}`] : []),
    ]);
    return [
      head(symbol, unit, about),
      `  ${symbol}(start) = ${initial}`,
      written(`  d${symbol}/dt = `, rate ?? (terms.length > 0 ? "" : "0")).trimEnd(),
      ...terms,
    ].join("\n");
  });
}

function events({ events: declared = {} }: ModuleDeclaration): string[] {
  return Object.entries(declared).map(
    ([symbol, { about, when, set, delay, values, persistent, initially, priority }]) =>
      [
        `${symbol}: ${about}`,
        written("  when ", when),
        ...(delay === undefined ? [] : [`  after ${delay}, with values of the ${values ?? "assignment"}`]),
        ...(priority === undefined ? [] : [`  priority ${priority}`]),
        ...(persistent === false ? ["  forgotten where the condition is false again before"] : []),
        ...(initially === undefined ? [] : [`  counts as ${initially} before the start`]),
        ...Object.entries(set).map(([target, text]) => written(`  ${target} := `, text)),
      ].join("\n"),
  );
}

/** Who acts on a port, in the order in which the contributions are joined: by the names of their modules. */
export function contributorsOf(
  port: string,
  among: readonly Module[],
): readonly (ContributionDeclaration & { readonly module: string })[] {
  return [...among]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, declaration }) => {
      const given = declaration.contributes?.[port];
      return given ? [{ module: name, ...given }] : [];
    });
}

function ports({ ports: declared = {} }: ModuleDeclaration, among: readonly Module[]): string[] {
  return Object.entries(declared).map(([port, { unit, about, join, still }]) => {
    const empty = join === "sum" ? "0" : "1";
    const how = ` (${join} of contributions, ${empty} without any${still ? "; constant in time" : ""})`;
    const given = contributorsOf(port, among).map(({ module, formula }) => written(`  from ${module}: `, formula));
    return [head(port, unit, about, how), ...(given.length > 0 ? given : ["  nobody contributes"])].join("\n");
  });
}

/** Equations of one module as text: ports with who contributes, constants, quantities, states with their flows, what it does to ports of others. */
export function equationsOf({ declaration }: Module, among: readonly Module[] = documentedModules): string {
  const owners = new Map(
    among.flatMap(({ name, declaration: { ports: theirs = {} } }) => Object.keys(theirs).map((port) => [port, name])),
  );
  const { controls = {}, contributes = {} } = declaration;
  return [
    ...section("ports: what others act on", ports(declaration, among)),
    ...section(
      "controls: set by doses",
      Object.entries(controls).map(([symbol, { unit, about, initial }]) =>
        [head(symbol, unit, about), `  ${symbol}(start) = ${initial}`].join("\n"),
      ),
    ),
    ...section("constants of a patient", named(declaration.derived)),
    ...section("quantities", named(declaration.quantities)),
    ...section("states", states(declaration)),
    ...section("events", events(declaration)),
    ...section(
      "contributes to ports of others",
      Object.entries(contributes).map(([port, { unit, formula }]) =>
        [head(port, unit, "", ` of ${owners.get(port) ?? "no module"}`), written("  gives ", formula)].join("\n"),
      ),
    ),
  ]
    .join("\n")
    .trimEnd();
}

/** The family's member of which another is an instance with a suffix: same parts, same names but for the suffix. */
export function originalOf(module: Module, among: readonly Module[]): { original: Module; suffix: string } | undefined {
  for (const original of among) {
    if (original === module || !module.name.startsWith(`${original.name}_`)) continue;
    return { original, suffix: module.name.slice(original.name.length) };
  }
  return undefined;
}

/** Lines of an instance that are not those of its original with the suffix behind its own names. */
export function differencesFrom(module: Module, original: Module, suffix: string): readonly string[] {
  const plain = (text: string) => text.replaceAll(new RegExp(`${suffix}\\b`, "g"), "");
  const known = new Set(equationsOf(original).split("\n"));
  return equationsOf(module)
    .split("\n")
    .filter((line) => line.startsWith("  ") && !known.has(plain(line)));
}

/** One module, or all. Throws `InputProblems` for an unknown one. */
export function modulesNamed(name?: string): readonly Module[] {
  if (name === undefined) return documentedModules;
  const own = documentedModules.filter((module) => module.name === name);
  const chosen = own.length > 0 ? own : peerModules(name);
  if (chosen.length === 0) {
    const names = [...documentedModules.map((module) => module.name), ...peerModuleNames];
    const meant = nearest(name, names);
    throw inputProblem(
      "module",
      `unknown module "${name}"`,
      meant ? `did you mean "${meant.name}"?` : `one of ${names.join(", ")}`,
    );
  }
  return chosen;
}

/** Equations of one module or of all, for a terminal. Throws `InputProblems` for an unknown module. */
export function modelEquations(name?: string): string {
  return modulesNamed(name)
    .map((module) => `${module.name}: ${module.declaration.about}\n\n${equationsOf(module) || "no equations"}\n`)
    .join("\n\n");
}
