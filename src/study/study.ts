/**
 * A study as plain data: who is treated, with what, when they are seen. Times and durations are in days relative to infusion
 * (day 0), doses in the units of `docs/notes/study-file.md`. YAML (`study-file.ts`) and TypeScript (`defineStudy`) spell the same value.
 */
import { canonicalJson } from "../reading/index.js";
import {
  ADMINISTRATIONS,
  type CRITERIA,
  DISEASES,
  type MISSING_AFTER_DROPOUT,
  type OPERATORS,
  RULES,
} from "./words.js";

export type Disease = keyof typeof DISEASES;
export type CriterionName = keyof typeof CRITERIA;
export type Operator = (typeof OPERATORS)[number];
/** `sledai >= 8`: one space around the operator; `parseCriterion` takes it apart. */
export type Criterion = `${CriterionName} ${Operator} ${number}`;
export type RuleName = keyof typeof RULES;

export interface Stratum {
  readonly disease: Disease;
  readonly n: number;
  /** All must hold. Empty: everybody with the disease. */
  readonly include: readonly Criterion[];
}

/** One or more administrations of the same thing; `at` holds days, increasing, never empty. */
export type Administration =
  | { readonly give: "leukapheresis"; readonly at: readonly number[] }
  /** Three days of fludarabine from `at` on, cyclophosphamide on the third. */
  | { readonly give: "flu-cy"; readonly at: readonly number[] }
  /** `dose` in cell/kg. */
  | { readonly give: "cd19-car-t"; readonly at: readonly number[]; readonly dose: number }
  /** `dose` in mg. */
  | { readonly give: "rituximab"; readonly at: readonly number[]; readonly dose: number }
  /** `dose` in mg/kg. */
  | { readonly give: "tocilizumab"; readonly at: readonly number[]; readonly dose: number }
  /** `dose` in mg. */
  | { readonly give: "dexamethasone"; readonly at: readonly number[]; readonly dose: number };

/** `taper-to` in mg/day (prednisolone equivalent), `from` a day, `over` days. */
export type GlucocorticoidPlan =
  | "continue"
  | { readonly "taper-to": number; readonly from: number; readonly over: number };
export type MycophenolatePlan = "continue" | { readonly stop: number };

/** What happens to the therapy with which a refractory patient comes in. */
export interface Background {
  readonly glucocorticoid: GlucocorticoidPlan;
  readonly mycophenolate: MycophenolatePlan;
}

export interface Arm {
  readonly label: string;
  readonly give: readonly Administration[];
  readonly background: Background;
  readonly rules: readonly RuleName[];
}

export interface Dropout {
  /** In %/year: 3 means a hazard of 0.03 per year (`dropoutPerDay`). */
  readonly rate: number;
  readonly missing: (typeof MISSING_AFTER_DROPOUT)[number];
}

export interface Study {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  /** Evidence id of the published cohort that the first arm is compared with. */
  readonly record?: string;
  readonly population: readonly Stratum[];
  /** In the order of the file; the first is the one compared with `record`. */
  readonly arms: Readonly<Record<string, Arm>>;
  /** Days: visits at 0, `every`, 2 `every` … not after `until`. */
  readonly visits: { readonly every: number; readonly until: number };
  /** Absent: nobody drops out. */
  readonly dropout?: Dropout;
  /** Relative tolerance of the integration. */
  readonly tolerance: number;
  readonly run: { readonly replicates: number; readonly seed: number };
}

/** `systemic lupus erythematosus` */
export const diseaseLabel = (disease: Disease): string => DISEASES[disease].label;

/** Hazard of dropping out, per day; 0 without dropout. */
export const dropoutPerDay = (study: Study): number => (study.dropout?.rate ?? 0) / 100 / 365.25;

/** Days of the visits: 0, `every`, 2 `every` … not after `until`. */
export function visitDays({ visits: { every, until } }: Study): number[] {
  return Array.from({ length: Math.floor(until / every + 1e-9) + 1 }, (_, i) => i * every);
}

/**
 * One text per study value, for hashing (`canonicalJson`). Arms are written as a list, because their order has a meaning that sorting their ids would lose.
 */
export const canonicalStudy = (study: Study): string =>
  canonicalJson({ ...study, arms: Object.entries(study.arms).map(([id, arm]) => ({ id, ...arm })) });

/** What happens in an arm in plain words, one line per step: what is given, then the background therapy, then the rules. */
export function describeArm(arm: Arm): string[] {
  const { glucocorticoid, mycophenolate } = arm.background;
  return [
    ...arm.give.map((step) => `${dayWords(step.at)}: ${describeStep(step)}`),
    glucocorticoid === "continue"
      ? "glucocorticoid continued"
      : `glucocorticoid tapered to ${glucocorticoid["taper-to"]} mg/day from ${dayWords([glucocorticoid.from])} over ${count(glucocorticoid.over)}`,
    mycophenolate === "continue"
      ? "mycophenolate continued"
      : `mycophenolate stopped on ${dayWords([mycophenolate.stop])}`,
    ...arm.rules.map((rule) => RULES[rule]),
  ];
}

function describeStep(step: Administration): string {
  const { label, dose } = ADMINISTRATIONS[step.give];
  if (!("dose" in step) || dose === null) return label;
  return `${label}, ${doseWords(step.dose)} ${dose.unit === "cell/kg" ? "cells/kg" : dose.unit}${step.at.length > 1 ? " each" : ""}`;
}

/** `1 × 10⁶` from a hundred thousand up. */
function doseWords(dose: number): string {
  if (dose < 1e5) return String(dose);
  const [digits, power] = dose.toExponential().split("e+") as [string, string];
  return `${digits} × 10${[...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}

const signed = (day: number): string => String(Math.round(day * 100) / 100).replace("-", "−");
const count = (days: number): string => `${signed(days)} ${days === 1 ? "day" : "days"}`;

function dayWords(days: readonly number[]): string {
  const words = days.map(signed);
  const last = words.pop()!;
  return words.length === 0 ? `day ${last}` : `days ${words.join(", ")} and ${last}`;
}
