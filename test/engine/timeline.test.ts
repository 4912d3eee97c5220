import { describe, expect, test } from "vitest";
import { type Action, StopRun } from "../../src/engine/index.js";
import { Timeline } from "../../src/engine/timeline.js";
import { runnerOf, state, tiny } from "./tiny.js";

/** x(t) = t + what actions add; c is a control. */
const module = tiny(
  { x: state(0, "1"), y: state(0, "c") },
  { p: 5 },
  {
    controls: { c: { unit: "1", about: "c", initial: "p" } },
    derived: { d: { unit: "1", formula: "p*2 + c" } },
    quantities: { double: { unit: "1", formula: "2*x" } },
  },
);
const runner = runnerOf(module, { rtol: 1e-8 }, ["x", "y", "double"]);
const act = (at: number, apply: Action["apply"] = () => false, label = `day ${at}`): Action => ({ at, label, apply });
const run = (actions: Action[], outputDays: number[] = [], from = 0, to = 10) =>
  runner.run({ from, to, actions, outputDays });
/** For actions that are one call: they changed something. */
const did = (_: unknown) => true;
const xs = (outputs: Float64Array) => [...outputs].filter((_, i) => i % 3 === 0).map((x) => Number(x.toFixed(9)));

describe("order", () => {
  test("by time, and among equal times by the order of adding", () => {
    const done: string[] = [];
    const note = (name: string, at: number) =>
      act(at, () => {
        done.push(name);
        return false;
      });
    run([note("c", 5), note("a", 1), note("d", 5), note("b", 1), note("e", 5), note("start", 0), note("end", 10)]);
    expect(done).toEqual(["start", "a", "b", "c", "d", "e", "end"]);
  });
  test("an action scheduled for now comes after those that wait for now; one for later in its place", () => {
    const done: string[] = [];
    run([
      act(2, (p) => {
        done.push("first");
        p.schedule(act(2, () => !done.push("now")));
        p.schedule(act(3, () => !done.push("later")));
        p.schedule(act(2.5, () => !done.push("between")));
        return false;
      }),
      act(2, () => !done.push("second")),
      act(3, () => !done.push("waited")),
    ]);
    expect(done).toEqual(["first", "second", "now", "between", "waited", "later"]);
  });
  test("later actions see what earlier ones of the same time did", () => {
    const seen: number[] = [];
    run([
      act(4, (p) => {
        p.set("x", 100);
        return true;
      }),
      act(4, (p) => {
        seen.push(p.get("x"), p.output("double"), p.day);
        return false;
      }),
    ]);
    expect(seen).toEqual([100, 200, 4]);
  });
  test("a list of many in random order comes out sorted and stable", () => {
    const actions = Array.from({ length: 500 }, (_, i) => act((i * 7919) % 23, undefined, String(i)));
    const timeline = new Timeline(actions);
    const out: Action[] = [];
    for (let a = timeline.take(); a; a = timeline.take()) out.push(a);
    const wanted = [...actions].sort((a, b) => a.at - b.at || Number(a.label) - Number(b.label));
    expect(out).toEqual(wanted);
    expect(timeline.next).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("errors", () => {
  test("adding to the past", () => {
    expect(() => run([act(4, (p) => did(p.schedule(act(3.999, undefined, "too late"))))])).toThrow(
      "too late: day 3.999 lies before day 4",
    );
  });
  test("a time that is no number", () => {
    expect(() => run([act(Number.NaN, undefined, "when?")])).toThrow("when?: time NaN is not finite");
    expect(() => run([act(Number.POSITIVE_INFINITY, undefined, "never")])).toThrow("time Infinity is not finite");
  });
  test("an action before the start of the run", () => {
    expect(() => run([act(-1, undefined, "early")])).toThrow("early: day -1 lies before day 0");
  });
  test("unknown names", () => {
    for (const [apply, message] of [
      [(p) => did(p.get("nobody")), 'unknown state "nobody"'],
      [(p) => did(p.set("p", 1)), 'unknown state "p"'],
      [(p) => did(p.add("double", 1)), 'unknown state "double"'],
      [(p) => did(p.constant("x")), 'unknown parameter "x"'],
      [(p) => did(p.control("nobody", 1)), 'unknown parameter "nobody"'],
      [(p) => did(p.output("d")), 'unknown output "d"'],
      [(p) => did(p.history(["d"], 0)), 'unknown output "d"'],
    ] as [Action["apply"], string][])
      expect(() => run([act(1, apply)])).toThrow(message);
  });
  test("an error of an action is not swallowed", () => {
    expect(() =>
      run([
        act(1, () => {
          throw new TypeError("mine");
        }),
      ]),
    ).toThrow(TypeError);
  });
});

describe("outputs", () => {
  const jump = (at: number) =>
    act(at, (p) => {
      p.add("x", 100);
      return true;
    });
  test("at an action's time are the values after it, also at both ends of the run", () => {
    const { outputs } = run([jump(0), jump(4), jump(10)], [0, 3, 4, 5, 10]);
    expect(xs(outputs)).toEqual([100, 103, 204, 205, 310]);
  });
  test("a day asked twice is given twice", () => {
    const { outputs } = run([jump(4)], [0, 0, 3, 3, 4, 4, 4, 10, 10]);
    expect(xs(outputs)).toEqual([0, 0, 3, 3, 104, 104, 104, 110, 110]);
  });
  test("days outside the run are NaN and disturb nothing", () => {
    const { outputs } = run([jump(4)], [-3, -1, 0, 4, 10, 11]);
    expect(xs(outputs)).toEqual([Number.NaN, Number.NaN, 0, 104, 110, Number.NaN]);
  });
  test("actions after the end are not done", () => {
    let done = 0;
    const { end } = run([act(10.5, () => !++done), act(10, (p) => did(p.schedule(act(11, () => !++done))))]);
    expect(end).toEqual({ kind: "completed" });
    expect(done).toBe(0);
  });
  test("a run of no length does its actions and its outputs", () => {
    const { outputs, end } = run([jump(0)], [0], 0, 0);
    expect(end).toEqual({ kind: "completed" });
    expect(xs(outputs)).toEqual([100]);
  });
  test("stopping: reason and time, the outputs before it stand, those from then on are NaN", () => {
    const { end, outputs } = run(
      [
        act(4, () => {
          throw new StopRun("withdrew");
        }),
      ],
      [0, 3, 4, 5],
    );
    expect(end).toEqual({ kind: "stopped", reason: "withdrew", time: 4 });
    expect(xs(outputs)).toEqual([0, 3, Number.NaN, Number.NaN]);
  });
});

describe("controls and constants", () => {
  test("a control takes effect at once, changes what is derived from it, and is back in the next run", () => {
    const seen: number[] = [];
    const actions = [
      act(2, (p) => {
        seen.push(p.constant("c"), p.constant("d"), p.constant("p"));
        p.control("c", 1);
        seen.push(p.constant("c"), p.constant("d"));
        return true;
      }),
    ];
    for (let twice = 0; twice < 2; twice++) {
      const { outputs } = run(actions, [2, 4]);
      expect(outputs[1]).toBeCloseTo(10, 7);
      expect(outputs[4]).toBeCloseTo(12, 7);
    }
    expect(seen).toEqual([5, 15, 5, 1, 11, 5, 15, 5, 1, 11]);
  });
});

describe("history", () => {
  test("stored outputs after a day and before now, in order, without this day's own", () => {
    const found: [number, number][][] = [];
    const look = (at: number, since: number) =>
      act(at, (p) => {
        const { days, values } = p.history(["double"], since);
        found.push(days.map((day, i) => [day, Number(values[0]![i]!.toFixed(7))]));
        return false;
      });
    run([look(0, -1), look(4, 0), look(4, 2), look(6.5, 4), look(10, 10)], [0, 1, 2, 3, 4, 5, 6, 7, 10]);
    expect(found).toEqual([
      [],
      [
        [1, 2],
        [2, 4],
        [3, 6],
      ],
      [[3, 6]],
      [
        [5, 10],
        [6, 12],
      ],
      [],
    ]);
  });
  test("holds the values after actions, at their days", () => {
    let found: [number, number][] = [];
    run(
      [
        act(2, (p) => {
          p.add("x", 50);
          return true;
        }),
        act(5, (p) => {
          const { days, values } = p.history(["double", "x"], 0);
          found = days.map((day, i) => [day, values[1]![i]!]);
          return false;
        }),
      ],
      [1, 2, 3],
    );
    expect(found.map(([day, value]) => [day, Math.round(value)])).toEqual([
      [1, 1],
      [2, 52],
      [3, 53],
    ]);
  });
});
