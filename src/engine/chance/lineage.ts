import { binomial, geometricSum, poisson, pow, type Stream } from "../../statistics/index.js";

/**
 * A birth–death process with rates b(t), d(t) per cell (Kendall 1948, Ann Math Stat 19:1). For one founder:
 * m' = (b − d)·m, m(0) = 1; W' = (b − d)·W + d, W(0) = 1. It has survivors with probability m/W, and then their number is geometric on {1, 2, …} with mean W.
 */
export interface LineageLaw {
  readonly m: number;
  readonly W: number;
}

export const survivalProbability = ({ m, W }: LineageLaw): number => (m <= 0 ? 0 : Math.min(1, m / W));

/** Probability that none of `founders` (a whole number) has survivors. */
export const extinctionProbability = (law: LineageLaw, founders: number): number =>
  pow(1 - survivalProbability(law), founders);

/** Number of cells that descend from `founders` (a whole number): a whole number. */
export function drawDescendants(stream: Stream, law: LineageLaw, founders: number): number {
  const lineages = binomial(stream, founders, survivalProbability(law));
  return geometricSum(stream, lineages, Math.max(1, law.W));
}

/** What is known at one time of an interval: cells that arrive per day, and the law of a founder of the interval's start. */
export interface ArrivalPoint extends LineageLaw {
  readonly time: number;
  readonly rate: number;
}

/**
 * Number of cells at the end that descend from cells which arrive during the interval as a Poisson process. `points` cover it from start to end, in order.
 * For an arrival at s: m_s = m/m(s), W_s = W + m_s·(1 − W(s)). The integral over s is taken by the trapezoid rule.
 */
export function drawArrivals(stream: Stream, points: readonly ArrivalPoint[]): number {
  const end = points[points.length - 1]!;
  const law = (point: ArrivalPoint): LineageLaw => {
    const m = point.m > 0 ? end.m / point.m : 0;
    return { m, W: end.W + m * (1 - point.W) };
  };
  const weights: number[] = [];
  let total = 0;
  points.forEach((point, i) => {
    const before = i > 0 ? point.time - points[i - 1]!.time : 0;
    const after = i + 1 < points.length ? points[i + 1]!.time - point.time : 0;
    const weight = 0.5 * (before + after) * point.rate * survivalProbability(law(point));
    total += weight;
    weights.push(weight);
  });
  if (!(total > 0)) return 0;
  let lineages = poisson(stream, total);
  let cells = 0;
  // Which arrivals survived: one after another, by inverse probability.
  for (; lineages > 0; lineages--) {
    let left = stream.uniform() * total;
    let i = 0;
    while (i + 1 < weights.length && left >= weights[i]!) left -= weights[i++]!;
    cells += geometricSum(stream, 1, Math.max(1, law(points[i]!).W));
  }
  return cells;
}
