/**
 * Draws from a `Stream`: exact for every size up to the rounding of double precision, and a function of the stream's numbers alone.
 *
 * Rejection methods: Hörmann, "The generation of binomial random variates", J. Stat. Comput. Simul. 46 (1993) 101-110 (BTRS);
 * Hörmann, "The transformed rejection method for generating Poisson random variables", Insur. Math. Econ. 12 (1993) 39-45 (PTRS);
 * Marsaglia & Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000) 363-372. Acceptance uses Loader's
 * saddle-point form of the probabilities instead of log Γ, whose rounding would bias counts above about 1e8.
 */
import { exp, log } from "./elementary.js";
import { requireProbability } from "./interval.js";
import { log1p, log1pMinus } from "./near-zero.js";
import type { Stream } from "./philox.js";
import { logBinomialTerm, logPoissonTerm, requireCount } from "./probability-mass.js";

/** Above it neighbouring counts cannot be told apart. */
const MOST = 2 ** 53;
/** Below this mean, walking up from zero is faster than rejection, whose hats need a mean of at least 10. */
const WALK_BELOW = 10;

/** 1 with probability p, else 0. */
export function bernoulli(stream: Stream, p: number): 0 | 1 {
  requireProbability(p);
  return stream.uniform() < p ? 1 : 0;
}

/** Number of successes in n trials of probability p; n an integer in 0 … 2^53. */
export function binomial(stream: Stream, n: number, p: number): number {
  requireCount("number of trials", n);
  requireProbability(p);
  if (n === 0 || p === 0) return 0;
  if (p === 1) return n;
  if (p > 0.5) return n - binomialLow(stream, n, 1 - p);
  return binomialLow(stream, n, p);
}

function binomialLow(stream: Stream, n: number, p: number): number {
  return n * p < WALK_BELOW ? binomialByWalk(stream, n, p) : binomialByRejection(stream, n, p);
}

function binomialByWalk(stream: Stream, n: number, p: number): number {
  const odds = p / (1 - p);
  const none = exp(n * log1p(-p));
  for (;;) {
    let rest = stream.uniform();
    let mass = none;
    let x = 0;
    while (rest > mass) {
      rest -= mass;
      x++;
      mass *= ((n - x + 1) / x) * odds;
      // Only rounding leads here, with probability below 1e-15.
      if (mass === 0) break;
    }
    if (rest <= mass) return x;
  }
}

function binomialByRejection(stream: Stream, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const alpha = (2.83 + 5.1 / b) * spread;
  const squeeze = 0.92 - 4.2 / b;
  const mode = Math.floor((n + 1) * p);
  let modeMass = Number.NaN;
  for (;;) {
    const v = stream.uniform();
    const u = stream.uniform() - 0.5;
    const us = 0.5 - Math.abs(u);
    if (us === 0) continue;
    const x = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= squeeze) return x;
    if (x < 0 || x > n) continue;
    if (Number.isNaN(modeMass)) modeMass = logBinomialTerm(mode, n, p);
    if (log((v * alpha) / (a / (us * us) + b)) <= logBinomialTerm(x, n, p) - modeMass) return x;
  }
}

/** Poisson count with the given mean in 0 … 2^53. */
export function poisson(stream: Stream, mean: number): number {
  if (!(mean >= 0 && mean <= MOST)) throw new RangeError(`mean is ${mean}: give a number from 0 to 2^53`);
  if (mean === 0) return 0;
  return mean < WALK_BELOW ? poissonByWalk(stream, mean) : poissonByRejection(stream, mean);
}

function poissonByWalk(stream: Stream, mean: number): number {
  const none = exp(-mean);
  for (;;) {
    let rest = stream.uniform();
    let mass = none;
    let x = 0;
    while (rest > mass) {
      rest -= mass;
      x++;
      mass *= mean / x;
      // Only rounding leads here, with probability below 1e-15.
      if (mass === 0) break;
    }
    if (rest <= mass) return x;
  }
}

function poissonByRejection(stream: Stream, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const v = stream.uniform();
    const u = stream.uniform() - 0.5;
    const us = 0.5 - Math.abs(u);
    if (us === 0) continue;
    const x = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return x;
    if (x < 0 || (us < 0.013 && v > us)) continue;
    if (log((v * inverseAlpha) / (a / (us * us) + b)) <= logPoissonTerm(x, mean)) return x;
  }
}

/** Gamma variable of the given shape ≥ 1 (finite) and scale 1. */
export function gamma(stream: Stream, shape: number): number {
  if (!(shape >= 1 && shape < Number.POSITIVE_INFINITY))
    throw new RangeError(`shape is ${shape}: give a finite number of at least 1`);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = stream.normal();
    const w = c * z;
    if (w <= -1) continue;
    const cube = w * (3 + w * (3 + w));
    if (log(stream.uniform()) < 0.5 * z * z + d * log1pMinus(cube)) return d * (1 + cube);
  }
}

/**
 * Sum of k independent geometric variables on {1, 2, …} with the given mean ≥ 1 each: the size after a pure birth process from k.
 * The excess over k is negative binomial, drawn as a Poisson count whose mean is a gamma variable.
 */
export function geometricSum(stream: Stream, k: number, mean: number): number {
  requireCount("number of variables", k);
  if (!(mean >= 1 && mean < Number.POSITIVE_INFINITY))
    throw new RangeError(`mean is ${mean}: a geometric variable on {1, 2, …} has a finite mean of at least 1`);
  if (k === 0 || mean === 1) return k;
  return k + poisson(stream, gamma(stream, k) * (mean - 1));
}

/** Lognormal variable with the given median > 0 and coefficient of variation ≥ 0 (standard deviation / mean). */
export function lognormal(stream: Stream, median: number, cv: number): number {
  if (!(median > 0 && median < Number.POSITIVE_INFINITY && cv >= 0 && cv * cv < Number.POSITIVE_INFINITY))
    throw new RangeError(`median ${median}, cv ${cv}: give a median > 0 and a cv >= 0, both finite`);
  return median * exp(Math.sqrt(log1p(cv * cv)) * stream.normal());
}
