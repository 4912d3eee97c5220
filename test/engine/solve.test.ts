import { describe, expect, test } from "vitest";
import { type Action, defineModule, interpret, Runner } from "../../src/engine/index.js";
import { wholeModel } from "../../src/population/index.js";
import { stream } from "../../src/statistics/index.js";
import { makeScenarios, START } from "../golden/scenarios.js";
import { planScenarios } from "../golden/summarise.js";
import { backendOf, bitsOf, kernelsOf, parameter, runnerOf, state, tiny } from "./tiny.js";

const act = (at: number, apply: Action["apply"]): Action => ({ at, label: `day ${at}`, apply });
const add = (at: number, name: string, amount: number) =>
  act(at, (p) => {
    p.add(name, amount);
    return true;
  });
const range = (from: number, to: number, n: number) =>
  Array.from({ length: n + 1 }, (_, k) => from + ((to - from) * k) / n);

/** x = sin t, y = cos t. */
const oscillator = tiny({ x: state(0, "y", 1e-30), y: state(1, "-x", 1e-30) });

describe("accuracy", () => {
  test("order: 5 at the end of steps, at least 4 between them", () => {
    const days = range(0, 20, 4000);
    const tolerances = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9];
    const runs = tolerances.map((rtol) => {
      const { outputs, accepted, end } = runnerOf(oscillator, { rtol }).run({
        from: 0,
        to: 20,
        actions: [],
        outputDays: days,
      });
      expect(end).toEqual({ kind: "completed" });
      const error = (i: number) =>
        Math.hypot(outputs[2 * i]! - Math.sin(days[i]!), outputs[2 * i + 1]! - Math.cos(days[i]!));
      return { accepted, between: Math.max(...days.map((_, i) => error(i))), atEnd: error(days.length - 1), rtol };
    });
    const slope = (pick: (r: (typeof runs)[number]) => number) => {
      const [first, last] = [runs[1]!, runs[runs.length - 1]!];
      return Math.log(pick(first) / pick(last)) / Math.log(last.accepted / first.accepted);
    };
    const [atEnd, between] = [slope((r) => r.atEnd), slope((r) => r.between)];
    console.log(
      `oscillator: order ${atEnd.toFixed(2)} at the end, ${between.toFixed(2)} between; ${runs.map((r) => `${r.rtol}: ${r.accepted} steps, ${r.between.toExponential(1)}`).join("; ")}`,
    );
    expect(atEnd).toBeGreaterThan(4.7);
    expect(between).toBeGreaterThan(4);
    for (const { between: worst, rtol } of runs) expect(worst).toBeLessThan(100 * rtol);
  });

  test("values between steps are as good as those at their ends: against a tight run of the whole model", () => {
    const kernels = planScenarios(wholeModel());
    const backend = backendOf(kernels, "wasm");
    const scenario = makeScenarios([]).find((s) => s.name === "SLE CART")!;
    const days = range(START, 360, 1480);
    const run = (rtol: number) =>
      new Runner(backend, { rtol, atolScale: rtol / 1e-6 }).run({
        parameters: scenario.parameters,
        from: START,
        to: 360,
        actions: scenario.actions,
        outputDays: days,
      });
    const tight = run(1e-11).outputs;
    const width = kernels.outputs.length;
    const scale = kernels.outputs.map((_, j) => Math.max(...days.map((_, i) => Math.abs(tight[i * width + j]!))));
    // Rates of cytokines switch within hours, so a dense output of order 4 may not be better than its step; relative to each output's largest value.
    const worst = [1e-6, 1e-8].map((rtol) => {
      const { outputs } = run(rtol);
      let error = 0;
      outputs.forEach((v, k) => {
        if (scale[k % width]! > 0) error = Math.max(error, Math.abs(v - tight[k]!) / scale[k % width]!);
      });
      return error;
    });
    console.log(
      `whole model, CAR-T, every quarter of a day: largest error ${worst.map((e) => e.toExponential(1)).join(" at 1e-6, ")} at 1e-8`,
    );
    expect(worst[0]).toBeLessThan(1e-3);
    expect(worst[1]).toBeLessThan(worst[0]! / 10);
  });

  test("the max norm bounds the worst state where the average lets it be", () => {
    // One fast oscillation among 30 states at rest.
    const idle = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`z${i}`, state(1, "0")]));
    const module = tiny({ x: state(0, "9*y", 1e-30), y: state(1, "-9*x", 1e-30), ...idle });
    const [rms, max] = (["rms", "max"] as const).map((norm) => {
      const { outputs } = runnerOf(module, { rtol: 1e-6, norm }, ["x"]).run({
        from: 0,
        to: 10,
        actions: [],
        outputDays: [10],
      });
      return Math.abs(outputs[0]! - Math.sin(90));
    });
    expect(max!).toBeLessThan(rms!);
  });
});

