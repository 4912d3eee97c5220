/**
 * A study as plain data: who is treated, with what, when they are seen. Times and durations are in days relative to infusion
 * (day 0), doses in the units of `docs/notes/study-file.md`. YAML (`study-file.ts`) and TypeScript (`defineStudy`) spell the same value.
 */

import type { DiseaseId } from "../disease/index.js";
import type { Correlation, ParameterChanges } from "../engine/index.js";
import { canonicalJson } from "../reading/index.js";
import {
  backgroundTherapies,
  type DosedId,
  type RuleId,
  type StoppedId,
  type TaperedId,
  type TherapyId,
} from "../therapy/index.js";
import type { GridPart, Measures } from "./courses.js";
import type { CriterionName, MISSING_AFTER_DROPOUT, OPERATORS } from "./words.js";

export type Disease = DiseaseId;
/** `immune-reset`, or a peer. */
export type ModelName = string;
export type { CriterionName } from "./words.js";
export type Operator = (typeof OPERATORS)[number];
/** `sledai >= 8`: one space around the operator; `parseCriterion` takes it apart. */
export type Criterion = `${CriterionName} ${Operator} ${number}`;
export type RuleName = RuleId;

export interface Stratum {
  readonly disease: Disease;
  readonly n: number;
  /** All must hold. Empty: everybody with the disease. */
  readonly include: readonly Criterion[];
  /** Go over those of the study. */
  readonly parameters?: ParameterChanges;
}

/** One or more administrations of the same thing; `at` holds days, increasing, never empty. `dose` is in the unit of the therapy's dose form, where it has one. */
export type Administration = {
  [Id in TherapyId]: Id extends DosedId
    ? { readonly give: Id; readonly at: readonly number[]; readonly dose: number }
    : { readonly give: Id; readonly at: readonly number[] };
}[TherapyId];

/** `taper-to` in the unit of the background therapy, `from` a day, `over` days. */
export type TaperPlan = "continue" | { readonly "taper-to": number; readonly from: number; readonly over: number };
export type StopPlan = "continue" | { readonly stop: number };

/** What happens to the therapy with which a refractory patient comes in; what is not named is continued. */
export type Background = { readonly [Id in TaperedId]?: TaperPlan } & { readonly [Id in StoppedId]?: StopPlan };

/** Plans of an arm in the order of the catalogue, with what is not named. */
export const backgroundPlans = ({ background }: Pick<Arm, "background">) =>
  backgroundTherapies.map((therapy) => ({
    therapy,
    plan: (background as Readonly<Record<string, TaperPlan | StopPlan>>)[therapy.id] ?? ("continue" as const),
  }));

export interface Arm {
  readonly label: string;
  readonly give: readonly Administration[];
  readonly background: Background;
  readonly rules: readonly RuleName[];
  /** Of what the arm gives: the patient is the same in every arm. */
  readonly parameters?: ParameterChanges;
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
  /** Parameters that differ from the catalogues'. */
  readonly parameters?: ParameterChanges;
  /** How parameters go together between patients; absent: each by itself. */
  readonly correlations?: readonly Correlation[];
  /** Structures that are run; absent: ours alone. docs/notes/peers.md */
  readonly model?: readonly ModelName[];
  /** What trajectories hold; absent: the curves of the report. docs/notes/courses.md */
  readonly outputs?: readonly string[];
  /** Times of trajectories and measures; absent: those of the report. */
  readonly grid?: readonly GridPart[];
  /** How many patients keep their courses, from the first on. */
  readonly trajectories?: number | "all";
  readonly measures?: Measures;
  /** Absent: nobody drops out. */
  readonly dropout?: Dropout;
  /** Relative tolerance of the integration. */
  readonly tolerance: number;
  readonly run: { readonly replicates: number; readonly seed: number };
}

/** What a study makes of parameters for patients with a disease, in an arm where one is named. */
export const changesFor = (study: Study, disease: Disease, arm?: string): ParameterChanges => ({
  ...study.parameters,
  ...study.population.find((stratum) => stratum.disease === disease)?.parameters,
  ...(arm === undefined ? {} : study.arms[arm]?.parameters),
});

/** Hazard of dropping out, per day; 0 without dropout. */
export const dropoutPerDay = (study: Study): number => (study.dropout?.rate ?? 0) / 100 / 365.25;

/** Days of the visits: 0, `every`, 2 `every` … not after `until`. */
export function visitDays({ visits: { every, until } }: Study): number[] {
  return Array.from({ length: Math.floor(until / every + 1e-9) + 1 }, (_, i) => i * every);
}

/**
 * One text per study value, for hashing (`canonicalJson`). Arms and measures are written as lists, because their order has a meaning that sorting their ids would lose.
 */
export const canonicalStudy = ({ measures, ...study }: Study): string =>
  canonicalJson({ ...study, arms: asList(study.arms), ...(measures ? { measures: asList(measures) } : {}) });

const asList = <T extends object>(map: Readonly<Record<string, T>>) =>
  Object.entries(map).map(([id, each]) => ({ id, ...each }));
