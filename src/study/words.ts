/** The words of a study file and their limits: what types, checks, hints and documentation read. Names of diseases, therapies and rules come from their catalogues. */
import { type DiseaseCriterion, type DiseaseId, diseases } from "../disease/index.js";
import { givenTherapies, type RuleId, rules, type TherapyId } from "../therapy/index.js";

/** Times are in days everywhere inside; these are the units a file may write them in. */
export const TIME_UNITS = ["day", "week", "month", "year"] as const;

/** The earliest time of a step, relative to infusion (day 0). */
export const EARLIEST_DAY = -365;
export const MOST_VISITS = 400;
export const MOST_ARMS = 8;
export const LONGEST_ID = 60;

export const OPERATORS = [">=", "<=", ">", "<"] as const;
export const MISSING_AFTER_DROPOUT = ["counts-as-failure", "excluded"] as const;

export const DISEASE_IDS = Object.keys(diseases) as readonly DiseaseId[];
/** Words that people write for a disease. */
export const DISEASE_WORDS: ReadonlyMap<string, DiseaseId> = new Map(
  DISEASE_IDS.flatMap((id) => {
    const { label, short, alsoCalled = [] } = diseases[id];
    return [label, short, ...alsoCalled].map((word) => [word, id] as const);
  }),
);
export const THERAPY_IDS = givenTherapies.map(({ id }) => id) as readonly TherapyId[];
export const RULE_IDS: readonly RuleId[] = rules.map(({ id }) => id);

/** What a person may ask of a patient at entry. */
export interface CriterionWord {
  readonly about: string;
  /** Null where it is asked of any patient. */
  readonly disease: DiseaseId | null;
  /** `low … high` is what it can be at all; a criterion outside it excludes everybody. */
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
  /** The item of the disease's score, or the covariate. */
  readonly of: { readonly item: string } | { readonly covariate: "priorLines" | "age" | "weight" };
}

export type CriterionName = DiseaseCriterion | "prior-lines" | "age" | "weight";

const OF_DISEASES = Object.fromEntries(
  DISEASE_IDS.flatMap((disease) =>
    Object.entries(diseases[disease].criteria).map(([name, { about, low, high, item }]) => [
      name,
      { about, disease, low, high, whole: false, of: { item } } satisfies CriterionWord,
    ]),
  ),
) as Readonly<Record<DiseaseCriterion, CriterionWord>>;

const anybody = { disease: null, low: 0 };
export const CRITERIA: Readonly<Record<CriterionName, CriterionWord>> = {
  ...OF_DISEASES,
  "prior-lines": {
    ...anybody,
    about: "therapies failed before",
    high: Infinity,
    whole: true,
    of: { covariate: "priorLines" },
  },
  age: { ...anybody, about: "age in years", high: 120, whole: false, of: { covariate: "age" } },
  weight: { ...anybody, about: "body weight in kg", high: 500, whole: false, of: { covariate: "weight" } },
};
export const CRITERION_NAMES = Object.keys(CRITERIA) as readonly CriterionName[];
