/** Against R's documented `timefix`: aeqSurv, and its vignette "Roundoff error and tied times". */
import { describe, expect, it } from "vitest";
import { atRiskAt, curveAt, kaplanMeier, logRank, restrictedMean } from "../../src/statistics/index.js";

describe("times that differ by rounding only", () => {
  const time = [0.1 + 0.2, 0.3, 0.5];
  const event = [1, 1, 0];

  it("are one step, at the smallest of them", () => {
    const curve = kaplanMeier({ time, event });
    expect(Array.from(curve.time)).toEqual([0.3, 0.5]);
    expect(Array.from(curve.atRisk)).toEqual([3, 1]);
    expect(Array.from(curve.events)).toEqual([2, 0]);
    expect(curve.survival[0]).toBeCloseTo(1 / 3, 15);
    // Greenwood: 2 / (3 · 1), where two steps would give 1 / (3 · 2) + 1 / (2 · 1) too, but another Nelson-Aalen estimate.
    expect(curve.cumulativeHazard[0]).toBeCloseTo(2 / 3, 15);
  });

  it("are apart where timefix is off", () => {
    const curve = kaplanMeier({ time, event }, { timefix: false });
    expect(Array.from(curve.time)).toEqual([0.3, 0.1 + 0.2, 0.5]);
    expect(curve.cumulativeHazard[1]).toBeCloseTo(1 / 3 + 1 / 2, 15);
    expect(curveAt(curve, "survival", [0.3])[0]).toBeCloseTo(2 / 3, 15);
  });

  it("are ties of the log-rank test: everybody at once says nothing of the groups", () => {
    const data = { time: [0.3, 0.1 + 0.2], event: [1, 1], group: ["a", "b"] };
    expect(logRank(data).groups.map(({ expected }) => expected)).toEqual([1, 1]);
    expect(logRank(data, 0, { timefix: false }).groups.map(({ expected }) => expected)).toEqual([0.5, 1.5]);
  });

  it("are the same day, whether stays are counted in days or as differences of ages in years", () => {
    // The vignette's case: birth 1973-03-10, start 1998-09-13 + 1:40, end 1998-12-03 + rep(1:10, 4), in days.
    const people = Array.from({ length: 40 }, (_, i) => ({ start: 9319 + i, end: 9399 + 1 + (i % 10) }));
    const days = people.map(({ start, end }) => end - start);
    const years = people.map(({ start, end }) => end / 365.25 - start / 365.25);
    const status = people.map((_, i) => i % 3 > 0);
    const group = people.map((_, i) => (i % 7) % 2);
    expect(new Set(years).size).toBeGreaterThan(new Set(days).size);
    const [inDays, inYears] = [days, years].map((stay) => kaplanMeier({ time: stay, event: status }));
    expect(inYears.time.length).toBe(new Set(days).size);
    expect(inYears.survival).toEqual(inDays.survival);
    const tests = [days, years].map((stay) => logRank({ time: stay, event: status, group }, 1));
    expect(tests[1]).toEqual(tests[0]);
  });

  it("chain, and are judged relative to the mean time above 1, absolutely below", () => {
    const steps = (...at: number[]) => kaplanMeier({ time: at, event: at.map(() => 1) }).time.length;
    expect(steps(1, 1 + 1.4e-8, 1 + 2.8e-8)).toBe(1);
    expect(steps(1, 1 + 1.6e-8)).toBe(2);
    // √ε · mean(1e6, 1e6 + 0.01, 2e6) = 0.0199.
    expect(steps(1e6, 1e6 + 0.01, 2e6)).toBe(2);
    expect(steps(1e6, 1e6 + 0.03, 2e6)).toBe(3);
    expect(steps(1e-9, 2e-9)).toBe(1);
  });

  it("are ties between an entry and an end: who enters at the end of another is not at risk there", () => {
    const data = { entry: [0, 0.1 + 0.2], time: [0.3, 0.5], event: [1, 1] };
    expect(Array.from(kaplanMeier(data).atRisk)).toEqual([1, 1]);
    const swapped = { entry: [0, 0.3], time: [0.1 + 0.2, 0.5], event: [1, 1] };
    expect(Array.from(kaplanMeier(swapped).atRisk)).toEqual([1, 1]);
    expect(Array.from(kaplanMeier(swapped, { timefix: false }).atRisk)).toEqual([2, 1]);
    expect(logRank({ ...swapped, group: [1, 2] }).groups[1].expected).toBe(1);
  });

  it("refuses an observation that is no longer than rounding, as R does", () => {
    const data = { entry: [0, 0.3], time: [1, 0.1 + 0.2], event: [1, 1] };
    expect(() => kaplanMeier(data)).toThrow(/entry\[1\] is 0.3, time\[1\] is 0.30000000000000004.*timefix/);
    expect(kaplanMeier(data, { timefix: false }).time.length).toBe(2);
  });

  it("are one time when a curve is read", () => {
    const curve = kaplanMeier({ time: [0.1 + 0.2, 0.5], event: [1, 1] });
    expect(curveAt(curve, "survival", [0.3, 0.29])).toEqual([0.5, 1]);
    expect(atRiskAt(kaplanMeier({ time: [0.3, 0.5], event: [1, 1] }), [0.1 + 0.2])).toEqual([2]);
    expect(restrictedMean(kaplanMeier({ time: [0.3], event: [0] }), 0.1 + 0.2).beyondFollowUp).toBe(false);
  });
});
