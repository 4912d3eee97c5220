import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemble, defineModule, type FlowDeclaration, type Module, Runner } from "../../src/engine/index.js";
import { backendOf, bitsOf, fullJacobian, kernelsOf, parameter } from "./tiny.js";

const NAMES = ["x", "y", "z", "w"] as const;
type Name = (typeof NAMES)[number];
interface RandomFlow {
  readonly from: Name | undefined;
  readonly to: Name | undefined;
  readonly rate: string;
}
const end = fc.option(fc.constantFrom(...NAMES), { nil: undefined });
const rate = fc
  .tuple(fc.constantFrom("k", "loss"), fc.constantFrom(...NAMES), fc.constantFrom(...NAMES))
  .chain(([k, a, b]) =>
    fc.constantFrom(`${k}*${a}`, `${k}*${a}*${b}`, `${k}*${a}/(1 + ${b})`, `${k}*hill(${a}, 0.7, 2)*${b}`, k),
  );
const flow: fc.Arbitrary<RandomFlow> = fc
  .record({ from: end, to: end, rate })
  .filter(({ from, to }) => (from !== undefined || to !== undefined) && from !== to);
const model = fc.record({
  flows: fc.array(flow, { minLength: 1, maxLength: 8 }),
  own: fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.option(rate, { nil: undefined })]))),
});

const parameters = { k: parameter(0.3, "1/day"), loss: parameter(0.1, "1/day") };
const module = (rates: Readonly<Record<string, string | undefined>>, flows?: readonly RandomFlow[]): Module =>
  defineModule("m", {
    about: "m",
    parameters,
    states: Object.fromEntries(
      NAMES.map((name, i) => {
        const written = rates[name];
        const initial = String(0.2 + i / 3);
        return [name, { unit: "1", about: name, initial, tolerance: 1e-9, ...(written ? { rate: written } : {}) }];
      }),
    ),
    ...(flows
      ? {
          flows: Object.fromEntries(
            flows.map(({ from, to, rate }, i): [string, FlowDeclaration] => [
              `f${i}`,
              { ...(from ? { from } : {}), ...(to ? { to } : {}), rate },
            ]),
          ),
        }
      : {}),
  });

/** Own rate, then what comes in, then what goes out, each in the order of declaration. */
const writtenOut = (own: Readonly<Record<string, string | undefined>>, flows: readonly RandomFlow[]) =>
  Object.fromEntries(
    NAMES.map((name) => [
      name,
      [
        own[name] ? `(${own[name]})` : "0",
        ...flows.filter(({ to }) => to === name).map((f) => ` + ${f.rate}`),
        ...flows.filter(({ from }) => from === name).map((f) => ` - ${f.rate}`),
      ].join(""),
    ]),
  );

describe.each(["wasm", "interpreter"] as const)("flows within a module, %s", (name) => {
  const read = (m: Module) => {
    const kernels = kernelsOf(m);
    const backend = backendOf(kernels, name);
    const { layout } = kernels;
    const run = new Runner(backend, { rtol: 1e-5 }).run({ from: 0, to: 2, actions: [], outputDays: [1, 2] });
    NAMES.forEach((_, i) => {
      backend.memory[layout.state + i] = 0.37 + i;
    });
    backend.rates(layout.state, layout.rate, 0);
    backend.jacobian(layout.state, 0);
    return {
      rates: bitsOf(backend.memory.slice(layout.rate, layout.rate + NAMES.length)),
      jacobian: fullJacobian(backend).map((row) => bitsOf(row)),
      run: [...bitsOf(run.outputs), JSON.stringify(run.end), run.accepted, run.rejected],
    };
  };
  test("rates, Jacobian and runs have the bits of the same rates written out: own, in, out", () => {
    fc.assert(
      fc.property(model, ({ flows, own }) => {
        expect(read(module(own, flows))).toEqual(read(module(writtenOut(own, flows))));
      }),
      { seed: 6, numRuns: 60 },
    );
  });
});

describe("flows of a system", () => {
  const ring: RandomFlow[] = [
    { from: "x", to: "y", rate: "k*x*w" },
    { from: "y", to: "z", rate: "loss*y" },
    { from: "z", to: "w", rate: "k*z/(1 + x)" },
    { from: "w", to: "x", rate: "k*w" },
  ];
  test("are listed with their ends, and are what states gain and lose", () => {
    const open: RandomFlow[] = [
      { from: undefined, to: "x", rate: "k" },
      { from: "y", to: undefined, rate: "loss*y" },
    ];
    const { flows, states } = assemble([module({}, [...ring, ...open])]);
    expect(flows.map(({ name, module, from, to, formula }) => [name, module, from, to, formula.text])).toEqual(
      [...ring, ...open].map(({ from, to, rate }, i) => [`f${i}`, "m", from, to, rate]),
    );
    for (const { name, inflows, outflows } of states) {
      expect(flows.filter(({ to }) => to === name).map(({ formula }) => formula)).toEqual(inflows);
      expect(flows.filter(({ from }) => from === name).map(({ formula }) => formula)).toEqual(outflows);
    }
  });
  test("with two ends lose nothing on the way: the sum stays to the rounding of a step", () => {
    const m = module({}, ring);
    expect(assemble([m]).flows.every(({ from, to }) => from !== undefined && to !== undefined)).toBe(true);
    const { outputs, accepted } = new Runner(backendOf(kernelsOf(m), "wasm"), { rtol: 1e-4 }).run({
      from: 0,
      to: 300,
      actions: [],
      outputDays: [0, 300],
    });
    const sum = (row: number) => NAMES.reduce((total, _, i) => total + outputs[4 * row + i]!, 0);
    expect(Math.abs(sum(1) - sum(0))).toBeLessThan(accepted * 8 * 4 * Number.EPSILON * sum(0));
    expect(outputs[4]).not.toBeCloseTo(outputs[0]!, 2);
  });
  test("terms in another order differ by rounding, and only so", () => {
    const flows: RandomFlow[] = [
      { from: undefined, to: "x", rate: "k*0.7" },
      { from: undefined, to: "x", rate: "loss*0.9" },
      { from: "x", to: undefined, rate: "k*x" },
    ];
    const rateOf = (m: Module) => {
      const backend = backendOf(kernelsOf(m), "wasm");
      const { layout } = backend.kernels;
      new Runner(backend, { rtol: 1e-6 }).derive({});
      const found: number[] = [];
      for (let x = 0.1; x < 5; x += 0.1) {
        backend.memory[layout.state] = x;
        backend.rates(layout.state, layout.rate, 0);
        found.push(backend.memory[layout.rate]!);
      }
      return found;
    };
    const [declared, same, other] = [
      module({}, flows),
      module({ x: "0 + k*0.7 + loss*0.9 - k*x" }),
      module({ x: "k*0.7 - k*x + loss*0.9" }),
    ].map(rateOf);
    expect(bitsOf(declared!)).toEqual(bitsOf(same!));
    expect(bitsOf(declared!)).not.toEqual(bitsOf(other!));
    other!.forEach((value, i) => {
      expect(Math.abs(value - declared![i]!)).toBeLessThan(4 * Number.EPSILON);
    });
  });
});
