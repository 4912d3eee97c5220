/** How far along a therapy is in a disease: computed from the records, never typed in. docs/notes/evidence-ladder.md */
import { type ApprovalStatus, approvalOf } from "./approvals.js";
import { hasOwnPatients } from "./own-patients.js";
import type { Cohort, Evidence } from "./record.js";
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
/** Approved, and none of its trials among the records: nothing can be said of how much was tried. */
export const NOT_COMPUTED = "–";
export type Level = keyof typeof LEVELS | typeof NOT_COMPUTED;
export const levelMeaning = (level: Level): string =>
  level === NOT_COMPUTED ? "approved; its trials are not among the records, so no level is computed" : LEVELS[level];

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
  /** What the randomised trials among the records found on their primary endpoint: a level says how much was tried, not that it worked. */
  readonly outcomes: readonly { readonly record: string; readonly found: string }[];
  readonly patients: number;
  readonly groups: number;
  readonly approval: ApprovalStatus;
}

const GROUP_NEEDED = 2;
const SERIES = 10;
const PREDEFINED = 30;

const group = (cohort: Cohort): string => cohort.overlap ?? cohort.id;
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
        if (therapy === null) continue;
        for (const { disease } of cohort.diseases) {
          const cell: [string, string] = [therapy, ladderDisease(disease)];
          cells.set(cell.join(" "), cell);
        }
      }
  for (const { therapy, disease, state } of evidence.approvals.values())
    if (state === "approved") cells.set(`${therapy} ${ladderDisease(disease)}`, [therapy, ladderDisease(disease)]);
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
    if (cohort.read === "memory") aside.push({ record: cohort.id, reason: "known from memory only" });
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
  // Of records that may share patients the largest counts.
  const largest = new Map<string, { cohort: Cohort; n: number }>();
  for (const one of counted) {
    const before = largest.get(group(one.cohort));
    if (!before || one.n > before.n) largest.set(group(one.cohort), one);
  }
  const carrying = [...largest.values()];
  for (const { cohort } of counted)
    if (!carrying.some((one) => one.cohort === cohort) && !randomised.some((one) => one.cohort === cohort))
      aside.push({ record: cohort.id, reason: `may share patients with ${largest.get(group(cohort))!.cohort.id}` });
  const patients = carrying.reduce((sum, { n }) => sum + n, 0);
  const groups = carrying.length;
  const confirmatory = randomised.filter(({ cohort }) => /3/.test(cohort.design.phase ?? ""));
  const predefined = carrying.filter(({ cohort }) => inTrial(cohort));
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
    if (patients >= SERIES) return { level: "L2", records: ids(carrying), because: who };
    if (patients > 0) return { level: "L1", records: ids(carrying), because: who };
    if (approved)
      return {
        level: NOT_COMPUTED,
        records: [],
        because: `approved (${products}); its trials are not among the records`,
      };
    return { level: "L0", records: [], because: "no patients that somebody read about" };
  })();
  const outcomes = ids(randomised).map((id) => ({
    record: id,
    found:
      evidence.cohorts
        .get(id)!
        .endpoints.find((row) => row.id === "primary-endpoint" && row.verification !== "unverified")?.finding ??
      "primary endpoint not recorded as such",
  }));
  return { therapy, disease, ...found, asOf, aside, outcomes, patients, groups, approval };
}
