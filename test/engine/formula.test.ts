import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  assemble,
  defineModule,
  FormulaError,
  ModelError,
  type Module,
  type ModuleDeclaration,
  parseFormula,
  planKernels,
  Runner,
  UnitMismatch,
  underline,
  unitOf,
} from "../../src/engine/index.js";
import { parseUnit } from "../../src/quantity/index.js";
import { backendOf, bitsOf, kernelsOf, parameter, state, tiny } from "./tiny.js";

type Tree = ReturnType<typeof parseFormula>;

/** A tree with every pair of brackets written out. */
function spelled(tree: Tree): string {
  switch (tree.kind) {
    case "number":
      return `${tree.value}${tree.unit === null ? "" : `{${tree.unit}}`}`;
    case "name":
      return tree.name;
    case "negate":
      return `(-${spelled(tree.of)})`;
    case "binary":
    case "compare":
      return `(${spelled(tree.left)} ${tree.operator} ${spelled(tree.right)})`;
    case "call":
      return `${tree.name}(${tree.arguments.map(spelled).join(", ")})`;
  }
}

describe("reading", () => {
  test.each([
    ["a + b * c", "(a + (b * c))"],
    ["a * b + c", "((a * b) + c)"],
    ["a - b - c", "((a - b) - c)"],
    ["a - b + c", "((a - b) + c)"],
    ["a / b / c", "((a / b) / c)"],
    ["a / b * c", "((a / b) * c)"],
    ["a ^ b ^ c", "(a ^ (b ^ c))"],
    ["a * b ^ c", "(a * (b ^ c))"],
    ["-a ^ b", "(-(a ^ b))"],
    ["-a * b", "((-a) * b)"],
    ["a * -b", "(a * (-b))"],
    ["a ^ -b", "(a ^ (-b))"],
    ["a ^ -b ^ c", "(a ^ (-(b ^ c)))"],
    ["2 ^ -3 * 4", "((2 ^ (-3)) * 4)"],
    ["--a", "(-(-a))"],
    ["a - -b", "(a - (-b))"],
    ["a + b < c * d", "((a + b) < (c * d))"],
    ["a <= b", "(a <= b)"],
    ["(a + b) * c", "((a + b) * c)"],
    ["((a))", "a"],
    ["min(a, b + c) / exp(-d)", "(min(a, (b + c)) / exp((-d)))"],
    ["if(a >= b, c, d) + 1", "(if((a >= b), c, d) + 1)"],
    ["hill(x, k, n) * hill(y, k)", "(hill(x, k, n) * hill(y, k))"],
    ["5{g/L} * .5e-3 + 2.", "((5{g/L} * 0.0005) + 2)"],
    ["1e3x_1".replace("x_1", " - x_1"), "(1000 - x_1)"],
    ["  a\n\t+ b ", "(a + b)"],
  ])("%s", (text, wanted) => {
    expect(spelled(parseFormula(text))).toBe(wanted);
  });

  test("every node knows its place", () => {
    const text = "  kill*naive + min(a, -b)^2";
    const places: Record<string, string> = {};
    const visit = (tree: Tree) => {
      places[spelled(tree)] = text.slice(tree.span.from, tree.span.to);
      if (tree.kind === "binary" || tree.kind === "compare") [tree.left, tree.right].forEach(visit);
      else if (tree.kind === "negate") visit(tree.of);
      else if (tree.kind === "call") tree.arguments.forEach(visit);
    };
    visit(parseFormula(text));
    expect(places).toEqual({
      "((kill * naive) + (min(a, (-b)) ^ 2))": "kill*naive + min(a, -b)^2",
      "(kill * naive)": "kill*naive",
      kill: "kill",
      naive: "naive",
      "(min(a, (-b)) ^ 2)": "min(a, -b)^2",
      "min(a, (-b))": "min(a, -b)",
      a: "a",
      "(-b)": "-b",
      b: "b",
      "2": "2",
    });
  });

  test("brackets belong to what they bracket", () => {
    const tree = parseFormula("2*(a + b)*c");
    if (tree.kind !== "binary" || tree.left.kind !== "binary") throw new Error("not a product");
    expect("2*(a + b)*c".slice(tree.left.right.span.from, tree.left.right.span.to)).toBe("a + b");
  });

  test.each([
    ["", "expected a value before the end", "^"],
    ["a + ", "expected a value before the end", "    ^"],
    ["a + * b", 'expected a value before "*"', "    ^"],
    ["a $ b", 'unexpected "$"', "  ^"],
    ["a = b", 'unexpected "="', "  ^"],
    ["a b", 'unexpected "b"', "  ^"],
    ["1.2.3", 'unexpected ".3"', "   ^^"],
    ["2x", 'unexpected "x"', " ^"],
    ["(a + b", 'expected ")" before the end', "      ^"],
    ["a + b)", 'unexpected ")"', "     ^"],
    ["exp(a", 'expected ")" before the end', "     ^"],
    ["a, b", 'unexpected ","', " ^"],
    ["foo(a)", 'unknown function "foo"', "^^^"],
    ["1 + toString(a)", 'unknown function "toString"', "    ^^^^^^^^"],
    ["exp()", "exp takes 1 arguments, not 0", "^^^^^"],
    ["1 + min(a)", "min takes 2 arguments, not 1", "    ^^^^^^"],
    ["hill(a, b, c, d)", "hill takes 2 or 3 arguments, not 4", "^^^^^^^^^^^^^^^^"],
    ["if(a < b, c)", "if takes 3 arguments, not 2", "^^^^^^^^^^^^"],
    ["a {day}", 'unexpected "{day}"', "  ^^^^^"],
    ["{day}", 'expected a value before "{day}"', "^^^^^"],
    ["5{day", 'unexpected "{"', " ^"],
    ["+a", 'expected a value before "+"', "^"],
    ["1e999", '"1e999" is not a finite number', "^^^^^"],
  ])("%s is refused with a caret", (text, message, caret) => {
    try {
      parseFormula(text);
    } catch (error) {
      expect(error).toBeInstanceOf(FormulaError);
      expect((error as FormulaError).message).toBe(message);
      expect(underline(text, (error as FormulaError).span)).toBe(`${text}\n${caret}`);
      return;
    }
    throw new Error("accepted");
  });
});

