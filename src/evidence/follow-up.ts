/** How long the patients of a record were watched: beyond it, a simulated curve is extrapolation. */
import { parseUnit, valueIn } from "../quantity/index.js";
import { hasOwnPatients } from "./own-patients.js";
import type { Cohort, Evidence, Verification } from "./record.js";
import { ladderDisease, therapyOf } from "./therapy.js";

export interface FollowUp {
  readonly days: number;
  /** The length that half of the patients reached, or the one that the protocol fixed. */
  readonly is: "median" | "mean" | "planned";
  /** `median follow-up 15 months (4–29)` */
  readonly phrase: string;
  readonly verification: Verification;
}

/** Undefined where the record gives no length, or a least length only. */
export function followUp(cohort: Cohort): FollowUp | undefined {
  const stated = cohort.followup;
  if (!stated) return undefined;
  for (const is of ["median", "mean", "planned"] as const) {
    const value = stated[is];
    const days = value === undefined ? undefined : valueIn(value, parseUnit(stated.unit), parseUnit("day"));
    if (value === undefined || days === undefined) continue;
    const ends = stated.low !== undefined && stated.high !== undefined && stated.low < stated.high;
    const range = ends ? ` (${stated.low}–${stated.high})` : "";
    return {
      days,
      is,
      phrase: `${is} follow-up ${value} ${stated.unit}${value === 1 ? "" : "s"}${range}`,
      verification: stated.except?.[is] ?? stated.verification,
    };
  }
  return undefined;
}

/** Records with patients of their own that somebody read about, on a therapy in a disease. */
export const recordsOf = (evidence: Evidence, therapy: string, disease: string): Cohort[] =>
  [...evidence.cohorts.values()].filter(
    (cohort) =>
      cohort.read !== "memory" &&
      cohort.arms.some((arm) => therapyOf(arm) === therapy) &&
      cohort.diseases.some((d) => ladderDisease(d.disease) === ladderDisease(disease)) &&
      hasOwnPatients(cohort),
  );

/** A single patient says little about years. */
export const WATCHED = 5;

/** The record that was watched longest: of those with at least five people, or, where there are none, of all. */
export function longestWatched(records: readonly Cohort[]): (FollowUp & { readonly cohort: Cohort }) | undefined {
  const watched = records
    .filter(({ design }) => design.kind !== "post-hoc")
    .flatMap((cohort) => {
      const length = followUp(cohort);
      return length && length.verification !== "unverified" ? [{ cohort, ...length }] : [];
    })
    .sort((a, b) => b.days - a.days);
  return watched.find(({ cohort }) => (cohort.n ?? 0) >= WATCHED) ?? watched[0];
}
