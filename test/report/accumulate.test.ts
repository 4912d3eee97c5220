import { describe, expect, test } from "vitest";
import { apportion } from "../../src/report/accumulate/published.js";
import { renderReport } from "../../src/report/index.js";
import { clopperPearson, kaplanMeier } from "../../src/statistics/index.js";
import type { Study } from "../../src/study/index.js";
import { summaryLines } from "../../src/workbench/summary-lines.js";
import { type Course, figure, numberOf, reportOf, smallStudy } from "./synthetic.js";

const MONTH = 365.25 / 12;
const inRemission = {
  remission: true,
  drugFreeRemission: true,
  drugFree: true,
  response: true,
  confirmedResponse: true,
};
const from = (first: number): Course => ({ visit: (day) => (day >= first ? inRemission : {}) });

describe("a study of any length has a report", () => {
  test.each<[string, Study["visits"]]>([
    ["24 weeks", { every: 28, until: 168 }],
    ["48 weeks", { every: 28, until: 336 }],
    ["52 weeks", { every: 28, until: 364 }],
    ["364 days", { every: 14, until: 364 }],
    ["104 weeks", { every: 28, until: 728 }],
    ["5 months", { every: 14, until: 5 * MONTH }],
    ["6 months", { every: 28, until: 6 * MONTH }],
    ["11 months", { every: 28, until: 11 * MONTH }],
    ["60 months", { every: 28, until: 60 * MONTH }],
    ["one week", { every: 7, until: 7 }],
  ])("%s", (_, visits) => {
    const report = reportOf(smallStudy({ visits }), () => from(28));
    expect(() => renderReport(report)).not.toThrow();
    expect(summaryLines(report, "").join("\n")).not.toMatch(/NaN|undefined/);
    for (const { key } of report.milestones)
      expect(numberOf(report, `treated.drug-free-remission-${key}`).value).not.toBeNull();
  });

  test("one patient in one replicate: numbers without intervals, and the page says why", () => {
    const study = smallStudy({ population: [{ disease: "sle", n: 1, include: [] }], run: { replicates: 1, seed: 1 } });
    const report = reportOf(study, () => from(28), [figure({ population: "sle", n: 4, events: 2 })]);
    const { value, low, high, interval } = numberOf(report, "treated.drug-free-remission-12");
    expect({ value, low, high }).toEqual({ value: 100, low: null, high: null });
    expect(interval).toContain("one replicate");
    expect(summaryLines(report, "")[1]).toMatch(/without interval {2,}treated$/);
    expect(report.published[0]).toMatchObject({ inside: null, predicted: { low: null, high: null } });
    const page = renderReport(report);
    expect(page).toMatch(/one replicate shows no spread/);
    expect(page).toContain('<span class="range">(–)</span>');
  });
});

