import { describe, expect, it } from "vitest";
import {
  bernoulli,
  binomial,
  binomialTails,
  chiSquareTails,
  gamma,
  geometricSum,
  incompleteBeta,
  incompleteGamma,
  log,
  lognormal,
  normalCdf,
  poisson,
  poissonTails,
  type Stream,
  stream,
} from "../../src/statistics/index.js";

const DRAWS = 100_000;

/**
 * Chi-square p-value of the draws against the exact distribution function `below(x)` = P(X ≤ x), in about 40 cells around the mean
 * (one per count where the spread is small). The seed is fixed: the value never changes.
 */
function fit(
  draw: (s: Stream) => number,
  below: (x: number) => number,
  mean: number,
  sd: number,
  whole = true,
): number {
  const edges: number[] = [];
  for (let z = -3.2; z <= 3.2; z += 0.16) {
    const edge = whole ? Math.floor(mean + z * sd) : mean + z * sd;
    const before = edges.length > 0 ? below(edges[edges.length - 1]) : 0;
    if ((below(edge) - before) * DRAWS > 20 && (1 - below(edge)) * DRAWS > 20) edges.push(edge);
  }
  const counts = new Float64Array(edges.length + 1);
  const s = stream(20260401, 1, "chi-square");
  for (let i = 0; i < DRAWS; i++) {
    const x = draw(s);
    if (whole && !Number.isInteger(x)) throw new Error(`${x} is not a count`);
    const cell = edges.findIndex((edge) => x <= edge);
    counts[cell < 0 ? edges.length : cell]++;
  }
  let sum = 0;
  counts.forEach((count, i) => {
    const high = i < edges.length ? below(edges[i]) : 1;
    const expected = DRAWS * (high - (i > 0 ? below(edges[i - 1]) : 0));
    sum += (count - expected) ** 2 / expected;
  });
  return chiSquareTails(sum, edges.length).upper;
}

describe("laws of the draws, at a fixed seed", () => {
  it.each([
    [1, 0.3],
    [5, 0.3],
    [20, 0.5],
    [20, 0.93],
    [1000, 0.0099],
    [1000, 0.0101],
    [1e6, 1e-6],
    [1e9, 0.5],
    [1e9, 3e-8],
    [1e9, 0.999],
    [1e12, 1e-11],
    [1e15, 1e-3],
  ])("binomial(%d, %d)", (n, p) => {
    const sd = Math.sqrt(n * p * (1 - p));
    expect(
      fit(
        (s) => binomial(s, n, p),
        (x) => binomialTails(x, n, p).lower,
        n * p,
        sd,
      ),
    ).toBeGreaterThan(1e-3);
  });

  it.each([1e-3, 0.5, 9.99, 10, 37.5, 1e3, 1e9])("poisson(%d)", (mean) => {
    const draw = (s: Stream) => poisson(s, mean);
    expect(fit(draw, (x) => poissonTails(x, mean).lower, mean, Math.sqrt(mean))).toBeGreaterThan(1e-3);
  });

  it.each([
    [1, 1.001],
    [1, 2],
    [3, 5],
    [400, 1.5],
    [1e6, 30],
  ])("geometricSum(%d, %d)", (k, mean) => {
    // The excess over k is negative binomial: P(excess ≤ x) = I_(1/mean)(k, x + 1).
    const below = (x: number) => (x < k ? 0 : incompleteBeta(k, x - k + 1, 1 / mean).lower);
    const sd = Math.sqrt(k * mean * (mean - 1));
    expect(fit((s) => geometricSum(s, k, mean), below, k * mean, sd)).toBeGreaterThan(1e-3);
  });

  it.each([1, 2.5, 1e4])("gamma(%d)", (shape) => {
    const below = (x: number) => incompleteGamma(shape, Math.max(0, x)).lower;
    expect(fit((s) => gamma(s, shape), below, shape, Math.sqrt(shape), false)).toBeGreaterThan(1e-3);
  });

  it("uniform, normal, lognormal and bernoulli", () => {
    const unit = (x: number) => Math.min(1, Math.max(0, x));
    expect(fit((s) => s.uniform(), unit, 0.5, 0.2, false)).toBeGreaterThan(1e-3);
    expect(fit((s) => s.normal(), normalCdf, 0, 1, false)).toBeGreaterThan(1e-3);
    const sigma = Math.sqrt(log(1.25));
    const below = (x: number) => (x <= 0 ? 0 : normalCdf(log(x / 3) / sigma));
    expect(fit((s) => lognormal(s, 3, 0.5), below, 3.35, 1.7, false)).toBeGreaterThan(1e-3);
    expect(
      fit(
        (s) => bernoulli(s, 0.2),
        (x) => (x < 0 ? 0 : x < 1 ? 0.8 : 1),
        0.2,
        0.4,
      ),
    ).toBeGreaterThan(1e-3);
  });
});

describe("edges", () => {
  const s = stream(1, 2, "edges");

  it("knows the certain cases", () => {
    expect([binomial(s, 0, 0.4), binomial(s, 9, 0), binomial(s, 9, 1)]).toEqual([0, 0, 9]);
    expect([poisson(s, 0), geometricSum(s, 0, 7), geometricSum(s, 12, 1)]).toEqual([0, 0, 12]);
    expect([bernoulli(s, 0), bernoulli(s, 1), lognormal(s, 4, 0)]).toEqual([0, 1, 4]);
  });

  it("stays inside 0 … n", () => {
    for (let i = 0; i < 20_000; i++) {
      const x = binomial(s, 24, 0.45);
      if (x < 0 || x > 24) expect(x).toBeLessThanOrEqual(24);
    }
  });

  it("refuses what is no probability, count or mean", () => {
    expect(() => binomial(s, 3, 1.1)).toThrow(/probability is 1.1/);
    expect(() => binomial(s, 2.5, 0.1)).toThrow(/number of trials is 2.5/);
    expect(() => bernoulli(s, Number.NaN)).toThrow(/probability is NaN/);
    expect(() => poisson(s, -1)).toThrow(/mean is -1/);
    expect(() => geometricSum(s, 3, 0.9)).toThrow(/at least 1/);
    expect(() => gamma(s, 0.5)).toThrow(/shape is 0.5/);
    expect(() => lognormal(s, 0, 1)).toThrow(/median > 0/);
  });
});

it("keeps its bits", () => {
  const s = stream(7, 7, "bits");
  const drawn = [s.normal(), binomial(s, 1e9, 0.25), poisson(s, 1e6), geometricSum(s, 50, 3), lognormal(s, 2, 0.3)];
  expect(drawn).toMatchInlineSnapshot(`
    [
      -1.473613429809773,
      249997235,
      1001323,
      159,
      2.2054118864240966,
    ]
  `);
});
