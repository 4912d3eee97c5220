/**
 * Binomial and Poisson probabilities, accurate to about 1e-13 for counts up to 1e9 and beyond.
 * Source: Loader, "Fast and accurate computation of binomial probabilities" (2000).
 */
import { exp, log } from "./elementary.js";
import { log1p } from "./near-zero.js";
import { deviance, incompleteBeta, incompleteGamma, stirlingError, type Tails } from "./special.js";

const TWO_PI = 6.283185307179586;

/** Log probability of x successes in n trials; x and n integers, 0 < p < 1, and x outside 0 … n gives -Infinity. */
export function logBinomialMass(x: number, n: number, p: number): number {
  if (!(x >= 0 && x <= n)) return Number.NEGATIVE_INFINITY;
  if (x === 0) return n * log1p(-p);
  if (x === n) return n * log(p);
  const errors = stirlingError(n) - stirlingError(x) - stirlingError(n - x);
  return errors - deviance(x, n * p) - deviance(n - x, n * (1 - p)) - 0.5 * log(TWO_PI * x * (1 - x / n));
}

/** Log probability of the count x ≥ 0 (integer) when `mean` > 0 is expected. */
export function logPoissonMass(x: number, mean: number): number {
  if (!(x >= 0)) return Number.NEGATIVE_INFINITY;
  if (x === 0) return -mean;
  return -stirlingError(x) - deviance(x, mean) - 0.5 * log(TWO_PI * x);
}

/** Probability of x successes in n trials. */
export function binomialMass(x: number, n: number, p: number): number {
  if (p === 0) return x === 0 ? 1 : 0;
  if (p === 1) return x === n ? 1 : 0;
  return exp(logBinomialMass(x, n, p));
}

/** Probability of the count x when `mean` is expected. */
export function poissonMass(x: number, mean: number): number {
  if (mean === 0) return x === 0 ? 1 : 0;
  return exp(logPoissonMass(x, mean));
}

/** Probabilities of at most x, and of more than x, successes in n trials. */
export function binomialTails(x: number, n: number, p: number): Tails {
  if (x < 0) return { lower: 0, upper: 1 };
  if (x >= n) return { lower: 1, upper: 0 };
  const { lower, upper } = incompleteBeta(x + 1, n - x, p);
  return { lower: upper, upper: lower };
}

/** Probabilities of a count of at most x, and of more than x. */
export function poissonTails(x: number, mean: number): Tails {
  if (x < 0) return { lower: 0, upper: 1 };
  const { lower, upper } = incompleteGamma(x + 1, mean);
  return { lower: upper, upper: lower };
}