describe("missing data", () => {
  const dropout = (missing: "excluded" | "counts-as-failure") => ({ rate: 10, missing });

  test("no visit in the window is not assessed, and no failure, whoever is missing", () => {
    for (const missing of ["excluded", "counts-as-failure"] as const) {
      const study = smallStudy({ visits: { every: 5 * MONTH, until: 24 * MONTH }, dropout: dropout(missing) });
      const report = reportOf(study, () => from(28), [figure({ day: 6 * MONTH, n: 4 })]);
      expect(numberOf(report, "treated.drug-free-remission-12").value).toBeNull();
      expect(numberOf(report, "treated.not-assessed-12").value).toBe(8);
      expect(report.headline.find(({ row }) => row === "remission-12")!.note).toContain("no visit within 46 days");
      expect(report.published).toEqual([]);
      expect(report.limits.join(" ")).toContain("drug-free (6 months: nothing was assessed then)");
    }
  });

  // Patients 0 … 7: 0 leaves before any response, 1 after it, 2 relapses, the others are well.
  const course = (patient: number): Course => {
    if (patient === 0) return { leaves: 10 };
    if (patient === 1) return { ...from(28), leaves: 200 };
    if (patient === 2)
      return {
        visit: (day) =>
          day >= 112 ? { ...inRemission, drugFreeRemission: false, relapsing: true } : day >= 28 ? inRemission : {},
        events: [{ day: 112, event: "relapse", value: 1 }],
      };
    return from(28);
  };

  test.each([
    // 12 months: 5 of 8 in remission; who left fails. Response: 0 has none. Relapse: 1 and 2 of the 7 who responded.
    ["counts-as-failure", 62.5, 87.5, (100 * 2) / 7],
    // Left out: 5 of 6; 6 of 6; 1 of 6.
    ["excluded", (100 * 5) / 6, 100, (100 * 1) / 6],
  ] as const)("%s reaches visits, response and relapse", (missing, remission, responded, relapse) => {
    const report = reportOf(smallStudy({ dropout: dropout(missing) }), course);
    expect(numberOf(report, "treated.drug-free-remission-12").value).toBeCloseTo(remission, 10);
    expect(numberOf(report, "treated.responded").value).toBeCloseTo(responded, 10);
    expect(numberOf(report, "treated.relapse").value).toBeCloseTo(relapse, 10);
    expect(numberOf(report, "treated.not-assessed-12").value).toBe(2);
  });

  test("infection in the first year: who leaves before is left out, or is not assumed to have had one", () => {
    const infected = (patient: number): Course => ({
      ...(patient < 2 ? { leaves: 100 } : {}),
      ...(patient === 2 ? { events: [{ day: 56, event: "infection", value: 1 }] } : {}),
    });
    const share = (missing: "excluded" | "counts-as-failure") =>
      numberOf(reportOf(smallStudy({ dropout: dropout(missing) }), infected), "treated.infection").value;
    expect(share("excluded")).toBeCloseTo(100 / 6, 10);
    expect(share("counts-as-failure")).toBeCloseTo(100 / 8, 10);
  });

  test("kept remission is Kaplan–Meier of those who reached it, with the numbers at risk of a replicate", () => {
    const all = (patient: number): Course =>
      patient === 3 ? { ...from(56), leaves: 150 } : patient === 4 ? { leaves: 3 } : course(patient);
    const report = reportOf(smallStudy({ dropout: dropout("excluded") }), all);
    const [curve] = report.survival.curves;
    // From the first visit in remission: 1 leaves after 172 days, 2 relapses after 84, 3 leaves after 94; 5, 6, 7 are well to the end.
    const expected = kaplanMeier({ time: [172, 84, 94, 336, 336, 336], event: [0, 1, 0, 0, 0, 0] });
    const last = curve!.points[curve!.points.length - 1]!;
    expect(last.value).toBeCloseTo(expected.survival[expected.survival.length - 1]!, 12);
    expect(curve!.points[0]).toMatchObject({ day: 0, value: 1, n: 6 / 2 });
    expect(curve!.points.find(({ day }) => day === 84)!.n).toBe(6 / 2);
    expect(curve!.points.find(({ day }) => day === 91)!.n).toBe(5 / 2);
    expect(last.day).toBeLessThanOrEqual(336);
  });

  test("an arm in which nobody reaches remission has no curve, whoever has left", () => {
    const report = reportOf(smallStudy({ dropout: dropout("excluded") }), (patient) => ({ leaves: 10 * patient }));
    expect(report.survival.curves).toEqual([]);
    expect(report.remission.curves[0]!.points.every(({ value }) => value === 0)).toBe(true);
    expect(renderReport(report)).toContain("nobody reached it");
  });

  test("at a visit, the share and who was seen there", () => {
    const report = reportOf(smallStudy({ dropout: dropout("excluded") }), course);
    const at = (day: number) => report.remission.curves[0]!.points.find((point) => point.day === day)!;
    expect(at(0)).toMatchObject({ value: 0, n: 4 });
    expect(at(28)).toMatchObject({ value: 1, n: 7 / 2 });
    expect(at(224).value).toBeCloseTo(5 / 6, 12);
    expect(at(224).n).toBe(3);
  });
});

test("signs of relapse at the last visit are counted by themselves", () => {
  const report = reportOf(smallStudy(), (patient) =>
    patient === 5 ? { visit: (day) => ({ ...inRemission, relapsing: day === 364 }) } : from(28),
  );
  expect(numberOf(report, "treated.relapse").value).toBe(0);
  expect(numberOf(report, "treated.relapse-unconfirmed").value).toBeCloseTo(100 / 8, 12);
});