const UNITS: Record<string, string> = { v: "cell/uL", w: "cell/uL", mg: "mg", g: "g", rate: "1/day", n: "1", pc: "%" };
const check = (text: string) =>
  unitOf(parseFormula(text), (name) => (Object.hasOwn(UNITS, name) ? parseUnit(UNITS[name]!) : undefined));

describe("units", () => {
  test.each([
    ["v + w*n", "cell/uL"],
    ["rate*v", "cell/uL/day"],
    ["v^2/w", "cell/uL"],
    ["sqrt(v*w)", "cell/uL"],
    ["hill(v, w, n)", "1"],
    ["exp(n)*log(n)", "1"],
    ["max(v, 0) + 0", "cell/uL"],
    ["if(v < w, mg, 0)", "mg"],
    ["positive(v)^-1*v", "1"],
    ["(v/w)^n", "1"],
    ["5{g} + g", "g"],
    ["v^-1", "uL/cell"],
    ["(v < w)*rate", "1/day"],
  ])("%s", (text, unit) => {
    const found = check(text);
    if (found === "any") throw new Error("any unit");
    const wanted = parseUnit(unit);
    expect(found.dimensions).toEqual(wanted.dimensions);
    expect(found.scale / wanted.scale).toBeCloseTo(1, 12);
  });

  test.each([
    ["v + rate", "adds cell·uL^-1 to day^-1", "^^^^^^^^"],
    ["n*(v - mg)", "subtracts mg from cell·uL^-1", "   ^^^^^^"],
    ["mg + g", "adds mg to g", "^^^^^^"],
    ["max(v, mg)", "compares cell·uL^-1 with mg", "^^^^^^^^^^"],
    ["v < mg", "compares cell·uL^-1 with mg", "^^^^^^"],
    ["hill(v, mg)", "compares cell·uL^-1 with mg", "^^^^^^^^^^^"],
    ["hill(v, w, mg)", "an exponent must be a pure number, not mg", "           ^^"],
    ["if(v < w, v, mg)", "chooses between cell·uL^-1 and mg", "^^^^^^^^^^^^^^^^"],
    ["if(n, v, w)", "the first argument of if must be a comparison", "   ^"],
    ["exp(v)", "the argument of exp must be a pure number, not cell·uL^-1", "    ^"],
    ["log(2*mg)", "the argument of log must be a pure number, not mg", "    ^^^^"],
    ["exp(pc)", "the argument of exp must be a pure number, not %", "    ^^"],
    ["n^v", "an exponent must be a pure number, not cell·uL^-1", "  ^"],
    ["v^n", "raises cell·uL^-1 to a power that is not a literal number", "  ^"],
    ["pc^2", "raises % to a power", "^^"],
    ["v/0", "divides by zero", "  ^"],
    ["v + unknown", 'unknown name "unknown"', "    ^^^^^^^"],
    ["toString + 1", 'unknown name "toString"', "^^^^^^^^"],
    ["5{furlong} + n", 'unknown unit "furlong"', "^^^^^^^^^^"],
  ])("%s is refused with a caret", (text, message, caret) => {
    try {
      check(text);
    } catch (error) {
      expect(error).toBeInstanceOf(UnitMismatch);
      expect((error as UnitMismatch).message).toBe(message);
      expect(underline(text, (error as UnitMismatch).span)).toBe(`${text}\n${caret}`);
      return;
    }
    throw new Error("accepted");
  });
});

