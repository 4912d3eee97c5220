/**
 * Product-limit estimate of survival with right censoring and, optionally, late entry.
 * Sources: Kaplan & Meier, JASA 53 (1958) 457; Greenwood (1926) for the variance; conventions of R's survfit.
 */
import { type Interval, requireLevel } from "./interval.js";
import { normalQuantile } from "./normal.js";
import { type SurvivalScale, survivalInterval } from "./survival-interval.js";

/** One entry per person (or per interval of observation): all arrays have the same length. */
export interface SurvivalData {
  /** End of observation, in any unit of time. */
  time: ArrayLike<number>;
  /** Whether the end is the event (true, 1) or censoring (false, 0). */
  event: ArrayLike<boolean | number>;
  /** Start of observation: at risk in (entry, time]. Absent: from the beginning. */
  entry?: ArrayLike<number>;
}

/** How a curve is made: the scale of the limits and their two-sided level. */
export interface CurveOptions {
  scale?: SurvivalScale;
  level?: number;
}

/** Steps at every distinct end of observation, in order of time; all arrays have the same length. */
export interface SurvivalCurve {
  time: Float64Array;
  atRisk: Float64Array;
  events: Float64Array;
  censored: Float64Array;
  /** S just after `time`. */
  survival: Float64Array;
  /** Greenwood's standard error of log S; Infinity where S = 0. */
  errorOfLog: Float64Array;
  /** Pointwise limits; NaN where the scale does not define them. */
  lower: Float64Array;
  upper: Float64Array;
  /** Nelson-Aalen estimate. */
  cumulativeHazard: Float64Array;
}

/** Estimates the curve. Ends count as tied only when equal; an event and a censoring at the same time: the event comes first. */
export function kaplanMeier(data: SurvivalData, options: CurveOptions = {}): SurvivalCurve {
  const { scale = "log-log", level = 0.95 } = options;
  requireLevel(level);
  requireSurvivalData(data);
  const z = normalQuantile(1 - (1 - level) / 2);
  const ends = countEnds(data);
  const steps = ends.time.length;
  const survival = new Float64Array(steps);
  const errorOfLog = new Float64Array(steps);
  const lower = new Float64Array(steps);
  const upper = new Float64Array(steps);
  const cumulativeHazard = new Float64Array(steps);
  let s = 1;
  let variance = 0;
  let hazard = 0;
  for (let i = 0; i < steps; i++) {
    const n = ends.atRisk[i];
    const d = ends.events[i];
    s *= (n - d) / n;
    if (d > 0) variance += d / (n * (n - d));
    hazard += d / n;
    survival[i] = s;
    errorOfLog[i] = Math.sqrt(variance);
    cumulativeHazard[i] = hazard;
    const limits = survivalInterval(s, errorOfLog[i], z, scale);
    lower[i] = limits.lower;
    upper[i] = limits.upper;
  }
  return { ...ends, survival, errorOfLog, lower, upper, cumulativeHazard };
}

/** Value of one column of the curve just after each time: `before` ahead of the first step, the last value past the end. */
export function curveAt(
  curve: SurvivalCurve,
  column: "survival" | "lower" | "upper" | "cumulativeHazard",
  times: readonly number[],
): number[] {
  const before = column === "cumulativeHazard" ? 0 : 1;
  return times.map((t) => {
    const next = firstIndex(curve.time, (end) => end > t);
    return next === 0 ? before : curve[column][next - 1];
  });
}

/** Numbers at risk just before each time, as printed under a curve; 0 past the last end of observation. */
export function atRiskAt(curve: SurvivalCurve, times: readonly number[]): number[] {
  return times.map((t) => {
    const next = firstIndex(curve.time, (end) => end >= t);
    return next === curve.time.length ? 0 : curve.atRisk[next];
  });
}

/**
 * Time by which the fraction p has had the event, with the limits where the pointwise limits cross 1 - p; NaN where not reached.
 * Where the curve is flat at exactly 1 - p the middle of the flat part is given, as in survfit.
 */
export function survivalQuantile(curve: SurvivalCurve, p: number): Interval & { time: number } {
  return {
    time: crossing(curve.time, curve.survival, p),
    lower: crossing(curve.time, curve.lower, p),
    upper: crossing(curve.time, curve.upper, p),
  };
}

/** Median time to the event, see `survivalQuantile`. */
export function medianSurvival(curve: SurvivalCurve): Interval & { time: number } {
  return survivalQuantile(curve, 0.5);
}

/** Flatness is judged with the tolerance of survfit, the square root of the machine's epsilon. */
const FLAT = 1.4901161193847656e-8;

function crossing(time: Float64Array, s: Float64Array, p: number): number {
  for (let i = 0; i < s.length; i++) {
    const failed = 1 - s[i];
    if (failed > p + FLAT) return time[i];
    if (Math.abs(failed - p) <= FLAT) {
      for (let j = i + 1; j < s.length; j++) if (1 - s[j] > failed) return (time[i] + time[j]) / 2;
      return (time[i] + time[time.length - 1]) / 2;
    }
  }
  return Number.NaN;
}

function firstIndex(sorted: Float64Array, found: (value: number) => boolean): number {
  const index = sorted.findIndex(found);
  return index < 0 ? sorted.length : index;
}

/** Numbers at risk, with the event and censored at every distinct end of observation. */
function countEnds(data: SurvivalData): Pick<SurvivalCurve, "time" | "atRisk" | "events" | "censored"> {
  const { event } = data;
  const time = Float64Array.from(data.time);
  const entries = data.entry ? Float64Array.from(data.entry).sort() : undefined;
  const order = Array.from(time, (_, i) => i).sort((a, b) => time[a] - time[b]);
  const ends: number[] = [];
  const atRisk: number[] = [];
  const events: number[] = [];
  const censored: number[] = [];
  let left = 0;
  let entered = entries ? 0 : time.length;
  while (left < order.length) {
    const end = time[order[left]];
    if (entries) while (entered < entries.length && entries[entered] < end) entered++;
    ends.push(end);
    atRisk.push(entered - left);
    let d = 0;
    const from = left;
    for (; left < order.length && time[order[left]] === end; left++) if (event[order[left]]) d++;
    events.push(d);
    censored.push(left - from - d);
  }
  return {
    time: Float64Array.from(ends),
    atRisk: Float64Array.from(atRisk),
    events: Float64Array.from(events),
    censored: Float64Array.from(censored),
  };
}

/** Refuses arrays of unequal length, missing times and entries at or after the end. */
export function requireSurvivalData(data: SurvivalData): void {
  const n = data.time.length;
  if (n === 0) throw new RangeError("survival data of nobody: give at least one time");
  if (data.event.length !== n || (data.entry && data.entry.length !== n)) {
    throw new RangeError(`${n} times, ${data.event.length} events: give one of each per person`);
  }
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(data.time[i])) throw new RangeError(`time[${i}] is ${data.time[i]}: give a finite number`);
    if (data.entry && !(data.entry[i] < data.time[i])) {
      throw new RangeError(
        `entry[${i}] is ${data.entry[i]}, time[${i}] is ${data.time[i]}: entry comes before the end`,
      );
    }
  }
}
