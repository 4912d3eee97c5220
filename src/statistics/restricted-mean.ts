/** Restricted mean survival time: the area under the curve up to tau (Irwin 1949; Klein & Moeschberger, Survival Analysis, 4.5). */
import { type Interval, normalDeviate, requireLevel } from "./interval.js";
import type { SurvivalCurve } from "./kaplan-meier.js";

export interface RestrictedMean extends Interval {
  /** In the unit of the curve's times. */
  mean: number;
  error: number;
  /** `tau` lies past the last end of observation with people left: the last value of S was carried on, and the error knows nothing of it. */
  beyondFollowUp: boolean;
}

/**
 * Area from 0 to `tau` > 0 (finite) with its standard error and normal limits. Past the last end of observation the last value of S is
 * carried on, as in survfit, and `beyondFollowUp` says so.
 */
export function restrictedMean(curve: SurvivalCurve, tau: number, level = 0.95): RestrictedMean {
  if (!(tau > 0 && tau < Number.POSITIVE_INFINITY))
    throw new RangeError(`tau is ${tau}: give a time after 0, within the follow-up`);
  requireLevel(level);
  // From right to left: `area` is the area between a step and tau.
  let area = 0;
  let variance = 0;
  let right = tau;
  for (let i = curve.time.length - 1; i >= 0; i--) {
    const left = curve.time[i];
    if (left >= tau) continue;
    area += (right - left) * curve.survival[i];
    right = left;
    const n = curve.atRisk[i];
    const d = curve.events[i];
    if (n > d) variance += (area * area * d) / (n * (n - d));
  }
  const mean = area + right;
  const error = Math.sqrt(variance);
  const half = normalDeviate(level) * error;
  const last = curve.time.length - 1;
  const beyondFollowUp = tau > curve.time[last] + curve.tolerance && curve.survival[last] > 0;
  return { mean, error, lower: mean - half, upper: mean + half, beyondFollowUp };
}
