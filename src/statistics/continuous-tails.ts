/**
 * Student's t, chi-square and F distributions, through the incomplete beta and gamma functions (Abramowitz & Stegun 26.4 to 26.7).
 * Degrees of freedom that are not above 0, NaN and probabilities outside 0 … 1 give NaN.
 */
import { exp, log } from "./elementary.js";
import { normalCdf, normalQuantile } from "./normal.js";
import {
  incompleteBeta,
  incompleteGamma,
  inverseIncompleteBeta,
  inverseIncompleteGamma,
  logGamma,
  type Tails,
} from "./special.js";

/** From here the square of t is next to overflow, and its leading term is all there is; R's pt changes over at the same ratio. */
const FAR = 1e100;

/** Student's t with `df` > 0 degrees of freedom; the normal distribution for infinitely many. */
export function studentTails(t: number, df: number): Tails {
  if (df === Number.POSITIVE_INFINITY) return { lower: normalCdf(t), upper: normalCdf(-t) };
  const square = t * t;
  const outside =
    df > 0 && square > FAR * df
      ? farOutside(Math.abs(t), df)
      : incompleteBeta(df / 2, 0.5, df / (df + square), 1 / (1 + df / square));
  const far = outside.lower / 2;
  const near = 0.5 + outside.upper / 2;
  return t < 0 ? { lower: far, upper: near } : { lower: near, upper: far };
}

/** Leading term of the incomplete beta function: x^a / (a B(a, 1/2)) at x = df/t², a = df/2. */
function farOutside(t: number, df: number): Tails {
  const a = df / 2;
  const logBeta = logGamma(a) + logGamma(0.5) - logGamma(a + 0.5);
  const lower = exp(a * (log(df) - 2 * log(t)) - log(a) - logBeta);
  return { lower, upper: 1 - lower };
}

/** The t with lower tail p. */
export function studentQuantile(p: number, df: number): number {
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
  const tail = p < 0.5 ? p : 1 - p;
  const { x, y } = inverseIncompleteBeta(df / 2, 0.5, 2 * tail, 1 - 2 * tail);
  const t = Math.sqrt((df * y) / x);
  return p < 0.5 ? -t : t;
}

/** Chi-square with `df` > 0 degrees of freedom. */
export function chiSquareTails(x: number, df: number): Tails {
  if (x < 0 && df > 0) return { lower: 0, upper: 1 };
  return incompleteGamma(df / 2, x / 2);
}

/** The chi-square value with lower tail p. */
export function chiSquareQuantile(p: number, df: number): number {
  return 2 * inverseIncompleteGamma(df / 2, p);
}

/** F with `df1` and `df2` > 0 degrees of freedom. */
export function fTails(f: number, df1: number, df2: number): Tails {
  if (f < 0 && df1 > 0 && df2 > 0) return { lower: 0, upper: 1 };
  if (f === Number.POSITIVE_INFINITY && df1 > 0 && df2 > 0) return { lower: 1, upper: 0 };
  const sum = df1 * f + df2;
  return incompleteBeta(df1 / 2, df2 / 2, (df1 * f) / sum, df2 / sum);
}
