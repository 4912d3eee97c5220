import { chiSquareTails, studentQuantile } from "./continuous-tails.js";
import { exp, log } from "./elementary.js";
import { firstFault, refuse, requireList, written } from "./faults.js";
import { type Interval, requireLevel } from "./interval.js";
import { log1p } from "./near-zero.js";
import { normalQuantile } from "./normal.js";
import { logGamma } from "./special.js";

export interface Counted {
  readonly k: number;
  readonly n: number;
}

/** Proportions of several studies with a spread between them: logit(p_i) normal with mean μ and standard deviation τ, k_i binomial. */
export interface BinomialNormal {
  readonly mu: number;
  readonly tau: number;
  /** Standard error of μ from the curvature of the likelihood. */
  readonly standardError: number;
  readonly logLikelihood: number;
  /** The same with τ = 0. */
  readonly commonLogLikelihood: number;
  /** Of τ = 0, by the likelihood ratio; half of χ² with one degree of freedom, because τ lies on the edge. */
  readonly pHomogeneous: number;
  /** Proportion of the middle study, with its interval. */
  readonly proportion: number;
  readonly interval: Interval;
  /** Where the proportion of a further study is expected (Student's t with k − 2 degrees of freedom); null with fewer than 3 studies. */
  readonly prediction: Interval | null;
  /**
   * Which of μ and τ came to lie at the edge of what is searched (`MOST_TAU`, `REACH_OF_MU`), as when some studies are all and others nothing:
   * the likelihood goes on rising beyond, the value is a bound, and errors and intervals say nothing. Empty as a rule; τ = 0 is no such edge.
   */
  readonly atEdge: readonly ("mu" | "tau")[];
}

/** The spread is searched up to here: at 5, half of the studies would lie below 3 % or above 97 %. */
const MOST_TAU = 5;
/** μ is searched this far on both sides of the logit of the pooled proportion. */
const REACH_OF_MU = 6;
/** Golden section ends within 2e-8 of an edge. */
const AT_EDGE = 1e-6;

const expit = (x: number): number => (x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)));
const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
/** log of the binomial probability at logit(p) = x. */
const logBinomial = ({ k, n }: Counted, x: number): number =>
  logChoose(n, k) + k * x - n * (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)));

/**
 * Points of the integral over the spread, laid about the hump of each study in units of its own width: there the trapezoid rule is exact to rounding. A grid in
 * units of the spread would miss the narrow humps of large studies.
 */
const POINTS = 201;
const REACH = 10;
const STEP = (2 * REACH) / (POINTS - 1);

function logLikelihood(studies: readonly Counted[], mu: number, tau: number): number {
  if (tau === 0) return studies.reduce((sum, study) => sum + logBinomial(study, mu), 0);
  let total = 0;
  for (const study of studies) {
    const height = (z: number) => logBinomial(study, mu + tau * z) - 0.5 * z * z;
    const { mode, width } = hump(study, mu, tau);
    const most = height(mode);
    let sum = 0;
    for (let i = 0; i < POINTS; i++) sum += exp(height(mode + width * (-REACH + i * STEP)) - most);
    total += most + log((sum * STEP * width) / Math.sqrt(2 * Math.PI));
  }
  return total;
}

/** Where the integrand of a study is highest, and its width by the curvature there. Its logarithm is concave, so halving finds the zero of the slope. */
function hump({ k, n }: Counted, mu: number, tau: number): { readonly mode: number; readonly width: number } {
  const slope = (z: number) => tau * (k - n * expit(mu + tau * z)) - z;
  let [low, high] = [-1, 1];
  while (slope(low) < 0) low *= 2;
  while (slope(high) > 0) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  const mode = (low + high) / 2;
  const p = expit(mu + tau * mode);
  return { mode, width: 1 / Math.sqrt(1 + tau * tau * n * p * (1 - p)) };
}