describe("the end of a segment", () => {
  test("is met exactly, however the times fall", () => {
    const random = stream(12, 0, "times");
    const times = Array.from({ length: 200 }, () => 50 * random.uniform()).sort((a, b) => a - b);
    times.push(times[199]! + 1e-9, 50, 50 + 1e-12 * 50);
    times.sort((a, b) => a - b);
    const seen: [number, number, number][] = [];
    const clock = tiny({ t: state(0, "1"), x: state(0, "cosine", 1e-14), cosine: state(1, "-x", 1e-14) });
    const { end } = runnerOf(clock, { rtol: 1e-9 }).run({
      from: 0,
      to: 51,
      actions: times.map((at) =>
        act(at, (p) => {
          seen.push([p.day, p.get("t"), p.get("x")]);
          return false;
        }),
      ),
      outputDays: [],
    });
    expect(end).toEqual({ kind: "completed" });
    expect(seen.map(([day]) => day)).toEqual(times);
    for (const [day, t, x] of seen) {
      expect(Math.abs(t - day)).toBeLessThan(1e-12 * 50);
      expect(Math.abs(x - Math.sin(day))).toBeLessThan(1e-7);
    }
  });

  test("an action that only looks costs no restart; one that changes something does", () => {
    const run = (changed: boolean) =>
      runnerOf(oscillator, { rtol: 1e-8 }).run({
        from: 0,
        to: 100,
        actions: range(1, 99, 98).map((at) => act(at, () => changed)),
        outputDays: [100],
      });
    const [looked, changed] = [run(false), run(true)];
    expect(looked.accepted + looked.rejected).toBeLessThan(changed.accepted + changed.rejected - 20);
    expect(Math.abs(looked.outputs[0]! - Math.sin(100))).toBeLessThan(1e-6);
    expect(Math.abs(changed.outputs[0]! - Math.sin(100))).toBeLessThan(1e-6);
  });
});

