/**
 * One shape for every clinical score. Scores are observations (docs/notes/clinical-scores.md):
 * pure maps from latent values and standard normal numbers to what a clinic writes down.
 */
import type { Constant, PatientConstant } from "./constant.js";
import type { Latent } from "./latent.js";

/** What is written down at a visit. Yes and no are 1 and 0. */
export interface Observation<Item extends string = string> {
  readonly items: Readonly<Record<Item, number>>;
  /** 0 … 1, an absolute scale per disease, for plots that show diseases together. Not an endpoint. */
  readonly activity: number;
}

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

export interface Score<Patient, Item extends string = string> {
  readonly id: "sle" | "iim" | "ssc";
  readonly name: string;
  /** What each standard normal number is for, in order. `observe` takes exactly as many at every visit. */
  readonly noises: readonly string[];
  /** `baseline` is the observation before treatment, null at that visit itself. Throws a RangeError on a wrong number of noises. */
  observe(
    latent: Latent,
    patient: Patient,
    baseline: Observation<Item> | null,
    noise: readonly number[],
  ): Observation<Item>;
  /** The disease's remission-like state at this visit, whatever the drugs: see `drugFreeRemission`. */
  remission(observation: Observation<Item>, baseline: Observation<Item> | null): boolean;
  /** Better than at baseline by the disease's response definition. */
  response(observation: Observation<Item>, baseline: Observation<Item>): boolean;
  /** Worse again. `best` is `bestSoFar` of the earlier visits. A single visit, not confirmed by a second. */
  relapse(observation: Observation<Item>, best: Observation<Item>): boolean;
  readonly items: readonly ItemDescription<Item>[];
  readonly definitions: readonly Definition[];
  readonly constants: Readonly<Record<string, Constant>>;
  /** Fields of `Patient` with nominal value and spread. */
  readonly patient: { readonly [Field in keyof Patient]: PatientConstant };
}

/** A score where the disease is not known to the caller: every field of every patient is a number. */
export type AnyScore = Score<Readonly<Record<string, number>>>;

/** Items that every disease writes down; doses are known without error. */
export type TreatmentItem = "prednisolone" | "immunosuppressant";

export const treatmentItems: readonly ItemDescription<TreatmentItem>[] = [
  { name: "prednisolone", unit: "mg/day", about: "prednisolone or equivalent taken now", better: "lower" },
  { name: "immunosuppressant", unit: "1", about: "mycophenolate is taken now", better: "lower" },
];

export const treatmentOf = (latent: Latent): Readonly<Record<TreatmentItem, number>> => ({
  prednisolone: latent.prednisolone,
  immunosuppressant: latent.immunosuppressant ? 1 : 0,
});

/** Neither prednisolone nor mycophenolate today. Hydroxychloroquine and immunoglobulin are not modelled and not counted. */
export const drugFree = ({ items }: Observation): boolean => items.prednisolone === 0 && items.immunosuppressant === 0;

/** The drug-free-remission endpoint at one visit: the disease's remission, and no drug today. */
export const drugFreeRemission = <Patient, Item extends string>(
  score: Score<Patient, Item>,
  observation: Observation<Item>,
  baseline: Observation<Item> | null,
): boolean => drugFree(observation) && score.remission(observation, baseline);

/** The best value of each item so far, item by item; pass null at the first visit. */
export function bestSoFar<Patient, Item extends string>(
  score: Score<Patient, Item>,
  best: Observation<Item> | null,
  observation: Observation<Item>,
): Observation<Item> {
  if (best === null) return observation;
  const items = { ...observation.items } as Record<Item, number>;
  for (const { name, better } of score.items)
    items[name] = (better === "lower" ? Math.min : Math.max)(best.items[name], observation.items[name]);
  return { items, activity: Math.min(best.activity, observation.activity) };
}

/** The report's relapse: worse again after a response. Without one, fluctuation of a stable disease would count. */
export const relapseAfterResponse = <Patient, Item extends string>(
  score: Score<Patient, Item>,
  observation: Observation<Item>,
  best: Observation<Item>,
  baseline: Observation<Item>,
): boolean => score.response(best, baseline) && score.relapse(observation, best);

/** Nominal patient of a score. */
export function nominalPatient<Patient>(score: Score<Patient>): { [Field in keyof Patient]: number } {
  const entries = Object.entries(score.patient) as [string, PatientConstant][];
  return Object.fromEntries(entries.map(([field, { value }]) => [field, value])) as { [F in keyof Patient]: number };
}

/** Refuses a wrong number of noises: a missing one would shift all others. */
export function checkNoise(id: string, names: readonly string[], noise: readonly number[]): void {
  if (noise.length !== names.length)
    throw new RangeError(
      `${id}.observe takes ${names.length} standard normal numbers (${names.join(", ")}), got ${noise.length}`,
    );
}