const problemsOf = (make: () => unknown): readonly { where: string; what: string; excerpt?: string }[] => {
  try {
    make();
  } catch (error) {
    if (error instanceof ModelError) return error.problems;
    throw error;
  }
  return [];
};

/** The example of style.md, section 5: `half` was mistyped as `turnover`. */
const bCells = (killing: string): ModuleDeclaration => ({
  about: "circulating B cells",
  inputs: { carT: "cell/uL" },
  parameters: {
    output: parameter(6, "cell/uL/day"),
    turnover: parameter(0.03, "1/day"),
    kill: parameter(2, "1/day"),
    half: parameter(5, "cell/uL"),
  },
  states: { naive: { unit: "cell/uL", initial: "output/turnover", about: "naive B cells", tolerance: 1e-6 } },
  flows: {
    birth: { to: "naive", rate: "output" },
    death: { from: "naive", rate: "turnover * naive" },
    killing: { from: "naive", rate: killing },
  },
});

describe("faults of a module", () => {
  test("the caret of style.md stands under the sum", () => {
    const make = () => defineModule("b-cells", bCells("kill * naive * carT / (turnover + carT)"));
    expect(make).toThrow(
      [
        "b-cells › flows › killing › rate",
        "kill * naive * carT / (turnover + carT)",
        "                       ^^^^^^^^^^^^^^^ adds day^-1 to cell·uL^-1",
      ].join("\n"),
    );
    expect(problemsOf(make)).toHaveLength(1);
    expect(problemsOf(() => defineModule("b-cells", bCells("kill * naive * carT / (half + carT)")))).toEqual([]);
  });

  test("all of them at once", () => {
    const problems = problemsOf(() =>
      defineModule("faulty", {
        about: "",
        parameters: {
          p: { ...parameter(3), bounds: [0, 1] },
          q: { ...parameter(1), reason: "" },
          r: { ...parameter(1), about: "" },
          s: parameter(1, "furlong"),
        },
        derived: {
          d: { unit: "day", formula: "p" },
          moving: { unit: "1", formula: "x" },
          clock: { unit: "day", formula: "time" },
        },
        states: {
          x: { unit: "1", about: "x", initial: "y", rate: "1", tolerance: 0 },
          y: { unit: "1", about: "y", initial: "1 +", rate: "y*nobody", tolerance: 1 },
          p: { unit: "1", about: "again", initial: "1", tolerance: 1 },
        },
        flows: { nowhere: { rate: "1" }, wrong: { from: "z", rate: "1" } },
      }),
    );
    const text = problems.map(({ where, what }) => `${where}: ${what}`);
    expect(text).toEqual(
      expect.arrayContaining([
        "faulty › parameters › p: value 3 lies outside its bounds 0 … 1",
        "faulty › parameters › q: has neither source nor reason",
        "faulty › parameters › r: says nothing about itself",
        'faulty › parameters › s: unknown unit "furlong"',
        "faulty › derived › d: is in 1, expected day",
        'faulty › derived › moving: "x" moves in time and cannot stand here',
        'faulty › derived › clock: "time" moves in time and cannot stand here',
        'faulty › states › x › initial: "y" moves in time and cannot stand here',
        "faulty › states › x › rate: is in 1, expected day^-1",
        "faulty › states › x: tolerance must be positive",
        "faulty › states › y › initial: expected a value before the end",
        'faulty › states › y › rate: unknown name "nobody"',
        'faulty › states › p: "p" is declared twice',
        "faulty › flows › nowhere: flows from nowhere to nowhere",
        'faulty › flows › wrong: "z" is not a state of this module',
      ]),
    );
    expect(problemsOf(() => defineModule("m", { about: "m", parameters: { time: parameter(1) } }))).toEqual([
      { where: "m › parameters › time", what: '"time" is declared twice' },
    ]);
  });
});

