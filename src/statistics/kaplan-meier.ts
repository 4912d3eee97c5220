/**
 * Product-limit estimate of survival with right censoring and, optionally, late entry.
 * Sources: Kaplan & Meier, JASA 53 (1958) 457; Greenwood (1926) for the variance; conventions of R's survfit.
 */
import { firstFault, refuse, unknownNames, written } from "./faults.js";
import { type Interval, normalDeviate, requireLevel, requireProbability } from "./interval.js";
import { type TiedTimes, tieNearTimes, timefixFaults } from "./near-ties.js";
import { type SurvivalData, survivalFaults } from "./survival-data.js";
import { SURVIVAL_SCALES, type SurvivalScale, survivalInterval } from "./survival-interval.js";

/** How a curve is made. */
export interface CurveOptions {
  /** Of the limits; "log-log" if absent. */
  scale?: SurvivalScale;
  /** Two-sided, of the limits; 0.95 if absent. */
  level?: number;
  /** Times that differ by rounding only are one time (`near-ties.ts`); true if absent, as in R. */
  timefix?: boolean;
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
  /** Starts of observation in order of time; absent without late entry. */
  entries?: Float64Array;
  /** A time at most this far from a step is the time of the step; 0 where `timefix` is off. */
  tolerance: number;
}

/**
 * Estimates the curve of all people together; groups are not looked at. An event and a censoring at the same time: the event comes first.
 * Data that cannot be (`survivalFaults`) and options that are not known throw RangeError; a column that is no array, TypeError.
 */
export function kaplanMeier(data: SurvivalData, options: CurveOptions = {}): SurvivalCurve {
  const { scale = "log-log", level = 0.95, timefix = true } = options;
  requireLevel(level);
  refuse([
    ...unknownNames("options", options, ["scale", "level", "timefix"]),
    ...(SURVIVAL_SCALES.includes(scale)
      ? []
      : [`scale is ${written(scale)}: give one of ${SURVIVAL_SCALES.join(", ")}`]),
    ...timefixFaults(timefix),
    ...survivalFaults(data),
  ]);
  const z = normalDeviate(level);
  const times = tieNearTimes({ time: data.time, entry: data.entry, timefix });
  const entries = times.entry?.slice().sort();
  const ends = countEnds(times.time, data.event, entries);
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
  const curve = { ...ends, survival, errorOfLog, lower, upper, cumulativeHazard, tolerance: times.tolerance };
  return entries ? { ...curve, entries } : curve;
}

const COLUMNS = ["survival", "lower", "upper", "cumulativeHazard"] as const;

/**
 * Value of one column of the curve just after each time: that of S = 1 ahead of the first step, the last value past the end.
 * A time that is NaN or a column that is not among these throws RangeError.
 */
export function curveAt(curve: SurvivalCurve, column: (typeof COLUMNS)[number], times: readonly number[]): number[] {
  refuse([
    ...(COLUMNS.includes(column) ? [] : [`column is ${written(column)}: give one of ${COLUMNS.join(", ")}`]),
    ...readingFaults(times),
  ]);
  const before = column === "cumulativeHazard" ? 0 : 1;
  return times.map((t) => {
    const next = firstIndex(curve.time, (end) => end > t + curve.tolerance);
    return next === 0 ? before : curve[column][next - 1];
  });
}

/**
 * Numbers at risk just before each time, as printed under a curve; 0 past the last end of observation. With late entry those who
 * enter before the time count, and those who enter at 0 count from the beginning.
 */
export function atRiskAt(curve: SurvivalCurve, times: readonly number[]): number[] {
  refuse(readingFaults(times));
  const { entries, tolerance } = curve;
  return times.map((t) => {
    const next = firstIndex(curve.time, (end) => end >= t - tolerance);
    if (!entries) return next === curve.time.length ? 0 : curve.atRisk[next];
    let people = firstIndex(entries, (start) => start > 0 && start >= t - tolerance);
    for (let i = 0; i < next; i++) people -= curve.events[i] + curve.censored[i];
    return people;
  });
}

function readingFaults(times: readonly number[]): string[] {
  return firstFault("times", times, (t) => typeof t === "number" && !Number.isNaN(t), "give a time");
}

/**
 * Time by which the fraction p (0 … 1) has had the event, with the limits where the pointwise limits cross 1 - p; NaN where not reached.
 * Where the curve is flat at exactly 1 - p the middle of the flat part is given, and 0 for p = 0, as in R's quantile of a survfit.
 */
export function survivalQuantile(curve: SurvivalCurve, p: number): Interval & { time: number } {
  requireProbability(p);
  if (p === 0) return { time: 0, lower: 0, upper: 0 };
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

/** Numbers at risk, with the event and censored at every distinct end of observation; `entries` sorted. */
function countEnds(
  time: TiedTimes["time"],
  event: SurvivalData["event"],
  entries: Float64Array | undefined,
): Pick<SurvivalCurve, "time" | "atRisk" | "events" | "censored"> {
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
