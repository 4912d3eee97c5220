import { formatUnit, sameUnit, type Unit } from "../quantity/index.js";
import { namesIn } from "./expression.js";
import { type Contribution, contributionKey, joinPorts } from "./join-ports.js";
import {
  EXPORTING_PARTS,
  type FlowDeclaration,
  type Formula,
  ModelError,
  type ModelProblem,
  type Module,
} from "./module.js";
import type { ParameterDeclaration } from "./parameter.js";
import { underline } from "./unit-check.js";

export type SystemParameter = ParameterDeclaration & { readonly name: string; readonly module: string };

export interface SystemFormula {
  readonly name: string;
  readonly module: string;
  readonly unit: Unit;
  readonly about: string;
  readonly formula: Formula;
  /** Of a port: who contributes, in the order in which `formula` joins them. */
  readonly contributions?: readonly Contribution[];
}

/** A flow of one module, with the names of the states that it leaves and enters. */
export interface SystemFlow {
  readonly name: string;
  readonly module: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly formula: Formula;
}

export interface SystemEvent {
  readonly name: string;
  readonly module: string;
  readonly about: string;
  readonly when: Formula;
  readonly delay: Formula | undefined;
  readonly priority: Formula | undefined;
  readonly fromTrigger: boolean;
  readonly persistent: boolean;
  readonly initially: boolean | undefined;
  readonly set: readonly { readonly target: string; readonly formula: Formula }[];
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
  /** Ports are among them, and `still` ports among `derived`. */
  readonly quantities: readonly SystemFormula[];
  /** All flows; the rates of `states` include them. */
  readonly flows: readonly SystemFlow[];
  readonly events: readonly SystemEvent[];
  readonly units: ReadonlyMap<string, Unit>;
}

export interface AssembleOptions {
  /** Modules that are known but no part of this model: a contribution to a port of one of them is dropped. */
  readonly absent?: readonly Module[];
}

/** By code units, the same on every machine. */
const byName = (a: Module, b: Module): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/**
 * Joins modules. Every input must be exported by exactly one other module, in the same unit; one that only dropped contributions need may be missing. The system
 * lists modules by name, so the order in which they are given does not matter, to the bit. Throws `ModelError` with every problem.
 */
export function assemble(given: readonly Module[], { absent = [] }: AssembleOptions = {}): System {
  const problems: ModelProblem[] = [];
  const modules = [...given].sort(byName);
  modules.forEach((module, i) => {
    if (module.name === modules[i - 1]?.name) problems.push({ where: module.name, what: "two modules have this name" });
  });
  for (const { name } of absent)
    if (modules.some((module) => module.name === name))
      problems.push({ where: name, what: "is a part of the model and absent from it" });
  const owner = new Map<string, { module: Module; unit: Unit }>();
  for (const module of modules)
    for (const part of EXPORTING_PARTS)
      for (const name of Object.keys(module.declaration[part] ?? {})) {
        const other = owner.get(name);
        if (other)
          problems.push({ where: `${module.name} › ${name}`, what: `is declared in "${other.module.name}" too` });
        owner.set(name, { module, unit: module.units.get(name)! });
      }
  const { ports, dropped } = joinPorts(modules, absent, problems);
  for (const module of modules) {
    const unneeded = neededOnlyBy(module, dropped);
    for (const name of Object.keys(module.declaration.inputs ?? {})) {
      const where = `${module.name} › inputs › ${name}`;
      const found = owner.get(name);
      const wanted = module.units.get(name)!;
      if (found) {
        if (!sameUnit(found.unit, wanted))
          problems.push({
            where,
            what: `is expected in ${formatUnit(wanted)}, but "${found.module.name}" gives ${formatUnit(found.unit)}`,
          });
      } else if (!unneeded.has(name)) {
        const elsewhere = absent.find(({ declaration }) =>
          EXPORTING_PARTS.some((part) => Object.hasOwn(declaration[part] ?? {}, name)),
        );
        problems.push({
          where,
          what: elsewhere
            ? `only "${elsewhere.name}" exports it, which is not part of this model`
            : "no module exports it",
        });
      }
    }
  }

  const parameters: SystemParameter[] = [];
  const controls: SystemFormula[] = [];
  const derived: SystemFormula[] = [];
  const quantities: SystemFormula[] = [];
  const states: SystemState[] = [];
  const systemFlows: SystemFlow[] = [];
  const events: SystemEvent[] = [];
  for (const { declaration, ...port } of ports)
    (declaration.still ? derived : quantities).push({ ...port, about: declaration.about });
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
    for (const [name, { from, to }] of flows)
      systemFlows.push({ name, module: where, from, to, formula: formula("flows", name) });
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
    for (const [name, e] of Object.entries(declaration.events ?? {})) {
      const other = events.find((known) => known.name === name);
      if (other) problems.push({ where: `${where} › events › ${name}`, what: `is an event of "${other.module}" too` });
      events.push({
        name,
        module: where,
        about: e.about,
        when: formula("events.when", name),
        delay: module.formulas.get(`events.delay.${name}`),
        priority: module.formulas.get(`events.priority.${name}`),
        fromTrigger: e.values === "trigger",
        persistent: e.persistent !== false,
        initially: e.initially,
        set: Object.keys(e.set).map((target) => ({ target, formula: formula("events.set", `${name}.${target}`) })),
      });
    }
  }
  // A module cannot see that what it imports moves in time, nor that a port that it acts on is still.
  const moving = new Set(["time", ...[...states, ...quantities].map(({ name }) => name)]);
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
    for (const { name, module, formula, contributions } of list)
      if (contributions)
        for (const each of contributions) still(`${each.module} › contributes › ${name}`, each.formula);
      else still(`${module} › ${kind} › ${name}`, formula);
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
    flows: systemFlows,
    events,
    units: new Map([...owner].map(([name, { unit }]) => [name, unit])),
  };
  if (problems.length > 0) throw new ModelError(problems);
  return system;
}

/** Inputs that a module needs for nothing but contributions that are dropped. */
function neededOnlyBy({ name, formulas }: Module, dropped: ReadonlySet<string>): ReadonlySet<string> {
  const [needed, droppedOnly] = [new Set<string>(), new Set<string>()];
  for (const [key, { tree }] of formulas) {
    const [part, ...symbol] = key.split(".");
    const drops = part === "contributes" && dropped.has(contributionKey(name, symbol.join(".")));
    namesIn(tree, drops ? droppedOnly : needed);
  }
  for (const used of needed) droppedOnly.delete(used);
  return droppedOnly;
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
        where: `${item.module} › ${item.contributions ? "ports" : kind(item)} › ${item.name}`,
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