describe("faults of a system", () => {
  const gives = (name: string, unit = "mg"): Module =>
    defineModule(name, { about: name, parameters: { dose: parameter(1, unit) } });
  const wants = (unit: string): Module => defineModule("wants", { about: "wants", inputs: { dose: unit } });
  const problems = (...modules: Module[]) => problemsOf(() => assemble(modules)).map((p) => `${p.where}: ${p.what}`);

  test("a missing input", () => {
    expect(problems(wants("mg"))).toEqual(["wants › inputs › dose: no module exports it"]);
  });
  test("an input in another unit, of another dimension or only of another scale", () => {
    expect(problems(gives("a"), wants("day"))).toEqual(['wants › inputs › dose: is expected in day, but "a" gives mg']);
    expect(problems(gives("a"), wants("g"))).toEqual(['wants › inputs › dose: is expected in g, but "a" gives mg']);
    expect(problems(gives("a"), wants("mg"))).toEqual([]);
  });
  test("two exports of one name", () => {
    expect(problems(gives("a"), gives("b"))).toEqual(['b › dose: is declared in "a" too']);
  });
  test("circles, within a module and across modules, named once", () => {
    expect(
      problems(
        defineModule("m", {
          about: "m",
          quantities: {
            a: { unit: "1", formula: "b + 1" },
            b: { unit: "1", formula: "c" },
            c: { unit: "1", formula: "a" },
          },
        }),
      ),
    ).toEqual(["m › quantities › a: depends on itself: a → b → c → a"]);
    const one = (name: string, by: string) =>
      defineModule(name, {
        about: name,
        inputs: { [by]: "1" },
        derived: { [name]: { unit: "1", formula: `${by}*2` } },
      });
    expect(problems(one("u", "v"), one("v", "u"))).toEqual(["u › derived › u: depends on itself: u → v → u"]);
  });
  test("a circle of a control and a derived constant", () => {
    expect(
      problems(
        defineModule("m", {
          about: "m",
          controls: { c: { unit: "1", about: "c", initial: "d" } },
          derived: { d: { unit: "1", formula: "c*2" } },
        }),
      ),
    ).toHaveLength(1);
  });
  test("a constant made from what another module moves", () => {
    const moves = defineModule("moves", { about: "moves", quantities: { q: { unit: "1", formula: "2" } } });
    const still = (part: Partial<ModuleDeclaration>) =>
      defineModule("still", { about: "still", inputs: { q: "1" }, ...part });
    const what = '"q" moves in time and cannot stand here';
    expect(problems(moves, still({ derived: { d: { unit: "1", formula: "q*2" } } }))).toEqual([
      `still › derived › d: ${what}`,
    ]);
    expect(problems(moves, still({ states: { s: { ...state("q", "0"), rate: "0" } } }))).toEqual([
      `still › states › s › initial: ${what}`,
    ]);
    expect(problems(moves, still({ controls: { c: { unit: "1", about: "c", initial: "q" } } }))).toEqual([
      `still › controls › c: ${what}`,
    ]);
  });
  test("order of declaration does not matter", () => {
    const system = assemble([
      defineModule("late", {
        about: "late",
        inputs: { early: "1" },
        derived: { late: { unit: "1", formula: "early + 1" } },
      }),
      defineModule("early", {
        about: "early",
        parameters: { p: parameter(2) },
        derived: { early: { unit: "1", formula: "p*10" } },
      }),
    ]);
    expect(system.derived.map((d) => d.name)).toEqual(["early", "late"]);
    expect(new Runner(backendOf(planKernels(system, []), "wasm"), { rtol: 1e-6 }).derive({ p: 3 })).toEqual(
      new Map([
        ["early", 30],
        ["late", 31],
      ]),
    );
  });
});

