/** What an arm plans for one patient: cells and conditioning move with the product, split doses share it, drugs taken are counted. */
import { describe, expect, it } from "vitest";
import { defineStudy, type StudyInput } from "../../src/study/index.js";
import { givenTherapies, largestDose, therapyOf } from "../../src/therapy/index.js";
import { plannedDoses, studyStart } from "../../src/trial/index.js";
import { anyPatient, recipient } from "../patients.js";

const studyOf = (
  give: StudyInput["arms"][string]["give"],
  background: StudyInput["arms"][string]["background"] = {
    glucocorticoid: "continue",
    mycophenolate: "continue",
  },
) =>
  defineStudy({
    id: "plans",
    title: "plans",
    question: "what is planned?",
    population: [{ disease: "sle", n: 4 }],
    arms: { one: { label: "one", give, background } },
    visits: { every: 28, until: 364 },
    tolerance: 1e-5,
    run: { replicates: 1, seed: 7 },
  });
const planOf = (study: ReturnType<typeof studyOf>, index = 0) => {
  const patient = anyPatient(study.run.seed, index, "sle");
  return { patient, plan: plannedDoses(study, study.arms["one"]!, patient, recipient(patient)) };
};
const course = (dose: number, at: number | readonly number[], collected = -28) => [
  { give: "leukapheresis", at: collected } as const,
  { give: "flu-cy", at: -5 } as const,
  { give: "cd19-car-t", at, dose } as const,
];

describe("a course of cells", () => {
  it("moves cells and conditioning by the delay of the product, and nothing else", () => {
    const study = studyOf([...course(1e6, 0, -10), { give: "rituximab", at: 30, dose: 1000 }]);
    const delays = new Set<number>();
    for (let index = 0; index < 40; index++) {
      const { plan } = planOf(study, index);
      if (plan.product?.kind !== "released") continue;
      const { delay } = plan.product;
      delays.add(delay);
      expect(plan.infusions).toEqual([delay]);
      const days = (label: RegExp) => plan.doses.filter((dose) => label.test(dose.label)).map(({ at }) => at);
      expect(Math.min(...days(/fludarabine|Flu/i))).toBe(-5 + delay);
      expect(Math.min(...days(/rituximab/))).toBe(30);
    }
    expect(delays.size).toBeGreaterThan(3);
  });

  it("a failed product: no cells, no conditioning, nothing given; other drugs still", () => {
    const study = studyOf([...course(0.95 * largestDose(70), 0), { give: "rituximab", at: 30, dose: 1000 }]);
    const failed = Array.from({ length: 30 }, (_, index) => planOf(study, index).plan).filter(
      (plan) => plan.product?.kind === "failed",
    );
    expect(failed.length).toBeGreaterThan(10);
    for (const plan of failed) {
      expect(plan.infusions).toEqual([]);
      expect(plan.cells).toEqual({ planned: 0.95 * largestDose(70), given: 0 });
      expect([...new Set(plan.doses.map(({ label }) => label))].filter((label) => !/rituximab/.test(label))).toEqual(
        [],
      );
      expect(plan.doses.length).toBeGreaterThan(0);
    }
  });

  it("a split dose is planned as a whole, and a small product is shared out alike", () => {
    const whole = 2e7;
    const split = studyOf(course(whole / 4, [0, 1, 2, 3]));
    const single = studyOf(course(whole, 0));
    let shared = 0;
    for (let index = 0; index < 40; index++) {
      const { plan } = planOf(split, index);
      const once = planOf(single, index).plan;
      expect(plan.product).toEqual(once.product);
      if (plan.product?.kind !== "released") continue;
      expect(plan.infusions).toEqual([0, 1, 2, 3].map((day) => day + (plan.product as { delay: number }).delay));
      expect(plan.cells!.planned).toBe(whole);
      expect(plan.cells!.given).toBeCloseTo(plan.product.cellsPerKg, 3);
      expect(once.cells!.given).toBeCloseTo(plan.product.cellsPerKg, 3);
      if (plan.product.cellsPerKg < whole) shared++;
    }
    expect(shared).toBeGreaterThan(3);
  });

  it("cells from elsewhere, without collection, are given as written", () => {
    const { plan } = planOf(studyOf([{ give: "cd19-car-t", at: [0, 7], dose: 1e6 }]));
    expect(plan).toMatchObject({ product: null, infusions: [0, 7], cells: { planned: 2e6, given: 2e6 } });
  });

  it("arms without cells have none", () => {
    expect(planOf(studyOf([{ give: "rituximab", at: 0, dose: 1000 }])).plan).toMatchObject({
      product: null,
      cells: null,
      infusions: [],
    });
  });
});

describe("drugs taken", () => {
  const dosed = givenTherapies.filter(({ course: step }) => step === undefined);
  it.each(dosed.map(({ id }) => id))("%s counts for as long as it says, or not at all", (id) => {
    const { dose, drugFreeAfter } = therapyOf(id);
    const { plan } = planOf(studyOf([{ give: id, at: [3, 40], ...(dose ? { dose: dose.usual } : {}) } as never]));
    expect(plan.taken).toEqual(drugFreeAfter === undefined ? [] : [3, 40].map((day) => ({ day, days: drugFreeAfter })));
    expect(Math.min(...plan.doses.map(({ at }) => at))).toBeGreaterThanOrEqual(3);
  });
});

describe("background therapy", () => {
  it("a taper goes down in weekly steps and ends where it should; more than the patient takes is no step up", () => {
    const study = studyOf([], { glucocorticoid: { "taper-to": 5, from: 0, over: 28 }, mycophenolate: { stop: 14 } });
    const { patient, plan } = planOf(study);
    const level = patient.background["glucocorticoid"]!;
    const steps = plan.background.flatMap((dose) =>
      "control" in dose && /prednisolone/.test(dose.label) ? [[dose.at, dose.to]] : [],
    );
    expect(steps.map(([at]) => at)).toEqual([7, 14, 21, 28]);
    for (const [k, [, to]] of steps.entries())
      expect(to).toBeCloseTo(level + ((Math.min(5, level) - level) * (k + 1)) / 4, 12);
    expect(plan.background.filter(({ at }) => at === 14)).toHaveLength(2);
    const high = planOf(
      studyOf([], { glucocorticoid: { "taper-to": 60, from: 0, over: 14 }, mycophenolate: "continue" }),
    );
    for (const dose of high.plan.background)
      expect("to" in dose && dose.to).toBe(high.patient.background["glucocorticoid"]);
  });
  it("all arms start with the earliest step of any, at day 0 at the latest", () => {
    expect(studyStart(studyOf([]))).toBe(0);
    expect(studyStart(studyOf(course(1e6, 0)))).toBe(-28);
    expect(
      studyStart(studyOf([], { glucocorticoid: { "taper-to": 0, from: -40, over: 28 }, mycophenolate: { stop: -7 } })),
    ).toBe(-40);
  });
});
