import { describe, expect, it } from "vitest";
import {
  expm1,
  incompleteBeta,
  incompleteGamma,
  inverseIncompleteBeta,
  inverseIncompleteGamma,
  log1p,
  log1pMinus,
  logGamma,
  logNormalCdf,
  normalCdf,
  normalQuantile,
  studentQuantile,
  studentTails,
} from "../../src/statistics/index.js";

/** Relative difference. */
const off = (a: number, b: number) => Math.abs(a - b) / Math.abs(b);

describe("special functions (answers from mpmath, 40 digits)", () => {
  it("log Γ near its zeros and far out", () => {
    expect(off(logGamma(1 + 2 ** -20), -5.504750066148867e-7)).toBeLessThan(1e-15);
    expect(logGamma(1)).toBe(0);
    expect(logGamma(2)).toBe(0);
    expect(off(logGamma(0.5), 0.5723649429247001)).toBeLessThan(1e-15);
    expect(off(logGamma(1e10), 220258509288.81058)).toBeLessThan(1e-15);
    expect(logGamma(-1)).toBeNaN();
  });

  it("keeps small arguments", () => {
    expect(log1p(1e-20)).toBe(1e-20);
    expect(expm1(-1e-20)).toBe(-1e-20);
    expect(off(log1pMinus(1e-9), -4.999999996666667e-19)).toBeLessThan(1e-15);
    expect(expm1(-800)).toBe(-1);
  });

  it("incomplete functions and their ends", () => {
    expect(incompleteGamma(3, 0)).toEqual({ lower: 0, upper: 1 });
    expect(incompleteBeta(2, 3, 1)).toEqual({ lower: 1, upper: 0 });
    expect(incompleteBeta(-1, 3, 0.5).lower).toBeNaN();
    expect(incompleteBeta(Number.POSITIVE_INFINITY, 3, 0.5).lower).toBeNaN();
    expect(studentTails(Number.POSITIVE_INFINITY, 3)).toEqual({ lower: 1, upper: 0 });
    expect(studentTails(0, 3)).toEqual({ lower: 0.5, upper: 0.5 });
    for (const a of [1e8, 1e6, 1]) expect(Math.abs(incompleteBeta(a, a, 0.5).lower - 0.5)).toBeLessThan(1e-10);
  });

  it("inverses undo the functions", () => {
    for (const p of [1e-12, 0.01, 0.3, 0.5, 0.8, 0.999]) {
      for (const a of [0.05, 0.7, 4, 300, 1e6]) {
        expect(off(incompleteGamma(a, inverseIncompleteGamma(a, p)).lower, p)).toBeLessThan(1e-9);
        for (const b of [0.2, 1, 50, 1e5]) {
          const { x, y } = inverseIncompleteBeta(a, b, p);
          expect(off(incompleteBeta(a, b, x, y).lower, p)).toBeLessThan(1e-9);
        }
      }
      expect(off(studentTails(studentQuantile(p, 3.5), 3.5).lower, p)).toBeLessThan(1e-12);
      expect(off(normalCdf(normalQuantile(p)), p)).toBeLessThan(1e-14);
    }
  });

  it("normal tails", () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(1.5)).toBeNaN();
    expect(normalCdf(0)).toBe(0.5);
    expect(off(logNormalCdf(-1000), -500007.82669481216)).toBeLessThan(1e-15);
  });
});
