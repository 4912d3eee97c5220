import { expect, it } from "vitest";
import { clopperPearson, median, quantile, quantiles, wilson } from "../../src/statistics/index.js";

it("sorts a copy and takes typed arrays", () => {
  const values = Float64Array.from([3, 1, 2]);
  expect(median(values)).toBe(2);
  expect(Array.from(values)).toEqual([3, 1, 2]);
  expect(quantiles([1, 2, 3, 4], [0, 0.5, 1])).toEqual([1, 2.5, 4]);
});

it("is not shaken by the rounding of n p", () => {
  // 10 · (0.1 + 0.2) is 3.0000000000000004.
  const values = Array.from({ length: 10 }, (_, i) => i + 1);
  expect(quantile(values, 0.1 + 0.2, 1)).toBe(3);
  expect(quantile(values, 0.1 + 0.2, 2)).toBe(3.5);
});

it("refuses no values, NaN and other probabilities", () => {
  expect(() => median([])).toThrow(/no values/);
  expect(() => median([1, Number.NaN])).toThrow(/NaN/);
  expect(() => quantile([1], 1.1)).toThrow(/probability is 1.1/);
});

it("intervals refuse impossible counts and levels", () => {
  expect(() => wilson(3, 2, 0.95)).toThrow(/3 of 2/);
  expect(() => clopperPearson(0, 0, 0.95)).toThrow(/0 of 0/);
  expect(() => clopperPearson(1, 2, 95)).toThrow(/such as 0.95/);
});
