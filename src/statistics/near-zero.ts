/**
 * log(1 + x), e^x - 1 and log(1 + x) - x without the cancellation near x = 0, with the same bits in every engine.
 * Source of the first two: Kahan's correction of the rounded argument (Higham, Accuracy and Stability, 2nd ed., section 1.14.1).
 */
import { exp, log } from "./elementary.js";

/** log(1 + x), x ≥ -1. */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  if (u === Number.POSITIVE_INFINITY) return u;
  return (log(u) * x) / (u - 1);
}

/** e^x - 1. */
export function expm1(x: number): number {
  const u = exp(x);
  if (u === 1) return x;
  const v = u - 1;
  if (v === -1 || u === Number.POSITIVE_INFINITY) return v;
  return (v * x) / log(u);
}

/** log(1 + x) - x, x > -1: a quadratic at 0, by the series of the inverse hyperbolic tangent. */
export function log1pMinus(x: number): number {
  if (x < -0.4 || x > 0.6) return log(1 + x) - x;
  const r = x / (2 + x);
  const r2 = r * r;
  // r² ≤ 1/16: fifteen terms reach the last bit.
  let sum = 0;
  for (let k = 31; k >= 3; k -= 2) sum = sum * r2 + 1 / k;
  return r * (2 * r2 * sum - x);
}
