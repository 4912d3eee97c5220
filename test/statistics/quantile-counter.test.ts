/** Quantiles in bounded memory against the quantiles of all values. */
import { expect, test } from "vitest";
import { normalQuantile, QuantileCounter, quantile, stream } from "../../src/statistics/index.js";

const values = (n: number, of: (u: number) => number): number[] => {
  const random = stream(5, n, "quantile-counter");
  return Array.from({ length: n }, () => of(random.uniform()));
};
const PROBABILITIES = [0, 0.05, 0.3, 0.5, 0.77, 0.95, 1];

test.each([
  ["of both signs", (u: number) => 100 * normalQuantile(u) - 20],
  ["negative", (u: number) => -1 / u],
  ["positive", (u: number) => 1 / u],
  ["with zeros between", (u: number) => (u < 0.3 ? -u : u < 0.6 ? 0 : u)],
])("values %s: exact while few, within 0.4 %% when many", (_, of) => {
  for (const n of [7, 3072, 20_000]) {
    const all = values(n, of);
    const counter = new QuantileCounter();
    for (const value of all) counter.add(value);
    for (const p of PROBABILITIES) {
      const wanted = quantile(all, p);
      const slack = n > 3072 ? 0.004 * Math.abs(wanted) + 1e-3 : 0;
      expect(Math.abs(counter.quantile(p) - wanted)).toBeLessThanOrEqual(slack);
    }
    // Never outside of what was seen.
    expect(counter.quantile(0)).toBeGreaterThanOrEqual(Math.min(...all));
    expect(counter.quantile(1)).toBeLessThanOrEqual(Math.max(...all));
  }
});
