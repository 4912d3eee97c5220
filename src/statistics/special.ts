/**
 * log Γ, the regularised incomplete gamma and beta functions and their inverses.
 *
 * The factors in front of series and continued fractions are written with Loader's deviance (see `deviance`), so that they keep
 * about 1e-13 relative accuracy for arguments up to 1e9. Series and fractions: Abramowitz & Stegun 6.1.33, 6.1.41, 6.5.29, 6.5.31, 26.5.8;
 * the fractions are evaluated by the method of Lentz (Appl. Opt. 15 (1976) 668).
 */
import { exp, log } from "./elementary.js";
import { expm1, log1p, log1pMinus } from "./near-zero.js";

const EPSILON = 2.220446049250313e-16;
const TINY = 1e-300;
const LOG_SQRT_2_PI = 0.9189385332046728;
const ONE_MINUS_EULER = 0.42278433509846713;

/** ζ(k) - 1 for k = 2, 3, … */
const ZETA_MINUS_1 = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914,
  0.008349277381922827, 0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853, 0.0004941886041194645,
  0.0002460865533080483, 0.00012271334757848915, 6.124813505870483e-5, 3.058823630702049e-5, 1.528225940865187e-5,
  7.637197637899763e-6, 3.81729326499984e-6, 1.908212716553939e-6, 9.539620338727962e-7, 4.769329867878064e-7,
  2.38450502727733e-7, 1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8, 1.4901554828365043e-8,
  7.45071178983543e-9, 3.725334024788457e-9, 1.862659723513049e-9, 9.313274324196682e-10, 4.656629065033784e-10,
];

/** B(2k) / (2k (2k - 1)), the coefficients of Stirling's series. */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
];

/** log Γ(2 + z), |z| ≤ 1/2. */
function logGammaNearTwo(z: number): number {
  let sum = 0;
  for (let i = ZETA_MINUS_1.length - 1; i >= 0; i--) sum = ZETA_MINUS_1[i] / (i + 2) - sum * z;
  return z * (ONE_MINUS_EULER + z * sum);
}

/** Stirling's series: log Γ(x) - (x - 1/2) log x + x - log √(2π), x ≥ 10. */
function stirlingSeries(x: number): number {
  const z = 1 / (x * x);
  let sum = 0;
  for (let i = STIRLING.length - 1; i >= 0; i--) sum = sum * z + STIRLING[i];
  return sum / x;
}

/** log Γ(x), x > 0; other x give NaN. */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x < 0.5) return logGamma1p(x) - log(x);
  if (x < 1.5) return logGamma1p(x - 1);
  if (x >= 10) return (x - 0.5) * log(x) - x + LOG_SQRT_2_PI + stirlingSeries(x);
  let product = 1;
  let rest = x;
  while (rest > 2.5) {
    rest -= 1;
    product *= rest;
  }
  return logGammaNearTwo(rest - 2) + log(product);
}

/** log Γ(1 + x), -1/2 ≤ x ≤ 1/2, accurate at 0. */
function logGamma1p(x: number): number {
  return logGammaNearTwo(x) - log1p(x);
}

/** log Γ(x + 1) - (x + 1/2) log x + x - log √(2π), x > 0: the error of Stirling's formula for x!. */
export function stirlingError(x: number): number {
  if (x >= 10) return stirlingSeries(x);
  const logFactorial = x < 0.5 ? logGamma1p(x) : logGamma(x + 1);
  return logFactorial - (x + 0.5) * log(x) + x - LOG_SQRT_2_PI;
}

/**
 * x log(x/m) + m - x without cancellation, x > 0 and m ≥ 0; others give NaN.
 * Source: Loader, "Fast and accurate computation of binomial probabilities" (2000), where it is bd0.
 */
export function deviance(x: number, m: number): number {
  if (!(x > 0 && m >= 0)) return Number.NaN;
  const distance = (m - x) / x;
  if (distance > -0.4 && distance < 0.6) return -x * log1pMinus(distance);
  return x * (log(x) - log(m)) + m - x;
}

/** x^a e^-x / Γ(a + 1). */
function gammaFactor(a: number, x: number): number {
  if (a < 0.5) return exp(a * log(x) - x - logGamma1p(a));
  return exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(6.283185307179586 * a);
}

/** x^a y^b / B(a, b), where y = 1 - x. */
function betaFactor(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const errors = stirlingError(n) - stirlingError(a) - stirlingError(b);
  const exponent = errors - deviance(a, n * x) - deviance(b, n * y);
  return exp(exponent) * Math.sqrt(a / n) * Math.sqrt(b / 6.283185307179586);
}

/** Two probabilities that sum to 1, each with its own relative accuracy. */
export interface Tails {
  lower: number;
  upper: number;
}

