import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ReportAccumulator } from "../../src/report/index.js";
import { readStudy, type Study } from "../../src/study/index.js";
import { casesOf, TrialModels, TrialSite, trialDays } from "../../src/trial/index.js";
import { packageRoot } from "../../src/workbench/package-info.js";

const file = join(packageRoot, "studies/erlangen-2024.yaml");
const parsed = readStudy(readFileSync(file, "utf8"), file);
if ("problems" in parsed) throw new Error("the study does not read");
const siteOf = (study: Study) => new TrialSite(study, new TrialModels(study, "wasm"));
const withRun = (seed: number, change: Partial<Study> = {}): Study => ({
  ...parsed.study,
  ...change,
  run: { replicates: 200, seed },
});

describe("what is derived from a run", () => {
  test("a patient who drops out before a delayed infusion was not infused", () => {
    // Seed 2, patient 1561: the first batch fails, infusion would be on day 28, dropout on day 1.
    const study = withRun(2);
    const treated = siteOf(study).treat(1561);
    const run = treated.runs.find(({ arm }) => arm === "car-t")!;
    expect(run.status).toBe("stopped");
    expect(run.endDay).toBeLessThan(28);
    expect(run.infusionDay).toBeNull();
    const [found] = casesOf(study, trialDays(study), treated);
    expect(found!.outcomes.carTPeakDay).toBeNull();
    expect(() => new ReportAccumulator(study, []).add(treated)).not.toThrow();
  });

  test("a run says how far the integration fell below zero, and whether it plans cells", () => {
    const site = siteOf(withRun(2026));
    const runs = Array.from({ length: 6 }, (_, patient) => site.treat(patient).runs).flat();
    for (const run of runs) {
      expect(run.undershoot).toBeGreaterThanOrEqual(0);
      expect(run.cells !== null).toBe(run.arm === "car-t");
    }
    expect(runs.some(({ undershoot }) => undershoot > 0)).toBe(true);
  });

  test("an arm that keeps its drugs is in drug-free remission on no day, dropouts included", () => {
    const study = withRun(2026, { dropout: { rate: 60, missing: "counts-as-failure" } });
    const site = siteOf(study);
    for (let patient = 0; patient < 30; patient++)
      for (const { run, outcomes } of casesOf(study, trialDays(study), site.treat(patient)))
        if (run.arm !== "car-t") expect(outcomes.remission).toBeNull();
  });

  test("patients are the same in every arm, and in a study with other arms", () => {
    const study = withRun(2026);
    const other = { ...study, arms: { continued: study.arms["continued"]! } };
    const [a, b] = [siteOf(study).treat(7), siteOf(other).treat(7)];
    // A study draws numbers only of what its arms can give; what both have is the same.
    expect(b.patient.parameters.size).toBeGreaterThan(70);
    for (const [name, value] of b.patient.parameters) expect(a.patient.parameters.get(name), name).toBe(value);
    expect(b.patient.baseline).toEqual(a.patient.baseline);
    const infections = (treated: typeof a) => treated.runs.find(({ arm }) => arm === "continued")!.events;
    expect(infections(b)).toEqual(infections(a));
  });
});
