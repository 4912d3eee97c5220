/** The making of a product against its law: the yield is a product of two lognormal numbers, so its share below a limit is known exactly. */
import { describe, expect, it } from "vitest";
import { normalCdf } from "../../src/statistics/index.js";
import { readStudy } from "../../src/study/index.js";
import { largestDose, manufacture, manufacturingParameters as p } from "../../src/therapy/index.js";
import { broken } from "../study-file/valid.js";

const WEIGHT = 70;
const made = (dose: number, n: number, { tCells = 1, planned = 28 } = {}) =>
  Array.from({ length: n }, (_, patient) => manufacture({ seed: 11, patient }, WEIGHT, tCells, dose, planned));

/** Probability that a batch yields at least `perKg` cells/kg, other failures aside; the bound on transduction is far out. */
const suffices = (perKg: number, tCells = 1): number => {
  const median = (p.seeded.value * tCells * p.transduced.value * p.fold.value) / WEIGHT;
  const spread = Math.sqrt(Math.log1p((p.transduced.varies.cv / 100) ** 2) + Math.log1p((p.fold.varies.cv / 100) ** 2));
  return 1 - normalCdf(Math.log(perKg / median) / spread);
};
const within = (count: number, n: number, probability: number) =>
  expect(Math.abs(count / n - probability)).toBeLessThan(4 * Math.sqrt((probability * (1 - probability)) / n) + 0.002);

describe("manufacture", () => {
  it.each([1e6, 1e7, 2e7, 4e7])(
    "a dose of %s cell/kg: share of failures and of second batches as the law says",
    (dose) => {
      const n = 8000;
      const products = made(dose, n);
      const batch = (1 - p.failure.value) * suffices(p.least.value * dose);
      within(products.filter(({ kind }) => kind === "failed").length, n, (1 - batch) ** p.batches.value);
      within(products.filter((x) => x.kind === "released" && x.attempts === 2).length, n, (1 - batch) * batch);
    },
  );

  it("releases the dose, or what there is if that is at least the least share of it", () => {
    const dose = 2e7;
    const products = made(dose, 4000).flatMap((x) => (x.kind === "released" ? [x.cellsPerKg] : []));
    expect(Math.max(...products)).toBe(dose);
    expect(Math.min(...products)).toBeGreaterThanOrEqual(p.least.value * dose);
    const whole = suffices(dose) / suffices(p.least.value * dose);
    within(products.filter((each) => each === dose).length, products.length, whole);
  });

  it("delays by what the vein-to-vein time exceeds the plan, and by the next collection after a failure", () => {
    for (const x of made(1e6, 500, { planned: 10 })) {
      if (x.kind === "failed") continue;
      expect(x.veinToVein).toBeGreaterThanOrEqual(10);
      expect(Number.isInteger(x.delay)).toBe(true);
      expect(x.delay).toBe(x.veinToVein - 10 + (x.attempts - 1) * p.again.value);
    }
    // With a year of time nobody whose first batch succeeds is late.
    for (const x of made(1e6, 500, { planned: 365 }))
      if (x.kind === "released" && x.attempts === 1) expect(x.delay).toBe(0);
  });

  it("few T cells make less", () => {
    const n = 4000;
    const dose = 1e7;
    const batch = (1 - p.failure.value) * suffices(p.least.value * dose, 0.2);
    within(
      made(dose, n, { tCells: 0.2 }).filter(({ kind }) => kind === "failed").length,
      n,
      (1 - batch) ** p.batches.value,
    );
  });
});

describe("the largest dose", () => {
  it("is that for which one batch in a hundred suffices", () =>
    expect(suffices(p.least.value * largestDose(WEIGHT))).toBeCloseTo(0.01, 6));

  it("is where check changes its mind: over all infusions, not for one", () => {
    const most = largestDose(WEIGHT);
    const problems = (dose: number, times: string) => {
      const { text } = broken([
        "{ give: cd19-car-t, at: 0 day, dose: 1e6 cell/kg }",
        `{ give: cd19-car-t, at: ${times}, dose: ${dose.toPrecision(4)} cell/kg }`,
      ]);
      const read = readStudy(text, "x.yaml");
      return "problems" in read ? read.problems.map(({ what }) => what) : [];
    };
    expect(problems(most * 0.99, "0 day")).toEqual([]);
    expect(problems(most * 1.01, "0 day").join()).toMatch(/cannot be made: fewer than 1 in 100 batches/);
    expect(problems(most * 0.33, "[0 day, 1 day, 2 day]")).toEqual([]);
    expect(problems(most * 0.34, "[0 day, 1 day, 2 day]").join()).toMatch(/at 3 times\) cannot be made/);
  });

  it("is smaller for a heavier patient, in proportion", () =>
    expect(largestDose(140) / largestDose(70)).toBeCloseTo(0.5, 12));
});
