import { describe, expect, test } from "vitest";
import {
  assemble,
  defineModule,
  ModelError,
  type Module,
  type ModuleDeclaration,
  planKernels,
  Runner,
  withSuffix,
} from "../../src/engine/index.js";
import { backendOf, bitsOf, parameter } from "./tiny.js";

/** Where drugs act. */
const host = defineModule("host", {
  about: "host",
  parameters: { birth: parameter(2, "1/day"), death: parameter(0.2, "1/day") },
  ports: { kill: { unit: "1/day", about: "kill", join: "sum" } },
  states: { H: { unit: "1", about: "host", initial: "10", tolerance: 1e-9, rate: "birth - (death + kill)*H" } },
});

/** A product in two modules. Traps: a state called as a unit (L), names within names (k, kk, L2), a function, a number with an exponent. */
const family: Readonly<Record<string, ModuleDeclaration>> = {
  product: {
    about: "product",
    inputs: { H: "1", trust: "1" },
    parameters: { k: parameter(0.3, "1/day"), kk: parameter(0.7), e: parameter(4), dose: parameter(1) },
    controls: { pump: { unit: "1/day", about: "pump", initial: "k*0.1" } },
    derived: { L2: { unit: "1", formula: "kk + 2*dose" } },
    ports: {
      faith: { unit: "1", about: "faith", join: "sum" },
      brake: { unit: "1", about: "share left", join: "product", still: true },
    },
    states: {
      L: {
        unit: "1",
        about: "level",
        initial: "dose*brake",
        tolerance: 1e-9,
        rate: "pump - 1e0*k*L*min(L/kk, 1{L/L})",
      },
      M: { unit: "1", about: "tissue", initial: "0", tolerance: 1e-9 },
    },
    flows: { out: { from: "L", to: "M", rate: "k*exp(-time/2{day})*L" }, back: { from: "M", to: "L", rate: "k*M/e" } },
    contributes: { kill: { unit: "1/day", formula: "if(L > kk, k, k*L)*hill(L, L2)*trust/(1 + H/100)" } },
  },
  mood: {
    about: "mood",
    inputs: { L: "1", faith: "1", kk: "1" },
    quantities: { trust: { unit: "1", formula: "1 + 0.1*faith" } },
    contributes: { faith: { unit: "1", formula: "L*kk" }, brake: { unit: "1", formula: "1 - kk/10" } },
  },
};
const all = { rename: () => true };
const modules = (declarations: Readonly<Record<string, ModuleDeclaration>>): Module[] =>
  Object.entries(declarations).map(([name, declaration]) => defineModule(name, declaration));
const run = (list: readonly Module[], outputs: readonly string[], parameters: Record<string, number>) =>
  new Runner(backendOf(planKernels(assemble(list), outputs), "wasm"), { rtol: 1e-8 }).run({
    parameters,
    from: 0,
    to: 15,
    actions: [],
    outputDays: [0, 1, 5, 15],
  }).outputs;