/** Regularised incomplete gamma functions P(a, x) and Q(a, x), a > 0 and x ≥ 0. */
export function incompleteGamma(a: number, x: number): Tails {
  if (!(a > 0 && a < Number.POSITIVE_INFINITY && x >= 0)) return { lower: Number.NaN, upper: Number.NaN };
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const factor = gammaFactor(a, x);
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let n = 1; term > sum * EPSILON; n++) sum += term *= x / (a + n);
    const lower = Math.min(1, factor * sum);
    return { lower, upper: a < 1 && lower > 0.9 ? smallShapeUpper(a, x) : 1 - lower };
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; ; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 2 * EPSILON) break;
  }
  const upper = factor * a * fraction;
  return { lower: 1 - upper, upper };
}

/** Q(a, x) for small a and x, where P is near 1: 1 - x^a / Γ(1 + a) · (1 + a Σ (-x)^k / (k! (a + k))). */
function smallShapeUpper(a: number, x: number): number {
  let sum = 0;
  let power = 1;
  for (let k = 1; k < 200; k++) {
    power *= -x / k;
    const term = power / (a + k);
    sum += term;
    if (Math.abs(term) < Math.abs(sum) * EPSILON) break;
  }
  const logFront = a * log(x) - (a < 0.5 ? logGamma1p(a) : logGamma(a + 1));
  return -expm1(logFront) - exp(logFront) * a * sum;
}

function awayFromZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}

/** How far two numbers that sum to 1 may be off by rounding. */
const NOT_ONE = 1e-9;

/** Regularised incomplete beta function of x, with y = 1 - x given too because it may be known better; a, b > 0; others give NaN. */
export function incompleteBeta(a: number, b: number, x: number, y: number = 1 - x): Tails {
  if (!(a > 0 && b > 0 && a + b < Number.POSITIVE_INFINITY && x >= 0 && y >= 0 && Math.abs(x + y - 1) < NOT_ONE))
    return { lower: Number.NaN, upper: Number.NaN };
  if (x === 0) return { lower: 0, upper: 1 };
  if (y === 0) return { lower: 1, upper: 0 };
  const factor = betaFactor(a, b, x, y);
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, (factor / a) * betaFraction(a, b, x));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, (factor / b) * betaFraction(b, a, y));
  return { lower: 1 - upper, upper };
}

function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; ; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 2 * EPSILON) return fraction;
  }
}

/**
 * The u at which a distribution function of u has the tails `p` (lower) and `q` (upper): Newton's method on the logarithm of the
 * smaller tail, kept inside a shrinking bracket. `at(u)` gives the tails and the density with respect to u.
 */
function solveTail(
  p: number,
  q: number,
  bracket: readonly [number, number],
  at: (u: number) => Tails & { density: number },
): number {
  let [low, high] = bracket;
  let u = 0.5 * (low + high);
  for (let i = 0; i < 200; i++) {
    const { lower, upper, density } = at(u);
    const step = p <= q ? (lower * log(p / lower)) / density : (-upper * log(q / upper)) / density;
    const tooLow = p <= q ? lower < p : upper > q;
    if (tooLow) low = u;
    else high = u;
    const newton = u + step;
    const next = newton > low && newton < high ? newton : 0.5 * (low + high);
    if (Math.abs(next - u) <= 4 * EPSILON * Math.max(1, Math.abs(u))) return next;
    u = next;
  }
  return u;
}

/** The x with lower tail p (and upper tail q = 1 - p, given too where it is known better) of the incomplete gamma function. */
export function inverseIncompleteGamma(a: number, p: number, q: number = 1 - p): number {
  if (!(a > 0 && a < Number.POSITIVE_INFINITY && areTails(p, q))) return Number.NaN;
  if (p === 0) return 0;
  if (q === 0) return Number.POSITIVE_INFINITY;
  const u = solveTail(p, q, [-745, 710], (v) => {
    const x = exp(v);
    return { ...incompleteGamma(a, x), density: a * gammaFactor(a, x) };
  });
  return exp(u);
}

/** The x (and y = 1 - x) with lower tail p and upper tail q = 1 - p of the incomplete beta function. */
export function inverseIncompleteBeta(a: number, b: number, p: number, q: number = 1 - p): { x: number; y: number } {
  if (!(a > 0 && b > 0 && a + b < Number.POSITIVE_INFINITY && areTails(p, q))) return { x: Number.NaN, y: Number.NaN };
  if (p === 0) return { x: 0, y: 1 };
  if (q === 0) return { x: 1, y: 0 };
  // On the logit scale both ends of (0, 1) are far away and equally sharp.
  const u = solveTail(p, q, [-745, 745], (v) => {
    const { x, y } = fromLogit(v);
    return { ...incompleteBeta(a, b, x, y), density: betaFactor(a, b, x, y) };
  });
  return fromLogit(u);
}

function areTails(p: number, q: number): boolean {
  return p >= 0 && q >= 0 && Math.abs(p + q - 1) < NOT_ONE;
}

function fromLogit(u: number): { x: number; y: number } {
  const small = exp(-Math.abs(u));
  const near = small / (1 + small);
  const far = 1 / (1 + small);
  return u < 0 ? { x: near, y: far } : { x: far, y: near };
}
