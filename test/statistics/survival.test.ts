import { describe, expect, it } from "vitest";
import {
  atRiskAt,
  curveAt,
  kaplanMeier,
  logRank,
  medianSurvival,
  restrictedMean,
  survivalQuantile,
} from "../../src/statistics/index.js";

const time = [6, 1, 4, 2, 3, 5];
const event = [true, true, false, true, false, true];

describe("Kaplan-Meier", () => {
  const curve = kaplanMeier({ time, event }, { scale: "log-log" });

  it("is the product of the fractions that stay", () => {
    expect(Array.from(curve.time)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(Array.from(curve.atRisk)).toEqual([6, 5, 4, 3, 2, 1]);
    const expected = [5 / 6, 4 / 6, 4 / 6, 4 / 6, 2 / 6, 0];
    for (const [i, s] of curve.survival.entries()) expect(s).toBeCloseTo(expected[i], 14);
  });

  it("reads numbers at risk, survival and quantiles at times", () => {
    expect(atRiskAt(curve, [0, 1, 1.5, 6, 7])).toEqual([6, 6, 5, 1, 0]);
    expect(curveAt(curve, "survival", [0, 1, 99])).toEqual([1, curve.survival[0], 0]);
    expect(medianSurvival(curve).time).toBe(5);
    expect(survivalQuantile(kaplanMeier({ time, event: time.map(() => 0) }), 0.5).time).toBeNaN();
  });

  it("takes the middle of a part that is flat at exactly the quantile", () => {
    expect(medianSurvival(kaplanMeier({ time: [1, 2, 3, 4], event: [1, 1, 1, 1] })).time).toBe(2.5);
  });

  it("counts late entries from just after their entry", () => {
    const late = kaplanMeier({ entry: [0, 2, 1], time: [2, 4, 3], event: [1, 1, 1] });
    expect(Array.from(late.atRisk)).toEqual([2, 2, 1]);
  });

  it("restricted mean is the area", () => {
    const { mean, error, lower, upper } = restrictedMean(curve, 4.5);
    expect(mean).toBeCloseTo(1 + 5 / 6 + (2.5 * 4) / 6, 14);
    expect((lower + upper) / 2).toBeCloseTo(mean, 14);
    expect(error).toBeGreaterThan(0);
    expect(restrictedMean(curve, 0.5).mean).toBe(0.5);
  });

  it("refuses data that cannot be", () => {
    expect(() => kaplanMeier({ time: [], event: [] })).toThrow(/nobody/);
    expect(() => kaplanMeier({ time: [1], event: [1, 0] })).toThrow(/2 events/);
    expect(() => kaplanMeier({ time: [Number.NaN], event: [1] })).toThrow(/time\[0\]/);
    expect(() => kaplanMeier({ entry: [3], time: [3], event: [1] })).toThrow(/entry\[0\]/);
    expect(() => kaplanMeier({ time, event }, { level: 95 })).toThrow(/such as 0.95/);
  });
});

describe("log-rank", () => {
  it("does not see the order of people or the names of groups", () => {
    const group = ["a", "b", "b", "a", "a", "b"];
    const order = [3, 5, 0, 2, 4, 1];
    const one = logRank({ time, event, group });
    const other = logRank({
      time: order.map((i) => time[i]),
      event: order.map((i) => event[i]),
      group: order.map((i) => group[i] + "!"),
    });
    expect(other.chiSquare).toBeCloseTo(one.chiSquare, 13);
    expect(one.groups.map((g) => g.n)).toEqual([3, 3]);
  });

  it("says nothing where nobody has the event, and refuses a single group", () => {
    expect(logRank({ time: [1, 2], event: [0, 0], group: [1, 2] })).toMatchObject({ chiSquare: 0, df: 0, p: 1 });
    expect(() => logRank({ time: [1, 2], event: [1, 1], group: [1, 1] })).toThrow(/two groups/);
  });
});
