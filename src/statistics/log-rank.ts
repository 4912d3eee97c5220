/**
 * Tests of equal survival in two or more groups: the G-rho family (rho = 0 log-rank, rho = 1 Peto & Peto), stratified if asked.
 * Source: Harrington & Fleming, "A class of rank test procedures for censored survival data", Biometrika 69 (1982) 553.
 */
import { chiSquareTails } from "./continuous-tails.js";
import { pow } from "./elementary.js";
import { requireSurvivalData, type SurvivalData } from "./kaplan-meier.js";

export interface GroupedSurvival extends Omit<SurvivalData, "entry"> {
  /** Label of each person's group. */
  group: ArrayLike<string | number>;
  /** Label of each person's stratum; absent: one stratum. */
  stratum?: ArrayLike<string | number>;
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

/** Compares the groups. Groups in which no event is expected do not count in the degrees of freedom. */
export function logRank(data: GroupedSurvival, rho = 0): LogRank {
  requireSurvivalData(data);
  const labels = Array.from(new Set(Array.from(data.group)));
  if (data.group.length !== data.time.length || labels.length < 2) {
    throw new RangeError(`${labels.length} group(s): give every person a group, and at least two groups`);
  }
  const indexOf = new Map(labels.map((label, i) => [label, i]));
  const groups = labels.map((label) => ({ label, n: 0, observed: 0, expected: 0 }));
  const variance = labels.map(() => labels.map(() => 0));
  const members = Array.from(data.group, (label) => indexOf.get(label) as number);
  for (const g of members) groups[g].n++;
  for (const people of strata(data)) addStratum(data, members, people, rho, groups, variance);

  const counted = groups.flatMap((g, i) => (g.expected > 0 ? [i] : []));
  const df = Math.max(0, counted.length - 1);
  const free = counted.slice(0, df);
  const chiSquare = quadraticForm(
    free.map((i) => free.map((j) => variance[i][j])),
    free.map((i) => groups[i].observed - groups[i].expected),
  );
  return { groups, variance, chiSquare, df, p: df === 0 ? 1 : chiSquareTails(chiSquare, df).upper };
}

/** People of each stratum, in order of time. */
function strata(data: GroupedSurvival): number[][] {
  const order = Array.from(data.group, (_, i) => i).sort((a, b) => data.time[a] - data.time[b]);
  if (!data.stratum) return [order];
  const byLabel = new Map<string | number, number[]>();
  for (const i of order) {
    const people = byLabel.get(data.stratum[i]);
    if (people) people.push(i);
    else byLabel.set(data.stratum[i], [i]);
  }
  return Array.from(byLabel.values());
}

function addStratum(
  data: GroupedSurvival,
  members: readonly number[],
  people: readonly number[],
  rho: number,
  groups: LogRank["groups"],
  variance: number[][],
): void {
  const atRisk = groups.map(() => 0);
  for (const i of people) atRisk[members[i]]++;
  let survival = 1;
  for (let from = 0; from < people.length; ) {
    const time = data.time[people[from]];
    const n = people.length - from;
    const weight = pow(survival, rho);
    const leaving = groups.map(() => 0);
    let d = 0;
    let to = from;
    for (; to < people.length && data.time[people[to]] === time; to++) {
      const g = members[people[to]];
      leaving[g]++;
      if (data.event[people[to]]) {
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
    for (let g = 0; g < groups.length; g++) atRisk[g] -= leaving[g];
    from = to;
  }
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
