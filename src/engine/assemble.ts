import { formatUnit, sameUnit, type Unit } from "../quantity/index.js";
import { namesIn } from "./expression.js";
import {
  type FlowDeclaration,
  type Formula,
  ModelError,
  type ModelProblem,
  type Module,
  type ParameterDeclaration,
} from "./module.js";
import { underline } from "./unit-check.js";

export type SystemParameter = ParameterDeclaration & { readonly name: string; readonly module: string };

export interface SystemFormula {
  readonly name: string;
  readonly module: string;
  readonly unit: Unit;
  readonly about: string;
  readonly formula: Formula;
}

export interface SystemState {
  readonly name: string;
  readonly module: string;
  readonly unit: Unit;
  readonly about: string;
  readonly tolerance: number;
  /** Whether it may be negative. */
  readonly signed: boolean;
  readonly initial: Formula;
  /** Null where only flows change the state. */
  readonly rate: Formula | null;
  readonly inflows: readonly Formula[];
  readonly outflows: readonly Formula[];
}

/** Modules joined by name: what a backend compiles. `derived` and `quantities` stand in an order in which each uses only earlier ones. */
export interface System {
  readonly parameters: readonly SystemParameter[];
  readonly controls: readonly SystemFormula[];
  readonly derived: readonly SystemFormula[];
  readonly states: readonly SystemState[];
  readonly quantities: readonly SystemFormula[];
  readonly units: ReadonlyMap<string, Unit>;
}

/** Joins modules. Every input must be exported by exactly one other module, in the same unit. Throws `ModelError` with every problem. */
export function assemble(modules: readonly Module[]): System {
  const problems: ModelProblem[] = [];
  const owner = new Map<string, { module: Module; unit: Unit }>();
  for (const module of modules) {
    const { parameters, controls, derived, states, quantities } = module.declaration;
    for (const part of [parameters, controls, derived, states, quantities])
      for (const name of Object.keys(part ?? {})) {
        const other = owner.get(name);
        if (other)
          problems.push({ where: `${module.name} › ${name}`, what: `is declared in "${other.module.name}" too` });
        owner.set(name, { module, unit: module.units.get(name)! });
      }
  }
  for (const module of modules)
    for (const name of Object.keys(module.declaration.inputs ?? {})) {
      const found = owner.get(name);
      const wanted = module.units.get(name)!;
      if (!found) problems.push({ where: `${module.name} › inputs › ${name}`, what: "no module exports it" });
      else if (!sameUnit(found.unit, wanted))
        problems.push({
          where: `${module.name} › inputs › ${name}`,
          what: `is expected in ${formatUnit(wanted)}, but "${found.module.name}" gives ${formatUnit(found.unit)}`,
        });
    }

  const parameters: SystemParameter[] = [];
  const controls: SystemFormula[] = [];
  const derived: SystemFormula[] = [];
  const quantities: SystemFormula[] = [];
  const states: SystemState[] = [];
  for (const module of modules) {
    const { declaration, name: where } = module;
    const formula = (part: string, name: string): Formula => module.formulas.get(`${part}.${name}`)!;
    const named = (part: string, name: string, about = ""): SystemFormula => ({
      name,
      module: where,
      unit: module.units.get(name)!,
      about,
      formula: formula(part, name),
    });
    for (const [name, p] of Object.entries(declaration.parameters ?? {}))
      parameters.push({ ...p, name, module: where });
    for (const [name, c] of Object.entries(declaration.controls ?? {})) controls.push(named("controls", name, c.about));
    for (const [name, d] of Object.entries(declaration.derived ?? {})) derived.push(named("derived", name, d.about));
    for (const [name, q] of Object.entries(declaration.quantities ?? {}))
      quantities.push(named("quantities", name, q.about));
    const flows = Object.entries(declaration.flows ?? {}) as [string, FlowDeclaration][];
    for (const [name, s] of Object.entries(declaration.states ?? {}))
      states.push({
        name,
        module: where,
        unit: module.units.get(name)!,
        about: s.about,
        tolerance: s.tolerance,
        signed: s.signed ?? false,
        initial: formula("states.initial", name),
        rate: s.rate === undefined ? null : formula("states.rate", name),
        inflows: flows.filter(([, f]) => f.to === name).map(([flow]) => formula("flows", flow)),
        outflows: flows.filter(([, f]) => f.from === name).map(([flow]) => formula("flows", flow)),
      });
  }
  // A module cannot see that what it imports moves in time.
  const moving = new Set([...states, ...quantities].map(({ name }) => name));
  const still = (where: string, { text, tree }: Formula) => {
    for (const name of namesIn(tree))
      if (moving.has(name))
        problems.push({
          where,
          what: `"${name}" moves in time and cannot stand here`,
          excerpt: underline(text, tree.span),
        });
  };
  for (const [kind, list] of Object.entries({ controls, derived }))
    for (const item of list) still(`${item.module} › ${kind} › ${item.name}`, item.formula);
  for (const state of states) still(`${state.module} › states › ${state.name} › initial`, state.initial);

  // Controls start from derived constants and derived constants may read controls, so a circle may run through both.
  const constants = inOrder(
    [...controls, ...derived],
    (c) => (controls.includes(c) ? "controls" : "derived"),
    problems,
  );
  const system: System = {
    parameters,
    controls: constants.filter((c) => controls.includes(c)),
    derived: constants.filter((c) => derived.includes(c)),
    states,
    quantities: inOrder(quantities, () => "quantities", problems),
    units: new Map([...owner].map(([name, { unit }]) => [name, unit])),
  };
  if (problems.length > 0) throw new ModelError(problems);
  return system;
}

/** Topological order; a circle is a problem that names its members. */
function inOrder(
  list: readonly SystemFormula[],
  kind: (item: SystemFormula) => string,
  problems: ModelProblem[],
): SystemFormula[] {
  const byName = new Map(list.map((item) => [item.name, item]));
  const done = new Set<string>();
  const path: string[] = [];
  const result: SystemFormula[] = [];
  const visit = (item: SystemFormula) => {
    if (done.has(item.name)) return;
    const at = path.indexOf(item.name);
    if (at >= 0) {
      problems.push({
        where: `${item.module} › ${kind(item)} › ${item.name}`,
        what: `depends on itself: ${[...path.slice(at), item.name].join(" → ")}`,
      });
      return;
    }
    path.push(item.name);
    for (const name of namesIn(item.formula.tree)) {
      const used = byName.get(name);
      if (used) visit(used);
    }
    path.pop();
    if (!done.has(item.name)) {
      done.add(item.name);
      result.push(item);
    }
  };
  for (const item of list) visit(item);
  return result;
}
