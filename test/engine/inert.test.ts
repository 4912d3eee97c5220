import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  assemble,
  defineModule,
  instantiateWasm,
  interpret,
  type Module,
  planKernels,
  Runner,
  type RunResult,
  rodas4,
  rodas5p,
  type SolveOptions,
} from "../../src/engine/index.js";
import { allModules } from "../../src/population/index.js";
import { readStudy } from "../../src/study/index.js";
import { studyStart } from "../../src/trial/index.js";
import { anyPatient, plannedActions } from "../patients.js";
import { bitsOf, parameter, runnerOf, state, tiny } from "./tiny.js";

/** What is there and does nothing must not be felt: neither in the norm of the error nor in the first step, nor by its place among the states. */
const inert = (name: string, states: number): Module =>
  defineModule(name, {
    about: "nothing moves it",
    parameters: { [`${name}_k`]: parameter(3, "1/day") },
    states: Object.fromEntries(
      Array.from({ length: states }, (_, i) => {
        const unit = { unit: "1", about: "inert", tolerance: 1e-6 };
        const symbol = `${name}_${i}`;
        // A third stands at a value, a third at 0 with linear decay, a third at 0 with decay by its own square.
        const rate = [undefined, `-${name}_k*${symbol}`, `-${name}_k*${symbol}^2`][i % 3];
        return [symbol, { ...unit, initial: i % 3 === 0 ? "400" : "0", ...(rate === undefined ? {} : { rate }) }];
      }),
    ),
  });

const bits = ({ outputs, end, accepted, rejected, undershoot }: RunResult) =>
  [...bitsOf(outputs), JSON.stringify(end), accepted, rejected, ...bitsOf([undershoot])].join();

describe("modules that nothing moves change no bit of the others", () => {
  const parsed = readStudy(readFileSync(new URL("../../studies/erlangen-2024.yaml", import.meta.url), "utf8"), "study");
  if ("problems" in parsed) throw new Error("the study does not read");
  const { study } = parsed;
  const outputs = ["IgG", "INF", "Bblood", "CARblood", "IL6", "ANC", "SLEDAI"];
  const from = studyStart(study);
  const run = (
    more: readonly Module[],
    backend: "wasm" | "pairs" | "interpreter",
    to: number,
    options: SolveOptions,
  ) => {
    const system = assemble([...allModules, ...more]);
    const kernels = planKernels(system, outputs);
    const requests = (["car-t", "rituximab"] as const).map((arm, index) => {
      const patient = anyPatient(5, index, "sle");
      const outputDays = Array.from({ length: 60 }, (_, k) => from + 11 * k);
      return {
        parameters: patient.parameters,
        from,
        to,
        actions: plannedActions(study, study.arms[arm]!, patient),
        outputDays,
      };
    });
    const compiled =
      backend === "interpreter" ? interpret(kernels) : instantiateWasm(kernels, { lanes: backend === "pairs" ? 2 : 1 });
    const found: string[] = [];
    for (const { index, result } of new Runner(compiled, options).runAll(requests)) found[index] = bits(result);
    return found;
  };
  /** One before, in the middle and after the others by name; numbers of states that shift places by 1, 2 and 3. */
  const guests = [inert("aaa", 1), inert("m", 6), inert("zzz", 7)];

  test.each([
    ["wasm", 365, { rtol: 1e-5 }],
    ["wasm", 365, { rtol: 1e-4, norm: "max" }],
    ["wasm", 365, { rtol: 1e-4 }],
    ["pairs", 365, { rtol: 1e-5 }],
    ["interpreter", 60, { rtol: 1e-4 }],
  ] as const)("whole model, two patients, %s, %i days, %o", (backend, to, options) => {
    const alone = run([], backend, to, options);
    expect(alone[0]).not.toBe(alone[1]);
    for (const more of [...guests.map((guest) => [guest]), guests])
      expect(run(more, backend, to, options)).toEqual(alone);
  });
});

describe("the norm of the error", () => {
  const decay = { x: state(1, "0 - x"), y: state(0.3, "x^2 - y*20") };
  const still = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`s${i}`, state(i * 100, "0")]));
  const run = (module: Module, options: SolveOptions, backend: "wasm" | "interpreter") =>
    bits(runnerOf(module, options, ["x"], backend).run({ from: 0, to: 10, actions: [], outputDays: [1, 2, 10] }));
  test.each(["wasm", "interpreter"] as const)(
    "of one state that moves is its own, however many stand still: %s",
    (backend) => {
      for (const method of [rodas4, rodas5p]) {
        const options = { rtol: 1e-6, method };
        const alone = run(tiny({ x: decay.x }), options, backend);
        // The worst of one is the mean of one.
        expect(run(tiny({ x: decay.x }), { ...options, norm: "max" }, backend)).toBe(alone);
        expect(run(tiny({ ...still, x: decay.x }), options, backend)).toBe(alone);
        expect(run(tiny({ x: decay.x, ...still }), options, backend)).toBe(alone);
        const both = run(tiny(decay), options, backend);
        expect(both).not.toBe(alone);
        expect(run(tiny({ x: decay.x, ...still, y: decay.y }), options, backend)).toBe(both);
      }
    },
  );
  test.each(["wasm", "interpreter"] as const)(
    "of nothing that moves is 0: the steps grow as they may, %s",
    (backend) => {
      const { end, accepted, outputs } = runnerOf(tiny(still), { rtol: 1e-6 }, ["s0", "s8"], backend).run({
        from: 0,
        to: 1e6,
        actions: [],
        outputDays: [1e6],
      });
      expect(end.kind).toBe("completed");
      expect([...outputs]).toEqual([0, 800]);
      // First step 1e-6 of the way, then 20 times, then 6 times as long each: 1 + 20·(1 + 6 + … + 6^k) ≥ 1e6 at k = 6, with two equal steps to the end.
      expect(accepted).toBeLessThanOrEqual(10);
    },
  );
  test.each(["wasm", "interpreter"] as const)("sees NaN among states that stand still: %s", (backend) => {
    const bad = tiny({ ...still, x: state(1, "log(0.5 - time*one)*x") });
    const { end } = runnerOf(bad, { rtol: 1e-6 }, ["x"], backend).run({ from: 0, to: 2, actions: [], outputDays: [] });
    expect(end).toMatchObject({ kind: "failed", reason: "not finite" });
  });
});
