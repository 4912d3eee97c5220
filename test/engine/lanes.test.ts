import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type Action,
  instantiateWasm,
  interpret,
  planKernels,
  RunFault,
  Runner,
  type RunRequest,
  rodas4,
  StopRun,
} from "../../src/engine/index.js";
import { wholeModel } from "../../src/population/index.js";
import { readStudy } from "../../src/study/index.js";
import { studyStart, trialOutputs } from "../../src/trial/index.js";
import { anyPatient, plannedActions } from "../patients.js";
import { bitsOf, runnerOf, state, tiny } from "./tiny.js";

const system = wholeModel();
const kernels = planKernels(system, trialOutputs);
const file = new URL("../../studies/erlangen-2024.yaml", import.meta.url);
const parsed = readStudy(readFileSync(file, "utf8"), "erlangen-2024.yaml");
if ("problems" in parsed) throw new Error("the study does not read");
const { study } = parsed;
const from = studyStart(study);

/** Twelve patients in the CAR-T and rituximab arms: other parameters, doses, events, lengths. */
const requests: RunRequest[] = [];
for (let index = 0; index < 12; index++) {
  const patient = anyPatient(5, index);
  for (const arm of ["car-t", "rituximab"]) {
    const to = 100 + 37 * index;
    const outputDays = Array.from({ length: to - from }, (_, k) => from + k).filter(
      (_, k) => k % (1 + (index % 5)) === 0,
    );
    requests.push({
      parameters: patient.parameters,
      from,
      to,
      actions: plannedActions(study, study.arms[arm]!, patient),
      outputDays,
    });
  }
}

/** Bits of the outputs, the end and the steps of each request. */
function answers(runner: Runner, list: readonly RunRequest[]): string[] {
  const found = new Array<string>(list.length);
  for (const { index, result } of runner.runAll(list))
    found[index] = [
      ...bitsOf(result.outputs),
      JSON.stringify(result.end),
      result.accepted,
      result.rejected,
      ...bitsOf([result.undershoot]),
    ].join();
  return found;
}
const scalar = (rtol: number) => new Runner(instantiateWasm(kernels), { rtol });
const pairs = (rtol: number) => new Runner(instantiateWasm(kernels, { lanes: 2 }), { rtol });
const shuffled = (order: number): number[] => {
  const index = requests.map((_, i) => i);
  return index.sort((a, b) => ((a * 7919 + order * 104729) % 1009) - ((b * 7919 + order * 104729) % 1009));
};

describe.each([1e-3, 1e-4, 1e-5, 1e-7])("rtol %f", (rtol) => {
  const alone = requests.map((request) => answers(scalar(rtol), [request])[0]!);

  test("one after another in the same memory, and two at a time, each patient has the bits that it has alone", () => {
    expect(answers(scalar(rtol), requests)).toEqual(alone);
    expect(answers(pairs(rtol), requests)).toEqual(alone);
    expect(new Set(alone).size).toBe(alone.length);
  });

  test("so do other pairings and orders", () => {
    const runner = pairs(rtol);
    for (let order = 0; order < 6; order++) {
      const index = shuffled(order);
      expect(
        answers(
          runner,
          index.map((i) => requests[i]!),
        ),
      ).toEqual(index.map((i) => alone[i]));
    }
    // Each with the same neighbour, and alone beside an empty lane.
    for (const i of [0, 3, 11]) {
      const both = answers(runner, [requests[7]!, requests[i]!, requests[7]!]);
      expect(both).toEqual([alone[7], alone[i], alone[7]]);
      expect(answers(runner, [requests[i]!])).toEqual([alone[i]]);
    }
  });

  test("so does the interpreter", () => {
    const some = requests.filter((_, i) => i % 6 === 1).map((request) => ({ ...request, to: 60 }));
    expect(answers(new Runner(interpret(kernels), { rtol }), some)).toEqual(answers(pairs(rtol), some));
  });
});

