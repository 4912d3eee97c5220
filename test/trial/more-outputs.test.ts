/** Kernels that give more than a trial needs, in another order, change no number of it. */
import { expect, test } from "vitest";
import { diseases } from "../../src/disease/index.js";
import { assemble, interpret, planKernels, Runner } from "../../src/engine/index.js";
import { modulesFor } from "../../src/population/index.js";
import { defineStudy, strategies } from "../../src/study/index.js";
import { conduct } from "../../src/trial/conduct/conduct.js";
import { curveOutputs, givenIn, outputDays, trialOutputs } from "../../src/trial/index.js";
import { anyPatient, recipient } from "../patients.js";

test("outputs are found by name", () => {
  const study = defineStudy({
    id: "more",
    title: "more",
    question: "more?",
    population: [{ disease: "sle", n: 1 }],
    arms: { "car-t": strategies["car-t"] },
    visits: { every: 28, until: 84 },
    tolerance: 1e-5,
    run: { replicates: 1, seed: 4 },
  });
  const system = assemble(modulesFor(diseases.sle, givenIn(study.arms["car-t"]!)));
  const own = new Set(system.parameters.map(({ name }) => name));
  const patient = anyPatient(4, 0, "sle");
  const curves = (outputs: readonly string[]) => {
    const { request, record } = conduct(study, "car-t", patient, recipient(patient), true);
    const runner = new Runner(interpret(planKernels(system, outputs)), { rtol: 1e-5 });
    const parameters = new Map([...patient.parameters].filter(([name]) => own.has(name)));
    return [...record(runner.run({ ...request, parameters })).curves];
  };
  const usual = curves(trialOutputs);
  expect(usual).toHaveLength(outputDays(study).length * curveOutputs.length);
  expect(curves(["C3", "IL6", ...[...trialOutputs].reverse(), "Tt"])).toEqual(usual);
  expect(() => curves(trialOutputs.filter((name) => name !== "IgG"))).toThrow(/does not give "IgG"/);
});