describe("controls", () => {
  const module = tiny(
    { x: state(0, "b") },
    { p: 3 },
    {
      controls: {
        a: { unit: "1", about: "a", initial: "p*2" },
        b: { unit: "1", about: "b", initial: "fromA + 1" },
      },
      derived: { fromA: { unit: "1", formula: "a*10" } },
    },
  );
  test.each(["wasm", "interpreter"] as const)(
    "may start from other controls and what is derived from them: %s",
    (name) => {
      const runner = new Runner(backendOf(kernelsOf(module, ["x", "a", "b", "fromA"]), name), { rtol: 1e-6 });
      const { outputs } = runner.run({ from: 0, to: 1, actions: [], outputDays: [1] });
      expect(outputs[0]).toBeCloseTo(61, 6);
      expect([...outputs.slice(1)]).toEqual([6, 61, 60]);
      const other = runner.run({ parameters: { p: 1 }, from: 0, to: 1, actions: [], outputDays: [1] });
      expect([...other.outputs.slice(1)]).toEqual([2, 21, 20]);
    },
  );
  test("are no parameters of a run, and an unknown name is refused", () => {
    const runner = new Runner(backendOf(kernelsOf(module), "wasm"), { rtol: 1e-6 });
    const run = (parameters: Record<string, number>) => () =>
      runner.run({ parameters, from: 0, to: 1, actions: [], outputDays: [] });
    expect(run({ nobody: 1 })).toThrow('unknown parameter "nobody"');
    expect(run({ a: 1 })).toThrow('"a" is a control');
  });
});

