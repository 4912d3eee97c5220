import { describe, expect, it } from "vitest";
import { formatProblems } from "../../src/quantity/index.js";
import { formatStudy, readStudy } from "../../src/study/file.js";
import {
  canonicalStudy,
  checkStudyValue,
  defineStudy,
  meets,
  parseCriterion,
  type Study,
  type StudyInput,
  StudyProblems,
} from "../../src/study/index.js";
import { broken, VALID } from "./valid.js";

function study(): Study {
  const read = readStudy(VALID, "valid.yaml");
  if ("problems" in read) throw new Error(formatProblems(read.problems));
  return read.study;
}

function linesOf(text: string): (number | undefined)[] {
  const read = readStudy(text, "bad.yaml");
  return "problems" in read ? read.problems.map(({ line }) => line) : [];
}

describe("many mistakes in one file", () => {
  it("finds each at its place, in order, and no more", () => {
    const { text, places } = broken(
      ["id: every-word", "id: «Every Word"],
      ["disease: sle, n: 8", "disease: sle, n: «0"],
      ["label: cells", "«lable: cells"],
      ["at: -5 day", "at: «-5"],
      ["dose: 8 mg/kg", "dose: «80 mg/kg"],
      ["over: 2 week", "over: «0 week"],
      ["- 14 day", "- «-14 day"],
      ["missing: excluded", "missing: «yes"],
      ["seed: 2026", "seed: «1.5"],
    );
    const read = readStudy(text, "bad.yaml");
    expect("problems" in read && read.problems.map(({ line, column }) => ({ line, column }))).toEqual(places);
  });

  it("finds the others beside a fault of YAML", () => {
    const { text, places } = broken(
      ["title: Every word", 'title: «"Every word'],
      ["n: 3", "n: «many"],
      ["glucocorticoid: { taper-to: 5 mg/day,", "glucocorticoid: «{ taper-to: 5 mg/day"],
      ["        dose: 1000 mg", "        «dose 1000 mg"],
      ["every: 1 month", "every: «1 moon"],
    );
    const read = readStudy(text, "bad.yaml");
    const marked = places.map(({ line }) => line);
    expect("problems" in read && read.problems.map(({ line }) => line)).toEqual(marked);
  });

  it("keeps lines and columns with CRLF and a byte order mark", () => {
    const { text, places } = broken(["n: 3", "n: «0"], ["seed: 2026", "seed: «x"]);
    const read = readStudy(`\uFEFF${text.replaceAll("\n", "\r\n")}`, "bad.yaml");
    expect("problems" in read && read.problems.map(({ line, column }) => ({ line, column }))).toEqual(places);
    expect("problems" in read && read.problems[0]!.source).not.toContain("\r");
  });
});

describe("files that are no study", () => {
  it.each([
    ["nothing", ""],
    ["a comment", "# nothing\n"],
    ["a word", "study\n"],
    ["a list", "- a\n- b\n"],
    ["a number", "3"],
    ["brackets", "[".repeat(20_000)],
    ["binary", "\u0000\u0001\u0002"],
  ])("%s", (_name, text) => {
    expect(linesOf(text).length).toBe(1);
  });

  it("names every missing key of an empty map", () => expect(linesOf("{}")).toHaveLength(8));
  it("takes a first document marker", () => expect(linesOf(`# a study\n---\n${VALID}`)).toEqual([]));
  it("says more than 8 arms once", () => {
    const arm = (i: number) =>
      `  arm-${i}: { label: a, give: [], background: { glucocorticoid: continue, mycophenolate: continue } }\n`;
    const arms = (n: number) => Array.from({ length: n }, (_, i) => arm(i)).join("");
    const head = VALID.slice(0, VALID.indexOf("arms:"));
    const tail = VALID.slice(VALID.indexOf("visits:"));
    expect(linesOf(`${head}arms:\n${arms(8)}${tail}`)).toEqual([]);
    expect(linesOf(`${head}arms:\n${arms(11)}${tail}`)).toEqual([18]);
    expect(linesOf(`${head}arms: {}\n${tail}`)).toEqual([9]);
    expect(linesOf(`${head}arms: []\n${tail}`)).toEqual([9]);
  });
});

