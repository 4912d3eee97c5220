/**
 * Times that differ by rounding only are one time: 0.1 + 0.2 and 0.3, or a stay of 39 days computed from two ages in years.
 * Source: aeqSurv of R's survival, which survfit, survdiff and coxph call unless `timefix = FALSE` (Therneau, "Roundoff error and
 * tied times", vignette of survival 2.40): neighbours at most √ε apart, absolutely or relative to the mean size of the distinct
 * times, are a tie, and ties chain; the smallest of a chain stands for all.
 */
import { written } from "./faults.js";

/** The square root of the machine's epsilon: R's tolerance of `all.equal`. */
const ROOT_EPSILON = 1.4901161193847656e-8;

export interface TiedTimes {
  readonly time: Float64Array;
  readonly entry: Float64Array | undefined;
  /** Times at most this far apart are one. */
  readonly tolerance: number;
}

/**
 * Ties the near times of finite `time` and `entry` (one each per person), taken together; with `timefix` off both are copied as they are.
 * RangeError where an entry and its time become one: R's "an interval has effective length 0".
 */
export function tieNearTimes(data: {
  time: ArrayLike<number>;
  entry?: ArrayLike<number> | undefined;
  timefix: boolean;
}): TiedTimes {
  const time = Float64Array.from(data.time);
  const entry = data.entry && Float64Array.from(data.entry);
  if (!data.timefix) return { time, entry, tolerance: 0 };
  const distinct = Float64Array.from(new Set([...time, ...(entry ?? [])])).sort();
  const tolerance = ROOT_EPSILON * Math.max(1, distinct.reduce((sum, t) => sum + Math.abs(t), 0) / distinct.length);
  const stands = new Map<number, number>();
  for (let i = 1; i < distinct.length; i++) {
    const before = distinct[i - 1];
    if (distinct[i] - before <= tolerance) stands.set(distinct[i], stands.get(before) ?? before);
  }
  if (stands.size === 0) return { time, entry, tolerance };
  const tied = (times: Float64Array) => times.map((t) => stands.get(t) ?? t);
  const found = { time: tied(time), entry: entry && tied(entry), tolerance };
  const empty = found.entry?.findIndex((start, i) => start === found.time[i]) ?? -1;
  if (entry && empty >= 0) {
    throw new RangeError(
      `entry[${empty}] is ${entry[empty]}, time[${empty}] is ${time[empty]}: they differ by rounding only, and nobody is observed between; leave the person out, or set timefix to false`,
    );
  }
  return found;
}

/** The option `timefix` is true or false. */
export function timefixFaults(timefix: boolean): string[] {
  return typeof timefix === "boolean" ? [] : [`timefix is ${written(timefix)}: give true or false`];
}