describe("an instance with a suffix", () => {
  const first = withSuffix(family, "_1", all);
  const second = withSuffix(family, "_2", all);
  test("renames what the family declares wherever it reads it, and nothing else", () => {
    expect(Object.keys(first)).toEqual(["product_1", "mood_1"]);
    const { product_1: product, mood_1: mood } = first as Record<string, ModuleDeclaration>;
    expect(product!.inputs).toEqual({ H: "1", trust_1: "1" });
    expect(product!.controls).toMatchObject({ pump_1: { initial: "k_1*0.1" } });
    expect(product!.derived).toMatchObject({ L2_1: { formula: "kk_1 + 2*dose_1" } });
    expect(product!.states!["L_1"]).toMatchObject({
      initial: "dose_1*brake_1",
      rate: "pump_1 - 1e0*k_1*L_1*min(L_1/kk_1, 1{L/L})",
    });
    expect(product!.flows).toEqual({
      out: { from: "L_1", to: "M_1", rate: "k_1*exp(-time/2{day})*L_1" },
      back: { from: "M_1", to: "L_1", rate: "k_1*M_1/e_1" },
    });
    expect(Object.keys(product!.ports!)).toEqual(["faith_1", "brake_1"]);
    expect(product!.contributes).toEqual({
      kill: { unit: "1/day", formula: "if(L_1 > kk_1, k_1, k_1*L_1)*hill(L_1, L2_1)*trust_1/(1 + H/100)" },
    });
    expect(mood!.contributes).toMatchObject({ faith_1: { formula: "L_1*kk_1" }, brake_1: {} });
    expect(Object.keys(family)).toEqual(["product", "mood"]);
  });

  const outputs = (suffix: string) => ["L", "M", "trust", "brake"].map((name) => name + suffix);
  test("alone behaves as the family does, to the bit", () => {
    expect(bitsOf(run([host, ...modules(first)], ["H", ...outputs("_1")], { dose_1: 3 }))).toEqual(
      bitsOf(run([host, ...modules(family)], ["H", ...outputs("")], { dose: 3 })),
    );
  });
  test("beside another one is one of two", () => {
    const both = [host, ...modules(first), ...modules(second)];
    const values = { dose_1: 3, kk_1: 0.4, dose_2: 1, e_2: 9 };
    const system = assemble(both);
    expect(system.quantities.find(({ name }) => name === "kill")!.contributions!.map((c) => c.module)).toEqual([
      "product_1",
      "product_2",
    ]);
    const together = run(both, [...outputs("_1"), ...outputs("_2"), "H"], values);
    // The host drawn out: what the two do to it is the sum of what each says it does.
    const rate = (suffix: string) =>
      family["product"]!.contributes!["kill"]!.formula.replace(/\b(L2|L|kk|k|trust)\b/g, (name) => name + suffix);
    const { contributes: _1, ...silent1 } = first["product_1"]!;
    const { contributes: _2, ...silent2 } = second["product_2"]!;
    const inputs = Object.fromEntries(
      ["_1", "_2"].flatMap((s) => [
        [`L${s}`, "1"],
        [`L2${s}`, "1"],
        [`kk${s}`, "1"],
        [`k${s}`, "1/day"],
        [`trust${s}`, "1"],
      ]),
    );
    const { ports: _, ...rest } = host.declaration;
    const written = defineModule("host", {
      ...rest,
      inputs,
      quantities: { kill: { unit: "1/day", formula: `${rate("_1")} + ${rate("_2")}` } },
    });
    const parts = { product_1: silent1, mood_1: first["mood_1"]!, product_2: silent2, mood_2: second["mood_2"]! };
    expect(bitsOf(together)).toEqual(
      bitsOf(run([written, ...modules(parts)], [...outputs("_1"), ...outputs("_2"), "H"], values)),
    );
    // Each starts from its own dose and its own brake.
    expect(together[0]).toBeCloseTo(3 * (1 - 0.04), 14);
    expect(together[4]).toBeCloseTo(1 - 0.07, 14);
  });
});

describe("names that are not chosen", () => {
  test("stay, in declarations and formulas", () => {
    const partly = withSuffix(family, "_b", { rename: (kind, name) => kind !== "parameters" || name === "dose" });
    const { product_b: product } = partly as Record<string, ModuleDeclaration>;
    expect(Object.keys(product!.parameters!)).toEqual(["k", "kk", "e", "dose_b"]);
    expect(product!.derived!["L2_b"]!.formula).toBe("kk + 2*dose_b");
  });
  test("and two instances then declare them twice, which assemble refuses", () => {
    const rename = (kind: string) => kind !== "controls";
    const list = [
      host,
      ...modules(withSuffix(family, "_1", { rename })),
      ...modules(withSuffix(family, "_2", { rename })),
    ];
    expect(() => assemble(list)).toThrow('product_2 › pump\nis declared in "product_1" too');
  });
});

describe("suffixes that cannot be", () => {
  const faults = (suffix: string) => {
    try {
      withSuffix(
        { m: { about: "m", inputs: { a_in: "1" }, parameters: { a: parameter(1), a2: parameter(1) } } },
        suffix,
        all,
      );
    } catch (error) {
      if (error instanceof ModelError) return error.problems.map((p) => `${p.where}: ${p.what}`);
      throw error;
    }
    return [];
  };
  test("no name in a formula", () => {
    const what = "must be letters, digits and underscores, as names in formulas";
    for (const suffix of ["-b", "", " b", "+1"]) expect(faults(suffix)).toContain(`suffix "${suffix}": ${what}`);
  });
  test("a name that is taken, declared or read", () => {
    expect(faults("2")).toEqual(['suffix "2": makes "a2" of "a", and there is one already']);
    expect(faults("_in")).toEqual(['suffix "_in": makes "a_in" of "a", and there is one already']);
    expect(faults("_b")).toEqual([]);
  });
  test("a formula that cannot be read is left for defineModule to point at", () => {
    const broken = withSuffix({ m: { about: "m", derived: { d: { unit: "1", formula: "2*" } } } }, "_b", all);
    expect(() => defineModule("m_b", broken["m_b"]!)).toThrow("expected a value before the end");
  });
});
