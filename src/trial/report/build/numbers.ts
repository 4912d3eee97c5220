import { quantiles } from "../../../statistics/index.js";
import type { TrialCase } from "../../results.js";
import type { SummaryNumber } from "../report-data.js";

/** Collects the numbers of a report; every name once. */
export class Numbers {
  private readonly list: SummaryNumber[] = [];

  add(number: SummaryNumber): void {
    this.list.push(number);
  }

  /** Median and 5–95 % of patients who have a value. */
  spread(name: string, about: string, unit: string, values: readonly (number | null)[]): void {
    const present = values.filter((value): value is number => value !== null && Number.isFinite(value));
    const [low, value, high] = present.length > 0 ? quantiles(present, [0.05, 0.5, 0.95]) : [null, null, null];
    this.add({
      name,
      about,
      value: value!,
      unit,
      low: low!,
      high: high!,
      interval: present.length > 0 ? "5–95 % of virtual patients" : null,
    });
  }

  /** Percentage of all patients, with the 90 % interval over replicates of the same size. */
  percent(name: string, about: string, cases: readonly TrialCase[], test: (c: TrialCase) => number | null): void {
    const { value, low, high } = overReplicates(cases, test);
    const percent = (x: number | null) => (x === null ? null : 100 * x);
    this.add({
      name,
      about,
      value: percent(value),
      unit: "%",
      low: percent(low),
      high: percent(high),
      interval: value === null ? null : "90 % of replicates",
    });
  }

  all(): readonly SummaryNumber[] {
    return this.list;
  }
}

/** Mean over all cases, and the 5th and 95th percentile of the means of the replicates. Cases without a value are left out. */
export function overReplicates(
  cases: readonly TrialCase[],
  value: (c: TrialCase) => number | null,
): { value: number | null; low: number | null; high: number | null; means: number[] } {
  const sums = new Map<number, { sum: number; n: number }>();
  let sum = 0;
  let n = 0;
  for (const c of cases) {
    const x = value(c);
    if (x === null) continue;
    const replicate = sums.get(c.replicate) ?? { sum: 0, n: 0 };
    replicate.sum += x;
    replicate.n++;
    sums.set(c.replicate, replicate);
    sum += x;
    n++;
  }
  const means = [...sums.values()].map((replicate) => replicate.sum / replicate.n);
  if (n === 0) return { value: null, low: null, high: null, means };
  const [low, high] = quantiles(means, [0.05, 0.95]);
  return { value: sum / n, low: low!, high: high!, means };
}
