/** How far along a therapy is in a disease: computed from the records, never typed in. docs/notes/evidence-ladder.md */
import { ANY_AUTOIMMUNE, ANY_CAR_T, type ApprovalStatus, approvalOf } from "./approvals.js";
import { hasOwnPatients, independent, sharePatients } from "./own-patients.js";
import type { Arm, Cohort, Evidence, PrimaryEndpoint } from "./record.js";
import { ladderDisease, therapyOf, treated } from "./therapy.js";

export const LEVELS = {
  L0: "mechanism, animal or in-silico only, or cases known from memory only",
  L1: "single cases, or fewer than 10 treated",
  L2: "case series or phase 1, at least 10 treated",
  L3: "at least 2 independent groups and 30 treated with a predefined endpoint, no control group",
  L4: "a randomised trial that is not confirmatory",
  L5: "a confirmatory randomised trial",
  L6: "approved by a regulator, with a registry that watches for years",
} as const;
/** Somebody looked up its approval, and none of its trials is among the records: nothing can be said of how much was tried. */
export const NOT_COMPUTED = "–";
export type Level = keyof typeof LEVELS | typeof NOT_COMPUTED;
export const levelMeaning = (level: Level): string =>
  level === NOT_COMPUTED
    ? "its approval was looked up, its trials are not among the records: no level is computed"
    : LEVELS[level];

export const RESULTS = {
  met: { glyph: "▲", words: "primary endpoint met" },
  missed: { glyph: "▼", words: "primary endpoint missed" },
  mixed: { glyph: "◆", words: "primary endpoint met in one trial and missed in another" },
  "not-recorded": { glyph: "○", words: "no primary endpoint recorded" },
} as const;
export type Result = keyof typeof RESULTS;

export interface TrialResult extends PrimaryEndpoint {
  readonly record: string;
}

export interface Rung {
  readonly therapy: string;
  readonly disease: string;
  readonly level: Level;
  /** Records that carry the level. */
  readonly records: readonly string[];
  /** The latest day that the material covers. */
  readonly asOf: string;
  /** Why, in figures. */
  readonly because: string;
  /** Records of the cell that do not carry it, each with the reason. */
  readonly aside: readonly { readonly record: string; readonly reason: string }[];
  /** A level says how much was tried; this says what came out, by the primary endpoints of the randomised trials. */
  readonly result: Result;
  readonly primaryEndpoint: readonly TrialResult[];
  readonly patients: number;
  readonly groups: number;
  readonly approval: ApprovalStatus;
}

const GROUP_NEEDED = 2;
const SERIES = 10;
const PREDEFINED = 30;

const inTrial = (cohort: Cohort): boolean =>
  cohort.design.kind === "single-arm-trial" || cohort.design.kind === "randomised-trial";

const onTherapy = (trials: readonly { readonly n: number }[]): string => {
  const n = trials.reduce((sum, trial) => sum + trial.n, 0);
  return n === 0
    ? "patients on the therapy not stated"
    : `${n} patients on the therapy${trials.some((trial) => trial.n === 0) ? ", and more that are not stated" : ""}`;
};

/** Every therapy × disease of which there is a record, therapies and diseases in order of the alphabet. */
export function ladder(evidence: Evidence): Rung[] {
  const cells = new Map<string, [string, string]>();
  for (const cohort of evidence.cohorts.values())
    if (hasOwnPatients(cohort))
      for (const arm of cohort.arms) {
        const therapy = therapyOf(arm);
        if (therapy === null || !isUnderStudy(cohort, arm)) continue;
        for (const { disease } of cohort.diseases) {
          const cell: [string, string] = [therapy, ladderDisease(disease)];
          cells.set(cell.join(" "), cell);
        }
      }
  for (const { therapy, disease } of evidence.approvals.values())
    if (therapy !== ANY_CAR_T && disease !== ANY_AUTOIMMUNE)
      cells.set(`${therapy} ${ladderDisease(disease)}`, [therapy, ladderDisease(disease)]);
  return [...cells.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [therapy, disease]]) => rung(evidence, therapy, disease));
}