describe("doses", () => {
  const drug = defineModule("drug", {
    about: "two compartments",
    parameters: {
      k10: parameter(0.9, "1/day"),
      k12: parameter(2.4, "1/day"),
      k21: parameter(0.35, "1/day"),
    },
    states: {
      central: {
        unit: "mg",
        about: "central",
        initial: "0",
        tolerance: 1e-9,
        rate: "-(k10 + k12)*central + k21*peripheral",
      },
      peripheral: {
        unit: "mg",
        about: "peripheral",
        initial: "0",
        tolerance: 1e-9,
        rate: "k12*central - k21*peripheral",
      },
    },
  });
  const closed = (day: number, doses: readonly (readonly [number, number])[]): [number, number] => {
    const [k10, k12, k21] = [0.9, 2.4, 0.35];
    const sum = k10 + k12 + k21;
    const root = Math.sqrt(sum * sum - 4 * k10 * k21);
    const [a, b] = [(sum + root) / 2, (sum - root) / 2];
    let central = 0;
    let peripheral = 0;
    for (const [at, dose] of doses) {
      if (at > day) continue;
      const [ea, eb] = [Math.exp(-a * (day - at)), Math.exp(-b * (day - at))];
      central += (dose / (a - b)) * ((a - k21) * ea + (k21 - b) * eb);
      peripheral += ((dose * k12) / (a - b)) * (eb - ea);
    }
    return [central, peripheral];
  };
  const random = stream(13, 0, "doses");
  const doses = Array.from(
    { length: 25 },
    (_, k) => [k < 20 ? 3.5 * k : 60 * random.uniform(), 100 + 900 * random.uniform()] as const,
  );
  const days = [...range(0, 100, 731), ...doses.map(([at]) => at)].sort((a, b) => a - b);

  test.each([
    [1e-5, 1e-5],
    [1e-7, 1e-7],
    [1e-9, 1e-9],
  ])("at rtol %f the largest error is below %f of the peak", (rtol, bound) => {
    const { end, outputs, accepted } = runnerOf(drug, { rtol }).run({
      from: 0,
      to: 100,
      actions: doses.map(([at, dose]) => add(at, "central", dose)),
      outputDays: days,
    });
    expect(end).toEqual({ kind: "completed" });
    const wanted = days.map((day) => closed(day, doses));
    const peak = Math.max(...wanted.flat());
    let worst = 0;
    wanted.forEach((pair, i) => {
      pair.forEach((value, j) => {
        worst = Math.max(worst, Math.abs(outputs[2 * i + j]! - value) / peak);
      });
    });
    console.log(`25 doses at rtol ${rtol}: error ${worst.toExponential(1)} of the peak, ${accepted} steps`);
    expect(worst).toBeLessThan(bound);
  });
});

describe("time in the right-hand side", () => {
  /** Prothero and Robinson: x = sin ωt whatever k; a method without ∂f/∂t loses its order. */
  const forced = (k: number) =>
    tiny(
      { x: state(0, "-k*(x - s) + w*c", 1e-12) },
      { k, w: 2 },
      {
        quantities: {
          s: { unit: "1", formula: "hill(1, 1)*0 + sinus" },
          sinus: {
            unit: "1",
            // Built from what formulas have: a rational wave with known derivative, u/(1 + u²) with u = w·t − 5.
            formula: "(w*time*one - 5)/(1 + (w*time*one - 5)^2)",
          },
          c: {
            unit: "1",
            formula: "(1 - (w*time*one - 5)^2)/(1 + (w*time*one - 5)^2)^2",
          },
        },
      },
    );
  const truth = (t: number) => (2 * t - 5) / (1 + (2 * t - 5) ** 2);
  test.each([1, 30, 1e3])("stiffness %f: the error falls with the tolerance, steps do not grow with stiffness", (k) => {
    const start = act(0, (p) => {
      p.set("x", truth(0));
      return true;
    });
    const days = range(0, 10, 500).slice(1);
    const results = [1e-5, 1e-7, 1e-9].map((rtol) => {
      const { outputs, accepted, end } = runnerOf(forced(k), { rtol }).run({
        from: 0,
        to: 10,
        actions: [start],
        outputDays: days,
      });
      expect(end).toEqual({ kind: "completed" });
      return { error: Math.max(...days.map((t, i) => Math.abs(outputs[i]! - truth(t)))), accepted };
    });
    console.log(
      `forced, k = ${k}: ${results.map((r) => `${r.error.toExponential(1)} in ${r.accepted} steps`).join(", ")}`,
    );
    expect(results[0]!.error).toBeLessThan(1e-4);
    expect(results[2]!.error).toBeLessThan(1e-7);
    expect(results[2]!.error).toBeLessThan(results[0]!.error / 100);
    expect(results[1]!.accepted).toBeLessThan(300);
  });
  /**
   * A fast state that follows a function of time is controlled at the ends of steps only: with k = 1e6 the estimate of the error is divided by k·h, the steps grow to a
   * fifth of the run, and what the function does inside a step is not seen by the dense output (error 0.5 at rtol 1e-5). No module of the product reads time.
   */
  test("stiffness 1e6: right at the ends of segments", () => {
    const seen: [number, number][] = [];
    const look = (at: number) =>
      act(at, (p) => {
        if (at === 0) p.set("x", truth(0));
        else seen.push([at, p.get("x")]);
        return at === 0;
      });
    const { end } = runnerOf(forced(1e6), { rtol: 1e-5 }).run({
      from: 0,
      to: 10,
      actions: range(0, 10, 20).map(look),
      outputDays: [],
    });
    expect(end).toEqual({ kind: "completed" });
    expect(seen).toHaveLength(20);
    for (const [t, x] of seen) expect(Math.abs(x - truth(t))).toBeLessThan(1e-4);
    expect(kernelsOf(forced(1)).timeDerivative).not.toBeNull();
    expect(planScenarios(wholeModel()).timeDerivative).toBeNull();
  });
  test("the kernel of ∂f/∂t agrees with differences, and is absent where time does not appear", () => {
    expect(kernelsOf(oscillator).timeDerivative).toBeNull();
    const backend = interpret(kernelsOf(forced(3)));
    new Runner(backend, { rtol: 1e-6 }).derive({});
    const place = backend.kernels.layout.work;
    for (const t of [0.1, 2.5, 7]) {
      backend.memory[place] = 0.4;
      const at = (time: number) => {
        backend.rates(place, place + 1, time);
        return backend.memory[place + 1]!;
      };
      const wanted = (at(t + 1e-5) - at(t - 1e-5)) / 2e-5;
      backend.timeDerivative(place, place + 1, t);
      expect(backend.memory[place + 1]! / wanted).toBeCloseTo(1, 6);
    }
  });
});

