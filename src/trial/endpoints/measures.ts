/** Summary measures of one course. Straight lines between the times. docs/notes/courses.md */
import type { Measure } from "../../study/index.js";

interface Point {
  readonly day: number;
  readonly value: number;
}

/** `values` by day, ascending; NaN where the patient was not followed. `window`: days looked at unless the measure says. NaN where it did not happen, or was not followed to its end. */
export function takeMeasure(
  measure: Measure,
  days: readonly number[],
  values: ArrayLike<number>,
  window: { readonly from: number; readonly to: number },
): number {
  const from = Math.max(measure.from ?? window.from, days[0] ?? Number.POSITIVE_INFINITY);
  const to = Math.min(measure.to ?? window.to, days[days.length - 1] ?? Number.NEGATIVE_INFINITY);
  const points = pointsBetween(days, values, from, to);
  if (points.length === 0 || points.some(({ value }) => Number.isNaN(value))) return Number.NaN;
  const level = measure.level ?? 0;
  switch (measure.take) {
    case "cmax":
      return best(points, 1).value;
    case "tmax":
      return best(points, 1).day;
    case "nadir":
      return best(points, -1).value;
    case "nadir-day":
      return best(points, -1).day;
    case "auc":
      return sumOfParts(points, (a, b) => (b.day - a.day) * ((a.value + b.value) / 2));
    case "time-above":
      return sumOfParts(points, (a, b) => daysAbove(a, b, level));
    case "time-below":
      return sumOfParts(points, (a, b) => b.day - a.day - daysAbove(a, b, level));
    case "return":
      return returnDay(points, level);
  }
}

/** Those of the grid within, and the ends by straight lines. */
function pointsBetween(days: readonly number[], values: ArrayLike<number>, from: number, to: number): Point[] {
  if (!(from <= to)) return [];
  const inside = days.flatMap((day, i) => (day >= from && day <= to ? [{ day, value: values[i]! }] : []));
  const at = (day: number): Point[] => {
    const after = days.findIndex((each) => each > day);
    if (after <= 0 || days[after - 1] === day) return [];
    const [a, b] = [days[after - 1]!, days[after]!];
    const share = (day - a) / (b - a);
    return [{ day, value: values[after - 1]! + share * (values[after]! - values[after - 1]!) }];
  };
  return [...at(from), ...inside, ...(to > from ? at(to) : [])];
}

/** The first of the highest (1) or lowest (−1). */
const best = (points: readonly Point[], sign: 1 | -1): Point =>
  points.reduce((found, point) => (sign * point.value > sign * found.value ? point : found));

function sumOfParts(points: readonly Point[], part: (a: Point, b: Point) => number): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += part(points[i - 1]!, points[i]!);
  return sum;
}

/** Days of a straight line above a level. */
function daysAbove(a: Point, b: Point, level: number): number {
  const [low, high] = a.value < b.value ? [a.value, b.value] : [b.value, a.value];
  if (low >= level) return b.day - a.day;
  if (high <= level) return 0;
  return ((high - level) / (high - low)) * (b.day - a.day);
}

function returnDay(points: readonly Point[], level: number): number {
  const below = points.findIndex(({ value }) => value < level);
  if (below < 0) return Number.NaN;
  for (let i = below + 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    if (b.value >= level) return a.day + ((level - a.value) / (b.value - a.value)) * (b.day - a.day);
  }
  return Number.NaN;
}
