/**
 * Pointwise confidence limits of a survival probability, on the scales of R's survfit (Klein & Moeschberger, Survival Analysis, 4.3).
 * A limit that the scale does not define (S = 0; S = 1 on some scales) is NaN.
 */
import { exp, log } from "./elementary.js";
import type { Interval } from "./interval.js";

export const SURVIVAL_SCALES = ["plain", "log", "log-log", "logit", "arcsin"] as const;

export type SurvivalScale = (typeof SURVIVAL_SCALES)[number];

const NONE: Interval = { lower: Number.NaN, upper: Number.NaN };

/** Limits for the probability `s`, whose logarithm has the standard error `error`, at the normal deviate `z`. */
export function survivalInterval(s: number, error: number, z: number, scale: SurvivalScale): Interval {
  if (s === 0) return NONE;
  switch (scale) {
    case "plain":
      return { lower: Math.max(0, s - z * error * s), upper: Math.min(1, s + z * error * s) };
    case "log":
      return { lower: s * exp(-z * error), upper: Math.min(1, s * exp(z * error)) };
    case "log-log": {
      if (s === 1) return NONE;
      const logS = log(s);
      const half = (z * error) / logS;
      return { lower: exp(logS * exp(-half)), upper: exp(logS * exp(half)) };
    }
    case "logit": {
      if (s === 1) return NONE;
      const odds = s / (1 - s);
      const half = (z * error) / (1 - s);
      return { lower: 1 - 1 / (1 + odds * exp(-half)), upper: 1 - 1 / (1 + odds * exp(half)) };
    }
    case "arcsin":
      return s === 1 ? NONE : arcsineLimits(s, 0.5 * z * error * Math.sqrt(s / (1 - s)));
  }
}

/** sin²(asin √s ± half), the angle kept in 0 … π/2: by the addition theorem, so that no asin is needed. */
function arcsineLimits(s: number, half: number): Interval {
  if (half >= 1.5707963267948966) return { lower: 0, upper: 1 };
  const sine = half * maclaurin(half, 2);
  const cosine = maclaurin(half, 1);
  const root = Math.sqrt(s);
  const other = Math.sqrt(1 - s);
  const low = root * cosine - other * sine;
  const high = root * cosine + other * sine;
  const pastTop = other * cosine - root * sine <= 0;
  return { lower: low <= 0 ? 0 : low * low, upper: pastTop ? 1 : high * high };
}

/** Series of cos x (first = 1) or sin x / x (first = 2), |x| ≤ π/2. */
function maclaurin(x: number, first: 1 | 2): number {
  const square = x * x;
  let sum = 1;
  for (let k = first + 22; k >= first; k -= 2) sum = 1 - (square / (k * (k + 1))) * sum;
  return sum;
}
