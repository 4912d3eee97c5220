import { QuantileCounter } from "../../statistics/index.js";
import type { TrialCase } from "../../trial/index.js";
import { months } from "../../trial/index.js";
import type { SurvivalCurve } from "../data.js";

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

  /** Survival just after, and number at risk just before, each of `days` (whole, ascending). Failures of a day come before its censorings (Kaplan & Meier 1958). */
  at(days: readonly number[]): { survival: number; atRisk: number }[] {
    let risk = this.n;
    let survival = 1;
    let day = 0;
    return days.map((target) => {
      let before = risk;
      for (; day <= target && day < this.failed.length; day++) {
        before = risk;
        if (this.failed[day]! > 0) survival *= 1 - this.failed[day]! / risk;
        risk -= this.failed[day]! + this.censored[day]!;
      }
      return { survival, atRisk: before };
    });
  }
}

/** Kaplan–Meier of drug-free remission per arm; the band is the 5th to 95th percentile of the curves of the replicates. Cases must come replicate by replicate. */
export class SurvivalCounter {
  private readonly grid: readonly number[];
  private readonly arms: ReadonlyMap<
    string,
    { readonly all: Ends; readonly one: Ends; readonly bands: readonly QuantileCounter[] }
  >;
  private replicate = -1;

  constructor(
    private readonly until: number,
    visits: readonly number[],
    arms: readonly string[],
  ) {
    const weekly = Array.from({ length: Math.floor(until / 7) + 1 }, (_, k) => 7 * k);
    const ticks = [0, 6, 12, 18, 24].map((n) => Math.floor(months(n)));
    this.grid = [...new Set([...weekly, ...visits, ...ticks, Math.ceil(until)])]
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
    }
    const { all, one } = this.arms.get(run.arm)!;
    all.add(outcomes.failure.day, outcomes.failure.failed);
    one.add(outcomes.failure.day, outcomes.failure.failed);
  }

  private close(): void {
    for (const { one, bands } of this.arms.values()) {
      if (one.n === 0) continue;
      one.at(this.grid).forEach(({ survival }, i) => {
        bands[i]!.add(survival);
      });
      one.clear();
    }
  }

  /** Call after the last case. */
  curves(): SurvivalCurve[] {
    this.close();
    return [...this.arms].map(([arm, { all, bands }]) => {
      const steps = all.at(this.grid).map(({ survival }, i) => ({
        day: this.grid[i]!,
        value: survival,
        low: bands[i]!.quantile(0.05),
        high: bands[i]!.quantile(0.95),
      }));
      const ticks = [0, 3, 6, 9, 12, 15, 18, 21, 24].map(months).filter((day) => day <= this.until + 1);
      const risk = all.at(ticks.map((day) => Math.ceil(day)));
      return { arm, steps, atRisk: ticks.map((day, i) => ({ day, n: day === 0 ? all.n : risk[i]!.atRisk })) };
    });
  }
}

/** The step of a curve that holds at a day. */
export const stepAt = ({ steps }: SurvivalCurve, day: number) =>
  steps.reduce((last, step) => (step.day <= day ? step : last));