/** Where a function with one hump is largest, by golden section. */
function highest(of: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  let [x, y] = [b - ratio * (b - a), a + ratio * (b - a)];
  let [fx, fy] = [of(x), of(y)];
  while (b - a > 1e-9 * (1 + Math.abs(a) + Math.abs(b))) {
    if (fx >= fy) {
      [b, y, fy] = [y, x, fx];
      x = b - ratio * (b - a);
      fx = of(x);
    } else {
      [a, x, fx] = [x, y, fy];
      y = a + ratio * (b - a);
      fy = of(y);
    }
  }
  return (a + b) / 2;
}

/**
 * Fits by maximum likelihood (Stijnen, Hamza & Özdemir 2010, Stat Med 29:3046: the model, by adaptive quadrature). At least two studies, and neither no event
 * nor only events, for which μ has no finite value; k and n integers with 0 ≤ k ≤ n and n ≥ 1: a RangeError otherwise. `level` of the intervals in (0, 1).
 */
export function fitBinomialNormal(studies: readonly Counted[], level: number): BinomialNormal {
  requireLevel(level);
  requireList("studies", studies);
  refuse(
    firstFault(
      "studies",
      studies,
      (s) => Number.isInteger(s?.k) && Number.isInteger(s.n) && s.k >= 0 && s.n >= 1 && s.k <= s.n,
      (s) => `k is ${written(s?.k)} and n is ${written(s?.n)}; give integers with 0 <= k <= n and n >= 1`,
    ),
  );
  const [k, n] = [studies.reduce((s, x) => s + x.k, 0), studies.reduce((s, x) => s + x.n, 0)];
  if (studies.length < 2 || k === 0 || k === n) throw new RangeError("needs two studies, with events and without");
  const common = log(k / (n - k));
  const muOf = (tau: number) =>
    highest((mu) => logLikelihood(studies, mu, tau), common - REACH_OF_MU, common + REACH_OF_MU);
  const profile = (tau: number) => logLikelihood(studies, muOf(tau), tau);
  const best = highest(profile, 0, MOST_TAU);
  const commonLogLikelihood = logLikelihood(studies, common, 0);
  const tau = profile(best) > commonLogLikelihood + 1e-9 ? best : 0;
  const mu = tau === 0 ? common : muOf(tau);
  const at = logLikelihood(studies, mu, tau);
  const standardError = errorOfMu(studies, mu, tau);
  const z = normalQuantile(0.5 + level / 2);
  const ends = (half: number): Interval => ({ lower: expit(mu - half), upper: expit(mu + half) });
  return {
    mu,
    tau,
    standardError,
    logLikelihood: at,
    commonLogLikelihood,
    pHomogeneous: tau === 0 ? 1 : 0.5 * chiSquareTails(2 * (at - commonLogLikelihood), 1).upper,
    proportion: expit(mu),
    interval: ends(z * standardError),
    prediction:
      studies.length < 3
        ? null
        : ends(
            studentQuantile(0.5 + level / 2, studies.length - 2) * Math.sqrt(tau * tau + standardError * standardError),
          ),
    atEdge: [
      ...(Math.abs(mu - common) > REACH_OF_MU - AT_EDGE ? (["mu"] as const) : []),
      ...(tau > MOST_TAU - AT_EDGE ? (["tau"] as const) : []),
    ],
  };
}

/** From the second derivatives in μ and τ together; in μ alone where τ is 0. */
function errorOfMu(studies: readonly Counted[], mu: number, tau: number): number {
  const h = 1e-3;
  const f = (a: number, b: number) => logLikelihood(studies, a, b);
  const mm = (f(mu + h, tau) - 2 * f(mu, tau) + f(mu - h, tau)) / (h * h);
  if (tau <= h) return 1 / Math.sqrt(-mm);
  const tt = (f(mu, tau + h) - 2 * f(mu, tau) + f(mu, tau - h)) / (h * h);
  const mt = (f(mu + h, tau + h) - f(mu + h, tau - h) - f(mu - h, tau + h) + f(mu - h, tau - h)) / (4 * h * h);
  return Math.sqrt(-tt / (mm * tt - mt * mt));
}