it("shows problems with line, path, caret and hint", () => {
  const { text } = broken(["dose: 1000 mg", "dose: 1000 mgg"], ["n: 3", "n: 0"]);
  const read = readStudy(text, "bad.yaml");
  expect("problems" in read && formatProblems(read.problems)).toBe(
    `bad.yaml:7:21  population › 2 › n
  0 is outside 1 … 100000
  7 |   - { disease: iim, n: 0, include: ["mmt8 <= 125"] }
    |                        ^
  hint: write a whole number, 1 … 100000

bad.yaml:29:15  arms › antibody › give › 1 › dose
  unknown unit "mgg" in "1000 mgg"
  29 |         dose: 1000 mgg
     |               ^^^^^^^^
  hint: did you mean "mg"?`.replace("7:21", "7:24"),
  );
});

describe("the value", () => {
  it("has days, doses in the units of the table, and the order of the file", () => {
    const value = study();
    expect(value.visits).toEqual({ every: 365.25 / 12, until: 730.5 });
    expect(value.dropout).toEqual({ rate: 5, missing: "excluded" });
    expect(value.arms["cells"]!.give[0]).toEqual({ give: "leukapheresis", at: [-28] });
    expect(value.arms["cells"]!.give[3]).toEqual({ give: "tocilizumab", at: [5], dose: 8 });
    expect(value.arms["antibody"]!.rules).toEqual([]);
    expect(value.population[2]!.include).toEqual(["mrss > 10", "weight >= 45"]);
    expect(parseCriterion("mrss > 10")).toEqual({ name: "mrss", operator: ">", value: 10 });
    expect(meets(10, parseCriterion("mrss > 10"))).toBe(false);
  });

  it("converts units of the same dimension", () => {
    const { text } = broken(["dose: 1000 mg", "dose: 1 g"], ["rate: 5 %/year", "rate: 0.05 1/year"]);
    const read = readStudy(text, "g.yaml");
    if ("problems" in read) throw new Error(formatProblems(read.problems));
    expect(read.study.arms["antibody"]!.give[0]).toEqual({ give: "rituximab", at: [0, 14], dose: 1000 });
    expect(read.study.dropout!.rate).toBeCloseTo(5, 12);
  });

  it("is the same after writing and reading", () => {
    const read = readStudy(formatStudy(study()), "written.yaml");
    expect(read).toStrictEqual({ study: study(), warnings: [] });
  });

  it("has one canonical text, whatever the order of its keys, that knows the order of its arms", () => {
    const value = study();
    const turned = Object.fromEntries(Object.entries(value).reverse()) as unknown as Study;
    expect(canonicalStudy(turned)).toBe(canonicalStudy(value));
    const arms = Object.fromEntries(Object.entries(value.arms).reverse());
    expect(canonicalStudy({ ...value, arms })).not.toBe(canonicalStudy(value));
    expect(canonicalStudy({ ...value, run: { ...value.run, seed: 1 } })).not.toBe(canonicalStudy(value));
  });
});

describe("defineStudy", () => {
  it("checks by the same rules and throws all problems", () => {
    const value = study();
    const bad = {
      ...value,
      titel: "again",
      tolerance: 1,
      visits: { every: "28 day", until: 365 },
      population: [{ disease: "sle", n: 8, include: ["mrss > 3"] }],
    } as unknown as StudyInput;
    let thrown: unknown;
    try {
      defineStudy(bad);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(StudyProblems);
    const { problems, message } = thrown as StudyProblems;
    expect(problems.map(({ path }) => path).sort()).toEqual(
      ["population › 1 › include › 1", "titel", "tolerance", "visits › every"].sort(),
    );
    expect(message).toContain('expected a duration in day as a number, found "28 day"');
  });

  it("takes any value without a crash", () => {
    const loop: Record<string, unknown> = {};
    loop["arms"] = loop;
    for (const value of [
      null,
      undefined,
      3,
      "x",
      [],
      {},
      loop,
      () => 1,
      new Date(),
      new Map(),
      { arms: { a: Symbol("x") } },
      { run: 3n },
    ])
      expect("problems" in checkStudyValue(value)).toBe(true);
  });
});