describe("a lane beside one that fails, stops or throws", () => {
  const wanted = answers(pairs(1e-5), requests.slice(0, 4));
  const with_ = (action: Action): RunRequest => ({ ...requests[5]!, actions: [...requests[5]!.actions, action] });
  const at = (day: number, apply: Action["apply"]): Action => ({ at: day, label: "test", apply });

  test("NaN in one patient, before or on the way, does not reach the other", () => {
    const sick = { ...requests[5]!, parameters: { dA: Number.NaN } };
    const later = with_(
      at(50, (p) => {
        p.set("Nb", Number.NaN);
        return true;
      }),
    );
    const list = [requests[0]!, sick, requests[1]!, later, requests[2]!, requests[3]!];
    const found = answers(pairs(1e-5), list);
    expect([found[0], found[2], found[4], found[5]]).toEqual(wanted);
    expect(found[1]).toContain('"kind":"failed"');
    expect(found[3]).toContain('"reason":"not finite"');
  });

  test("a patient who stops makes room for the next; one with an empty step budget fails with its reason", () => {
    const stops = with_(
      at(10.5, () => {
        throw new StopRun("withdrawn");
      }),
    );
    const runner = pairs(1e-5);
    const found = answers(runner, [stops, ...requests.slice(0, 4)]);
    expect(found.slice(1)).toEqual(wanted);
    expect(found[0]).toContain('"reason":"withdrawn","time":10.5');
    const budget = new Runner(instantiateWasm(kernels, { lanes: 2 }), { rtol: 1e-5, maxSteps: 3 });
    const ends = [...budget.runAll(requests.slice(0, 3))].map(({ result }) => result.end);
    for (const end of ends) expect(end).toMatchObject({ kind: "failed", reason: "step budget" });
  });

  test("an action that throws names its request, and the runner can go on afterwards", () => {
    const throws = with_(
      at(5, () => {
        throw new Error("no such drug");
      }),
    );
    const runner = pairs(1e-5);
    const faults: RunFault[] = [];
    try {
      for (const _ of runner.runAll([requests[0]!, requests[1]!, throws]));
    } catch (error) {
      faults.push(error as RunFault);
    }
    expect(faults[0]).toBeInstanceOf(RunFault);
    expect([faults[0]!.index, faults[0]!.message]).toEqual([2, "no such drug"]);
    expect(answers(runner, requests.slice(0, 4))).toEqual(wanted);
  });

  test("a runner runs one set of patients at a time", () => {
    const runner = pairs(1e-5);
    const open = runner.runAll(requests.slice(0, 2));
    open.next();
    expect(() => runner.derive({})).toThrow("is running");
    expect(() => [...runner.runAll([])]).toThrow("is running");
    open.return(undefined);
    expect(answers(runner, requests.slice(0, 4))).toEqual(wanted);
  });
});

test.each(["wasm", "interpreter"] as const)("a state that falls below zero is reported, unless it may: %s", (name) => {
  const falling = (signed: boolean) =>
    tiny({ x: { ...state(0.5, "-1", 1e-3), ...(signed ? { signed: true as const } : {}) } });
  const run = (signed: boolean) =>
    runnerOf(falling(signed), { rtol: 1e-6 }, [], name).run({ from: 0, to: 1, actions: [], outputDays: [] });
  expect(run(false).undershoot).toBeCloseTo(500, 6);
  expect(run(true).undershoot).toBe(0);
});

test.each(["wasm", "interpreter"] as const)(
  "time that stands in a condition only is seen, and the next run begins anew: %s",
  (name) => {
    const runner = runnerOf(tiny({ x: state(0, "if(time*one < 5, 1, 0)") }), { rtol: 1e-8 }, ["x"], name);
    const request = { from: 0, to: 10, actions: [], outputDays: [4, 6, 10] };
    const first = runner.run(request);
    expect([...first.outputs].map((x) => x.toFixed(3))).toEqual(["4.000", "5.000", "5.000"]);
    expect(bitsOf(runner.run(request).outputs)).toEqual(bitsOf(first.outputs));
  },
);

test("two actions a rounding error apart are both met", () => {
  const days = [0.3, 0.1 + 0.2, 700, 700 + 2e-11];
  const seen: number[] = [];
  const actions = days.map((day) => ({
    at: day,
    label: "look",
    apply: () => {
      seen.push(day);
      return true;
    },
  }));
  const { end } = runnerOf(tiny({ x: state(1, "-x") }), { rtol: 1e-6 }).run({
    from: 0,
    to: 701,
    actions,
    outputDays: [],
  });
  expect([end, seen]).toEqual([{ kind: "completed" }, [...days].sort((a, b) => a - b)]);
});

test("output days out of order, and a method that is not compiled in, are refused", () => {
  const module = tiny({ x: state(1, "-x") });
  for (const outputDays of [[5, 1], [Number.NaN], [1, Number.NaN, 2]])
    expect(() => runnerOf(module, { rtol: 1e-6 }).run({ from: 0, to: 10, actions: [], outputDays })).toThrow(
      "ascending",
    );
  expect(() => runnerOf(module, { rtol: 1e-6, method: { ...rodas4 } })).toThrow("not compiled in");
});
