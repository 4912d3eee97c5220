import { defineModule, type Module, type ParameterDeclaration, type Parameters } from "../engine/index.js";
import type { Constant } from "../quantity/index.js";

/** What is written down at a visit. Yes and no are 1 and 0. */
export interface Observation<Item extends string = string> {
  readonly items: Readonly<Record<Item, number>>;
  /** 0 … 1, an absolute scale per disease, for plots that show diseases together. Not an endpoint. */
  readonly activity: number;
}

/** Items that every visit writes down, whatever the disease: what is taken now, by the names that the therapies give. Doses are known without error. */
export type TreatmentItem = "prednisolone" | "immunosuppressant";
export type Treatment = Readonly<Record<TreatmentItem, number>>;

export interface ItemDescription<Item extends string = string> {
  readonly name: Item;
  readonly unit: string;
  readonly about: string;
  /** Which direction is good for the patient. */
  readonly better: "lower" | "higher";
}

/** A term of the report, with what it leaves out. */
export interface Definition {
  readonly term: string;
  readonly text: string;
}

/** What a study file may ask for at entry: `low … high` is what the score can be at all; a criterion outside it excludes everybody. */
export interface Criterion<Item extends string = string> {
  readonly about: string;
  readonly low: number;
  readonly high: number;
  /** The item that is looked at. */
  readonly item: Item;
}

/**
 * What a published endpoint corresponds to in an observation. `fitted` where it was among the targets to which parameters were tuned, else `predicted`.
 * `previous` is the visit before, null where there is none.
 */
export type EndpointCounterpart<Item extends string = string> = {
  readonly about: string;
  readonly label: "fitted" | "predicted";
  readonly note?: string;
} & (
  | {
      readonly holds: (
        observation: Observation<Item>,
        previous: Observation<Item> | null,
        baseline: Observation<Item>,
      ) => boolean;
    }
  | { readonly unit: string; readonly value: (observation: Observation<Item>) => number }
);

type WithTreatment<Item extends string> = Item | TreatmentItem;

/**
 * A disease, one folder: how it differs from the immune system's defaults, its own tissue, and how a clinic sees it. Scores are observations
 * (docs/notes/clinical-scores.md): pure maps from hidden values and standard normal numbers to what is written down.
 */
export interface DiseaseDeclaration<Patient extends string, Hidden extends string, Item extends string> {
  readonly label: string;
  /** In tables. */
  readonly short: string;
  /** Words that people write for it, for hints. */
  readonly alsoCalled?: readonly string[];
  /** Endpoints of the evidence records of which one says how ill patients were when they came in. */
  readonly severity: readonly string[];
  readonly autoantibody: { readonly symbol: string; readonly label: string };
  /** Its own tissue. */
  readonly modules: readonly Module[];
  /** Rows of the immune system that it replaces. */
  readonly overrides: Parameters;
  /** How ill a patient is: ordinary parameters. */
  readonly patient: Readonly<Record<Patient, ParameterDeclaration>>;
  /** What the model says of a patient and nobody sees, by the symbol of the model. */
  readonly hidden: Readonly<Record<Hidden, string>>;
  /** Name of its score. */
  readonly score: string;
  /** What each standard normal number is for, in order. `observe` takes exactly as many at every visit. */
  readonly noises: readonly string[];
  readonly items: readonly ItemDescription<Item>[];
  /** `baseline` is the observation before treatment, null at that visit itself. */
  readonly observe: (
    hidden: Readonly<Record<Hidden, number>>,
    patient: Readonly<Record<Patient, number>>,
    baseline: Observation<WithTreatment<Item>> | null,
    noise: readonly number[],
  ) => Observation<Item>;
  /** The disease's remission-like state at this visit, whatever the drugs but those that the definition itself names. */
  readonly remission: (
    observation: Observation<WithTreatment<Item>>,
    baseline: Observation<WithTreatment<Item>> | null,
  ) => boolean;
  /** Better than at baseline by the disease's response definition. */
  readonly response: (
    observation: Observation<WithTreatment<Item>>,
    baseline: Observation<WithTreatment<Item>>,
  ) => boolean;
  /** Worse again. `best` is `bestSoFar` of the earlier visits. A single visit, not confirmed by a second. */
  readonly relapse: (observation: Observation<WithTreatment<Item>>, best: Observation<WithTreatment<Item>>) => boolean;
  readonly criteria: Readonly<Record<string, Criterion<Item>>>;
  /** By the endpoint ids of the evidence records (strings: the model does not read evidence). */
  readonly endpoints: Readonly<Record<string, EndpointCounterpart<WithTreatment<Item>>>>;
  readonly definitions: readonly Definition[];
  /** Numbers of the score that do not vary between patients. */
  readonly constants: Readonly<Record<string, Constant>>;
}

