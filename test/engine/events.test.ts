import { describe, expect, test } from "vitest";
import {
  type Action,
  assemble,
  defineModule,
  type EventDeclaration,
  instantiateWasm,
  interpret,
  ModelError,
  type ModuleDeclaration,
  planKernels,
  Runner,
  type RunRequest,
  StopRun,
  withSuffix,
} from "../../src/engine/index.js";
import { wholeModel } from "../../src/population/index.js";
import { bitsOf, kernelsOf, parameter, runnerOf, state, tiny } from "./tiny.js";

const event = (when: string, set: Record<string, string>, more: Partial<EventDeclaration> = {}): EventDeclaration => ({
  about: "event of a test",
  when,
  set,
  ...more,
});
const signed = (initial: number, rate: string) => ({ ...state(initial, rate), signed: true as const });
const clock = { x: signed(0, "1") };
const firedIn = (runner: Runner, request: Partial<RunRequest> = {}) =>
  runner
    .run({ from: 0, to: 10, actions: [], outputDays: [], ...request })
    .happenings.filter(({ kind }) => kind === "event")
    .map(({ name, time }) => [name, time] as const);

describe("where a crossing is", () => {
  test.each([1e-3, 1e-6, 1e-9])("is found on the solution to 1e-9 at rtol %s", (rtol) => {
    const [[, time]] = firedIn(runnerOf(tiny(clock, {}, { events: { e: event("x > 0.7311", {}) } }), { rtol })) as [
      readonly [string, number],
    ];
    expect(Math.abs(time - 0.7311)).toBeLessThan(1e-9 * 0.7311);
  });
  test("and by a curved solution as exactly as that is known", () => {
    for (const rtol of [1e-6, 1e-9]) {
      const [[, time]] = firedIn(
        runnerOf(tiny({ x: state(1, "-x") }, {}, { events: { e: event("x < 0.01", {}) } }), { rtol }),
      ) as [readonly [string, number]];
      expect(Math.abs(time - Math.log(100))).toBeLessThan(30 * rtol);
    }
  });
  test("a comparison of time holds from the first double on", () => {
    const runner = runnerOf(
      tiny({ x: state(1, "if(time*one >= 0.1, -x, 0)") }, {}, { events: { e: event("time*one >= 0.1", {}) } }),
      { rtol: 1e-6 },
    );
    expect(firedIn(runner)).toEqual([["e", 0.1]]);
  });
  test("a pulse far narrower than a step is seen by its two times", () => {
    // A dose of 5 in a hundred-thousandth of a day, after 700 quiet days.
    const rate = "if(and(time*one >= 700.3, time*one < 700.30001), 500000, 0) - 0.001*x";
    const { outputs, accepted } = runnerOf(tiny({ x: state(1, rate) }), { rtol: 1e-4 }).run({
      from: 0,
      to: 800,
      actions: [],
      outputDays: [700, 800],
    });
    expect(outputs[0]).toBeCloseTo(Math.exp(-0.7), 4);
    expect(outputs[1]! / (Math.exp(-0.8) + 5 * Math.exp(-0.0997))).toBeCloseTo(1, 4);
    expect(accepted).toBeLessThan(60);
  });
  test("a pulse of the state between two steps is seen by its turning point", () => {
    // A parabola with its top 1e-6 above the threshold: the condition holds for 2e-3 days of a step of many.
    const module = tiny(
      { x: signed(0, "2*(5 - time*one)") },
      {},
      { events: { up: event("x > 24.999999", {}), down: event("not(x > 24.999999)", {}) } },
    );
    const fired = firedIn(runnerOf(module, { rtol: 1e-6 }));
    expect(fired.map(([name]) => name)).toEqual(["up", "down"]);
    expect(fired[0]![1]).toBeCloseTo(5 - 1e-3, 7);
    expect(fired[1]![1]).toBeCloseTo(5 + 1e-3, 7);
  });
  test("a top that stays below does not fire", () => {
    const module = tiny({ x: signed(0, "2*(5 - time*one)") }, {}, { events: { up: event("x > 25.000001", {}) } });
    expect(firedIn(runnerOf(module, { rtol: 1e-6 }))).toEqual([]);
  });
  test("a switched rate is as exact as its two smooth halves", () => {
    // x is t up to 1, then 2 − exp(1 − t).
    const module = tiny({ x: state(0, "if(x < 1, 1, 2 - x)") });
    const { outputs, happenings, rejected } = runnerOf(module, { rtol: 1e-10 }).run({
      from: 0,
      to: 3,
      actions: [],
      outputDays: [0.5, 3],
    });
    expect(outputs[0]).toBeCloseTo(0.5, 10);
    expect(outputs[1]).toBeCloseTo(2 - Math.exp(-2), 9);
    expect(happenings).toHaveLength(1);
    expect(happenings[0]).toMatchObject({ kind: "switch", name: "x < 1", on: false });
    expect(rejected).toBeLessThan(5);
  });
});

