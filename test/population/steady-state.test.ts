import { describe, expect, test } from "vitest";
import { instantiateWasm, planKernels, Runner } from "../../src/engine/index.js";
import { patientSource, wholeModel } from "../../src/population/index.js";
import { givenTherapies } from "../../src/therapy/index.js";
import { anyPatient, diseaseOf } from "../patients.js";

/** Not stationary by design: accumulated quantities, and the law of a lineage (a clock that starts at each draw). */
const MOVING = /^(Fit(_\w+)?|DMG|FVC|Infections|PredTaken|lnmL|WL|lnmS|WS)$/;
const N = 1000;

describe(`${N} sampled patients on background therapy, untreated`, () => {
  const system = wholeModel();
  const states = system.states.map((s) => s.name);
  const kernels = planKernels(system, states);
  const runner = new Runner(instantiateWasm(kernels), { rtol: 1e-9, atolScale: 1e-3 });
  const patients = Array.from({ length: N }, (_, index) => anyPatient(11, index));

  test("relative drift over 375 days below 1e-6", () => {
    let worst = { drift: 0, state: "", patient: -1 };
    for (const patient of patients) {
      const { outputs, end } = runner.run({
        parameters: patient.parameters,
        from: 0,
        to: 375,
        actions: [],
        outputDays: [0, 375],
      });
      expect(end.kind).toBe("completed");
      states.forEach((state, i) => {
        if (MOVING.test(state)) return;
        const before = outputs[i]!;
        const drift = Math.abs(outputs[states.length + i]! - before) / Math.max(Math.abs(before), 1e-9);
        if (before === 0 ? outputs[states.length + i] !== 0 : drift > worst.drift)
          worst = { drift, state, patient: patient.index };
      });
    }
    console.log(
      `worst relative drift over 375 d in ${N} patients: ${worst.drift.toExponential(2)} (${worst.state}, patient ${worst.patient}); not stationary by design: ${states.filter((state) => MOVING.test(state)).join(", ")}`,
    );
    expect(worst.drift).toBeLessThan(1e-6);
  });

  test("no invalid derived value", () => {
    const rates = system.derived.map((d) => d.name).filter((name) => name !== "net");
    for (const patient of patients) {
      const derived = runner.derive(patient.parameters);
      for (const name of rates) {
        const value = derived.get(name)!;
        expect(Number.isFinite(value), `${name} of patient ${patient.index}`).toBe(true);
        // What a product does not recognise has a targetability of 0.
        if (name === "gc0" || name.startsWith("W_")) expect(value).toBeGreaterThanOrEqual(0);
        else expect(value, `${name} of patient ${patient.index}`).toBeGreaterThan(0);
      }
      expect(patient.parameters.get("fsel")!).toBeLessThan(1);
      expect(derived.get("peff")!).toBeLessThan(derived.get("pB")!);
      expect(derived.get("fLLn")!).toBeLessThan(1);
      expect(derived.get("fLLa")!).toBeLessThan(1);
    }
  });

  test("memory pool is stable: a patient 5 % above the steady state does not run away in ten years", () => {
    for (const patient of patients.slice(0, 100)) {
      const { outputs } = runner.run({
        parameters: patient.parameters,
        from: 0,
        to: 3650,
        actions: [
          {
            at: 0,
            label: "5 % more memory cells",
            apply: (p) => {
              for (const s of ["Bb", "Bl", "Bs", "Bm"]) p.set(s, 1.05 * p.get(s));
              return true;
            },
          },
        ],
        outputDays: [0, 3650],
      });
      const memory = (row: number) =>
        ["Bb", "Bl", "Bs", "Bm"].reduce((sum, s) => sum + outputs[row * states.length + states.indexOf(s)]!, 0);
      expect(memory(1)).toBeLessThan(memory(0));
    }
  });

  test("draws are the same whatever was drawn before", () => {
    const disease = diseaseOf(500);
    const again = anyPatient(11, 500, disease, patientSource(disease, givenTherapies));
    expect([...again.parameters]).toEqual([...patients[500]!.parameters]);
    expect(again.baseline).toEqual(patients[500]!.baseline);
  });

  test("refused draws", () => {
    const reasons: Record<string, number> = {};
    for (const { refused } of patients) for (const reason of refused) reasons[reason] = (reasons[reason] ?? 0) + 1;
    console.log("refused draws", JSON.stringify(reasons));
    expect(Object.values(reasons).reduce((a, b) => a + b, 0)).toBeLessThan(N / 2);
  });
});