describe("flows", () => {
  test("give the same rates as rates written out, to the bit", () => {
    const one = parameter(1, "1/day");
    const parameters = { k: parameter(0.3, "1/day"), loss: parameter(0.1, "1/day"), inflow: one };
    const states = (rates: Record<string, string>) =>
      Object.fromEntries(
        ["x", "y", "z"].map((name, i) => [
          name,
          {
            unit: "1",
            about: name,
            initial: String(i + 1.7),
            tolerance: 1e-9,
            ...(rates[name] ? { rate: rates[name] } : {}),
          },
        ]),
      );
    const withFlows = defineModule("flows", {
      about: "flows",
      parameters,
      states: states({ z: "-loss*z" }),
      flows: {
        enter: { to: "x", rate: "inflow" },
        move: { from: "x", to: "y", rate: "k*x*y" },
        leave: { from: "y", rate: "loss*y" },
        on: { from: "y", to: "z", rate: "k*y/(1 + z)" },
      },
    });
    const written = defineModule("rates", {
      about: "rates",
      parameters,
      states: states({
        x: "0 + inflow - k*x*y",
        y: "0 + k*x*y - loss*y - k*y/(1 + z)",
        z: "-loss*z + k*y/(1 + z)",
      }),
    });
    const runs = [withFlows, written].map((module) => {
      const backend = backendOf(kernelsOf(module), "wasm");
      return new Runner(backend, { rtol: 1e-9 }).run({ from: 0, to: 20, actions: [], outputDays: [1, 5, 20] }).outputs;
    });
    expect(bitsOf(runs[0]!)).toEqual(bitsOf(runs[1]!));
    expect(runs[0]!.every((v) => v > 0)).toBe(true);
  });
  test("between states of different units are refused", () => {
    const problems = problemsOf(() =>
      defineModule("m", {
        about: "m",
        parameters: { k: parameter(1, "mg/day") },
        states: {
          a: { unit: "mg", about: "a", initial: "0", tolerance: 1 },
          b: { unit: "g", about: "b", initial: "0", tolerance: 1 },
        },
        flows: { move: { from: "a", to: "b", rate: "k" } },
      }),
    );
    expect(problems.map((p) => p.what)).toEqual(["is in 0.001 g·day^-1, expected g·day^-1"]);
  });
});

/** A random formula as text, with its value by plain JavaScript. */
interface Random {
  readonly text: string;
  readonly value: (x: number, y: number) => number;
}
const formulas = fc.letrec<{ any: Random }>((tie) => {
  const pair = fc.tuple(tie("any"), tie("any"));
  const binary = (symbol: string, apply: (a: number, b: number) => number) =>
    pair.map(([a, b]) => ({
      text: `(${a.text}) ${symbol} (${b.text})`,
      value: (x: number, y: number) => apply(a.value(x, y), b.value(x, y)),
    }));
  const call = (name: string, apply: (...v: number[]) => number, arity: number) =>
    fc.array(tie("any"), { minLength: arity, maxLength: arity }).map((list) => ({
      text: `${name}(${list.map((one) => one.text).join(", ")})`,
      value: (x: number, y: number) => apply(...list.map((one) => one.value(x, y))),
    }));
  const positive = (v: number) => Math.max(v, 0);
  return {
    any: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<Random>(
        { text: "x", value: (x) => x },
        { text: "y", value: (_, y) => y },
        { text: "p", value: () => 0.37 },
      ),
      fc.integer({ min: 0, max: 400 }).map((k) => ({ text: String(k / 8), value: () => k / 8 })),
      binary("+", (a, b) => a + b),
      binary("-", (a, b) => a - b),
      binary("*", (a, b) => a * b),
      binary("/", (a, b) => a / b),
      tie("any").map((a) => ({ text: `-(${a.text})`, value: (x: number, y: number) => -a.value(x, y) })),
      fc.tuple(tie("any"), fc.integer({ min: -4, max: 5 })).map(([a, k]) => ({
        text: `(${a.text})^${k}`,
        value: (x: number, y: number) => a.value(x, y) ** k,
      })),
      call("min", Math.min, 2),
      call("max", Math.max, 2),
      call("abs", Math.abs, 1),
      call("positive", (v) => positive(v!), 1),
      call("sqrt", Math.sqrt, 1),
      call("exp", Math.exp, 1),
      call("log", Math.log, 1),
      call("hill", (v, half) => positive(v!) / (half! + positive(v!)), 2),
      fc.tuple(pair, pair, fc.constantFrom("<", "<=", ">", ">=")).map(([[a, b], [c, d], symbol]) => ({
        text: `if(${a.text} ${symbol} ${b.text}, ${c.text}, ${d.text})`,
        value: (x: number, y: number) => {
          const [l, r] = [a.value(x, y), b.value(x, y)];
          const holds = symbol === "<" ? l < r : symbol === "<=" ? l <= r : symbol === ">" ? l > r : l >= r;
          return holds ? c.value(x, y) : d.value(x, y);
        },
      })),
    ),
  };
}).any;

