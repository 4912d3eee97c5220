/** Whether a cohort can be simulated from the fields of its record alone, and what it lacks. */
import { endpointOf, isEndpointId } from "./endpoints.js";
import { followUp } from "./follow-up.js";
import { hasOwnPatients } from "./own-patients.js";
import type { Arm, Cohort, Evidence, Verification } from "./record.js";
import { ladderDisease, therapyOf } from "./therapy.js";

export interface Gaps {
  readonly record: string;
  /** Nothing is missing. */
  readonly simulatable: boolean;
  /** What the record does not say, or says from memory only. */
  readonly missing: readonly string[];
  /** Nothing would be missing if what is known from memory only were taken as known. */
  readonly fromMemory: boolean;
  /** What our model does not have, whatever the record says. */
  readonly beyondModel: readonly string[];
}

/** What a study can name, in the words of the records. */
export interface ModelReach {
  /** Disease → endpoints of which one must stand at baseline, to say how ill the patients were. */
  readonly diseases: ReadonlyMap<string, readonly string[]>;
  readonly therapies: ReadonlySet<string>;
}

export function gaps(cohort: Cohort, model: ModelReach): Gaps {
  const missing: string[] = [];
  const beyondModel: string[] = [];
  const own = cohort.arms.filter((arm) => therapyOf(arm) !== null);
  if (!hasOwnPatients(cohort)) beyondModel.push("a summary of other records, not a cohort");
  if (own.length === 0) beyondModel.push("no therapy under study");
  for (const arm of own) {
    const therapy = therapyOf(arm)!;
    if (!model.therapies.has(therapy)) beyondModel.push(`therapy ${therapy}`);
    missing.push(...missingOf(arm));
  }
  for (const { disease, n } of cohort.diseases) {
    const code = ladderDisease(disease);
    const scores = model.diseases.get(code);
    if (!scores) beyondModel.push(`disease ${code}`);
    else {
      if (n === undefined) missing.push(`patients with ${disease}`);
      // Of these patients: a subset may be others, or a part that was picked.
      const own = new Set(["all", disease, ...cohort.arms.map((arm) => arm.id)]);
      const known = (cohort.baseline ?? []).some(
        (row) => scores.includes(row.id) && own.has(row.population) && row.verification !== "unverified",
      );
      if (!known) missing.push(`${scores.join(" or ")} at baseline (${disease})`);
    }
  }
  if (cohort.n === undefined && cohort.diseases.some((d) => d.n === undefined)) missing.push("number of patients");
  const watched = followUp(cohort);
  if (!watched) missing.push("follow-up");
  else if (watched.verification === "unverified") missing.push("follow-up (known from memory only)");
  if (
    !cohort.endpoints.some(
      (row) => row.verification !== "unverified" && isEndpointId(row.id) && endpointOf(row.id).kind !== "finding",
    )
  )
    missing.push("an endpoint with a figure");
  return {
    record: cohort.id,
    simulatable: missing.length === 0 && beyondModel.length === 0,
    fromMemory:
      missing.length > 0 &&
      missing.every((what) => what.endsWith("known from memory only)")) &&
      beyondModel.length === 0,
    missing: [...new Set(missing)],
    beyondModel: [...new Set(beyondModel)],
  };
}

function missingOf(arm: Arm): string[] {
  const missing: string[] = [];
  const dose = (arm.doses ?? [])[0];
  if (!dose) missing.push(`dose (${arm.id})`);
  else if (dose.verification === "unverified") missing.push(`dose (${arm.id}, known from memory only)`);
  if (dose && dose.days === undefined) missing.push(`days of the dose (${arm.id})`);
  if (arm.product.kind !== "car-t") return missing;
  for (const field of ["target", "source", "costimulation"] as const) {
    if (arm.product[field] === undefined) missing.push(`${field} of the product`);
    else if ((arm.product.except?.[field] ?? arm.product.verification) === "unverified")
      missing.push(`${field} of the product (known from memory only)`);
  }
  if (arm.conditioning === undefined) missing.push("conditioning");
  for (const drug of arm.conditioning ?? []) {
    if (drug.value === undefined) missing.push(`dose of ${drug.drug}`);
    else if ((drug.except?.["value"] ?? drug.verification) === "unverified")
      missing.push(`dose of ${drug.drug} (known from memory only)`);
    if (drug.days === undefined) missing.push(`days of ${drug.drug}`);
  }
  return missing;
}

/** How well things are known: records by what was read of them, figures one by one, identifiers of sources by whether somebody followed them. */
export interface Levels {
  readonly records: Readonly<Record<Verification, number>>;
  readonly figures: Readonly<Record<Verification, number>>;
  readonly identifiers: { readonly checked: number; readonly notChecked: number };
}

const READ = { abstract: "verified", secondary: "secondary", memory: "unverified" } as const;

export function levelsOf({ cohorts, sources }: Evidence): Levels {
  const all = [...cohorts.values()];
  const count = (levels: readonly Verification[]) => ({
    verified: levels.filter((level) => level === "verified").length,
    secondary: levels.filter((level) => level === "secondary").length,
    unverified: levels.filter((level) => level === "unverified").length,
  });
  const identified = [...sources.values()].flatMap(({ identifiers }) => identifiers ?? []);
  const notChecked = identified.filter(({ checked }) => checked === "not checked").length;
  return {
    records: count(all.map(({ read }) => READ[read])),
    figures: count(
      all.flatMap(({ baseline = [], endpoints }) =>
        [...baseline, ...endpoints].map(({ verification }) => verification),
      ),
    ),
    identifiers: { checked: identified.length - notChecked, notChecked },
  };
}