describe("how a run ends", () => {
  test("step budget: with the time reached; later outputs are NaN, earlier ones stand", () => {
    const { end, outputs } = runnerOf(oscillator, { rtol: 1e-8, maxSteps: 30 }).run({
      from: 0,
      to: 100,
      actions: [],
      outputDays: range(0, 100, 1000),
    });
    expect(end).toMatchObject({ kind: "failed", reason: "step budget" });
    const { time } = end as { time: number };
    expect(time).toBeGreaterThan(0);
    expect(time).toBeLessThan(100);
    range(0, 100, 1000).forEach((day, i) => {
      if (day <= time) expect(Math.abs(outputs[2 * i]! - Math.sin(day))).toBeLessThan(1e-5);
      else expect(outputs[2 * i]).toBeNaN();
    });
  });
  test("the budget is per segment: actions renew it", () => {
    const actions = range(1, 99, 98).map((at) => act(at, () => false));
    const { end, accepted } = runnerOf(oscillator, { rtol: 1e-8, maxSteps: 30 }).run({
      from: 0,
      to: 100,
      actions,
      outputDays: [],
    });
    expect(end).toEqual({ kind: "completed" });
    expect(accepted).toBeGreaterThan(30);
  });
  test.each([0, 3, 1000])("a rate that is not a number from day %i on is found there and named", (day) => {
    const module = tiny(
      { x: state(0, "1") },
      {},
      {
        quantities: { bad: { unit: "1", formula: "log(day - time*one)" } },
        controls: { day: { unit: "1", about: "", initial: "1e9" } },
      },
    );
    const withBad = defineModule("bad", {
      ...module.declaration,
      states: { x: { ...state(0, "1"), rate: "one + bad*0.001*one" } },
    });
    const { end, outputs } = runnerOf(withBad, { rtol: 1e-6 }).run({
      from: 0,
      to: day + 10,
      actions: [
        act(0, (p) => {
          p.control("day", day);
          return true;
        }),
      ],
      outputDays: [0, day + 9],
    });
    expect(end).toMatchObject({ kind: "failed", reason: "not finite" });
    expect((end as { time: number }).time).toBeCloseTo(day, 6);
    expect(outputs[1]).toBeNaN();
  });
  test("a parameter that is not a number", () => {
    const { end } = runnerOf(tiny({ x: state(1, "-k*x") }, { k: 1 }), { rtol: 1e-6 }).run({
      parameters: { k: Number.NaN },
      from: 5,
      to: 10,
      actions: [],
      outputDays: [],
    });
    expect(end).toEqual({ kind: "failed", reason: "not finite", time: 5 });
  });
  test("an explosion in finite time ends at that time, with a reason", () => {
    // x = 1/(1 − t)
    const { end } = runnerOf(tiny({ x: state(1, "x^2") }), { rtol: 1e-6 }).run({
      from: 0,
      to: 2,
      actions: [],
      outputDays: [],
    });
    expect(end.kind).toBe("failed");
    expect((end as { time: number }).time).toBeCloseTo(1, 5);
  });
  test("an action that sets a state to NaN or Infinity is not integrated over", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const { end, outputs } = runnerOf(oscillator, { rtol: 1e-6 }).run({
        from: 0,
        to: 10,
        actions: [
          act(4, (p) => {
            p.set("x", value);
            return true;
          }),
        ],
        outputDays: [3, 10],
      });
      expect(end).toMatchObject({ kind: "failed", time: 4 });
      expect(outputs[0]).toBeCloseTo(Math.sin(3), 4);
      expect(outputs[2]).toBeNaN();
    }
  });
});

