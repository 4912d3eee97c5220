import { QuantileCounter } from "../../statistics/index.js";
import type { SummaryNumber } from "../data.js";

/** Said in place of an interval. */
export const ONE_REPLICATE = "no interval: one replicate shows no spread";
const ONE_PATIENT = "no interval: one patient has a value";
/** With fewer replicates the 5th and 95th of a hundred are the lowest and the highest. */
const FEW = 20;

/** Median and 5–95 % of the patients who have a value, in bounded memory. */
export class Spread {
  private readonly values = new QuantileCounter();

  /** `signed`: values may be negative; else the integration may leave a negative rounding error where nothing is. */
  constructor(private readonly signed = false) {}

  add(value: number | null): void {
    if (value !== null && Number.isFinite(value)) this.values.add(this.signed ? value : Math.max(0, value));
  }

  number(name: string, about: string, unit: string): SummaryNumber {
    const { count } = this.values;
    const at = (p: number, least: number) => (count >= least ? this.values.quantile(p) : null);
    return {
      name,
      about,
      value: at(0.5, 1),
      unit,
      low: at(0.05, 2),
      high: at(0.95, 2),
      interval: count === 0 ? null : count === 1 ? ONE_PATIENT : "5–95 % of virtual patients",
    };
  }
}

/** The interval over replicates, as values that a replicate had (type 1 of Hyndman & Fan: at least 90 % of them lie within); null of fewer than two. */
export function replicateInterval(values: QuantileCounter): { low: number | null; high: number | null } {
  if (values.count < 2) return { low: null, high: null };
  return { low: values.quantile(0.05, 1), high: values.quantile(0.95, 1) };
}

/** What the interval of so many replicates is called. */
export const replicateWords = (count: number): string =>
  count < 2 ? ONE_REPLICATE : count < FEW ? `lowest to highest replicate (fewer than ${FEW})` : "90 % of replicates";

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

  /** `mean` null where no case had a value; `replicates`: those with a value. Call after the last case. */
  result(): { mean: number | null; low: number | null; high: number | null; replicates: number } {
    this.close();
    const mean = this.n === 0 ? null : this.sum / this.n;
    return { mean, ...replicateInterval(this.means), replicates: this.means.count };
  }

  /** As a percentage with the interval over replicates of the same size. */
  percent(name: string, about: string): SummaryNumber {
    const { mean, low, high, replicates } = this.result();
    const of = (x: number | null) => (x === null ? null : 100 * x);
    return {
      name,
      about,
      value: of(mean),
      unit: "%",
      low: of(low),
      high: of(high),
      interval: mean === null ? null : replicateWords(replicates),
    };
  }
}

/** A number without an interval. */
export const plainNumber = (name: string, about: string, value: number | null, unit = ""): SummaryNumber => ({
  name,
  about,
  value,
  unit,
  low: null,
  high: null,
  interval: null,
});
