import { formatUnit, ONE, parseUnit, sameUnit, type Unit, UnitError } from "../quantity/index.js";
import { type Expression, isCondition, namesIn } from "./expression.js";
import { FormulaError, parseFormula } from "./formula.js";
import { type ParameterDeclaration, parameterFaults } from "./parameter.js";
import { UnitMismatch, underline, unitOf } from "./unit-check.js";

export interface StateDeclaration {
  readonly unit: string;
  readonly about: string;
  /** Formula of parameters and derived constants. */
  readonly initial: string;
  /** Time derivative; flows add to it. */
  readonly rate?: string;
  /** Absolute error that does not matter, in the state's unit. */
  readonly tolerance: number;
  /** May be negative; a state without this that falls below zero is reported as undershoot. */
  readonly signed?: true;
}

export interface NamedFormula {
  readonly unit: string;
  readonly formula: string;
  readonly about?: string;
}

/** What leaves one state and enters another; one end may be open. */
export interface FlowDeclaration {
  readonly from?: string;
  readonly to?: string;
  readonly rate: string;
}

/**
 * What other modules may act on without being known to this one. Their contributions are joined in the order of their modules' names; where there is none, the
 * neutral element stands: 0 of a sum, 1 of a product. It is read like a quantity or, if `still`, like a derived constant.
 */
export interface PortDeclaration {
  readonly unit: string;
  readonly about: string;
  /** A product is one of pure numbers. */
  readonly join: "sum" | "product";
  /** Constant in time: contributions are made from parameters, controls and derived constants only, and an initial state may use it. */
  readonly still?: true;
}

/** What a module adds to a port of another: a formula of its own names and inputs. */
export interface ContributionDeclaration {
  readonly unit: string;
  readonly formula: string;
}

/** What the state triggers. docs/notes/events.md */
export interface EventDeclaration {
  readonly about: string;
  /** A comparison, or `and`, `or`, `not` of some; the event fires as it becomes true. */
  readonly when: string;
  /** Formulas by state or control of this module: all are evaluated before the first is written. */
  readonly set: Readonly<Record<string, string>>;
  /** Formula of the time from trigger to assignment; 0 unless stated. */
  readonly delay?: string;
  /** Whether values are those at the assignment (unless stated) or at the trigger. */
  readonly values?: "assignment" | "trigger";
  /** False: forgotten where the condition is false again before the assignment. */
  readonly persistent?: false;
  /** Formula of a pure number; among events due at one time the largest comes first. 0 unless stated. */
  readonly priority?: string;
  /** What the condition counts as before the start; what it is unless stated. `false`: fires at the start where it is true. */
  readonly initially?: boolean;
}

export interface ModuleDeclaration {
  readonly about: string;
  /** Names that other modules export, with the unit in which they are expected. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, ParameterDeclaration>>;
  /** Constants in time that actions (doses, visits) may change. */
  readonly controls?: Readonly<
    Record<string, { readonly unit: string; readonly about: string; readonly initial: string }>
  >;
  /** Constants computed once per patient from parameters. */
  readonly derived?: Readonly<Record<string, NamedFormula>>;
  readonly states?: Readonly<Record<string, StateDeclaration>>;
  /** Algebraic quantities of states; exported. */
  readonly quantities?: Readonly<Record<string, NamedFormula>>;
  readonly flows?: Readonly<Record<string, FlowDeclaration>>;
  readonly ports?: Readonly<Record<string, PortDeclaration>>;
  /** By the name of a port of another module. */
  readonly contributes?: Readonly<Record<string, ContributionDeclaration>>;
  readonly events?: Readonly<Record<string, EventDeclaration>>;
}

/** Parts whose names a module exports. */
export const EXPORTING_PARTS = ["parameters", "controls", "derived", "states", "quantities", "ports"] as const;

/** A fault in a model: where (`module › part › name`), what, and the formula with a caret where there is one. */
export interface ModelProblem {
  readonly where: string;
  readonly what: string;
  readonly excerpt?: string;
}

export class ModelError extends Error {
  constructor(readonly problems: readonly ModelProblem[]) {
    super(problems.map((p) => `${p.where}\n${p.excerpt ? `${p.excerpt} ` : ""}${p.what}`).join("\n\n"));
  }
}

export interface Formula {
  readonly text: string;
  readonly tree: Expression;
}

export interface Module {
  readonly name: string;
  readonly declaration: ModuleDeclaration;
  readonly units: ReadonlyMap<string, Unit>;
  /** Units of its contributions, by port. */
  readonly contributed: ReadonlyMap<string, Unit>;
  /** Parsed formulas by `part › name`. */
  readonly formulas: ReadonlyMap<string, Formula>;
}