test("a condition that is noise does not hide a crossing, nor use up the steps", () => {
  // x and y go to 1 by different ways: their difference is rounding and error of the integration.
  const module = tiny(
    { x: state(0, "50*(1 - x)"), y: state(0, "60*(1 - y)"), z: signed(0, "1") },
    {},
    { events: { noise: event("x > y", {}), back: event("x < y", {}), real: event("z > 73.3", {}) } },
  );
  const runner = runnerOf(module, { rtol: 1e-5 });
  const { end, happenings, accepted } = runner.run({ from: 0, to: 100, actions: [], outputDays: [] });
  expect(end.kind).toBe("completed");
  const { time } = happenings.find(({ name }) => name === "real")!;
  expect(Math.abs(time - 73.3)).toBeLessThan(1e-9 * 73.3);
  expect(accepted).toBeLessThan(2000);
});

describe("what an event means", () => {
  const run = (declared: Record<string, EventDeclaration>, more: Partial<RunRequest> = {}, states = clock) =>
    firedIn(runnerOf(tiny({ ...states, y: signed(0, "0") }, {}, { events: declared }), { rtol: 1e-8 }), more);
  const days = (fired: ReturnType<typeof firedIn>) => fired.map(([name, time]) => `${name} ${time.toFixed(6)}`);

  test("it fires as the condition becomes true, once", () => {
    expect(days(run({ up: event("x > 3", {}), down: event("x < 3", {}) }))).toEqual(["up 3.000000"]);
  });
  test("at the start only where it counts as false before", () => {
    expect(days(run({ a: event("x < 3", {}), b: event("x < 3", {}, { initially: false }) }))).toEqual(["b 0.000000"]);
  });
  test("and, or, not", () => {
    expect(
      days(
        run({
          both: event("and(x > 2, x > 4)", {}),
          either: event("or(x > 2, x > 4)", {}),
          neither: event("not(or(x < 5, x > 7))", {}),
        }),
      ),
    ).toEqual(["either 2.000000", "both 4.000000", "neither 5.000000"]);
  });
  test("the larger priority comes first, read when it is its turn", () => {
    const declared = {
      a: event("x > 1", { y: "y + 1" }, { priority: "0 - y" }),
      b: event("x > 1", { y: "y + 10" }, { priority: "5" }),
      c: event("x > 1", { y: "y + 100" }, { priority: "y - 3" }),
    };
    // b (5 against 0 and −3) makes y 10: then c has 7 and a −10.
    expect(run(declared).map(([name]) => name)).toEqual(["b", "c", "a"]);
  });
  test("one that is not persistent is forgotten where the condition ends before its delay", () => {
    const pulse = { x: signed(0, "if(time*one < 2, 1, 0 - 1)") };
    const declared = {
      kept: event("x > 1", {}, { delay: "3 {day}" }),
      forgotten: event("x > 1", {}, { delay: "3 {day}", persistent: false }),
      quick: event("x > 1", {}, { delay: "1 {day}", persistent: false }),
    };
    expect(days(run(declared, {}, pulse))).toEqual(["quick 2.000000", "kept 4.000000"]);
  });
  test("a delay is a formula at the trigger, and a negative one an error", () => {
    expect(days(run({ a: event("x > 2", {}, { delay: "x/one" }) }))).toEqual(["a 4.000000"]);
    expect(() => run({ a: event("x > 2", {}, { delay: "(1 - x)/one" }) })).toThrow(/delay of -1/);
  });
  test("all values are taken before the first is written", () => {
    const module = tiny(
      { x: signed(1, "0"), y: signed(2, "0") },
      {},
      { events: { swap: event("time*one >= 1", { x: "y", y: "x" }) } },
    );
    const { outputs } = runnerOf(module, { rtol: 1e-6 }).run({ from: 0, to: 2, actions: [], outputDays: [2] });
    expect([...outputs]).toEqual([2, 1]);
  });
  test("a dose that makes the condition true fires it, after all actions of that time", () => {
    const add = (amount: number): Action => ({
      at: 2.5,
      label: "dose",
      apply: (patient) => {
        patient.add("x", amount);
        return true;
      },
    });
    const declared = { e: event("x > 5", { x: "0" }) };
    expect(days(run(declared, { actions: [add(10)] }))[0]).toBe("e 2.500000");
    // Up and down again at one time: nothing became true.
    expect(days(run(declared, { actions: [add(10), add(-10)] }))[0]).toBe("e 5.000000");
  });
  test("a control can be set, and the host hears of an event and may end the run", () => {
    const module = tiny(
      { x: signed(0, "speed") },
      {},
      {
        controls: { speed: { unit: "1", about: "speed", initial: "1" } },
        events: { slow: event("x > 1", { speed: "0.5" }), stop: event("x > 2", {}) },
      },
    );
    const heard: string[] = [];
    const { end } = runnerOf(module, { rtol: 1e-8 }).run({
      from: 0,
      to: 10,
      actions: [],
      outputDays: [],
      onEvent: (name, patient) => {
        heard.push(`${name} ${patient.day.toFixed(6)}`);
        if (name === "stop") throw new StopRun("far enough");
        return false;
      },
    });
    expect(heard).toEqual(["slow 1.000000", "stop 3.000000"]);
    expect(end).toMatchObject({ kind: "stopped", reason: "far enough" });
  });
  test("an output at the time of an event comes after it", () => {
    const module = tiny(clock, {}, { events: { e: event("time*one >= 2", { x: "0" }) } });
    const { outputs } = runnerOf(module, { rtol: 1e-8 }).run({ from: 0, to: 3, actions: [], outputDays: [1, 2, 3] });
    expect(outputs[1]).toBe(0);
    expect(outputs[2]).toBeCloseTo(1, 8);
  });
});