export function rung(evidence: Evidence, therapy: string, code: string): Rung {
  const disease = ladderDisease(code);
  const aside: { record: string; reason: string }[] = [];
  const counted: { cohort: Cohort; n: number }[] = [];
  /** Randomised trials count whether or not the record says how many got the therapy. */
  const randomised: { cohort: Cohort; n: number }[] = [];
  for (const cohort of evidence.cohorts.values()) {
    if (!hasOwnPatients(cohort)) continue;
    const arms = cohort.arms.filter((arm) => therapyOf(arm) === therapy);
    if (arms.length === 0 || !cohort.diseases.some((d) => ladderDisease(d.disease) === disease)) continue;
    const n = treated(cohort, therapy, disease);
    if (!arms.some((arm) => isUnderStudy(cohort, arm)))
      aside.push({ record: cohort.id, reason: "was what the trial compared with" });
    else if (cohort.read === "memory") aside.push({ record: cohort.id, reason: "known from memory only" });
    else if (arms.every(({ product }) => product.verification === "unverified"))
      aside.push({ record: cohort.id, reason: "the product is known from memory only" });
    else if (cohort.design.kind === "post-hoc")
      aside.push({ record: cohort.id, reason: `patients of ${cohort.design.of ?? "another record"} again` });
    else {
      const controlled = cohort.design.kind === "randomised-trial" && cohort.arms.length > 1;
      if (controlled) randomised.push({ cohort, n: n ?? 0 });
      if (n !== null) counted.push({ cohort, n });
      else if (!controlled)
        aside.push({
          record: cohort.id,
          reason: "how many patients with this disease got the therapy is not stated, or from memory",
        });
    }
  }
  const carrying = independent(counted);
  for (const { cohort } of counted)
    if (!carrying.some((one) => one.cohort === cohort) && !randomised.some((one) => one.cohort === cohort))
      aside.push({
        record: cohort.id,
        reason: `may share patients with ${carrying.find((one) => sharePatients(one.cohort, cohort))!.cohort.id}`,
      });
  const patients = carrying.reduce((sum, { n }) => sum + n, 0);
  const groups = carrying.length;
  const confirmatory = randomised.filter(({ cohort }) => /3/.test(cohort.design.phase ?? ""));
  // Asked of trials alone: a larger series that may share patients with a trial does not put it aside.
  const predefined = independent(counted.filter(({ cohort }) => inTrial(cohort)));
  const predefinedPatients = predefined.reduce((sum, { n }) => sum + n, 0);
  const approval = approvalOf(evidence, therapy, disease);
  const approved = approval.state === "approved";
  const products = [...new Set(approval.records.flatMap((id) => evidence.approvals.get(id)!.products ?? []))].join(
    ", ",
  );
  const registries = counted.filter(({ cohort }) => cohort.design.kind === "registry");
  const asOf =
    [...evidence.approvals.values()]
      .map((a) => a.asOf)
      .sort()
      .at(-1) ?? "not stated";
  const ids = (list: readonly { cohort: Cohort }[]) => list.map(({ cohort }) => cohort.id).sort();
  const found = ((): { level: Level; records: string[]; because: string } => {
    if (approved && registries.length > 0)
      return {
        level: "L6",
        records: [...approval.records, ...ids(registries)],
        because: `approved (${products}), and a registry of ${registries.reduce((s, r) => s + r.n, 0)} patients`,
      };
    if (confirmatory.length > 0)
      return {
        level: "L5",
        records: ids(confirmatory),
        because: `${confirmatory.length} confirmatory randomised ${confirmatory.length === 1 ? "trial" : "trials"}, ${onTherapy(confirmatory)}`,
      };
    if (randomised.length > 0)
      return {
        level: "L4",
        records: ids(randomised),
        because: `${randomised.length} randomised, not confirmatory, ${onTherapy(randomised)}`,
      };
    if (predefined.length >= GROUP_NEEDED && predefinedPatients >= PREDEFINED)
      return {
        level: "L3",
        records: ids(predefined),
        because: `${predefinedPatients} patients in trials of ${predefined.length} independent groups, no control group`,
      };
    const who = `${patients} ${patients === 1 ? "patient" : "patients"} in ${groups} independent ${groups === 1 ? "group" : "groups"}`;
    const short =
      predefined.length > 0
        ? `; ${predefinedPatients} in trials of ${predefined.length} ${predefined.length === 1 ? "group" : "groups"} (level 3 asks for ${PREDEFINED} in ${GROUP_NEEDED})`
        : "";
    if (patients >= SERIES) return { level: "L2", records: ids(carrying), because: `${who}${short}` };
    if (patients > 0) return { level: "L1", records: ids(carrying), because: who };
    if (approval.named)
      return {
        level: NOT_COMPUTED,
        records: [],
        because: `${approved ? `approved (${products})` : "looked up and not approved"}; trials that judged it are not among the records`,
      };
    return { level: "L0", records: [], because: "nobody here has read of a patient" };
  })();
  const primaryEndpoint = ids(randomised).flatMap((id) =>
    (evidence.cohorts.get(id)!.primaryEndpoints ?? [])
      .filter(({ verification }) => verification !== "unverified")
      .map((each) => ({ record: id, ...each })),
  );
  const result = resultOf(primaryEndpoint);
  return { therapy, disease, ...found, asOf, aside, result, primaryEndpoint, patients, groups, approval };
}

/** One trial in words: name, what came out, the endpoint, the figures. */
export const trialResultWords = ({ trial, result, definition, finding, note }: PrimaryEndpoint): string =>
  `${RESULTS[result].glyph} ${trial}: ${result === "not-recorded" ? "primary endpoint not recorded" : RESULTS[result].words}${definition ? ` (${definition})` : ""}${finding ? `: ${finding}` : ""}${note ? `; ${note}` : ""}`;

/** Where a record does not say which arm was under study all of them were. */
const isUnderStudy = (cohort: Cohort, arm: Arm): boolean => cohort.underStudy?.includes(arm.id) ?? true;

/** Of several trials: what all of them that are recorded found, or mixed. */
function resultOf(trials: readonly { readonly result: Result }[]): Result {
  const results = new Set(trials.map(({ result }) => result).filter((result) => result !== "not-recorded"));
  if (results.size === 0) return "not-recorded";
  return results.size === 1 ? [...results][0]! : "mixed";
}