export interface Disease<
  Id extends string = string,
  Patient extends string = string,
  Hidden extends string = string,
  Item extends string = string,
> extends Omit<DiseaseDeclaration<Patient, Hidden, Item>, "observe" | "items"> {
  readonly id: Id;
  /** Own items, then those of the treatment. */
  readonly items: readonly ItemDescription<WithTreatment<Item>>[];
  /** Throws a RangeError on a wrong number of noises: a missing one would shift all others. */
  observe(
    hidden: Readonly<Record<Hidden, number>>,
    patient: Readonly<Record<Patient, number>>,
    baseline: Observation<WithTreatment<Item>> | null,
    noise: readonly number[],
    treatment: Treatment,
  ): Observation<WithTreatment<Item>>;
}

/** A disease where the caller does not know which: every name is a string. */
export type AnyDisease = {
  [K in keyof Disease]: Disease[K] extends (...args: never[]) => infer R
    ? // biome-ignore lint/suspicious/noExplicitAny: observations of diseases differ in their items; the disease that made one reads it
      (...args: any[]) => R
    : Disease[K];
};

const TREATMENT_ITEMS: readonly ItemDescription<TreatmentItem>[] = [
  { name: "prednisolone", unit: "mg/day", about: "prednisolone or equivalent taken now", better: "lower" },
  { name: "immunosuppressant", unit: "1", about: "mycophenolate is taken now", better: "lower" },
];

/** Checked when made: throws with what is wrong. */
export function defineDisease<
  const Id extends string,
  const Patient extends string,
  const Hidden extends string,
  const Item extends string,
>(id: Id, declaration: DiseaseDeclaration<Patient, Hidden, Item>): Disease<Id, Patient, Hidden, Item> {
  const { noises, items, criteria, modules, patient, observe, ...rest } = declaration;
  const fail = (what: string) => {
    throw new Error(`disease "${id}": ${what}`);
  };
  if (!/^[a-z]+(-[a-z]+)*$/.test(id)) fail("the id is not in lower case");
  const names = new Set<string>(items.map(({ name }) => name));
  for (const { name } of TREATMENT_ITEMS) if (names.has(name)) fail(`item "${name}" is that of the treatment`);
  for (const [name, { item, low, high }] of Object.entries<Criterion<Item>>(criteria)) {
    if (!names.has(item)) fail(`criterion "${name}" looks at an item "${item}" that there is not`);
    if (!(low < high)) fail(`criterion "${name}" lies in ${low} … ${high}`);
  }
  const weights = ["wIC", "wIFN", "wH", "wB"].flatMap((name) => declaration.overrides[name]?.value ?? []);
  if (weights.length > 0 && (weights.length < 4 || Math.abs(weights.reduce((a, b) => a + b) - 1) > 1e-12))
    fail("the four weights of the drive of inflammation must sum to 1, so that inflammation is 1 at baseline");
  return {
    ...rest,
    id,
    patient,
    noises,
    criteria,
    modules: [
      ...modules,
      defineModule(`${id}-patient`, { about: `how ill a patient with ${rest.label} is`, parameters: patient }),
    ],
    items: [...items, ...TREATMENT_ITEMS],
    observe(hidden, who, baseline, noise, treatment) {
      if (noise.length !== noises.length)
        throw new RangeError(
          `${id}.observe takes ${noises.length} standard normal numbers (${noises.join(", ")}), got ${noise.length}`,
        );
      const { items: own, activity } = observe(hidden, who, baseline, noise);
      return { items: { ...own, ...treatment }, activity };
    },
  };
}

/** The best value of each item so far, item by item; pass null at the first visit. */
export function bestSoFar<Item extends string>(
  disease: { readonly items: readonly ItemDescription<Item>[] },
  best: Observation<Item> | null,
  observation: Observation<Item>,
): Observation<Item> {
  if (best === null) return observation;
  const items = { ...observation.items } as Record<Item, number>;
  for (const { name, better } of disease.items)
    items[name] = (better === "lower" ? Math.min : Math.max)(best.items[name], observation.items[name]);
  return { items, activity: Math.min(best.activity, observation.activity) };
}

/** The report's relapse: worse again after a response. Without one, fluctuation of a stable disease would count. */
export const relapseAfterResponse = (
  disease: Pick<AnyDisease, "response" | "relapse">,
  observation: Observation,
  best: Observation,
  baseline: Observation,
): boolean => disease.response(best, baseline) && disease.relapse(observation, best);

/** Nominal values of the rows in which patients differ. */
export const nominalPatient = <Patient extends string>(disease: {
  readonly patient: Readonly<Record<Patient, ParameterDeclaration>>;
}): Record<Patient, number> =>
  Object.fromEntries(
    Object.entries<ParameterDeclaration>(disease.patient).map(([name, { value }]) => [name, value]),
  ) as Record<Patient, number>;
