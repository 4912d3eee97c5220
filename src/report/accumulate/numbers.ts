import { QuantileCounter } from "../../statistics/index.js";
import type { SummaryNumber } from "../data.js";

/** Median and 5–95 % of the patients who have a value, in bounded memory. */
export class Spread {
  private readonly values = new QuantileCounter();

  add(value: number | null): void {
    // The integration may leave a negative rounding error where nothing is.
    if (value !== null && Number.isFinite(value)) this.values.add(Math.max(0, value));
  }

  number(name: string, about: string, unit: string): SummaryNumber {
    const at = (p: number) => (this.values.count > 0 ? this.values.quantile(p) : null);
    return {
      name,
      about,
      value: at(0.5),
      unit,
      low: at(0.05),
      high: at(0.95),
      interval: this.values.count > 0 ? "5–95 % of virtual patients" : null,
    };
  }
}

/** The mean over all cases, and quantiles of the means of the replicates. Cases must come replicate by replicate. */
export class ReplicateMean {
  private sum = 0;
  private n = 0;
  private current = { replicate: -1, sum: 0, n: 0 };
  private readonly means = new QuantileCounter();

  add(replicate: number, value: number | null): void {
    if (value === null) return;
    if (replicate !== this.current.replicate) {
      this.close();
      this.current = { replicate, sum: 0, n: 0 };
    }
    this.current.sum += value;
    this.current.n++;
    this.sum += value;
    this.n++;
  }

  private close(): void {
    if (this.current.n > 0) this.means.add(this.current.sum / this.current.n);
    this.current = { replicate: this.current.replicate, sum: 0, n: 0 };
  }

  /** Null where no case had a value. Call after the last case. */
  result(): { mean: number; low: number; median: number; high: number } | null {
    this.close();
    if (this.n === 0) return null;
    const at = (p: number) => this.means.quantile(p);
    return { mean: this.sum / this.n, low: at(0.05), median: at(0.5), high: at(0.95) };
  }

  /** As a percentage with the 90 % interval over replicates of the same size. */
  percent(name: string, about: string): SummaryNumber {
    const found = this.result();
    const of = (x: number | undefined) => (x === undefined ? null : 100 * x);
    return {
      name,
      about,
      value: of(found?.mean),
      unit: "%",
      low: of(found?.low),
      high: of(found?.high),
      interval: found ? "90 % of replicates" : null,
    };
  }
}

/** A number without an interval. */
export const plainNumber = (name: string, about: string, value: number): SummaryNumber => ({
  name,
  about,
  value,
  unit: "",
  low: null,
  high: null,
  interval: null,
});
