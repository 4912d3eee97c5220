/**
 * Two-sided intervals (and one-sided exact limits) for a proportion: x successes in n trials, at a confidence level such as 0.95.
 * Sources: Brown, Cai, DasGupta, "Interval estimation for a binomial proportion", Stat. Sci. 16 (2001) 101-133;
 * Clopper & Pearson, Biometrika 26 (1934) 404; Wilson, JASA 22 (1927) 209; Newcombe, Stat. Med. 17 (1998) 857 (with correction).
 */
import { type Interval, normalDeviate, requireLevel } from "./interval.js";
import { inverseIncompleteBeta } from "./special.js";

/** Score interval without continuity correction, cut at 0 and 1. */
export function wilson(x: number, n: number, level: number): Interval {
  requireCounts(x, n, level);
  return score(x, n, level, 0);
}

/** Score interval with continuity correction of 1/2, as in R's prop.test: none where x = n/2 exactly. */
export function wilsonCC(x: number, n: number, level: number): Interval {
  requireCounts(x, n, level);
  return score(x, n, level, Math.min(0.5, Math.abs(x - n / 2)));
}

/** Exact interval from the tails of the binomial distribution. */
export function clopperPearson(x: number, n: number, level: number): Interval {
  requireCounts(x, n, level);
  const alpha = (1 - level) / 2;
  return { lower: exactLower(x, n, alpha), upper: exactUpper(x, n, alpha) };
}

/** One-sided exact limits: each alone holds at `level`. */
export function clopperPearsonOneSided(x: number, n: number, level: number): Interval {
  requireCounts(x, n, level);
  return { lower: exactLower(x, n, 1 - level), upper: exactUpper(x, n, 1 - level) };
}

/** Adjusted Wald interval; not cut at 0 and 1. */
export function agrestiCoull(x: number, n: number, level: number): Interval {
  requireCounts(x, n, level);
  const z = normalDeviate(level);
  const trials = n + z * z;
  return around((x + (z * z) / 2) / trials, trials, z);
}

/** Equal tails of the Beta(x + 1/2, n - x + 1/2) posterior; 0 at x = 0 and 1 at x = n (Brown, Cai, DasGupta, section 3.1.3). */
export function jeffreys(x: number, n: number, level: number): Interval {
  requireCounts(x, n, level);
  const alpha = (1 - level) / 2;
  const a = x + 0.5;
  const b = n - x + 0.5;
  return {
    lower: x === 0 ? 0 : inverseIncompleteBeta(a, b, alpha).x,
    upper: x === n ? 1 : inverseIncompleteBeta(b, a, alpha).y,
  };
}

/** Estimate plus and minus z standard errors; not cut at 0 and 1. Known to cover too rarely: for comparison only. */
export function wald(x: number, n: number, level: number): Interval {
  requireCounts(x, n, level);
  return around(x / n, n, normalDeviate(level));
}

function around(p: number, n: number, z: number): Interval {
  const half = z * Math.sqrt((p * (1 - p)) / n);
  return { lower: p - half, upper: p + half };
}

function score(x: number, n: number, level: number, correction: number): Interval {
  const z = normalDeviate(level);
  const shift = (z * z) / (2 * n);
  const limit = (p: number, sign: number) =>
    (p + shift + sign * z * Math.sqrt((p * (1 - p)) / n + shift / (2 * n))) / (1 + 2 * shift);
  const low = (x - correction) / n;
  const high = (x + correction) / n;
  return {
    lower: low <= 0 ? 0 : Math.max(0, limit(low, -1)),
    upper: high >= 1 ? 1 : Math.min(1, limit(high, 1)),
  };
}

function exactLower(x: number, n: number, alpha: number): number {
  return x === 0 ? 0 : inverseIncompleteBeta(x, n - x + 1, alpha).x;
}

function exactUpper(x: number, n: number, alpha: number): number {
  return x === n ? 1 : inverseIncompleteBeta(n - x, x + 1, alpha).y;
}

function requireCounts(x: number, n: number, level: number): void {
  if (!(Number.isInteger(x) && Number.isInteger(n) && x >= 0 && n >= 1 && x <= n)) {
    throw new RangeError(`${x} of ${n}: give integers with 0 <= x <= n and n >= 1`);
  }
  requireLevel(level);
}