describe("crossings without end", () => {
  test.each([
    ["a thermostat without hysteresis", tiny({ x: state(0, "if(x < 1, 1, 0 - 1)") })],
    [
      "events that trigger each other",
      tiny({ x: signed(0, "1") }, {}, { events: { a: event("x > 1", { x: "0 - 1" }), b: event("x < 0", { x: "2" }) } }),
    ],
  ])("%s ends as a failure with its time", (_, module) => {
    const { end } = runnerOf(module, { rtol: 1e-6 }).run({ from: 0, to: 10, actions: [], outputDays: [] });
    expect(end).toMatchObject({ kind: "failed", reason: "events pile up" });
    expect((end as { time: number }).time).toBeCloseTo(1, 6);
  });
  test("a comparison that reads another follows it", () => {
    const { end, outputs, happenings } = runnerOf(
      tiny({ x: state(0, "if(q > 1, 0.5, 1)") }, {}, { quantities: { q: { unit: "1", formula: "if(x > 2, 2, 0)" } } }),
      { rtol: 1e-8 },
    ).run({ from: 0, to: 4, actions: [], outputDays: [4] });
    expect(end.kind).toBe("completed");
    expect(outputs[0]).toBeCloseTo(3, 8);
    expect(happenings.map(({ name }) => name)).toEqual(["x > 2"]);
  });
});

