import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { instantiateWasm, planKernels, Runner, type RunRequest } from "../../src/engine/index.js";
import { NoSuchPatient, type PatientSource, wholeModel } from "../../src/population/index.js";
import { readStudy } from "../../src/study/index.js";
import { studyStart, trialOutputs } from "../../src/trial/index.js";
import { anyPatient, diseaseOf, plannedActions, sourceOf } from "../patients.js";

const PATIENTS = process.env["LONG"] ? 100_000 : 400;
const WIDER = 1.5;

/** Every spread 1.5 times as wide; draws are still cut to the bounds, behind which a value has no meaning. */
const widened = (source: PatientSource): PatientSource => ({
  ...source,
  rows: new Map(
    [...source.rows].map(([name, row]) => {
      const { varies } = row;
      if (varies?.shape === "lognormal" || varies?.shape === "logitnormal")
        return [name, { ...row, varies: { ...varies, cv: varies.cv * WIDER } }];
      return [name, varies?.shape === "normal" ? { ...row, varies: { ...varies, sd: varies.sd * WIDER } } : row];
    }),
  ),
});

test(`${PATIENTS} patients with 1.5 times the variability, two years after CAR-T cells: none hangs, fewer than 1 in 10,000 fails`, () => {
  const parsed = readStudy(readFileSync(new URL("../../studies/erlangen-2024.yaml", import.meta.url), "utf8"), "study");
  if ("problems" in parsed) throw new Error("the study does not read");
  const { study } = parsed;
  const sources = new Map([0, 1, 2].map((i) => [diseaseOf(i), widened(sourceOf(diseaseOf(i)))]));
  const kernels = planKernels(wholeModel(), trialOutputs);
  const runner = new Runner(instantiateWasm(kernels, { lanes: 2 }), { rtol: 1e-5 });
  const from = studyStart(study);
  const outputDays = Array.from({ length: 105 }, (_, k) => from + 7 * k);
  let refused = 0;
  let nobody = 0;
  function* requests(): Generator<RunRequest> {
    for (let index = 0; index < PATIENTS; index++) {
      try {
        const patient = anyPatient(15, index, diseaseOf(index), sources.get(diseaseOf(index))!);
        refused += patient.refused.length;
        yield {
          parameters: patient.parameters,
          from,
          to: 730,
          actions: plannedActions(study, study.arms["car-t"]!, patient),
          outputDays,
        };
      } catch (error) {
        if (!(error instanceof NoSuchPatient)) throw error;
        nobody++;
      }
    }
  }
  const reasons = new Map<string, number>();
  const marks: string[] = [];
  let runs = 0;
  let most = 0;
  let steps = 0;
  let deepest = 0;
  const start = performance.now();
  for (const { result } of runner.runAll(requests())) {
    runs++;
    const { end, accepted, rejected, undershoot } = result;
    if (end.kind !== "completed") reasons.set(end.reason, (reasons.get(end.reason) ?? 0) + 1);
    steps += accepted + rejected;
    most = Math.max(most, accepted + rejected);
    deepest = Math.max(deepest, undershoot);
    if (/^10+$/.test(String(runs)) && runs >= 100)
      marks.push(
        `${runs}: ${((performance.now() - start) / runs).toFixed(2)} ms each, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
      );
  }
  const failed = [...reasons.values()].reduce((sum, n) => sum + n, 0);
  console.log(
    `${runs} runs, ${failed} failed ${JSON.stringify(Object.fromEntries(reasons))}; ${(steps / runs).toFixed(0)} steps on average, at most ${most}; ` +
      `${refused} draws refused, ${nobody} without a plausible draw; deepest undershoot ${deepest.toExponential(1)} tolerances\n${marks.join("\n")}`,
  );
  expect(runs + nobody).toBe(PATIENTS);
  expect(nobody).toBeLessThan(PATIENTS / 1000);
  expect(failed).toBeLessThan(Math.max(1, PATIENTS / 10_000));
  expect(most).toBeLessThan(20_000);
});