/** Parses and checks a module: names, arity, units. Throws `ModelError` with every problem. */
export function defineModule(name: string, declaration: ModuleDeclaration): Module {
  const problems: ModelProblem[] = [];
  const units = new Map<string, Unit>([["time", parseUnit("day")]]);
  const moving = new Set<string>([
    "time",
    ...Object.keys(declaration.states ?? {}),
    ...Object.keys(declaration.quantities ?? {}),
    ...Object.entries(declaration.ports ?? {}).flatMap(([port, { still }]) => (still ? [] : [port])),
  ]);
  const contributed = new Map<string, Unit>();
  const formulas = new Map<string, Formula>();

  const readUnit = (where: string, unit: string): Unit | undefined => {
    try {
      return parseUnit(unit);
    } catch (error) {
      if (!(error instanceof UnitError)) throw error;
      problems.push({ where, what: error.message });
      return undefined;
    }
  };
  const declare = (part: string, symbol: string, text: string) => {
    const where = `${name} › ${part} › ${symbol}`;
    if (units.has(symbol)) problems.push({ where, what: `"${symbol}" is declared twice` });
    const unit = readUnit(where, text);
    if (unit) units.set(symbol, unit);
  };
  for (const [symbol, unit] of Object.entries(declaration.inputs ?? {})) declare("inputs", symbol, unit);
  for (const part of EXPORTING_PARTS)
    for (const [symbol, { unit }] of Object.entries(declaration[part] ?? {})) declare(part, symbol, unit);
  for (const [symbol, p] of Object.entries(declaration.parameters ?? {})) {
    const where = `${name} › parameters › ${symbol}`;
    for (const what of parameterFaults(p)) problems.push({ where, what });
  }

  const check = (part: string, symbol: string, text: string, expected: Unit | undefined, still: boolean) => {
    const [section, field = part === "flows" ? "rate" : undefined] = part.split(".");
    const where = [name, section, symbol, ...(field === undefined ? [] : [field])].join(" › ");
    try {
      const tree = parseFormula(text);
      formulas.set(`${part}.${symbol}`, { text, tree });
      const found = unitOf(tree, (n) => units.get(n));
      if (field === "when" && !isCondition(tree))
        throw new UnitMismatch("must be a comparison, or and, or, not of some", tree.span);
      if (expected && found !== "any" && !sameUnit(found, expected))
        throw new UnitMismatch(`is in ${formatUnit(found)}, expected ${formatUnit(expected)}`, tree.span);
      if (still)
        for (const used of namesIn(tree))
          if (moving.has(used)) throw new UnitMismatch(`"${used}" moves in time and cannot stand here`, tree.span);
    } catch (error) {
      if (!(error instanceof FormulaError || error instanceof UnitMismatch)) throw error;
      problems.push({ where, what: error.message, excerpt: underline(text, error.span) });
    }
  };
  for (const [symbol, d] of Object.entries(declaration.derived ?? {}))
    check("derived", symbol, d.formula, units.get(symbol), true);
  for (const [symbol, c] of Object.entries(declaration.controls ?? {}))
    check("controls", symbol, c.initial, units.get(symbol), true);
  for (const [symbol, q] of Object.entries(declaration.quantities ?? {}))
    check("quantities", symbol, q.formula, units.get(symbol), false);
  for (const [port, p] of Object.entries(declaration.ports ?? {})) {
    const where = `${name} › ports › ${port}`;
    const unit = units.get(port);
    if (p.about === "") problems.push({ where, what: "says nothing about itself" });
    if (p.join !== "sum" && p.join !== "product")
      problems.push({ where, what: `joins by "${p.join}": write "sum" or "product"` });
    if (p.join === "product" && unit && !sameUnit(unit, ONE))
      problems.push({ where, what: `is in ${formatUnit(unit)}, but only pure numbers join as a product` });
  }
  for (const [port, c] of Object.entries(declaration.contributes ?? {})) {
    const where = `${name} › contributes › ${port}`;
    const own = EXPORTING_PARTS.find((part) => Object.hasOwn(declaration[part] ?? {}, port));
    if (own === "ports")
      problems.push({ where, what: "is a port of this module: write what it adds where the port is read" });
    else if (own) problems.push({ where, what: `"${port}" stands in this module's own ${own}, and is no port` });
    const unit = readUnit(where, c.unit);
    if (unit) contributed.set(port, unit);
    check("contributes", port, c.formula, unit, false);
  }
  const perDay = (symbol: string | undefined): Unit | undefined => {
    const unit = symbol === undefined ? undefined : units.get(symbol);
    return unit && { dimensions: { ...unit.dimensions, time: (unit.dimensions["time"] ?? 0) - 1 }, scale: unit.scale };
  };
  for (const [symbol, s] of Object.entries(declaration.states ?? {})) {
    check("states.initial", symbol, s.initial, units.get(symbol), true);
    if (s.rate !== undefined) check("states.rate", symbol, s.rate, perDay(symbol), false);
    if (!(s.tolerance > 0))
      problems.push({ where: `${name} › states › ${symbol}`, what: "tolerance must be positive" });
  }
  for (const [symbol, f] of Object.entries(declaration.flows ?? {})) {
    for (const end of [f.from, f.to])
      if (end !== undefined && !(end in (declaration.states ?? {})))
        problems.push({ where: `${name} › flows › ${symbol}`, what: `"${end}" is not a state of this module` });
    if (f.from === undefined && f.to === undefined)
      problems.push({ where: `${name} › flows › ${symbol}`, what: "flows from nowhere to nowhere" });
    check("flows", symbol, f.rate, perDay(f.from ?? f.to), false);
    if (f.from !== undefined && f.to !== undefined) check("flows", symbol, f.rate, perDay(f.to), false);
  }
  for (const [symbol, e] of Object.entries(declaration.events ?? {})) {
    check("events.when", symbol, e.when, ONE, false);
    if (e.delay !== undefined) check("events.delay", symbol, e.delay, units.get("time"), false);
    if (e.priority !== undefined) check("events.priority", symbol, e.priority, ONE, false);
    for (const [target, text] of Object.entries(e.set)) {
      const own = Object.hasOwn(declaration.states ?? {}, target) || Object.hasOwn(declaration.controls ?? {}, target);
      if (!own)
        problems.push({
          where: `${name} › events › ${symbol}`,
          what: `"${target}" is no state or control of this module`,
        });
      check("events.set", `${symbol}.${target}`, text, own ? units.get(target) : undefined, false);
    }
  }
  if (problems.length > 0) throw new ModelError(problems);
  return { name, declaration, units, contributed, formulas };
}
