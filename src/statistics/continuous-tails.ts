/** Student's t, chi-square and F distributions, through the incomplete beta and gamma functions (Abramowitz & Stegun 26.4 to 26.7). */
import {
  incompleteBeta,
  incompleteGamma,
  inverseIncompleteBeta,
  inverseIncompleteGamma,
  type Tails,
} from "./special.js";

/** Student's t with `df` > 0 degrees of freedom. */
export function studentTails(t: number, df: number): Tails {
  const square = t * t;
  const outside = incompleteBeta(df / 2, 0.5, df / (df + square), 1 / (1 + df / square));
  const far = outside.lower / 2;
  const near = 0.5 + outside.upper / 2;
  return t < 0 ? { lower: far, upper: near } : { lower: near, upper: far };
}

/** The t with lower tail p. */
export function studentQuantile(p: number, df: number): number {
  const tail = p < 0.5 ? p : 1 - p;
  const { x, y } = inverseIncompleteBeta(df / 2, 0.5, 2 * tail, 1 - 2 * tail);
  const t = Math.sqrt((df * y) / x);
  return p < 0.5 ? -t : t;
}

/** Chi-square with `df` > 0 degrees of freedom. */
export function chiSquareTails(x: number, df: number): Tails {
  return incompleteGamma(df / 2, x / 2);
}

/** The chi-square value with lower tail p. */
export function chiSquareQuantile(p: number, df: number): number {
  return 2 * inverseIncompleteGamma(df / 2, p);
}

/** F with `df1` and `df2` > 0 degrees of freedom. */
export function fTails(f: number, df1: number, df2: number): Tails {
  const sum = df1 * f + df2;
  return incompleteBeta(df1 / 2, df2 / 2, (df1 * f) / sum, df2 / sum);
}