describe("bits", () => {
  const scenario = makeScenarios([]).find((s) => s.name === "SLE CART")!;
  const kernels = planScenarios(wholeModel());
  const width = kernels.outputs.length;
  const request = (outputDays: number[]) => ({
    parameters: scenario.parameters,
    from: START,
    to: 200,
    actions: scenario.actions,
    outputDays,
  });
  const runner = new Runner(backendOf(kernels, "wasm"), { rtol: 1e-6 });

  test("a day's outputs do not depend on which other days are asked", () => {
    const dense = range(START, 200, 840);
    const few = [START, 0, 1.25, 50, 200];
    const a = runner.run(request(dense)).outputs;
    const b = runner.run(request(few)).outputs;
    few.forEach((day, row) => {
      const i = dense.indexOf(day);
      expect(bitsOf(b.subarray(row * width, (row + 1) * width))).toEqual(
        bitsOf(a.subarray(i * width, (i + 1) * width)),
      );
    });
  });
  test("twice the same, in the same memory and in a fresh one, also after a run that failed", () => {
    const days = range(START, 200, 70);
    const first = bitsOf(runner.run(request(days)).outputs).join();
    expect(bitsOf(runner.run(request(days)).outputs).join()).toBe(first);
    const broken = runner.run({ ...request(days), parameters: { dA: Number.NaN } });
    expect(broken.end.kind).toBe("failed");
    const other = runner.run({ ...request(days), parameters: { ...scenario.parameters, dA: 0.05 } });
    expect(bitsOf(other.outputs).join()).not.toBe(first);
    expect(bitsOf(runner.run(request(days)).outputs).join()).toBe(first);
    expect(bitsOf(new Runner(backendOf(kernels, "wasm"), { rtol: 1e-6 }).run(request(days)).outputs).join()).toBe(
      first,
    );
  });
});

describe("tiny numbers", () => {
  test("what decays below 1e-290 becomes 0 and stays 0; no stored state is a denormal", () => {
    const seen: [number, number, number][] = [];
    const look = Array.from(
      { length: 2000 },
      (_, k): Action => ({
        at: k / 2,
        label: "look",
        apply: (p) => {
          seen.push([k / 2, p.get("x"), p.get("y")]);
          return false;
        },
      }),
    );
    const runner = runnerOf(tiny({ x: state(1, "-3*x", 1e-12), y: state(1, "-0.001*y", 1e-12) }), { rtol: 1e-6 });
    expect(runner.run({ from: 0, to: 1000, actions: look, outputDays: [] }).end).toEqual({ kind: "completed" });
    let zeroAt = -1;
    for (const [day, x] of seen) {
      expect(x === 0 || Math.abs(x) >= 1e-290).toBe(true);
      if (x === 0 && zeroAt < 0) zeroAt = day;
      if (zeroAt >= 0) expect(x).toBe(0);
    }
    expect(zeroAt).toBeGreaterThan(150);
    expect(zeroAt).toBeLessThan(300);
    expect(seen[seen.length - 1]![2]).toBeCloseTo(Math.exp(-0.9995), 5);
  });
});
