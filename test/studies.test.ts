import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatProblems } from "../src/quantity/index.js";
import { formatStudy, readStudy } from "../src/study/file.js";
import { canonicalStudy, defineStudy, describeArm, type Study, visitDays } from "../src/study/index.js";

const folder = join(import.meta.dirname, "..", "studies");
const files = readdirSync(folder);
const names = files.filter((file) => file.endsWith(".yaml")).map((file) => basename(file, ".yaml"));

function readOrFail(text: string, file: string): Study {
  const read = readStudy(text, file);
  if ("problems" in read) throw new Error(formatProblems(read.problems));
  return read.study;
}

it("has a TypeScript twin for every YAML file, and the other way round", () => {
  expect(names.length).toBeGreaterThan(0);
  expect(files.filter((file) => file.endsWith(".ts")).map((file) => basename(file, ".ts"))).toEqual(names);
});

describe.each(names)("studies/%s", (name) => {
  const study = readOrFail(readFileSync(join(folder, `${name}.yaml`), "utf8"), `studies/${name}.yaml`);

  it("is the same value in YAML and in TypeScript", async () => {
    const twin = (await import(`../studies/${name}.ts`)) as { default: Study };
    expect(twin.default).toStrictEqual(study);
    expect(canonicalStudy(twin.default)).toBe(canonicalStudy(study));
    expect(Object.keys(twin.default.arms)).toEqual(Object.keys(study.arms));
  });

  it("is named like its file", () => expect(study.id).toBe(name));

  it("survives writing and reading", () => {
    const text = formatStudy(study);
    expect(readOrFail(text, "written.yaml")).toStrictEqual(study);
    expect(formatStudy(readOrFail(text, "written.yaml"))).toBe(text);
  });

  it("survives JSON and a second check", () => {
    expect(defineStudy(JSON.parse(JSON.stringify(study)) as Study)).toStrictEqual(study);
  });
});

it("ends erlangen-2024 after 730.5 days with visits every four weeks", () => {
  const study = readOrFail(readFileSync(join(folder, "erlangen-2024.yaml"), "utf8"), "erlangen-2024.yaml");
  expect(study.visits).toEqual({ every: 28, until: 730.5 });
  expect(visitDays(study)).toHaveLength(27);
  expect(visitDays(study).at(-1)).toBe(728);
  expect(describeArm(study.arms["car-t"]!)).toEqual([
    "day −28: leukapheresis",
    "day −5: fludarabine 3 × 25 mg/m² and cyclophosphamide 1 g/m²",
    "day 0: CD19 CAR-T cells, 1 × 10⁶ cells/kg",
    "glucocorticoid tapered to 0 mg/day from day −28 over 28 days",
    "mycophenolate stopped on day −28",
    "tocilizumab when cytokine release syndrome reaches grade 2",
    "dexamethasone when neurotoxicity (ICANS) reaches grade 2",
    "rescue therapy at relapse",
    "immunoglobulin replacement when IgG falls below 4 g/L",
  ]);
  expect(describeArm(study.arms["rituximab"]!)[0]).toBe("days 0 and 14: rituximab, 1000 mg each");
});
