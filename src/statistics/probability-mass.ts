/**
 * Binomial and Poisson probabilities, accurate to about 1e-13 for counts up to 1e9 and beyond.
 * Source: Loader, "Fast and accurate computation of binomial probabilities" (2000).
 */
import { exp, log } from "./elementary.js";
import { requireProbability } from "./interval.js";
import { log1p } from "./near-zero.js";
import { deviance, incompleteBeta, incompleteGamma, stirlingError, type Tails } from "./special.js";

const TWO_PI = 6.283185307179586;

/** Above it neighbouring counts cannot be told apart. */
const MOST = 2 ** 53;

/** Refuses what is no count of `name`. */
export function requireCount(name: string, n: number): void {
  if (!(n >= 0 && n <= MOST && Math.floor(n) === n))
    throw new RangeError(`${name} is ${n}: give an integer from 0 to 2^53`);
}

/** `logBinomialMass` of x and n integers, 0 < p < 1, unchecked: for the draws. */
export function logBinomialTerm(x: number, n: number, p: number): number {
  if (!(x >= 0 && x <= n)) return Number.NEGATIVE_INFINITY;
  if (x === 0) return n * log1p(-p);
  if (x === n) return n * log(p);
  const errors = stirlingError(n) - stirlingError(x) - stirlingError(n - x);
  return errors - deviance(x, n * p) - deviance(n - x, n * (1 - p)) - 0.5 * log(TWO_PI * x * (1 - x / n));
}

/** `logPoissonMass` of x an integer, mean > 0, unchecked: for the draws. */
export function logPoissonTerm(x: number, mean: number): number {
  if (!(x >= 0)) return Number.NEGATIVE_INFINITY;
  if (x === 0) return -mean;
  return -stirlingError(x) - deviance(x, mean) - 0.5 * log(TWO_PI * x);
}

/**
 * Log probability of x successes in n trials; -Infinity of an x that is no count in 0 … n. Here and below: n a count, 0 ≤ p ≤ 1,
 * mean ≥ 0 and finite, x a number, or RangeError; an x within 1e-7 of an integer is that integer, as in R.
 */
export function logBinomialMass(x: number, n: number, p: number): number {
  requireBinomial(x, n, p);
  const k = asCount(x);
  if (p === 0 || p === 1) return k === n * p ? 0 : Number.NEGATIVE_INFINITY;
  return logBinomialTerm(k, n, p);
}

/** Log probability of the count x when `mean` is expected; -Infinity of an x that is no count. */
export function logPoissonMass(x: number, mean: number): number {
  requirePoisson(x, mean);
  const k = asCount(x);
  if (mean === 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY;
  return logPoissonTerm(k, mean);
}

/** Probability of x successes in n trials. */
export function binomialMass(x: number, n: number, p: number): number {
  return exp(logBinomialMass(x, n, p));
}

/** Probability of the count x when `mean` is expected. */
export function poissonMass(x: number, mean: number): number {
  return exp(logPoissonMass(x, mean));
}

/** Probabilities of at most x, and of more than x, successes in n trials. */
export function binomialTails(x: number, n: number, p: number): Tails {
  requireBinomial(x, n, p);
  const k = Math.floor(x + NEAR_INTEGER);
  if (k < 0) return { lower: 0, upper: 1 };
  if (k >= n) return { lower: 1, upper: 0 };
  const { lower, upper } = incompleteBeta(k + 1, n - k, p);
  return { lower: upper, upper: lower };
}

/** Probabilities of a count of at most x, and of more than x. */
export function poissonTails(x: number, mean: number): Tails {
  requirePoisson(x, mean);
  const k = Math.floor(x + NEAR_INTEGER);
  if (k < 0) return { lower: 0, upper: 1 };
  if (k === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const { lower, upper } = incompleteGamma(k + 1, mean);
  return { lower: upper, upper: lower };
}

/** R's dbinom, pbinom, dpois and ppois take a count that is off by less for rounding: 0.1 · 30 is 3.0000000000000004. */
const NEAR_INTEGER = 1e-7;

/** The integer next to x; NaN, which no mass lies on, where there is none. */
function asCount(x: number): number {
  const k = Math.round(x);
  return Math.abs(x - k) <= NEAR_INTEGER * Math.max(1, Math.abs(x)) ? k : Number.NaN;
}

function requireBinomial(x: number, n: number, p: number): void {
  requireCount("number of trials", n);
  requireProbability(p);
  requireNumber("number of successes", x);
}

function requirePoisson(x: number, mean: number): void {
  if (!(mean >= 0 && mean < Number.POSITIVE_INFINITY))
    throw new RangeError(`mean is ${mean}: give a finite number of at least 0`);
  requireNumber("count", x);
}

function requireNumber(name: string, x: number): void {
  if (typeof x !== "number" || Number.isNaN(x)) throw new RangeError(`${name} is ${x}: give a number`);
}
