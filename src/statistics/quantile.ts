/**
 * Sample quantiles of Hyndman and Fan, "Sample quantiles in statistical packages", Am. Stat. 50 (1996) 361-365, types 1 to 9,
 * with the rounding tolerance ("fuzz") of R's quantile().
 */

import { firstFault, refuse, written } from "./faults.js";
import { requireProbability } from "./interval.js";

export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

const FUZZ = 4 * 2.220446049250313e-16;

/** Plotting position (a, b) of the continuous types 4 to 9. */
const POSITION: Readonly<Record<4 | 5 | 6 | 7 | 8 | 9, readonly [number, number]>> = {
  4: [0, 1],
  5: [0.5, 0.5],
  6: [0, 0],
  7: [1, 1],
  8: [1 / 3, 1 / 3],
  9: [3 / 8, 3 / 8],
};

/**
 * Quantiles at `probabilities` (0 … 1) of `values` in any order; `values` is not changed. Type 7 is R's default. No values, a value that
 * is no number (an infinity is one), another probability or type throw RangeError.
 */
export function quantiles(
  values: ArrayLike<number>,
  probabilities: readonly number[],
  type: QuantileType = 7,
): number[] {
  if (values.length === 0) throw new RangeError("quantile of no values: give at least one");
  refuse(
    firstFault("values", values, (x) => typeof x === "number" && !Number.isNaN(x), "leave out missing values (NaN)"),
  );
  const sorted = Float64Array.from(values).sort();
  return probabilities.map((p) => quantileOfOrdered(sorted.length, (k) => sorted[k], p, type));
}

/** One quantile of `values`, see `quantiles`. */
export function quantile(values: ArrayLike<number>, probability: number, type: QuantileType = 7): number {
  return quantiles(values, [probability], type)[0];
}

/** The middle value, or the mean of the two middle values. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5, 7);
}

/** One quantile of n values of which `at(k)` is the k-th smallest, k from 0. */
export function quantileOfOrdered(n: number, at: (k: number) => number, p: number, type: QuantileType): number {
  requireProbability(p);
  if (!(Number.isInteger(type) && type >= 1 && type <= 9))
    throw new RangeError(`type is ${written(type)}: give one of 1 to 9 (Hyndman & Fan)`);
  const [a, b] = type <= 3 ? [0, 1] : POSITION[type as keyof typeof POSITION];
  const place = a + p * (n + 1 - a - b) - (type === 3 ? 0.5 : 0);
  const j = Math.floor(place + FUZZ);
  const rest = Math.abs(place - j) < FUZZ ? 0 : place - j;
  const low = at(Math.min(Math.max(j, 1), n) - 1);
  const high = at(Math.min(Math.max(j + 1, 1), n) - 1);
  const weight = weightOfHigh(type, rest, j);
  if (weight === 0 || low === high) return low;
  return weight === 1 ? high : (1 - weight) * low + weight * high;
}

function weightOfHigh(type: QuantileType, rest: number, j: number): number {
  if (type === 1) return rest > 0 ? 1 : 0;
  if (type === 2) return rest > 0 ? 1 : 0.5;
  if (type === 3) return rest !== 0 || Math.abs(j % 2) === 1 ? 1 : 0;
  return rest;
}