/** Patients with other thresholds, doses and lengths: events fall everywhere in each other's steps. */
const relay = tiny(
  {
    x: state(1, "if(y > low, grow, 0 - loss)*x"),
    y: state(2, "1 - x*y + if(and(time*one > 3, time*one < 3.01), kick, 0)"),
    z: signed(0, "x - z"),
  },
  { grow: 0.7, loss: 0.5, low: 0.8, kick: 40, top: 3 },
  {
    events: {
      harvest: event("x > top", { x: "x/2" }),
      late: event("z > 1", { z: "z - 0.5" }, { delay: "0.3 {day}", values: "trigger" }),
    },
  },
);
const patients: RunRequest[] = Array.from({ length: 14 }, (_, i) => ({
  parameters: { grow: 0.5 + 0.05 * i, low: 0.6 + 0.03 * (i % 5), top: 2 + 0.2 * (i % 4) },
  from: 0,
  to: 8 + (i % 6),
  actions: [
    {
      at: 1 + 0.37 * i,
      label: "dose",
      apply: (patient) => {
        patient.add("x", 0.5);
        return true;
      },
    },
  ],
  outputDays: [0.5, 1, 3, 3.005, 4, 7.5, 8],
}));
function answers(runner: Runner, list: readonly RunRequest[]): string[] {
  const found: string[] = [];
  for (const { index, result } of runner.runAll(list))
    found[index] = [
      ...bitsOf(result.outputs),
      JSON.stringify(result.end),
      JSON.stringify(result.happenings),
      result.accepted,
      result.rejected,
    ].join();
  return found;
}

describe("bits", () => {
  const kernels = kernelsOf(relay);
  const alone = answers(new Runner(instantiateWasm(kernels), { rtol: 1e-5 }), patients);
  test("something happens to everybody", () => {
    for (const text of alone) expect(text.split('"kind":"event"').length).toBeGreaterThan(3);
    expect(new Set(alone).size).toBe(patients.length);
  });
  test("are those of the interpreter", () => {
    expect(answers(new Runner(interpret(kernels), { rtol: 1e-5 }), patients)).toEqual(alone);
  });
  test("do not depend on the neighbour in the other lane", () => {
    const two = new Runner(instantiateWasm(kernels, { lanes: 2 }), { rtol: 1e-5 });
    expect(answers(two, patients)).toEqual(alone);
    const turned = [...patients].reverse();
    expect(answers(two, turned).reverse()).toEqual(alone);
    // And again with what earlier patients left behind.
    expect(answers(two, patients.slice(3))).toEqual(alone.slice(3));
  });
});

describe("a module says what is wrong with its events", () => {
  const problems = (events: Record<string, EventDeclaration>, more: Partial<ModuleDeclaration> = {}): string => {
    try {
      tiny(clock, {}, { ...more, events });
    } catch (error) {
      if (error instanceof ModelError) return error.message;
      throw error;
    }
    return "nothing";
  };
  test("all at once, with a caret", () => {
    const text = problems({
      a: event("x + 1", { x: "time" }),
      b: event("x > 3 {day}", { nobody: "1" }, { delay: "2", priority: "time" }),
      c: event("and(x, x > 1)", {}),
    });
    expect(text).toContain("tiny › events › a › when");
    expect(text).toContain("must be a comparison");
    expect(text).toMatch(/tiny › events › a\.x › set\n.*\n\s*\^+ is in day, expected 1/);
    expect(text).toContain("compares 1 with day");
    expect(text).toContain('"nobody" is no state or control of this module');
    expect(text).toMatch(/b › delay\n.*\n.* expected day/);
    expect(text).toMatch(/b › priority\n.*\n.* is in day/);
    expect(text).toContain("and takes comparisons");
  });
  test("two modules may not have one name for an event", () => {
    const one = (name: string) =>
      defineModule(name, {
        about: name,
        states: { [`x${name}`]: { unit: "1", about: "x", initial: "0", tolerance: 1e-9 } },
        events: { e: event(`x${name} > 1`, {}) },
      });
    expect(() => assemble([one("a"), one("b")])).toThrow(/is an event of "a" too/);
  });
  test("an instance has events of its own", () => {
    const family = {
      m: {
        about: "m",
        parameters: { one: parameter(1, "1/day"), top: parameter(2) },
        states: { x: state(0, "1") },
        events: { e: event("x > top", { x: "x - top" }) },
      },
    };
    const second = withSuffix(family, "_2", { rename: (_, name) => name !== "one" });
    expect(second["m_2"]!.events).toEqual({ e_2: event("x_2 > top_2", { x_2: "x_2 - top_2" }) });
  });
});

test("the platform's own model has no switch: its code is what it was", () => {
  const kernels = planKernels(wholeModel(), []);
  expect(kernels.watch).toBeNull();
  expect(kernels.events).toEqual([]);
});
