import { QuantileCounter } from "../../statistics/index.js";
import type { TrialCase } from "../../trial/index.js";
import type { ShareCurve } from "../data.js";
import { tickDays } from "../tick-days.js";
import { replicateInterval } from "./numbers.js";

/** Ends of observation by day (rounded up to whole days): what a product-limit estimate needs. */
class Ends {
  readonly failed: Float64Array;
  readonly censored: Float64Array;
  n = 0;

  constructor(until: number) {
    this.failed = new Float64Array(Math.ceil(until) + 1);
    this.censored = new Float64Array(Math.ceil(until) + 1);
  }

  add(day: number, failed: boolean): void {
    const at = Math.min(Math.ceil(day), this.failed.length - 1);
    (failed ? this.failed : this.censored)[at]!++;
    this.n++;
  }

  clear(): void {
    this.failed.fill(0);
    this.censored.fill(0);
    this.n = 0;
  }

  /**
   * Survival just after, and number at risk just before, each of `days` (whole, ascending). Failures of a day come before its censorings (Kaplan & Meier 1958).
   * Survival is null past the last end of observation where somebody was still free of failure: nobody is left to estimate it from.
   */
  at(days: readonly number[]): { survival: number | null; atRisk: number }[] {
    let risk = this.n;
    let survival = 1;
    let day = 0;
    return days.map((target) => {
      // At risk just before the day: who has not ended earlier.
      for (; day < target && day < this.failed.length; day++) {
        if (this.failed[day]! > 0) survival *= 1 - this.failed[day]! / risk;
        risk -= this.failed[day]! + this.censored[day]!;
      }
      const failing = target < this.failed.length ? this.failed[target]! : 0;
      const after = failing > 0 ? survival * (1 - failing / risk) : survival;
      return { survival: risk === 0 && survival > 0 ? null : after, atRisk: risk };
    });
  }
}

/**
 * Kaplan–Meier per arm of the time from the first visit in drug-free remission to its loss, among those who reached it; the band is over the curves of the
 * replicates in which somebody did. Cases must come replicate by replicate.
 */
export class SurvivalCounter {
  private readonly grid: readonly number[];
  private readonly arms: ReadonlyMap<
    string,
    { readonly all: Ends; readonly one: Ends; readonly bands: readonly QuantileCounter[] }
  >;
  private replicate = -1;
  private replicates = 0;

  constructor(
    private readonly until: number,
    visits: readonly number[],
    arms: readonly string[],
  ) {
    const weekly = Array.from({ length: Math.floor(until / 7) + 1 }, (_, k) => 7 * k);
    this.grid = [...new Set([...weekly, ...visits.map(Math.ceil), ...tickDays(until), Math.ceil(until)])]
      .filter((day) => day <= Math.ceil(until))
      .sort((a, b) => a - b);
    this.arms = new Map(
      arms.map((arm) => [
        arm,
        { all: new Ends(until), one: new Ends(until), bands: this.grid.map(() => new QuantileCounter()) },
      ]),
    );
  }

  add({ run, outcomes, replicate }: TrialCase): void {
    if (replicate !== this.replicate) {
      this.close();
      this.replicate = replicate;
      this.replicates++;
    }
    if (outcomes.remission === null) return;
    const { from, until, lost } = outcomes.remission;
    const { all, one } = this.arms.get(run.arm)!;
    all.add(until - from, lost);
    one.add(until - from, lost);
  }

  private close(): void {
    for (const { one, bands } of this.arms.values()) {
      if (one.n === 0) continue;
      one.at(this.grid).forEach(({ survival }, i) => {
        if (survival !== null) bands[i]!.add(survival);
      });
      one.clear();
    }
  }

  /** Days since the first drug-free remission that a table shows. */
  tableDays = (): number[] => tickDays(this.until);

  /** Call after the last case. Only arms in which somebody reached it; `n`: at risk just before the day, mean per replicate. */
  curves(): ShareCurve[] {
    this.close();
    return [...this.arms].flatMap(([arm, { all, bands }]) => {
      if (all.n === 0) return [];
      const points = all.at(this.grid).flatMap(({ survival, atRisk }, i) =>
        survival === null
          ? []
          : [
              {
                day: this.grid[i]!,
                value: survival,
                ...replicateInterval(bands[i]!),
                n: atRisk / this.replicates,
              },
            ],
      );
      return [{ arm, points }];
    });
  }
}
