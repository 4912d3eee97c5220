import { binomial, quantiles, type Stream } from "../../statistics/index.js";

/** Cohorts drawn per figure. */
const DRAWS = 2000;
/** Values per disease that a mean is drawn from: the first patients of the run, whatever the number of workers. */
const KEPT = 4096;
/** Simulated patients per patient of the cohort: from fewer, a drawn cohort is the simulated one again. */
const LEAST_RATIO = 2;

/** Of each disease so many patients. */
export type Composition = Readonly<Record<string, number>>;

/** What an endpoint said of the simulated patients, by disease, in bounded memory. */
export class SimulatedValues {
  private readonly diseases = new Map<string, { n: number; sum: number; readonly values: number[] }>();

  /** `keep`: the values one by one; not needed of 0 and 1. */
  constructor(private readonly keep: boolean) {}

  add(disease: string, value: number | null): void {
    if (value === null) return;
    const found = this.diseases.get(disease) ?? { n: 0, sum: 0, values: [] };
    this.diseases.set(disease, found);
    found.n++;
    found.sum += value;
    if (this.keep && found.values.length < KEPT) found.values.push(value);
  }

  /** Simulated patients with a value. */
  get count(): number {
    return [...this.diseases.values()].reduce((sum, { n }) => sum + n, 0);
  }

  /** Patients by disease, as they were simulated. */
  composition(): Composition {
    return Object.fromEntries([...this.diseases].map(([disease, { n }]) => [disease, n]));
  }

  /** Mean over all patients, each disease weighted as in `composition`; null where one of its diseases has no value. */
  mean(composition: Composition): number | null {
    const total = Object.values(composition).reduce((a, b) => a + b, 0);
    let mean = 0;
    for (const [disease, share] of Object.entries(composition)) {
      if (share === 0) continue;
      const found = this.diseases.get(disease);
      if (!found) return null;
      mean += (share / total) * (found.sum / found.n);
    }
    return total === 0 ? null : mean;
  }

  /** Why no cohort of this composition can be drawn; null where one can. */
  refusal(composition: Composition): string | null {
    for (const [disease, n] of Object.entries(composition)) {
      if (n === 0) continue;
      const there = this.diseases.get(disease)?.n ?? 0;
      if (there < LEAST_RATIO * n)
        return `no interval: ${there} simulated patients with ${disease} are too few to draw ${n} from (${LEAST_RATIO * n} are needed)`;
    }
    return null;
  }

  /** Median, 5th and 95th percentile of the means of drawn cohorts: type 1 of Hyndman & Fan, so each is a value that such a cohort can have. */
  draw(composition: Composition, random: Stream): { median: number; low: number; high: number } {
    const size = Object.values(composition).reduce((a, b) => a + b, 0);
    const parts = Object.entries(composition)
      .filter(([, n]) => n > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([disease, n]) => ({ n, found: this.diseases.get(disease)! }));
    const means = Float64Array.from({ length: DRAWS }, () => {
      let sum = 0;
      for (const { n, found } of parts)
        if (!this.keep) sum += binomial(random, n, found.sum / found.n);
        else for (let i = 0; i < n; i++) sum += found.values[Math.floor(random.uniform() * found.values.length)]!;
      return sum / size;
    });
    const [low, median, high] = quantiles(means, [0.05, 0.5, 0.95], 1) as [number, number, number];
    return { low, median, high };
  }
}