describe("against published figures", () => {
  const drugFree = (yes: boolean): Course => ({
    visit: () => ({
      drugFree: yes,
      items: yes ? { prednisolone: 0, immunosuppressant: 0 } : { prednisolone: 5, immunosuppressant: 0 },
    }),
  });
  const lupus = (n: number, change: Partial<Study> = {}) =>
    smallStudy({ population: [{ disease: "sle", n, include: [] }], ...change });
  const half = (patient: number) => drugFree(patient % 2 === 0);

  test.each([40, 100])("the interval is that of the published 8, not of the study's %i", (n) => {
    const report = reportOf(lupus(n), half, [figure({ population: "sle", n: 8, events: 8, value: 1 })]);
    // Binomial, n = 8, p = 1/2: P(X ≤ 1) = 0.035, P(X ≤ 2) = 0.145, P(X ≤ 5) = 0.855, P(X ≤ 6) = 0.965.
    expect(report.published[0]!.predicted).toMatchObject({ low: 25, value: 50, high: 75, patients: 2 * n });
    expect(report.published[0]!.inside).toBe(false);
  });

  test("a published proportion has its exact interval, and lies inside when it is the count at the end", () => {
    const report = reportOf(lupus(40), half, [figure({ population: "sle", n: 8, value: 0.25, events: 2 })]);
    const { lower, upper } = clopperPearson(2, 8, 0.95);
    const [row] = report.published;
    expect(row!.published.low).toBeCloseTo(100 * lower, 10);
    expect(row!.published.high).toBeCloseTo(100 * upper, 10);
    expect(row!.inside).toBe(true);
    // A percentage is a rounded count: 26.7 % of 15.
    const rounded = reportOf(lupus(40), half, [figure({ population: "sle", n: 15, value: 0.267 })]);
    expect(rounded.published[0]!.published.value).toBeCloseTo((100 * 4) / 15, 10);
  });

  test("the cohort is drawn with the published diseases, not with those of the study", () => {
    const study = smallStudy({
      population: (["sle", "iim", "ssc"] as const).map((disease) => ({ disease, n: 20, include: [] })),
    });
    const report = reportOf(study, (_, __, disease) => drugFree(disease === "sle"), [
      figure({ n: 15, events: 8, value: 8 / 15, diseases: { sle: 8, iim: 3, ssc: 4 } }),
    ]);
    const share = (100 * 8) / 15;
    const { low, value, high } = report.published[0]!.predicted;
    for (const each of [low, value, high]) expect(each).toBeCloseTo(share, 10);
  });

  test("says that it cannot: no size, a disease that is not simulated, too few patients", () => {
    const report = reportOf(lupus(4), half, [
      figure({ n: null }),
      figure({ n: 6, diseases: { sle: 3, ra: 3 } }),
      figure({ n: 200, diseases: { sle: 200 } }),
    ]);
    expect(report.published.map(({ inside }) => inside)).toEqual([null, null, null]);
    const why = report.published.map(({ noInterval }) => noInterval);
    expect(why[0]).toContain("does not say of how many");
    expect(why[1]).toContain("patients with ra");
    expect(why[2]).toContain("too few");
    expect(new Set(report.published.map(({ id }) => id)).size).toBe(3);
    expect(() => renderReport(report)).not.toThrow();
  });

  test("a figure from after the end of the study is not compared", () => {
    const report = reportOf(lupus(4, { visits: { every: 28, until: 168 } }), half, [figure({ n: 8, day: 15 * MONTH })]);
    expect(report.published).toEqual([]);
    expect(report.limits.join(" ")).toContain("15 months, after the end of this study");
  });

  test("whole patients by largest remainder", () => {
    expect(apportion({ sle: 8, iim: 3, ssc: 4 }, 10)).toEqual({ sle: 5, iim: 2, ssc: 3 });
    expect(apportion({ a: 1, b: 1, c: 1 }, 4)).toEqual({ a: 2, b: 1, c: 1 });
  });
});

test("cells: planned, released, failed, infused, failed runs included", () => {
  const released = { kind: "released", cellsPerKg: 1e6, delay: 0, veinToVein: 28, attempts: 1 } as const;
  const report = reportOf(smallStudy(), (patient): Course => {
    if (patient === 0)
      return { run: { cells: { planned: 1e6, given: 1e6 }, product: { kind: "failed", attempts: 2 } } };
    if (patient === 1) return { leaves: 5, run: { cells: { planned: 1e6, given: 1e6 }, product: released } };
    return {
      ...(patient === 2 ? { failed: "step too small" } : {}),
      run: {
        cells: { planned: 1e6, given: 1e6 },
        product: released,
        infusionDay: 0,
        undershoot: patient === 3 ? 12.5 : 1,
      },
    };
  });
  const counted = ["cells-planned", "product-released", "product-failed", "cells-infused", "product-failed-share"];
  expect(counted.map((row) => numberOf(report, `treated.${row}`).value)).toEqual([8, 7, 1, 6, 12.5]);
  expect(report.conduct).toMatchObject({ failed: 1, largestUndershoot: 12.5, undershootAbove: 1 });
  const page = renderReport(report);
  expect(page).toContain("cells infused");
  expect(page).toContain("Largest undershoot");
});

describe("the answer follows from what arms do", () => {
  const give = (ids: readonly [string, string]): Study => {
    const { treated } = smallStudy().arms;
    return smallStudy({ arms: { [ids[0]]: { ...treated!, label: "A" }, [ids[1]]: { ...treated!, label: "B" } } });
  };
  const courses =
    (ids: readonly [string, string]) =>
    (patient: number, arm: string): Course =>
      arm === ids[0]
        ? from(28)
        : {
            visit: (day) => (day >= 56 ? { ...inRemission, drugFreeRemission: false, drugFree: false } : {}),
            events: patient % 2 === 0 ? [{ day: 140, event: "relapse", value: 1 }] : [],
          };

  test("not from what they are called", () => {
    const answer = (ids: readonly [string, string]) =>
      reportOf(give(ids), courses(ids)).answer.map((text) =>
        text.replaceAll(`{${ids[0]}.`, "{1.").replaceAll(`{${ids[1]}.`, "{2."),
      );
    const plain = answer(["one", "two"]);
    expect(answer(["car-t", "continued"])).toEqual(plain);
    expect(plain.join(" ")).toContain("{2.relapse-day:value}");
    expect(plain.join(" ")).not.toContain("CAR-T");
  });

  test("one arm, without cells", () => {
    const { answer } = reportOf(smallStudy(), () => from(28));
    expect(answer.join(" ")).toMatch(/^Treated: /);
    expect(answer.join(" ")).toContain("{treated.drug-free-remission-12:interval} at 12 months");
  });
});
