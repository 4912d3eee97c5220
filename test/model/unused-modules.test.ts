/** A module that an arm does not use changes no bit of its result. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readStudy, type Study } from "../../src/study/index.js";
import { type ArmRun, TrialModels, TrialSite } from "../../src/trial/index.js";
import { bitsOf } from "../engine/tiny.js";

const parsed = readStudy(readFileSync(new URL("../../studies/erlangen-2024.yaml", import.meta.url), "utf8"), "study");
if ("problems" in parsed) throw new Error("the study does not read");
const { study } = parsed;
const N = 6;

const lupus: Study = {
  ...study,
  population: [{ disease: "sle", n: N, include: ["sledai >= 8"] }],
  arms: { "car-t": study.arms["car-t"]! },
};
const bits = (run: ArmRun) =>
  JSON.stringify([[...bitsOf(run.curves)], run.visits, run.events, run.accepted, run.endDay]);
/** The lupus patients in the CAR-T arm. */
const runs = (of: Study): string[] =>
  new TrialSite(of, new TrialModels(of, "wasm"))
    .treatAll(Array.from({ length: N }, (_, i) => i))
    .map(({ runs: [run] }) => bits(run!));

test("lupus patients do not feel other diseases, other arms, or other therapies of other arms", () => {
  const alone = runs(lupus);
  const others = { disease: "ssc", n: 4, include: [] } as const;
  expect(runs({ ...lupus, population: [...lupus.population, others] })).toEqual(alone);
  expect(runs({ ...lupus, arms: { ...lupus.arms, rituximab: study.arms["rituximab"]! } })).toEqual(alone);
  const bcma = {
    ...study.arms["car-t"]!,
    give: study.arms["car-t"]!.give.map((step) =>
      step.give === "cd19-car-t" ? { ...step, give: "bcma-car-t" as const } : step,
    ),
  };
  expect(runs({ ...lupus, arms: { ...lupus.arms, bcma } })).toEqual(alone);
});

test("a module that is used does", () => {
  const arm = study.arms["car-t"]!;
  const more = { ...arm, give: [...arm.give, { give: "belimumab", at: [28], dose: 10 } as const] };
  expect(runs({ ...lupus, arms: { "car-t": more } })).not.toEqual(runs(lupus));
});
