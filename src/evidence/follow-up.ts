/** How long the patients of a record were watched: beyond it, a simulated curve is extrapolation. */
import { parseUnit, valueIn } from "../quantity/index.js";
import type { Cohort, Verification } from "./record.js";

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
