import { beforeAll, describe, expect, test } from "vitest";
import { type Backend, instantiateWasm, interpret, planKernels, Runner } from "../../src/engine/index.js";
import { wholeModel } from "../../src/population/index.js";
import { ELEMENTARY, exp, log, pow, stream } from "../../src/statistics/index.js";
import { makeScenarios, START } from "../golden/scenarios.js";
import { anyPatient } from "../patients.js";
import { stiffProblems } from "./stiff-problems.js";
import { backendOf, bitsOf, kernelsOf, runnerOf, state, tiny, ulps } from "./tiny.js";

const N = 250_000;

/** Any bit pattern with equal chance: every exponent, denormals, infinities and NaN. */
function anyDouble(random: { uniform(): number }): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, Math.floor(random.uniform() * 4294967296));
  view.setUint32(4, Math.floor(random.uniform() * 4294967296));
  return view.getFloat64(0);
}
const next = (x: number, by: number): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(by));
  return view.getFloat64(0);
};
const around = (x: number) => [-2, -1, 0, 1, 2].map((by) => next(x, by));

const EDGES = [
  ...[0, -0, 1, -1, 2, -2, 0.5, 3, Math.E, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ...[Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, Number.EPSILON, 1e-300, -1e-300],
  ...[ELEMENTARY.EXP_MAX, ELEMENTARY.EXP_MIN, -708.3964185322641, -745.2, 709.8, 1e300, -1e300].flatMap(around),
  ...[2.2250738585072014e-308, 1, Math.SQRT2, Math.SQRT1_2, 2 ** 53, 2 ** -1022, 2 ** 1023, Math.LN2].flatMap(around),
  ...[0.5, 1.5, 2.5, -0.5, 1022.5, -1074.5].map((k) => k * Math.LN2),
];

/** The functions as the generated module computes them: outputs of a model whose states are the arguments. */
const kernels = kernelsOf(
  tiny(
    { x: state(0, "0"), y: state(0, "0") },
    {},
    {
      quantities: {
        e: { unit: "1", formula: "exp(x)" },
        l: { unit: "1", formula: "log(x)" },
        p: { unit: "1", formula: "x^y" },
      },
    },
  ),
  ["e", "l", "p"],
);
const wasm = instantiateWasm(kernels);
const at = kernels.layout.work;
function generated(x: number, y: number): [number, number, number] {
  wasm.memory[at] = x;
  wasm.memory[at + 1] = y;
  wasm.observe(at, at + 2, 0);
  return [wasm.memory[at + 2]!, wasm.memory[at + 3]!, wasm.memory[at + 4]!];
}

describe("exp, log and pow", () => {
  test(`WebAssembly has the bits of elementary.ts on ${N} inputs and all pairs of edge cases`, () => {
    const different: string[] = [];
    const found = new Float64Array(3);
    const wanted = new Float64Array(3);
    const a = new BigUint64Array(found.buffer);
    const b = new BigUint64Array(wanted.buffer);
    const check = (x: number, y: number) => {
      found.set(generated(x, y));
      wanted[0] = exp(x);
      wanted[1] = log(x);
      wanted[2] = pow(x, y);
      for (let i = 0; i < 3; i++)
        if (a[i] !== b[i] && !(Number.isNaN(found[i]) && Number.isNaN(wanted[i])))
          different.push(`${["exp", "log", "pow"][i]} of ${x}, ${y}: ${found[i]} ≠ ${wanted[i]}`);
    };
    for (const x of EDGES) for (const y of EDGES) check(x, y);
    const random = stream(1, 0, "bits");
    for (let i = 0; i < N; i++) {
      const y = (random.uniform() - 0.5) * 20;
      // A third of ordinary size, a third that lands in the range of exp, a third of any bits.
      const x = [() => random.uniform() * 10, () => (random.uniform() - 0.5) * 1500, () => anyDouble(random)][i % 3]!();
      check(x, i % 7 === 0 ? anyDouble(random) : y);
    }
    expect(different.slice(0, 10)).toEqual([]);
  });

  test("special values", () => {
    expect([exp(0), exp(-0), exp(Number.NEGATIVE_INFINITY), exp(-746), log(1)]).toEqual([1, 1, 0, 0, 0]);
    expect([exp(710), exp(Number.POSITIVE_INFINITY), log(Number.POSITIVE_INFINITY)]).toEqual(
      new Array(3).fill(Number.POSITIVE_INFINITY),
    );
    expect([log(0), log(-0)]).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect([log(-1), log(Number.NaN), exp(Number.NaN), pow(-2, 0.5), pow(-2, 2.1), pow(Number.NaN, 1)]).toEqual(
      new Array(6).fill(Number.NaN),
    );
    expect([pow(0, 0), pow(5, 0), pow(Number.NaN, 0), pow(0, 2), pow(-0, 0.5), pow(0, -1)]).toEqual([
      1,
      1,
      1,
      0,
      0,
      Number.POSITIVE_INFINITY,
    ]);
  });

  test("exp and log are within 1 ulp of Math, pow within (|y·log x| + 2)·2^-52", () => {
    const random = stream(2, 0, "accuracy");
    const worst = { exp: 0, log: 0, pow: 0 };
    for (let i = 0; i < N; i++) {
      const x = (random.uniform() - 0.5) * 1490;
      worst.exp = Math.max(worst.exp, ulps(exp(x), Math.exp(x)));
      const positive = i % 2 === 0 ? Math.abs(anyDouble(random)) : 1 + (random.uniform() - 0.5) * 2 ** -(i % 40);
      if (positive > 0 && Number.isFinite(positive))
        worst.log = Math.max(worst.log, ulps(log(positive), Math.log(positive)));
      const base = 10 ** ((random.uniform() - 0.5) * 40);
      const y = (random.uniform() - 0.5) * 30;
      const truth = base ** y;
      if (truth > 1e-300 && truth < 1e300) {
        const bound = (Math.abs(y * Math.log(base)) + 2) * 2 ** -52;
        worst.pow = Math.max(worst.pow, Math.abs(pow(base, y) / truth - 1) / bound);
      }
    }
    console.log(`against Math: exp ${worst.exp} ulp, log ${worst.log} ulp, pow ${worst.pow.toFixed(2)} of its bound`);
    expect(worst.exp).toBeLessThanOrEqual(1);
    expect(worst.log).toBeLessThanOrEqual(1);
    expect(worst.pow).toBeLessThan(1);
  });

  test("exp and log are below 1 ulp of the truth (whole-number arithmetic to 200 bits)", () => {
    const BITS = 200n;
    const ONE = 1n << BITS;
    const fixed = (x: number): bigint => {
      // A double is a whole number times a power of two.
      let shift = 0;
      let v = x;
      while (v !== Math.trunc(v)) {
        v *= 2;
        shift++;
      }
      return (BigInt(v) << BITS) >> BigInt(shift);
    };
    const bigExp = (x: bigint): bigint => {
      // e^x = (e^(x/2^64))^(2^64) loses 64 bits; the series of x/2^12 needs few terms.
      const small = x >> 12n;
      let term = ONE;
      let sum = ONE;
      for (let k = 1n; term !== 0n && term !== -1n; k++) {
        term = (term * small) / ONE / k;
        sum += term;
      }
      for (let i = 0; i < 12; i++) sum = (sum * sum) / ONE;
      return sum;
    };
    const random = stream(3, 0, "truth");
    let worstExp = 0;
    let worstLog = 0;
    for (let i = 0; i < 2000; i++) {
      const x = (random.uniform() - 0.5) * 40;
      const mine = exp(x);
      const truth = bigExp(fixed(x));
      const unit = next(mine, 1) - mine;
      const error = Number(((fixed(mine) - truth) * 1000n) / fixed(unit)) / 1000;
      worstExp = Math.max(worstExp, Math.abs(error));
      // log: e^(mine) against v, error in the argument divided by v is the error of the logarithm.
      const v = 0.01 + random.uniform() * 100;
      const l = log(v);
      if (Math.abs(l) < 1e-3) continue;
      const back = bigExp(fixed(l));
      const unitOfLog = Math.abs(next(l, 1) - l);
      const relative = Number(((back - fixed(v)) * (1n << 120n)) / fixed(v)) * 2 ** -120;
      worstLog = Math.max(worstLog, Math.abs(relative / unitOfLog));
    }
    console.log(`against 200 bits: exp ${worstExp.toFixed(3)} ulp, log ${worstLog.toFixed(3)} ulp`);
    expect(worstExp).toBeLessThan(1);
    expect(worstLog).toBeLessThan(1);
    expect(worstExp).toBeGreaterThan(0.4);
  });
});

describe("WebAssembly and the interpreter have the same bits", () => {
  const system = wholeModel();
  const outputs = [...system.states.map((s) => s.name), ...system.quantities.map((q) => q.name)];
  const model = planKernels(system, outputs);
  const { layout, states } = model;
  const n = states.length;
  const fast = instantiateWasm(model);
  const readable = interpret(model);
  const both = [fast, readable];
  const part = (backend: Backend, from: number, length: number) => bitsOf(backend.memory.subarray(from, from + length));

  describe("whole model, 20 sampled patients at random states", () => {
    const patients = Array.from({ length: 20 }, (_, index) => anyPatient(77, index));
    test.each(patients.map((p) => [p.index, p] as const))("patient %i", (index, patient) => {
      const random = stream(78, index, "states");
      const time = random.uniform() * 100;
      const [state, out, vector] = [layout.work, layout.work + n, layout.work];
      const factors = Array.from({ length: n }, () => [random.uniform(), random.normal()] as const);
      const right = Array.from({ length: n }, () => random.normal());
      const scale = 1 / (0.21 * 10 ** (4 * random.uniform() - 3));
      const results = both.map((backend) => {
        new Runner(backend, { rtol: 1e-6 }).derive(patient.parameters);
        const prepared = part(backend, layout.prepared, layout.initial + n - layout.prepared);
        // A third of the states is empty, some are slightly negative, the others within a factor of about 20.
        // Not interleukin 15: its power has no guard, and a negative one is NaN.
        factors.forEach(([u, z], i) => {
          const level = Math.max(Math.abs(backend.memory[layout.initial + i]!), 1e-3);
          backend.memory[state + i] =
            u < 0.3 ? 0 : u < 0.35 && states[i] !== "IL15" ? -1e-9 * level : level * Math.exp(1.5 * z);
        });
        backend.rates(state, out, time);
        const rates = part(backend, out, n);
        backend.jacobian(state, time);
        const jacobian = bitsOf(model.jacobianAt.map((at) => backend.memory[at]!));
        backend.observe(state, out, time);
        const observed = part(backend, out, outputs.length);
        backend.factor(scale);
        const lu = part(backend, layout.lu, model.lu.entries.length);
        backend.memory.set(right, vector);
        backend.solve(vector);
        return { prepared, rates, jacobian, observed, lu, solved: part(backend, vector, n) };
      });
      expect(results[0]).toEqual(results[1]);
      expect(results[0]!.rates).not.toContain("NaN");
      expect(results[0]!.solved).not.toContain("NaN");
    });
  });

  test("a two-year CAR-T run: every output on every day, and the same steps", () => {
    const scenario = makeScenarios([]).find((s) => s.name === "SLE CART")!;
    const outputDays = Array.from({ length: 741 }, (_, k) => START + k);
    const [a, b] = both.map((backend) =>
      new Runner(backend, { rtol: 1e-6 }).run({
        parameters: scenario.parameters,
        from: START,
        to: 730,
        actions: scenario.actions,
        outputDays,
      }),
    );
    expect(a!.end).toEqual({ kind: "completed" });
    expect([a!.accepted, a!.rejected]).toEqual([b!.accepted, b!.rejected]);
    expect(a!.outputs).toHaveLength(741 * outputs.length);
    expect(bitsOf(a!.outputs).join()).toBe(bitsOf(b!.outputs).join());
    expect(Number.isNaN(a!.outputs.reduce((x, y) => x + y, 0))).toBe(false);
  });

  test.each(Object.entries(stiffProblems))("%s", (_, module) => {
    const [a, b] = (["wasm", "interpreter"] as const).map((name) =>
      runnerOf(module, { rtol: 1e-6 }, undefined, name).run({ from: 0, to: 2, actions: [], outputDays: [0.5, 1, 2] }),
    );
    expect(bitsOf(a!.outputs)).toEqual(bitsOf(b!.outputs));
  });

  describe("every operation, with time in the right-hand side", () => {
    const module = tiny(
      {
        x: state(
          1,
          "sqrt(abs(x))*exp(-k*time*one) - min(x, y)/max(0.1, y) + if(x < y, x^y, log(1 + positive(y)))*hill(x, k, 2.5) - x/(k + 1)",
        ),
        y: state(0.5, "if(time*one >= 1, -y, y)*0.3 + hill(x, 0.4) - (-x)*0.01 + x^-2*1e-3 + k^1.7*0 + (x <= y)*0.1"),
      },
      { k: 0.7 },
    );
    const backends: Backend[] = [];
    beforeAll(() => {
      for (const name of ["wasm", "interpreter"] as const) backends.push(backendOf(kernelsOf(module), name));
    });
    test("a run", () => {
      const outputDays = Array.from({ length: 31 }, (_, k) => k / 10);
      const [a, b] = backends.map((backend) =>
        new Runner(backend, { rtol: 1e-7 }).run({ from: 0, to: 3, actions: [], outputDays }),
      );
      expect(a!.end).toEqual({ kind: "completed" });
      expect(bitsOf(a!.outputs)).toEqual(bitsOf(b!.outputs));
      expect(backends[0]!.kernels.timeDerivative).not.toBeNull();
    });
    test("any state at all, infinities and NaN included", () => {
      const random = stream(4, 0, "any state");
      for (let i = 0; i < 3000; i++) {
        const [x, y, t] = [anyDouble(random), anyDouble(random), random.uniform() * 3];
        const results = backends.map((backend) => {
          const place = backend.kernels.layout.work;
          new Runner(backend, { rtol: 1e-6 }).derive({});
          backend.memory.set([x, y], place);
          backend.rates(place, place + 2, t);
          backend.timeDerivative(place, place + 4, t);
          backend.jacobian(place, t);
          return [
            ...bitsOf(backend.memory.subarray(place + 2, place + 6)),
            ...bitsOf(backend.kernels.jacobianAt.map((at) => backend.memory[at]!)),
          ].join();
        });
        expect(results[0], `at ${x}, ${y}, ${t}`).toBe(results[1]);
      }
    });
  });
});
