import { describe, expect, test } from "vitest";
import {
  assemble,
  defineModule,
  ModelError,
  type Module,
  type ModuleDeclaration,
  type PortDeclaration,
  planKernels,
  Runner,
} from "../../src/engine/index.js";
import { allModules } from "../../src/population/index.js";
import { backendOf, bitsOf, parameter } from "./tiny.js";

const module = (name: string, parts: Partial<ModuleDeclaration>): Module =>
  defineModule(name, { about: name, ...parts });
const kill: PortDeclaration = { unit: "1/day", about: "kill by drugs", join: "sum" };
const left: PortDeclaration = { unit: "1", about: "share that drugs leave", join: "product" };
/** Cells that grow by `left` and die by `kill`. */
const cells = module("cells", {
  ports: { kill, left },
  parameters: { birth: parameter(3, "1/day"), death: parameter(0.1, "1/day") },
  states: { N: { unit: "1", about: "cells", initial: "10", tolerance: 1e-9, rate: "birth*left - (death + kill)*N" } },
});
/** A drug that goes away by itself and acts on both ports. */
const drug = (name: string, strength: number): Module =>
  module(name, {
    parameters: { [`k_${name}`]: parameter(strength / 7, "1/day"), [`e_${name}`]: parameter(strength, "1/day") },
    states: { [name]: { unit: "1", about: name, initial: "1.3", tolerance: 1e-9, rate: `-k_${name}*${name}` } },
    contributes: {
      kill: { unit: "1/day", formula: `e_${name}*hill(${name}, 0.3)` },
      left: { unit: "1", formula: `1 - 0.3*hill(${name}, 0.7)` },
    },
  });
const [first, second, third] = [drug("alpha", 0.17), drug("Beta", 0.31), drug("gamma", 0.53)] as const;

const outputs = (modules: readonly Module[], names: readonly string[], backend: "wasm" | "interpreter" = "wasm") =>
  new Runner(backendOf(planKernels(assemble(modules), names), backend), { rtol: 1e-6 }).run({
    from: 0,
    to: 20,
    actions: [],
    outputDays: [0, 3, 20],
  }).outputs;

function problems(what: () => unknown): string[] {
  try {
    what();
  } catch (error) {
    if (error instanceof ModelError) return error.problems.map((p) => `${p.where}: ${p.what}`);
    throw error;
  }
  return [];
}

