/** The dosing language beyond what NONMEM's output and exact solutions judge (test/reference/pk.test.ts). */
import { describe, expect, it } from "vitest";
import {
  assemble,
  defineModule,
  instantiateWasm,
  interpret,
  planKernels,
  RegimenError,
  type RegimenEvent,
  Runner,
  regimenActions,
  simulateRegimen,
  withInputs,
} from "../../src/engine/index.js";

const because = { level: "assumed", reason: "a test", bounds: [0, 1e6] as const, about: "x" } as const;
const drug = defineModule("drug", {
  about: "saturable elimination, an area under the curve, and a state that nothing moves",
  parameters: {
    vmax: { value: 12, unit: "mg/day", ...because },
    km: { value: 20, unit: "mg", ...because },
    ka: { value: 3, unit: "1/day", ...because },
  },
  states: {
    gut: { unit: "mg", about: "gut", initial: "0", tolerance: 1e-9 },
    blood: { unit: "mg", about: "blood", initial: "0", tolerance: 1e-9 },
    still: { unit: "1", about: "still", initial: "7", tolerance: 1e-9 },
  },
  flows: {
    absorbed: { from: "gut", to: "blood", rate: "ka*gut" },
    gone: { from: "blood", rate: "vmax*blood/(km + blood)" },
  },
});
const area = defineModule("area", {
  about: "area",
  inputs: { blood: "mg" },
  states: { area: { unit: "mg*day", about: "area under blood", initial: "0", tolerance: 1e-9, rate: "blood" } },
});
const kernels = (...more: (typeof area)[]) =>
  planKernels(assemble([withInputs(drug, ["blood"]), ...more]), ["gut", "blood", "still"]);
const runner = new Runner(instantiateWasm(kernels()), { rtol: 1e-10, atolScale: 1e-2 });
const at = (events: readonly RegimenEvent[], ...times: (number | string)[]) =>
  simulateRegimen(runner, { events, observe: times.map((time) => ({ time })) }).rows;

