/** Sensitivity over the whole range of the inputs, as points of the unit cube: Sobol indices and Morris' elementary effects. */
import type { Stream } from "./philox.js";

export type Point = readonly number[];

/** Points of which Sobol indices are made: two independent samples, and the first with one column of the second, for each column. */
export interface SobolDesign {
  readonly a: readonly Point[];
  readonly b: readonly Point[];
  /** By input, then by row. */
  readonly mixed: readonly (readonly Point[])[];
}

export function sobolDesign(rows: number, inputs: number, random: Stream): SobolDesign {
  const sample = () => Array.from({ length: rows }, () => Array.from({ length: inputs }, () => random.uniform()));
  const [a, b] = [sample(), sample()];
  const mixed = Array.from({ length: inputs }, (_, j) =>
    a.map((point, i) => point.map((value, k) => (k === j ? b[i]![k]! : value))),
  );
  return { a, b, mixed };
}

export interface SobolIndex {
  readonly first: number;
  readonly total: number;
  /** Standard errors of the two over the rows. */
  readonly firstError: number;
  readonly totalError: number;
}

/**
 * First-order indices by the estimator of Saltelli et al. 2010, total ones by that of Jansen 1999, both as tabulated in Comput Phys Commun 2010;181:259. Values in the layout of the design; rows with a value that
 * is not finite are left out everywhere.
 */
export function sobolIndices(
  a: readonly number[],
  b: readonly number[],
  mixed: readonly (readonly number[])[],
): {
  readonly indices: readonly SobolIndex[];
  readonly mean: number;
  readonly variance: number;
  readonly rows: number;
} {
  const kept = a
    .map((_, i) => i)
    .filter((i) => [a[i]!, b[i]!, ...mixed.map((column) => column[i]!)].every(Number.isFinite));
  const both = kept.flatMap((i) => [a[i]!, b[i]!]);
  const mean = average(both);
  const variance = average(both.map((value) => (value - mean) ** 2));
  const indices = mixed.map((column): SobolIndex => {
    // About the mean: the same expectation with less noise.
    const first = kept.map((i) => ((b[i]! - mean) * (column[i]! - a[i]!)) / variance);
    const total = kept.map((i) => (a[i]! - column[i]!) ** 2 / (2 * variance));
    return {
      first: average(first),
      total: average(total),
      firstError: standardError(first),
      totalError: standardError(total),
    };
  });
  return { indices, mean, variance, rows: kept.length };
}

/** Paths of Morris 1991 through a grid of four levels: each goes from point to point by one input at a time, by 2/3 up or down, in an order of its own. */
export interface MorrisPath {
  readonly points: readonly Point[];
  /** Input that moves from each point to the next. */
  readonly moves: readonly number[];
}

const LEVELS = 4;
const MOVE = LEVELS / (2 * (LEVELS - 1));

export function morrisPaths(paths: number, inputs: number, random: Stream): MorrisPath[] {
  const below = (n: number) => Math.min(n - 1, Math.floor(random.uniform() * n));
  return Array.from({ length: paths }, () => {
    // A level from which up or down stays in the cube, and the direction.
    let point = Array.from({ length: inputs }, () => below(LEVELS) / (LEVELS - 1));
    const moves = Array.from({ length: inputs }, (_, j) => j);
    for (let i = inputs - 1; i > 0; i--) {
      const j = below(i + 1);
      [moves[i], moves[j]] = [moves[j]!, moves[i]!];
    }
    const points = [point];
    for (const j of moves) {
      point = point.map((value, k) => (k === j ? (value + MOVE > 1 + 1e-9 ? value - MOVE : value + MOVE) : value));
      points.push(point);
    }
    return { points, moves };
  });
}

export interface ElementaryEffects {
  /** Mean of the sizes (Campolongo et al. 2007), and spread: 0 for an effect that is the same everywhere. */
  readonly size: number;
  readonly spread: number;
  /** Standard error of the size over the paths. */
  readonly error: number;
}

/** Effects per unit of the cube. `values`: by path, then by point; steps between values that are not finite are left out. */
export function elementaryEffects(
  paths: readonly MorrisPath[],
  values: readonly (readonly number[])[],
): ElementaryEffects[] {
  const effects: number[][] = Array.from({ length: paths[0]?.moves.length ?? 0 }, () => []);
  paths.forEach(({ points, moves }, p) => {
    moves.forEach((input, i) => {
      const effect = (values[p]![i + 1]! - values[p]![i]!) / (points[i + 1]![input]! - points[i]![input]!);
      if (Number.isFinite(effect)) effects[input]!.push(effect);
    });
  });
  return effects.map((list) => {
    const sizes = list.map(Math.abs);
    const mean = average(list);
    const spread = Math.sqrt(list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, list.length - 1));
    return { size: average(sizes), spread, error: standardError(sizes) };
  });
}

const average = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;

function standardError(list: readonly number[]): number {
  const mean = average(list);
  const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, list.length - 1);
  return Math.sqrt(variance / list.length);
}
