import { describe, expect, it } from "vitest";
import { atRiskAt, type GroupedSurvival, kaplanMeier, logRank, stream } from "../../src/statistics/index.js";

describe("log-rank with delayed entry", () => {
  const data = {
    entry: [0, 2, 0, 1, 3],
    time: [4, 6, 3, 5, 7],
    event: [1, 0, 1, 1, 1],
    group: ["a", "a", "b", "b", "b"],
  };

  it("by hand: at risk in (entry, time]", () => {
    const { groups, variance, chiSquare, df } = logRank(data);
    // Shares of a at the events at 3, 4, 5 and 7: 2/4 (who enters at 3 is not at risk), 2/4, 1/3, 0.
    expect(groups[0].expected).toBeCloseTo(4 / 3, 14);
    expect(groups[1].expected).toBeCloseTo(8 / 3, 14);
    expect(variance[0][0]).toBeCloseTo(1 / 4 + 1 / 4 + 2 / 9, 14);
    expect(chiSquare).toBeCloseTo(2 / 13, 14);
    expect(df).toBe(1);
  });

  it("without entry everybody is at risk from the beginning, as with entries at 0", () => {
    const { entry: _, ...rest } = data;
    expect(logRank({ ...rest, entry: rest.time.map(() => 0) }, 1)).toEqual(logRank(rest, 1));
    expect(logRank(rest).groups[0].expected).not.toBeCloseTo(4 / 3, 3);
  });

  it("is the definition, summed over the events one by one, in strata and with weights", () => {
    const s = stream(5, 5, "delayed entry");
    const people = Array.from({ length: 60 }, (_, i) => {
      const entry = Math.floor(s.uniform() * 6);
      return {
        entry,
        time: entry + 1 + Math.floor(s.uniform() * 8),
        event: s.uniform() < 0.6 ? 1 : 0,
        group: i % 3,
        stratum: s.uniform() < 0.4 ? "x" : "y",
      };
    });
    const column = <K extends keyof (typeof people)[0]>(name: K) => people.map((p) => p[name]);
    for (const rho of [0, 1]) {
      const found = logRank(
        {
          entry: column("entry"),
          time: column("time"),
          event: column("event"),
          group: column("group"),
          stratum: column("stratum"),
        },
        rho,
      );
      const expected = [0, 0, 0];
      const covariance = [0, 1, 2].map(() => [0, 0, 0]);
      for (const stratum of ["x", "y"]) {
        const own = people.filter((p) => p.stratum === stratum);
        let survival = 1;
        for (let t = 0; t <= 20; t++) {
          const atRisk = own.filter((p) => p.entry < t && p.time >= t);
          const n = atRisk.length;
          const d = atRisk.filter((p) => p.time === t && p.event === 1).length;
          if (d === 0) continue;
          const part = [0, 1, 2].map((g) => atRisk.filter((p) => p.group === g).length / n);
          const weight = survival ** rho;
          for (const g of [0, 1, 2]) {
            expected[g] += weight * d * part[g];
            for (const h of [0, 1, 2])
              if (n > 1)
                covariance[g][h] += ((weight ** 2 * d * (n - d)) / (n - 1)) * part[g] * ((g === h ? 1 : 0) - part[h]);
          }
          survival *= 1 - d / n;
        }
      }
      for (const g of [0, 1, 2]) {
        const label = found.groups.findIndex((group) => group.label === g);
        expect(found.groups[label].expected).toBeCloseTo(expected[g], 10);
        expect(found.variance[label][label]).toBeCloseTo(covariance[g][g], 10);
      }
    }
  });
});

it("numbers at risk count whoever has entered, also between two ends", () => {
  const curve = kaplanMeier({ entry: [0, 2, 1], time: [2, 4, 3], event: [1, 1, 1] });
  expect(atRiskAt(curve, [0, 0.5, 1, 1.5, 2, 2.5, 3.5, 5])).toEqual([1, 1, 1, 2, 2, 2, 1, 0]);
});

describe("groups that were never compared", () => {
  const ab = { time: [1, 2, 3, 4, 5], event: [1, 1, 0, 1, 1], group: ["a", "b", "a", "b", "a"] };

  it("a group alone in its stratum says nothing: the test of the others", () => {
    const all: GroupedSurvival = {
      time: [...ab.time, 1, 2],
      event: [...ab.event, 1, 1],
      group: [...ab.group, "c", "c"],
      stratum: [1, 1, 1, 1, 1, 2, 2],
    };
    const alone = logRank(ab);
    const order = [5, 0, 6, 1, 2, 3, 4];
    const pick = <T>(values: ArrayLike<T>) => order.map((i) => values[i]);
    const first: GroupedSurvival = {
      time: pick(all.time),
      event: pick(all.event),
      group: pick(all.group),
      stratum: pick(all.stratum!),
    };
    for (const data of [all, first]) {
      const found = logRank(data);
      expect(found.chiSquare).toBeCloseTo(alone.chiSquare, 14);
      expect([found.df, found.p]).toEqual([1, expect.closeTo(alone.p, 14)]);
      expect(found.groups.find((g) => g.label === "c")).toMatchObject({ observed: 2, expected: 2 });
    }
  });

  it("two pairs in two strata have two degrees of freedom, and their chi-squares add", () => {
    const cd = { time: [1, 2, 2, 6], event: [1, 1, 1, 1], group: ["c", "d", "d", "c"] };
    const found = logRank({
      time: [...ab.time, ...cd.time],
      event: [...ab.event, ...cd.event],
      group: [...ab.group, ...cd.group],
      stratum: [1, 1, 1, 1, 1, 2, 2, 2, 2],
    });
    expect(found.df).toBe(2);
    expect(found.chiSquare).toBeCloseTo(logRank(ab).chiSquare + logRank(cd).chiSquare, 13);
  });

  it.each([
    ["each in a stratum of its own", { time: [1, 2], event: [1, 1], group: ["a", "b"], stratum: [1, 2] }],
    ["everybody at once", { time: [1, 1, 1], event: [1, 1, 1], group: ["a", "b", "b"] }],
    ["one after the other", { entry: [0, 2], time: [2, 3], event: [1, 1], group: ["a", "b"] }],
  ])("%s: no degree of freedom and p = 1, not NaN", (_, data) => {
    expect(logRank(data)).toMatchObject({ chiSquare: 0, df: 0, p: 1 });
  });
});