describe("a regimen", () => {
  it("gives every problem at once, each with its place", () => {
    const events = [
      { time: "3 mg", into: "blood", amount: 1 },
      { time: 0, into: "bloood", amount: -1, bioavailability: -2 },
      { time: 0, into: "gut", amount: 1, rate: 3, duration: "0 day" },
      { time: 0, into: "blood", amount: 1, additional: 2.5 },
      { time: 0, into: "blood", amount: 1, steadyState: "reset", lag: "-1 h" },
      { time: Number.NaN, reset: true },
    ] as const satisfies readonly RegimenEvent[];
    let found: RegimenError | undefined;
    try {
      regimenActions(runner, events);
    } catch (error) {
      found = error as RegimenError;
    }
    expect(found).toBeInstanceOf(RegimenError);
    expect(found!.problems.map(({ path, what }) => `${path}: ${what}`)).toEqual([
      'event 1 › time: "3 mg" is no time',
      'event 2 › into: no state "bloood"',
      "event 2 › amount: -1 is no amount",
      "event 2 › bioavailability: -2 is no share",
      "event 3 › rate: both rate and duration",
      "event 3 › duration: an infusion of no length",
      'event 3 › into: "gut" has no input for an infusion',
      "event 4 › additional: 2.5 is no count",
      "event 4 › every: further doses without an interval",
      "event 5 › lag: -1 h is negative",
      "event 5 › every: a steady state without an interval",
      "event 6 › time: NaN is no time",
    ]);
    for (const { hint } of found!.problems) expect(hint).not.toBe("");
  });

  it("takes times in any unit", () => {
    const a = at(
      [{ time: "12 h", into: "gut", amount: 50, lag: "30 min", every: "1 week", additional: 1 }],
      "8 day",
      7.6,
    );
    const b = at([{ time: 0.5, into: "gut", amount: 50, lag: 1 / 48, every: 7, additional: 1 }], 8, 7.6);
    for (const [i, value] of a.flat().entries()) expect(value).toBeCloseTo(b.flat()[i]!, 9);
  });

  it("an infusion is the sum of many small boluses; overlapping ones add up and leave no rate behind", () => {
    const infusion = at(
      [
        { time: 0, into: "blood", amount: 30, duration: 2 },
        { time: 1, into: "blood", amount: 15, rate: 15 },
      ],
      1.5,
      2,
      40,
    );
    const n = 4000;
    const small = Array.from({ length: n }, (_, i): RegimenEvent[] => [
      { time: (2 * (i + 0.5)) / n, into: "blood", amount: 30 / n },
      { time: 1 + (i + 0.5) / n, into: "blood", amount: 15 / n },
    ]).flat();
    const boluses = at(small, 1.5, 2);
    for (const row of [0, 1]) expect(infusion[row]![1]! / boluses[row]![1]!).toBeCloseTo(1, 4);
    expect(infusion[2]![1]).toBeLessThan(1e-3);
  });

  it("tells the observation before a dose from the one after it, in the order asked", () => {
    const { rows } = simulateRegimen(runner, {
      events: [
        { time: 0, into: "blood", amount: 10 },
        { time: 1, into: "blood", amount: 10 },
      ],
      observe: [{ time: 1, when: "after" }, { time: 1, when: "before" }, { time: 0, when: "before" }, { time: 0 }],
    });
    expect(rows[0]![1]! - rows[1]![1]!).toBeCloseTo(10, 9);
    expect(rows.slice(2).map((row) => row[1])).toEqual([0, 10]);
  });

  it("a reset cancels what runs and what is pending, and puts states back to where they begin", () => {
    const before: RegimenEvent[] = [
      { time: 0, into: "blood", amount: 40, duration: 4 },
      { time: 0, into: "gut", amount: 10, lag: 3, every: 1, additional: 5 },
    ];
    const rows = at([...before, { time: 2, reset: true }], 1.9, 2, 9);
    expect(rows[0]![1]).toBeGreaterThan(1);
    expect(rows.slice(1)).toEqual([
      [0, 0, 7],
      [0, 0, 7],
    ]);
    const again = at([...before, { time: 2, into: "blood", amount: 5, reset: true }], 2);
    expect(again[0]).toEqual([0, 5, 7]);
  });

  it("the same events can be used again and give the same bits, in both backends and in both lanes", () => {
    const events: RegimenEvent[] = [{ time: 0, into: "blood", amount: 30, duration: 1, every: 2, additional: 3 }];
    const actions = regimenActions(runner, events);
    const request = { from: 0, to: 9, actions, outputDays: [1, 3, 9] };
    const first = [...runner.run(request).outputs];
    expect([...runner.run(request).outputs]).toEqual(first);
    const other = new Runner(interpret(kernels()), runner.options);
    expect([...other.run({ ...request, actions: regimenActions(other, events) }).outputs]).toEqual(first);
    const lanes = new Runner(instantiateWasm(kernels(), { lanes: 2 }), runner.options);
    for (const { result } of lanes.runAll([request, request, request])) expect([...result.outputs]).toEqual(first);
  });
});

describe("steady state", () => {
  const dose: RegimenEvent = { time: 0, into: "gut", amount: 8, every: 1 };
  it("of a saturable drug is where many doses lead", () => {
    const many = at([{ ...dose, time: -420, additional: 430 }], 0.25, 0.5, 0.9);
    const steady = at([{ ...dose, additional: 3, steadyState: "reset" }], 0.25, 0.5, 0.9);
    for (const [i, row] of steady.entries()) expect(row[1]! / many[i]![1]!).toBeCloseTo(1, 7);
  });
  it("of infusions longer than the interval, with a lag", () => {
    const infusion: RegimenEvent = { time: 0, into: "blood", amount: 8, duration: 2.5, every: 1, lag: 0.3 };
    const many = at([{ ...infusion, time: -420, additional: 430 }], 0.1, 0.29, 0.7, 4);
    const steady = at([{ ...infusion, additional: 10, steadyState: "reset" }], 0.1, 0.29, 0.7, 4);
    for (const [i, row] of steady.entries()) expect(row[1]! / many[i]![1]!).toBeCloseTo(1, 7);
  });
  it("leaves a state that nothing moves where it begins", () =>
    expect(at([{ ...dose, steadyState: "reset" }], 0)[0]![2]).toBe(7));
  it("does not exist for more than can be eliminated, or for an area, and says so", () => {
    expect(() => at([{ ...dose, amount: 13, steadyState: "reset" }], 1)).toThrow(/no steady state/);
    const withArea = new Runner(instantiateWasm(kernels(area)), { rtol: 1e-8 });
    expect(() => regimenActions(withArea, [{ ...dose, steadyState: "reset" }])).toThrow(/"area" has no steady state/);
  });
});

it("withInputs refuses a state that there is not", () =>
  expect(() => withInputs(drug, ["blood", "liver"])).toThrow(/drug has no state liver/));
