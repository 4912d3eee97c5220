import { expect, it } from "vitest";
import { exp, shares, stream } from "../../src/statistics/index.js";

function sample(inputs: number, n: number): Float64Array[] {
  return Array.from({ length: inputs }, (_, j) => {
    const s = stream(11, j, "inputs");
    return Float64Array.from({ length: n }, () => s.normal());
  });
}

const total = (parts: { shares: Float64Array; rest: number }) => parts.shares.reduce((a, b) => a + b, parts.rest);

it("gives each input its part of a monotone outcome", () => {
  const x = sample(150, 3000);
  const noise = stream(12, 0, "noise");
  const y = x[0].map((a, i) => exp(2 * a - 1 * x[1][i] + noise.normal()));
  const found = shares(x, y);
  expect(total(found)).toBeCloseTo(1, 12);
  expect(Math.min(...found.shares)).toBeGreaterThanOrEqual(0);
  // Squared rank correlation (6/π · asin(ρ/2))² where ρ² is the part of the variance: 4/6, 1/6 and 1/6.
  const rankShare = (part: number) => ((6 / Math.PI) * Math.asin(Math.sqrt(part) / 2)) ** 2;
  expect(Math.abs(found.shares[0] - rankShare(4 / 6))).toBeLessThan(0.02);
  expect(Math.abs(found.shares[1] - rankShare(1 / 6))).toBeLessThan(0.015);
  expect(Math.abs(found.rest - (1 - rankShare(4 / 6) - rankShare(1 / 6)))).toBeLessThan(0.02);
  expect(found.coefficients[1]).toBeLessThan(-0.3);
  const others = found.shares.slice(2).reduce((a, b) => a + b, 0);
  // 148 shares of one degree of freedom each: 4 standard deviations.
  expect(Math.abs(others / 148 / found.noise - 1)).toBeLessThan(4 * Math.sqrt(2 / 148));
});

it("gives a constant input no share", () => {
  const [a, b] = sample(2, 400);
  const found = shares(
    [a, a.map(() => 3), b],
    a.map((v, i) => v + b[i]),
  );
  expect(found.shares[1]).toBe(0);
  expect(found.shares[0]).toBeGreaterThan(0.4);
  expect(found.shares[2]).toBeGreaterThan(0.4);
  expect(total(found)).toBeCloseTo(1, 12);
});

it("takes a binary outcome", () => {
  const x = sample(5, 2000);
  const found = shares(
    x,
    x[2].map((v) => (v > 0 ? 1 : 0)),
  );
  // The squared correlation of a uniform rank with its upper half is 3/4.
  expect(Math.abs(found.shares[2] - 0.75)).toBeLessThan(0.02);
});

it("leaves everything to the rest where nothing varies", () => {
  const found = shares(sample(3, 50), new Float64Array(50).fill(1));
  expect([...found.shares, found.rest]).toEqual([0, 0, 0, 1]);
});

it("refuses too few samples, unequal lengths, repetitions and NaN", () => {
  const [a, b] = sample(2, 50);
  expect(() => shares([a, b, a], b)).toThrow(/input 2 repeats/);
  expect(() => shares(sample(5, 6), new Float64Array(6))).toThrow(/at least 7 samples/);
  expect(() => shares([new Float64Array(9)], new Float64Array(8))).toThrow(/input 0 has 9/);
  expect(() => shares([new Float64Array(8)], new Float64Array(8).fill(Number.NaN))).toThrow(/NaN/);
});
