import { binomial, geometricSum, log, poisson, pow, type Stream } from "../../statistics/index.js";

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
 * For an arrival at s: m_s = m/m(s), W_s = W + m_s·(1 − W(s)). Between two points the surviving arrivals are taken to change exponentially, because under strong
 * killing nearly all survivors of an interval arrived just before its end: a trapezoid of k days would find 0.5·k·death times too many.
 */
export function drawArrivals(stream: Stream, points: readonly ArrivalPoint[]): number {
  const end = points[points.length - 1]!;
  const law = (point: ArrivalPoint): LineageLaw => {
    const m = point.m > 0 ? Math.max(0, end.m / point.m) : 0;
    const W = end.W + m * (1 - point.W);
    // True laws have W_s ≥ 1 and W_s ≥ m_s. Where they fail by more than the error of W, m(s) is rounding noise: killing was strong, and nobody survived it.
    return W < Math.max(1, m) - 0.01 * end.W ? { m: 0, W: 1 } : { m, W: Math.max(1, m, W) };
  };
  const weights = new Float64Array(points.length);
  let total = 0;
  const surviving = (point: ArrivalPoint) => point.rate * survivalProbability(law(point));
  let after = points.length > 1 ? surviving(points[0]!) : 0;
  for (let i = 0; i + 1 < points.length; i++) {
    const before = after;
    after = surviving(points[i + 1]!);
    if (!(before + after > 0)) continue;
    const weight = (points[i + 1]!.time - points[i]!.time) * exponentialMean(before, after);
    weights[i] = weights[i]! + (weight * before) / (before + after);
    weights[i + 1] = weights[i + 1]! + (weight * after) / (before + after);
    total += weight;
  }
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

/** Mean over an interval of what goes exponentially from a to b; linearly where one of them is 0. */
function exponentialMean(a: number, b: number): number {
  const mean = 0.5 * (a + b);
  if (a <= 0 || b <= 0 || Math.abs(b - a) < 1e-3 * mean) return mean;
  return (b - a) / log(b / a);
}
