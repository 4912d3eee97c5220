/** Restricted mean survival time: the area under the curve up to tau (Irwin 1949; Klein & Moeschberger, Survival Analysis, 4.5). */
import { type Interval, requireLevel } from "./interval.js";
import type { SurvivalCurve } from "./kaplan-meier.js";
import { normalQuantile } from "./normal.js";

export interface RestrictedMean extends Interval {
  /** In the unit of the curve's times. */
  mean: number;
  error: number;
}

/**
 * Area from 0 to `tau` > 0 with its standard error and normal limits. Past the last end of observation the last value of S is
 * carried on, as in survfit: keep `tau` within the follow-up.
 */
export function restrictedMean(curve: SurvivalCurve, tau: number, level = 0.95): RestrictedMean {
  if (!(tau > 0)) throw new RangeError(`tau is ${tau}: give a time after 0`);
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
  const half = normalQuantile(1 - (1 - level) / 2) * error;
  return { mean, error, lower: mean - half, upper: mean + half };
}