describe("contributions to a port", () => {
  const names = ["N", "kill", "left", "alpha", "Beta", "gamma"];
  test("join to the same bits in whatever order modules are listed", () => {
    const orders = [
      [cells, first, second, third],
      [third, second, first, cells],
      [second, cells, third, first],
      [first, third, cells, second],
    ];
    for (const backend of ["wasm", "interpreter"] as const) {
      const [expected, ...others] = orders.map((order) => bitsOf(outputs(order, names, backend)));
      for (const bits of others) expect(bits).toEqual(expected);
    }
  });
  test("give what the same formulas give that are written into the module that is acted on", () => {
    const hills = ["Beta", "alpha", "gamma"];
    const byHand = module("cells", {
      inputs: { e_Beta: "1/day", e_alpha: "1/day", e_gamma: "1/day", Beta: "1", alpha: "1", gamma: "1" },
      parameters: { birth: parameter(3, "1/day"), death: parameter(0.1, "1/day") },
      quantities: {
        kill: { unit: "1/day", formula: hills.map((x) => `e_${x}*hill(${x}, 0.3)`).join(" + ") },
        left: { unit: "1", formula: hills.map((x) => `(1 - 0.3*hill(${x}, 0.7))`).join("*") },
      },
      states: cells.declaration.states!,
    });
    const bare = [first, second, third].map(({ name, declaration: { contributes: _, ...rest } }) =>
      defineModule(name, rest),
    );
    expect(bitsOf(outputs([cells, first, second, third], names))).toEqual(bitsOf(outputs([byHand, ...bare], names)));
  });
  test("stand in the system with their givers, by code units: capitals first", () => {
    const { quantities } = assemble([third, first, cells, second]);
    const port = quantities.find(({ name }) => name === "kill")!;
    expect(port).toMatchObject({ module: "cells", about: "kill by drugs" });
    expect(port.formula.text).toBe(
      "(e_Beta*hill(Beta, 0.3)) + (e_alpha*hill(alpha, 0.3)) + (e_gamma*hill(gamma, 0.3))",
    );
    expect(port.contributions?.map((c) => c.module)).toEqual(["Beta", "alpha", "gamma"]);
    // The places of each contribution are those of its own text.
    for (const { formula } of port.contributions!)
      expect(formula.text.slice(formula.tree.span.from, formula.tree.span.to)).toBe(formula.text);
    expect(quantities.find(({ name }) => name === "left")!.formula.text).toMatch(/^\(1 - .*\) \* \(1 - .*\) \* \(1/);
  });
  test("where there is none, nothing is added and all is left", () => {
    const alone = module("cells", {
      parameters: cells.declaration.parameters!,
      states: { N: { ...cells.declaration.states!["N"]!, rate: "birth - death*N" } },
    });
    expect([...outputs([cells], ["kill", "left"]).slice(0, 2)]).toEqual([0, 1]);
    expect(bitsOf(outputs([cells], ["N"]))).toEqual(bitsOf(outputs([alone], ["N"])));
    expect(assemble([cells]).quantities.map(({ name, contributions }) => [name, contributions])).toEqual([
      ["kill", []],
      ["left", []],
    ]);
  });
  test("one contributor may leave out a port, another may read it", () => {
    const reads = module("reads", {
      inputs: { kill: "1/day", left: "1" },
      quantities: { twice: { unit: "1/day", formula: "2*kill*left" } },
    });
    const [kills, leaves, twice] = outputs([cells, second, reads], ["kill", "left", "twice"]);
    expect(kills).toBeCloseTo((0.31 * 1.3) / 1.6, 14);
    expect(leaves).toBeCloseTo(1 - (0.3 * 1.3) / 2, 14);
    expect(twice).toBe(2 * kills! * leaves!);
  });
});

describe("still ports", () => {
  const tissue = module("tissue", {
    ports: { loss: { unit: "1/day", about: "further loss", join: "sum", still: true } },
    parameters: { source: parameter(6, "1/day"), decay: parameter(0.5, "1/day") },
    derived: { steady: { unit: "1", formula: "source/(decay + loss)" } },
    states: {
      T: { unit: "1", about: "tissue", initial: "steady", tolerance: 1e-9, rate: "source - (decay + loss)*T" },
    },
  });
  const smoking = module("smoking", {
    parameters: { packs: parameter(2, "1/day") },
    controls: { filter: { unit: "1", about: "filter", initial: "0.5" } },
    derived: { tar: { unit: "1/day", formula: "packs*filter" } },
    contributes: { loss: { unit: "1/day", formula: "tar + 0.5*packs*filter" } },
  });
  test("enter the initial state", () => {
    expect([...outputs([smoking, tissue], ["T", "loss"])]).toEqual([3, 1.5, 3, 1.5, 3, 1.5]);
    expect([...outputs([tissue], ["T", "loss"])]).toEqual([12, 0, 12, 0, 12, 0]);
    expect(assemble([tissue, smoking]).derived.map(({ name }) => name)).toEqual(["tar", "loss", "steady"]);
  });
  test("take nothing that moves, and say where it stands", () => {
    const moving = (formula: string) =>
      module("wind", {
        inputs: { T: "1" },
        parameters: { rate: parameter(1, "1/day") },
        quantities: { gust: { unit: "1", formula: "T" } },
        contributes: { loss: { unit: "1/day", formula } },
      });
    for (const [formula, name] of [
      ["rate*T", "T"],
      ["rate*gust", "gust"],
      ["rate*time/1{day}", "time"],
    ] as const)
      expect(problems(() => assemble([tissue, moving(formula)]))).toEqual([
        `wind › contributes › loss: "${name}" moves in time and cannot stand here`,
      ]);
  });
  test("a port that is not still cannot stand in an initial state", () => {
    const declaration = tissue.declaration;
    const ports = { loss: { unit: "1/day", about: "further loss", join: "sum" } } as const;
    expect(problems(() => module("tissue", { ...declaration, ports }))).toEqual([
      'tissue › derived › steady: "loss" moves in time and cannot stand here',
    ]);
  });
});

describe("faults of ports", () => {
  const gives = (contributes: ModuleDeclaration["contributes"] & object, more: Partial<ModuleDeclaration> = {}) =>
    module("gives", { contributes, ...more });
  test("of one module, all at once", () => {
    expect(
      problems(() =>
        module("m", {
          parameters: { p: parameter(1) },
          ports: {
            own: { unit: "1", about: "own", join: "sum" },
            mute: { unit: "1", about: "", join: "sum" },
            rate: { unit: "1/day", about: "rate", join: "product" },
            odd: { unit: "1", about: "odd", join: "max" as "sum" },
            p: { unit: "1", about: "p again", join: "sum" },
            strange: { unit: "furlong", about: "strange", join: "sum" },
          },
          contributes: {
            own: { unit: "1", formula: "2" },
            p: { unit: "1", formula: "2" },
            there: { unit: "1/day", formula: "p" },
            far: { unit: "furlong", formula: "p" },
            unread: { unit: "1", formula: "p*" },
            unknown: { unit: "1", formula: "q" },
          },
        }),
      ),
    ).toEqual([
      'm › ports › p: "p" is declared twice',
      'm › ports › strange: unknown unit "furlong"',
      "m › ports › mute: says nothing about itself",
      "m › ports › rate: is in day^-1, but only pure numbers join as a product",
      'm › ports › odd: joins by "max": write "sum" or "product"',
      "m › contributes › own: is a port of this module: write what it adds where the port is read",
      `m › contributes › p: "p" stands in this module's own parameters, and is no port`,
      "m › contributes › there: is in 1, expected day^-1",
      'm › contributes › far: unknown unit "furlong"',
      "m › contributes › unread: expected a value before the end",
      'm › contributes › unknown: unknown name "q"',
    ]);
  });
  test("of a system, all at once, with the ports that would fit", () => {
    const wrong = gives({
      kil: { unit: "1/day", formula: "1{1/day}" },
      lef: { unit: "day", formula: "1{day}" },
      left: { unit: "day", formula: "1{day}" },
      N: { unit: "1", formula: "1" },
    });
    expect(problems(() => assemble([cells, wrong]))).toEqual([
      "gives › contributes › kil: no module has this port; ports in day^-1: kill",
      "gives › contributes › lef: no module has this port",
      'gives › contributes › left: is in day, but the port of "cells" takes 1',
      'gives › contributes › N: is no port: it stands in the states of "cells"',
    ]);
  });
  test("two owners of one port", () => {
    const other = module("other", { ports: { kill } });
    expect(problems(() => assemble([cells, other, gives({ kill: { unit: "1/day", formula: "1{1/day}" } })]))).toEqual([
      'other › kill: is declared in "cells" too',
      'gives › contributes › kill: is a port of "cells" and of "other"',
    ]);
  });
  test("a port that another module has as something else", () => {
    expect(problems(() => assemble([cells, module("more", { parameters: { kill: parameter(1, "1/day") } })]))).toEqual([
      'more › kill: is declared in "cells" too',
    ]);
  });
  test("a port that its own contribution reads", () => {
    const self = gives({ left: { unit: "1", formula: "left/2" } }, { inputs: { left: "1" } });
    expect(problems(() => assemble([cells, self]))).toEqual(["cells › ports › left: depends on itself: left → left"]);
  });
  test("two modules of one name", () => {
    const twin = module("alpha", { parameters: { x: parameter(1) } });
    expect(problems(() => assemble([cells, first, twin]))).toEqual(["alpha: two modules have this name"]);
  });
});

describe("absent modules", () => {
  const drugs = module("drugs", {
    inputs: { blood: "1", N: "1" },
    quantities: { level: { unit: "1", formula: "N/2" } },
    contributes: {
      kill: { unit: "1/day", formula: "0.1{1/day}*level" },
      bleeding: { unit: "1/day", formula: "0.1{1/day}*level*blood" },
    },
  });
  const vessels = module("vessels", {
    ports: { bleeding: { unit: "1/day", about: "bleeding", join: "sum" } },
    parameters: { blood: parameter(5) },
  });
  test("take their contributions with them, and the inputs that only these need", () => {
    const { quantities } = assemble([cells, drugs], { absent: [vessels, third] });
    expect(quantities.map(({ name }) => name)).not.toContain("bleeding");
    expect(quantities.find(({ name }) => name === "kill")!.formula.text).toBe("0.1{1/day}*level");
  });
  test("without being named they are missed", () => {
    expect(problems(() => assemble([cells, drugs]))).toEqual([
      "drugs › contributes › bleeding: no module has this port; ports in day^-1: kill",
      "drugs › inputs › blood: no module exports it",
    ]);
  });
  test("are named where something that is kept needs them", () => {
    const needs = module("needs", {
      inputs: { blood: "1" },
      quantities: { half: { unit: "1", formula: "blood/2" } },
      contributes: { bleeding: { unit: "1/day", formula: "0.1{1/day}*blood" } },
    });
    expect(problems(() => assemble([needs], { absent: [vessels] }))).toEqual([
      'needs › inputs › blood: only "vessels" exports it, which is not part of this model',
    ]);
  });
  test("a port that nobody knows is an error all the same", () => {
    const wrong = module("wrong", { contributes: { bleedin: { unit: "1/day", formula: "1{1/day}" } } });
    expect(problems(() => assemble([wrong], { absent: [vessels] }))).toEqual([
      "wrong › contributes › bleedin: no module has this port; ports in day^-1: bleeding",
    ]);
  });
  test("cannot be present too", () => {
    expect(problems(() => assemble([cells, vessels], { absent: [vessels] }))).toEqual([
      "vessels: is a part of the model and absent from it",
    ]);
  });
});

test("the whole model is the same in whatever order its modules are listed", () => {
  const expected = assemble(allModules);
  expect(assemble([...allModules].reverse())).toEqual(expected);
  const cut = Math.floor(allModules.length / 2);
  expect(assemble([...allModules.slice(cut), ...allModules.slice(0, cut)])).toEqual(expected);
});
