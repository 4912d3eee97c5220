/**
 * Sample quantiles of Hyndman and Fan, "Sample quantiles in statistical packages", Am. Stat. 50 (1996) 361-365, types 1 to 9,
 * with the rounding tolerance ("fuzz") of R's quantile().
 */

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

/** Quantiles at `probabilities` (0 … 1) of `values` in any order; `values` is not changed. Type 7 is R's default. */
export function quantiles(
  values: ArrayLike<number>,
  probabilities: readonly number[],
  type: QuantileType = 7,
): number[] {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) throw new RangeError("quantile of no values: give at least one");
  // A sort puts NaN last.
  if (Number.isNaN(sorted[sorted.length - 1])) throw new RangeError("quantile of NaN: leave out missing values");
  return probabilities.map((p) => quantileOfSorted(sorted, p, type));
}

/** One quantile of `values`, see `quantiles`. */
export function quantile(values: ArrayLike<number>, probability: number, type: QuantileType = 7): number {
  return quantiles(values, [probability], type)[0];
}

/** The middle value, or the mean of the two middle values. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5, 7);
}

function quantileOfSorted(x: Float64Array, p: number, type: QuantileType): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability is ${p}: give a number from 0 to 1`);
  const n = x.length;
  const [a, b] = type <= 3 ? [0, 1] : POSITION[type as keyof typeof POSITION];
  const place = a + p * (n + 1 - a - b) - (type === 3 ? 0.5 : 0);
  const j = Math.floor(place + FUZZ);
  const rest = Math.abs(place - j) < FUZZ ? 0 : place - j;
  const low = x[Math.min(Math.max(j, 1), n) - 1];
  const high = x[Math.min(Math.max(j + 1, 1), n) - 1];
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
