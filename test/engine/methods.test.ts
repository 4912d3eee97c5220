import { describe, expect, test } from "vitest";
import { assemble, instantiateWasm, methodFor, planKernels, Runner, rodas4, rodas5p } from "../../src/engine/index.js";
import { goldenModules } from "../golden/model.js";
import { kernelsOf, runnerOf, state, tiny } from "./tiny.js";

const oscillator = tiny({ x: state(0, "y", 1e-14), y: state(1, "-x", 1e-14) });

describe.each([rodas4, rodas5p])("$name", (method) => {
  const { order } = method;
  /** Largest error between steps against sin, and the number of steps. */
  const run = (rtol: number): [number, number] => {
    const outputDays = Array.from({ length: 400 }, (_, k) => 0.05 * (k + 1));
    const { outputs, accepted } = runnerOf(oscillator, { rtol, method }, ["x"]).run({
      from: 0,
      to: 20,
      actions: [],
      outputDays,
    });
    return [Math.max(...outputDays.map((day, i) => Math.abs(outputs[i]! - Math.sin(day)))), accepted];
  };
  test("the error between steps falls with at least the order less one", () => {
    const [[coarse, few], [fine, many]] = [run(1e-5), run(1e-9)];
    const found = Math.log(coarse / fine) / Math.log(many / few);
    console.log(`${method.name}: order ${found.toFixed(2)}, ${few} and ${many} steps`);
    expect(found).toBeGreaterThan(order - 1);
    expect(fine).toBeLessThan(1e-7);
  });
  test("the order of the method is what its name says, with a step that does not change", () => {
    // Two lengths of equal steps: tolerances so loose that every step is as long as the distance to the next action allows.
    const error = (h: number): number => {
      const actions = Array.from({ length: Math.round(4 / h) }, (_, k) => ({
        at: (k + 1) * h,
        label: "step",
        apply: () => false,
      }));
      const loose = tiny({ x: state(0, "y", 1e6), y: state(1, "-x", 1e6) });
      const { outputs, accepted, rejected } = runnerOf(loose, { rtol: 1, method }, ["x"]).run({
        from: 0,
        to: 4,
        actions,
        outputDays: [4],
      });
      expect(accepted).toBeLessThan(actions.length + 8);
      expect(rejected).toBe(0);
      return Math.abs(outputs[0]! - Math.sin(4));
    };
    const found = Math.log2(error(0.1) / error(0.05));
    expect(found).toBeGreaterThan(order - 0.3);
    expect(found).toBeLessThan(order + 1.5);
  });
});

test("the method follows the tolerance", () => {
  expect([1e-3, 1e-4, 5e-5].map(methodFor)).toEqual([rodas4, rodas4, rodas4]);
  expect([1e-5, 1e-6, 1e-9].map(methodFor)).toEqual([rodas5p, rodas5p, rodas5p]);
});

describe("hubs", () => {
  test("a sum that many states flow into and many rates read becomes an unknown of its own", () => {
    const n = 12;
    const names = Array.from({ length: n }, (_, i) => `x${i}`);
    const total = names.join(" + ");
    const module = tiny(
      Object.fromEntries(names.map((name, i) => [name, state(1 + i, `-${i + 1}*${name}*total`)])),
      {},
      { quantities: { total: { unit: "1", formula: total } } },
    );
    const kernels = kernelsOf(module, ["x0"]);
    expect(kernels.hubs).toHaveLength(1);
    // A full matrix would have 144 entries; now each row has its diagonal and the hub, and the hub its row.
    expect(kernels.jacobian.length).toBe(3 * n);
  });
  test("the model of the document needs half the work in the linear system, and gives the same result without hubs to rounding", () => {
    const system = assemble(goldenModules());
    const outputs = ["Bblood", "IgG", "INF", "CARblood"];
    const [plain, hubs] = [{ hubs: false }, {}].map((options) => planKernels(system, outputs, options));
    const work = ({ lu }: typeof plain & object) =>
      8 * (lu.lower.flat().length + lu.upper.flat().length) + lu.entries.reduce((sum, e) => sum + e.products.length, 0);
    console.log(`${hubs!.hubs.length} hubs; products per step ${work(plain!)} without, ${work(hubs!)} with them`);
    expect(work(hubs!)).toBeLessThan(0.6 * work(plain!));
    const [a, b] = [plain!, hubs!].map((kernels) =>
      new Runner(instantiateWasm(kernels), { rtol: 1e-9 }).run({
        from: 0,
        to: 100,
        actions: [
          {
            at: 1,
            label: "change",
            apply: (p) => {
              p.set("Nb", 0.1);
              return true;
            },
          },
        ],
        outputDays: [10, 50, 100],
      }),
    );
    a!.outputs.forEach((value, i) => {
      expect(Math.abs(b!.outputs[i]! - value)).toBeLessThan(1e-7 * Math.max(1, Math.abs(value)));
    });
  });
});
