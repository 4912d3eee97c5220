import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { diseases } from "../../src/disease/index.js";
import { assemble, defineModule, instantiateWasm, type Module, planKernels, Runner } from "../../src/engine/index.js";
import { modulesFor } from "../../src/population/index.js";
import { readStudy } from "../../src/study/index.js";
import { therapyOf } from "../../src/therapy/index.js";
import { studyStart } from "../../src/trial/index.js";
import { anyPatient, plannedActions } from "../patients.js";

const parsed = readStudy(readFileSync(new URL("../../studies/erlangen-2024.yaml", import.meta.url), "utf8"), "study");
if ("problems" in parsed) throw new Error("the study does not read");
const { study } = parsed;
const PATIENTS = 100;

/** Lowest C-reactive protein of each lupus patient in two years after CAR-T cells, mg/L. */
function lowest(modules: readonly Module[]): number[] {
  const runner = new Runner(instantiateWasm(planKernels(assemble(modules), ["CRP"]), { lanes: 2 }), { rtol: 1e-6 });
  const from = studyStart(study);
  const outputDays = Array.from({ length: 700 - from }, (_, k) => from + k);
  const requests = Array.from({ length: PATIENTS }, (_, index) => {
    const patient = anyPatient(31, index, "sle");
    const own = new Set(modules.flatMap(({ declaration }) => Object.keys(declaration.parameters ?? {})));
    const parameters = new Map([...patient.parameters].filter(([name]) => own.has(name)));
    return { parameters, from, to: 700, actions: plannedActions(study, study.arms["car-t"]!, patient), outputDays };
  });
  return [...runner.runAll(requests)].map(({ result }) => Math.min(...result.outputs));
}

test("C-reactive protein never falls below zero; as the document writes it, it did in a third of patients", () => {
  const modules = modulesFor(diseases.sle, [therapyOf("flu-cy"), therapyOf("cd19-car-t")]);
  const asWritten = modules.map((module) => {
    if (module.name !== "inflammatory-cytokines") return module;
    const { states } = module.declaration;
    const rate = "dCRP*(CRP0 + CRPmax*(hill(sig, KCRP, nCRP) - hill(IL60, KCRP, nCRP)) - CRP)";
    return defineModule(module.name, {
      ...module.declaration,
      states: { ...states, CRP: { ...states!["CRP"]!, rate } },
    });
  });
  const before = lowest(asWritten).filter((value) => value < 0).length;
  const now = lowest(modules);
  console.log(
    `below zero: ${before} of ${PATIENTS} as written, ${now.filter((value) => value < 0).length} now; least ${Math.min(...now).toFixed(2)} mg/L`,
  );
  expect(before).toBeGreaterThan(PATIENTS / 5);
  expect(Math.min(...now)).toBeGreaterThan(0);
});
