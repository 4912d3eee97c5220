import type { Expression, Span } from "./expression.js";
import { FormulaError, parseFormula } from "./formula.js";
import { EXPORTING_PARTS, ModelError, type ModelProblem, type ModuleDeclaration } from "./module.js";

export type ExportingPart = (typeof EXPORTING_PARTS)[number];

export interface InstanceOptions {
  /** Whether a name that the family declares gets the suffix. One that does not is declared under its old name: then only one instance may stand in a model. */
  readonly rename: (kind: ExportingPart, name: string) => boolean;
}

/**
 * One more instance of a family of modules: names of modules and the chosen names that they declare, with a suffix, wherever the family reads them. Names of others,
 * their ports among them, stay. Throws `ModelError` where a new name cannot be written in a formula or is taken within the family.
 */
export function withSuffix(
  declarations: Readonly<Record<string, ModuleDeclaration>>,
  suffix: string,
  { rename }: InstanceOptions,
): Readonly<Record<string, ModuleDeclaration>> {
  const names = new Map<string, string>();
  const kept = new Set(["time"]);
  for (const declaration of Object.values(declarations))
    for (const kind of EXPORTING_PARTS)
      for (const name of Object.keys(declaration[kind] ?? {}))
        if (rename(kind, name)) names.set(name, `${name}${suffix}`);
        else kept.add(name);
  for (const declaration of Object.values(declarations))
    for (const part of [declaration.inputs, declaration.contributes])
      for (const name of Object.keys(part ?? {})) if (!names.has(name)) kept.add(name);
  const problems: ModelProblem[] = [];
  if (!/^\w+$/.test(suffix))
    problems.push({
      where: `suffix "${suffix}"`,
      what: "must be letters, digits and underscores, as names in formulas",
    });
  for (const [name, changed] of names)
    if (kept.has(changed) || names.has(changed))
      problems.push({ where: `suffix "${suffix}"`, what: `makes "${changed}" of "${name}", and there is one already` });
  if (problems.length > 0) throw new ModelError(problems);

  const name = (old: string): string => names.get(old) ?? old;
  const formula = (text: string): string => renamed(text, names);
  return Object.fromEntries(
    Object.entries(declarations).map(([module, d]) => [
      `${module}${suffix}`,
      {
        ...d,
        ...part("inputs", d.inputs, name, (unit) => unit),
        ...part("parameters", d.parameters, name, (p) => p),
        ...part("controls", d.controls, name, (c) => ({ ...c, initial: formula(c.initial) })),
        ...part("derived", d.derived, name, (f) => ({ ...f, formula: formula(f.formula) })),
        ...part("states", d.states, name, (s) => ({
          ...s,
          initial: formula(s.initial),
          ...(s.rate === undefined ? {} : { rate: formula(s.rate) }),
        })),
        ...part("quantities", d.quantities, name, (f) => ({ ...f, formula: formula(f.formula) })),
        // The name of a flow is its module's own.
        ...part(
          "flows",
          d.flows,
          (flow) => flow,
          (f) => ({
            ...(f.from === undefined ? {} : { from: name(f.from) }),
            ...(f.to === undefined ? {} : { to: name(f.to) }),
            rate: formula(f.rate),
          }),
        ),
        ...part("ports", d.ports, name, (p) => p),
        ...part("contributes", d.contributes, name, (c) => ({ ...c, formula: formula(c.formula) })),
        // Names of events are unique in a model.
        ...part(
          "events",
          d.events,
          (event) => `${event}${suffix}`,
          (e) => ({
            ...e,
            when: formula(e.when),
            ...(e.delay === undefined ? {} : { delay: formula(e.delay) }),
            ...(e.priority === undefined ? {} : { priority: formula(e.priority) }),
            set: Object.fromEntries(Object.entries(e.set).map(([target, text]) => [name(target), formula(text)])),
          }),
        ),
      },
    ]),
  );
}

/** A part with new keys and values; nothing where there is none. */
function part<K extends keyof ModuleDeclaration, T>(
  kind: K,
  entries: Readonly<Record<string, T>> | undefined,
  key: (name: string) => string,
  value: (entry: T) => T,
): { readonly [P in K]?: Readonly<Record<string, T>> } {
  if (!entries) return {};
  const changed = Object.fromEntries(Object.entries(entries).map(([name, entry]) => [key(name), value(entry)]));
  return { [kind]: changed } as { readonly [P in K]: Readonly<Record<string, T>> };
}

/** The text with other names at the places where its tree has names: units and functions stay. What cannot be read stays, and `defineModule` says where. */
function renamed(text: string, names: ReadonlyMap<string, string>): string {
  const places: { readonly span: Span; readonly name: string }[] = [];
  const visit = (e: Expression): void => {
    if (e.kind === "name") places.push(e);
    else if (e.kind === "negate") visit(e.of);
    else if (e.kind === "binary" || e.kind === "compare") [e.left, e.right].forEach(visit);
    else if (e.kind === "call") e.arguments.forEach(visit);
  };
  try {
    visit(parseFormula(text));
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return text;
  }
  let result = "";
  let at = 0;
  for (const { span, name } of places.sort((a, b) => a.span.from - b.span.from)) {
    result += text.slice(at, span.from) + (names.get(name) ?? name);
    at = span.to;
  }
  return result + text.slice(at);
}