/** Where rounding decides (a difference that cancels, a comparison of equals) values may differ at will: such formulas change when their arguments move by an ulp. */
const settled = ({ value }: Random, x: number, y: number): boolean => {
  const v = value(x, y);
  if (!Number.isFinite(v) || Math.abs(v) > 1e200) return false;
  return [
    [1 + 1e-13, 1],
    [1, 1 - 1e-13],
    [1 - 1e-13, 1 + 1e-13],
  ].every(([a, b]) => Math.abs(value(x * a!, y * b!) - v) <= 1e-9 * Math.abs(v));
};

describe("random formulas", () => {
  const literal = (unit: string) => fc.constantFrom("0.5", "3", "1e-7", "2e+20").map((v) => v + unit);
  const bare = fc.letrec<{ any: string }>((tie) => ({
    any: fc.oneof(
      { depthSize: "medium" },
      fc.constantFrom("a", "b_2", "Hill", "time"),
      literal(""),
      literal("{g/L}"),
      fc.tuple(tie("any"), fc.constantFrom("+", "-", "*", "/", "^", "<", ">="), tie("any")).map((t) => t.join(" ")),
      tie("any").map((t) => `(${t})`),
      tie("any").map((t) => `-${t}`),
      fc.tuple(tie("any"), tie("any")).map(([s, t]) => `max(${s},${t})`),
    ),
  })).any;
  test("print → parse gives the same tree", () => {
    fc.assert(
      fc.property(bare, (text) => {
        const printed = spelled(parseFormula(text));
        expect(spelled(parseFormula(printed))).toBe(printed);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
  test("unbracketed arithmetic binds as in JavaScript", () => {
    const operand = fc.constantFrom("2", "3", "5", "7", "-2", "(1 + 2)", "4 ^ 2", "2 ^ -1", "2 ^ 3 ^ 2 / 64");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(operand, fc.constantFrom("+", "-", "*", "/")), { minLength: 1, maxLength: 8 }),
        operand,
        (list, last) => {
          const text = list.map(([a, o]) => `${a} ${o} `).join("") + last;
          const wanted = new Function(`return ${text.replaceAll("^", "**")}`)() as number;
          const kernels = kernelsOf(tiny({ x: state(0, "0") }, {}, { derived: { d: { unit: "1", formula: text } } }));
          const found = new Runner(backendOf(kernels, "interpreter"), { rtol: 1e-6 }).derive({}).get("d")!;
          expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(wanted)));
        },
      ),
      { seed: 6, numRuns: 500 },
    );
  });
  test("both backends evaluate as JavaScript does", () => {
    let compared = 0;
    fc.assert(
      fc.property(
        formulas,
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        (formula, x, y) => {
          if (!settled(formula, x, y)) return;
          // A literal 0 divides by zero at birth; everything else is a model.
          let kernels: ReturnType<typeof kernelsOf>;
          try {
            const module = tiny(
              { x: state(0, "0"), y: state(0, "0") },
              { p: 0.37 },
              {
                quantities: { q: { unit: "1", formula: formula.text } },
              },
            );
            kernels = kernelsOf(module, ["q"]);
          } catch (error) {
            expect((error as Error).message).toContain("divides by zero");
            return;
          }
          compared++;
          const wanted = formula.value(x, y);
          for (const name of ["wasm", "interpreter"] as const) {
            const backend = backendOf(kernels, name);
            new Runner(backend, { rtol: 1e-6 }).derive({});
            const place = kernels.layout.work;
            backend.memory.set([x, y], place);
            backend.observe(place, place + 2, 0);
            const found = backend.memory[place + 2]!;
            if (!(Math.abs(found - wanted) <= 1e-8 * Math.abs(wanted) + 1e-12))
              throw new Error(`${name}: ${formula.text} at ${x}, ${y} is ${found}, not ${wanted}`);
          }
        },
      ),
      { seed: 7, numRuns: 3000 },
    );
    console.log(`${compared} random formulas compared`);
    expect(compared).toBeGreaterThan(1000);
  });
});
