/**
 * Tests of equal survival in two or more groups: the G-rho family (rho = 0 log-rank, rho = 1 Peto & Peto), stratified if asked.
 * Source: Harrington & Fleming, "A class of rank test procedures for censored survival data", Biometrika 69 (1982) 553.
 */
import { chiSquareTails } from "./continuous-tails.js";
import { pow } from "./elementary.js";
import { refuse, unknownNames, written } from "./faults.js";
import { tieNearTimes, timefixFaults } from "./near-ties.js";
import { type GroupedSurvival, groupedFaults } from "./survival-data.js";

export interface LogRankOptions {
  /** Times that differ by rounding only are one time (`near-ties.ts`); true if absent, as in R. */
  timefix?: boolean;
}

export interface LogRank {
  /** Groups in the order in which their labels first appear; events are weighted by S(t-)^rho of the stratum. */
  groups: { label: string | number; n: number; observed: number; expected: number }[];
  /** Covariance of observed - expected. */
  variance: number[][];
  chiSquare: number;
  df: number;
  p: number;
}

/**
 * Compares the groups; with `entry` a person is at risk from just after it. rho ≥ 0. Groups in which no event is expected do not count
 * in the degrees of freedom, and every set of groups that share no risk set with the others costs one more (R's survdiff fails on
 * those): df = 0 and p = 1 where nothing was compared. Data that cannot be (`groupedFaults`), a single group and another rho throw
 * RangeError; a column that is no array, TypeError.
 */
export function logRank(data: GroupedSurvival, rho = 0, options: LogRankOptions = {}): LogRank {
  const { timefix = true } = options;
  refuse([
    ...unknownNames("options", options, ["timefix"]),
    ...timefixFaults(timefix),
    ...(Number.isFinite(rho) && rho >= 0 ? [] : [`rho is ${written(rho)}: give a finite number of at least 0`]),
    ...groupedFaults(data),
  ]);
  const labels = Array.from(new Set(Array.from(data.group)));
  if (labels.length < 2) {
    throw new RangeError(
      `group is ${written(labels[0])} for everybody: give every person a group, and at least two groups`,
    );
  }
  const indexOf = new Map(labels.map((label, i) => [label, i]));
  const groups = labels.map((label) => ({ label, n: 0, observed: 0, expected: 0 }));
  const variance = labels.map(() => labels.map(() => 0));
  const members = Array.from(data.group, (label) => indexOf.get(label) as number);
  for (const g of members) groups[g].n++;
  const people: People = {
    ...tieNearTimes({ time: data.time, entry: data.entry, timefix }),
    event: data.event,
    members,
  };
  for (const stratum of strata(data)) addStratum(people, stratum, rho, groups, variance);

  const free = freeGroups(groups, variance);
  const df = free.length;
  const chiSquare = quadraticForm(
    free.map((i) => free.map((j) => variance[i][j])),
    free.map((i) => groups[i].observed - groups[i].expected),
  );
  return { groups, variance, chiSquare, df, p: df === 0 ? 1 : chiSquareTails(chiSquare, df).upper };
}

interface People {
  readonly time: Float64Array;
  readonly entry: Float64Array | undefined;
  readonly event: ArrayLike<boolean | number>;
  /** Group of each person. */
  readonly members: readonly number[];
}

/** People of each stratum. */
function strata(data: GroupedSurvival): number[][] {
  const all = Array.from(data.group, (_, i) => i);
  if (!data.stratum) return [all];
  const byLabel = new Map<string | number, number[]>();
  for (const i of all) {
    const people = byLabel.get(data.stratum[i]);
    if (people) people.push(i);
    else byLabel.set(data.stratum[i], [i]);
  }
  return Array.from(byLabel.values());
}

function addStratum(
  { time, entry, event, members }: People,
  stratum: readonly number[],
  rho: number,
  groups: LogRank["groups"],
  variance: number[][],
): void {
  const leaving = stratum.slice().sort((a, b) => time[a] - time[b]);
  const entering = entry ? stratum.slice().sort((a, b) => entry[a] - entry[b]) : leaving;
  const atRisk = groups.map(() => 0);
  let entered = 0;
  let survival = 1;
  for (let from = 0; from < leaving.length; ) {
    const now = time[leaving[from]];
    while (entered < entering.length && (!entry || entry[entering[entered]] < now))
      atRisk[members[entering[entered++]]]++;
    const n = entered - from;
    const weight = pow(survival, rho);
    const left = groups.map(() => 0);
    let d = 0;
    let to = from;
    for (; to < leaving.length && time[leaving[to]] === now; to++) {
      const g = members[leaving[to]];
      left[g]++;
      if (event[leaving[to]]) {
        d++;
        groups[g].observed += weight;
      }
    }
    const spread = n > 1 ? (weight * weight * d * (n - d)) / (n - 1) : 0;
    for (let g = 0; g < groups.length; g++) {
      const share = atRisk[g] / n;
      groups[g].expected += weight * d * share;
      for (let h = 0; h < groups.length; h++) variance[g][h] += spread * share * ((g === h ? 1 : 0) - atRisk[h] / n);
    }
    survival *= (n - d) / n;
    for (let g = 0; g < groups.length; g++) atRisk[g] -= left[g];
    from = to;
  }
}

/**
 * Groups whose differences determine the others': all with events expected but the last of each set that was compared. The covariance
 * is that of a graph in which groups at risk together are joined (its Laplacian), so its rank is groups less sets.
 */
function freeGroups(groups: LogRank["groups"], variance: readonly (readonly number[])[]): number[] {
  const counted = groups.flatMap((g, i) => (g.expected > 0 ? [i] : []));
  const set = groups.map((_, i) => i);
  for (const i of counted)
    for (const j of counted)
      if (variance[i][j] !== 0 && set[i] !== set[j]) {
        const [kept, gone] = [set[i], set[j]];
        for (const k of counted) if (set[k] === gone) set[k] = kept;
      }
  return counted.filter((i) => counted.some((j) => j > i && set[j] === set[i]));
}

/** b' A^-1 b for a positive definite A, by elimination. */
function quadraticForm(a: number[][], b: number[]): number {
  const m = a.map((row) => row.slice());
  const v = b.slice();
  let sum = 0;
  for (let k = 0; k < v.length; k++) {
    sum += (v[k] * v[k]) / m[k][k];
    for (let i = k + 1; i < v.length; i++) {
      const f = m[i][k] / m[k][k];
      for (let j = k + 1; j < v.length; j++) m[i][j] -= f * m[k][j];
      v[i] -= f * v[k];
    }
  }
  return sum;
}
