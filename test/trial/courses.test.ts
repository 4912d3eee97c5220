/** What a study asks for beside its report: values against laws, and that asking changes nothing. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exp } from "../../src/engine/index.js";
import { studyFromValue, studyValue } from "../../src/run/index.js";
import {
  checkStudyValue,
  defineStudy,
  type Measure,
  readStudy,
  type StudyInput,
  strategies,
} from "../../src/study/index.js";
import { takeMeasure } from "../../src/trial/endpoints/measures.js";
import { outputDays, TrialModels, TrialSite, timesOf } from "../../src/trial/index.js";
import { bitsOf } from "../engine/tiny.js";

const plain: StudyInput = {
  id: "asking",
  title: "asking",
  question: "asking?",
  population: [{ disease: "sle", n: 3 }],
  arms: { cells: strategies["car-t"], drug: strategies.rituximab },
  visits: { every: 28, until: 140 },
  tolerance: 1e-5,
  run: { replicates: 1, seed: 8 },
};
const asking: StudyInput = {
  ...plain,
  outputs: ["C3", "CARblood", "Bblood", "RT"],
  grid: [0.3, { from: 0, to: 30, every: 0.5 }, { from: 30, to: 139, every: 3.7 }],
  trajectories: 2,
  measures: {
    top: { of: "CARblood", take: "cmax" },
    "top-day": { of: "CARblood", take: "tmax" },
    exposure: { of: "CARblood", take: "auc", from: 0, to: 28 },
    "c3-lowest": { of: "C3", take: "nadir" },
  },
};
const treat = (input: StudyInput) => {
  const study = defineStudy(input);
  return new TrialSite(study, new TrialModels(study, "wasm")).treatAll([0, 1, 2]);
};

describe("asking", () => {
  const [before, after] = [treat(plain), treat(asking)];
  test("changes no bit of what a report reads", () => {
    const read = (all: typeof before) =>
      all.flatMap(({ patient, runs }) =>
        runs.map(({ course: _, measures: __, curves, ...rest }) => [
          [...patient.parameters],
          bitsOf(curves),
          JSON.stringify(rest),
        ]),
      );
    expect(read(after)).toEqual(read(before));
    for (const { runs } of before) for (const run of runs) expect([run.course, run.measures]).toEqual([null, null]);
  });
  test("gives rows at the times of the grid for so many patients, of what the arm's model has", () => {
    const { courses } = timesOf(defineStudy(asking));
    expect(courses.slice(0, 4)).toEqual([0, 0.3, 0.5, 1]);
    expect(courses).toHaveLength(1 + 61 + 29);
    const cells = after[0]!.runs[0]!.course!;
    expect(cells.names).toEqual(["C3", "CARblood", "Bblood", "RT"]);
    expect(cells.values).toHaveLength(courses.length * 4);
    expect(after[0]!.runs[1]!.course!.names).not.toContain("RT");
    expect(after[2]!.runs[0]!.course).toBeNull();
    expect(after[2]!.runs[0]!.measures).not.toBeNull();
  });
  test("measures are those of the course", () => {
    const { courses } = timesOf(defineStudy(asking));
    for (const { runs } of after.slice(0, 2)) {
      const { course, measures } = runs[0]!;
      const column = courses.map((_, row) => course!.values[row * 4 + 1]!);
      const top = Math.max(...column);
      expect(measures![0]).toBe(top);
      expect(measures![1]).toBe(courses[column.indexOf(top)]);
      let area = 0;
      for (let i = 1; courses[i]! <= 28; i++)
        area += ((column[i]! + column[i - 1]!) / 2) * (courses[i]! - courses[i - 1]!);
      expect(measures![2]! / area).toBeCloseTo(1, 12);
    }
  });
});

describe("measures against laws", () => {
  // A course that is known: 100·exp(−t/10) from day 0.
  const days = Array.from({ length: 4001 }, (_, i) => i * 0.01);
  const values = days.map((day) => 100 * exp(-day / 10));
  const take = (measure: Omit<Measure, "of">, given = values, until = 40) =>
    takeMeasure({ of: "x", ...measure }, days, given, { from: 0, to: until });
  test("area, times above and below, extremes", () => {
    expect(take({ take: "auc" })).toBeCloseTo(1000 * (1 - exp(-4)), 3);
    expect(take({ take: "auc", from: 3.005, to: 17.001 })).toBeCloseTo(1000 * (exp(-0.3005) - exp(-1.7001)), 3);
    expect(take({ take: "time-above", level: 50 })).toBeCloseTo(10 * Math.LN2, 5);
    expect(take({ take: "time-below", level: 50, to: 30 })).toBeCloseTo(30 - 10 * Math.LN2, 5);
    expect(take({ take: "cmax", from: 5 })).toBeCloseTo(100 * exp(-0.5), 9);
    expect([take({ take: "nadir-day" }), take({ take: "tmax" })]).toEqual([40, 0]);
  });
  test("return is where a line crosses the level again", () => {
    const wave = days.map((day) => (day - 20) ** 2);
    expect(take({ take: "return", level: 100 }, wave)).toBeCloseTo(30, 6);
    expect(take({ take: "return", level: 500 }, wave)).toBeNaN();
    expect(take({ take: "return", level: 100, to: 29 }, wave)).toBeNaN();
  });
  test("negative courses, a single time, and a course that ends", () => {
    const negative = values.map((value) => -value);
    expect(take({ take: "nadir" }, negative)).toBe(-100);
    expect(take({ take: "auc", from: 7, to: 7 })).toBe(0);
    const left = values.map((value, i) => (days[i]! > 20 ? Number.NaN : value));
    expect(take({ take: "cmax" }, left)).toBeNaN();
    expect(take({ take: "cmax", to: 20 }, left)).toBe(100);
    expect(take({ take: "cmax" }, left, 20)).toBe(100);
  });
});

describe("times of the report", () => {
  const study = (at: number[], until = 400) =>
    defineStudy({
      ...plain,
      arms: { cells: { ...strategies["car-t"], give: [{ give: "cd19-car-t", at, dose: 1e6 }] } },
      visits: { every: 20, until },
    });
  test("a second infusion has a dense window of its own", () => {
    const days = outputDays(study([0, 180]));
    for (let day = 180; day <= 210; day++) expect(days).toContain(day);
    expect(days).toContain(213);
    expect(days).not.toContain(214);
    expect(days).toContain(180 + 210);
    expect(new Set(days).size).toBe(days.length);
  });
  test("one that is split over a few days has the window of the first", () => {
    expect(outputDays(study([0, 7, 14]))).toEqual(outputDays(study([0])));
  });
});

test("a record keeps the order of measures, which is that of their rows", () => {
  const measures = { z: { of: "C3", take: "nadir" }, a: { of: "C3", take: "cmax" } } as const;
  const study = defineStudy({ ...plain, measures });
  const again = studyFromValue(studyValue(study));
  expect("study" in again && again.study).toEqual(study);
  expect("study" in again && Object.keys(again.study.measures!)).toEqual(["z", "a"]);
});

describe("a study says what is wrong with what it asks", () => {
  const text = readFileSync(new URL("../../studies/four-doses.yaml", import.meta.url), "utf8");
  test("four doses with everything in 30 lines", () => {
    expect(text.trim().split("\n").length).toBeLessThanOrEqual(30);
    expect("study" in readStudy(text, "four-doses.yaml")).toBe(true);
  });
  test("every problem at once, with its place", () => {
    const bad = text
      .replace("outputs: [CARblood, Bblood, C3]", "outputs: [CARblod, Bblood, Bblood]")
      .replace("every: 12 h", "every: 0 h")
      .replace("trajectories: all", "trajectories: some")
      .replace("{ of: CARblood, take: cmax }", "{ of: CARblood, take: cmaxx, level: 3 }")
      .replace("from: 0 day, to: 28 day", "from: 30 day, to: 28 day")
      .replace("level: 5 cell/uL", "level: 5 g/L");
    const read = readStudy(bad, "bad.yaml");
    const problems =
      "problems" in read ? read.problems.map(({ path, what, hint }) => `${path}: ${what} (${hint})`) : [];
    const all = problems.join("\n");
    for (const part of [
      'outputs › 1: no model of this study has "CARblod" (did you mean "CARblood"?)',
      'output "Bblood" stands twice',
      "0 h",
      'expected a number of patients, or "all"',
      'unknown measure "cmaxx" (did you mean "cmax"?)',
      "unit missing after 3",
      "the time ends before it begins",
      '"5 g/L" is not a level in cell/uL',
    ])
      expect(all).toContain(part);
    expect(problems).toHaveLength(8);
  });
  test("outputs of another disease or of nothing that is given are refused", () => {
    const problemsOf = (more: object) => {
      const read = checkStudyValue({ ...plain, ...more });
      return "problems" in read ? read.problems.map(({ what }) => what) : [];
    };
    expect(problemsOf({ outputs: ["MMT"], trajectories: 1 })).toEqual([expect.stringContaining('"MMT"')]);
    expect(problemsOf({ outputs: ["C3"] })).toEqual(["outputs without trajectories"]);
    expect(problemsOf({ grid: [1] })).toEqual(["a grid of nothing"]);
    expect(problemsOf({ measures: { a: { of: "C3", take: "return" } } })).toEqual(['"return" without a level']);
    expect(problemsOf({ grid: [{ from: 0, to: 100, every: 1e-4 }], trajectories: 1 })).toEqual(["1000001 times"]);
  });
});
