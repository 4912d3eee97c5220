/** Every kind of mistake, planted one at a time in records that are otherwise right. */
import { describe, expect, test } from "vitest";
import { type EvidenceFile, loadEvidence } from "../../src/evidence/index.js";

const source = `id: smith-2024
kind: article
about: A small series.
authors: Smith
journal: Some Journal
year: 2024
identifiers: { doi: 10.1000/abc, pmid: "123", checked: not checked }
read: the abstract
verification: verified
`;
const memory = `id: hearsay
kind: unverified-knowledge
about: Somebody said so.
read: nothing
verification: unverified
`;
const cohort = `id: smith_2024
source: smith-2024
about: Five patients.
role: car-t
read: abstract
design: { kind: case-series }
registrations: [NCT01234567]
overlap: smith_centre
n: 5
diseases:
  - { disease: sle, n: 3 }
  - { disease: ssc, n: 2 }
arms:
  - id: cd19-car-t
    n: 5
    product: { kind: car-t, target: [cd19], source: autologous, costimulation: [4-1bb], verification: verified, except: { costimulation: unverified } }
    doses:
      - { value: 1e6, unit: cell/kg, days: [0], verification: verified }
    conditioning:
      - { drug: fludarabine, value: 25, unit: mg/m^2, days: [-5, -4, -3], verification: verified }
subsets:
  - { id: early, about: treated early, n: 2 }
followup: { median: 8, low: 5, high: 17, unit: month, verification: verified }
endpoints:
  - { id: crs-any, population: all, k: 3, n: 5, percent: 60, verification: verified }
  - { id: crs-grade-1, population: all, k: 2, n: 5, verification: verified }
  - { id: crs-grade-2, population: all, k: 1, n: 5, verification: verified }
  - { id: sledai, population: sle, statistic: median, value: 2, unit: point, spread: { kind: range, low: 0, high: 4 }, n: 3, timepoint: { value: 3, unit: month }, verification: verified }
  - { id: relapse, definition: not stated, population: all, k: 0, n: 5, verification: verified }
  - { id: relapse, definition: not stated, population: early, versus: all, statistic: risk-ratio, value: 0.5, unit: "1", verification: verified }
  - { id: returning-b-cells, population: all, finding: naive, verification: verified }
`;
const part = cohort
  .replace("id: smith_2024", "id: smith_2023")
  .replace("source: smith-2024", "source: smith-2023")
  .replace("n: 5\ndiseases", "n: 4\ndiseases")
  .replace("disease: sle, n: 3", "disease: sle, n: 2")
  .replace("    n: 5\n", "    n: 4\n")
  .replaceAll("n: 5,", "n: 4,")
  .replaceAll("n: 3,", "n: 2,")
  .replace("percent: 60, ", "");
const earlier = source
  .replace("smith-2024", "smith-2023")
  .replace("10.1000/abc", "10.1000/abd")
  .replace('"123"', '"124"');

const guideline = `id: vaccines
topic: vaccination
says: Inactivated vaccines from three months.
value: 3
unit: month
window: { from: 3, to: 12, unit: month }
population: cancer
title: A table
kind: review-table
read: a stored page
asOf: "2023"
verification: verified
`;
const right = {
  "sources/smith-2024.yaml": source,
  "sources/smith-2023.yaml": earlier,
  "sources/hearsay.yaml": memory,
  "cohorts/smith_2024.yaml": cohort,
  "cohorts/smith_2023.yaml": part,
  "guidelines/vaccines.yaml": guideline,
};
type Name = keyof typeof right;

const load = (files: Readonly<Record<string, string>>) =>
  loadEvidence(Object.entries(files).map(([file, content]): EvidenceFile => ({ file, content })));
const problemsOf = (files: Readonly<Record<string, string>>) => {
  const loaded = load(files);
  return loaded.ok ? [] : loaded.problems;
};

const c: Name = "cohorts/smith_2024.yaml";
const s: Name = "sources/smith-2024.yaml";
const h: Name = "sources/hearsay.yaml";
const g: Name = "guidelines/vaccines.yaml";

/** What is planted: file, text, replacement, then the line where it must be found and words of the message. */
const planted: readonly [what: string, file: Name, from: string, to: string, line: number, message: RegExp][] = [
  // The file
  ["YAML that cannot be read", c, "n: 5\ndiseases:", "n: [5\ndiseases:", 9, /list "\[" is not closed/],
  ["a key twice", c, "role: car-t\n", "role: car-t\nrole: tissue\n", 5, /"role" is given twice \(first in line 4\)/],
  ["another id than the file name", c, "id: smith_2024", "id: smith_2025", 1, /file name says "smith_2024"/],
  ["an id of another form", s, "id: smith-2024", "id: Smith", 1, /file name says "smith-2024"/],
  // Schema
  ["an unknown key", c, "about: Five", "abuot: Five", 3, /unknown key "abuot"/],
  ["an unknown key deep inside", c, "k: 0, n: 5", "k: 0, n: 5, nn: 5", 29, /unknown key "nn"/],
  ["a missing key", c, "about: Five patients.\n", "", 1, /about is missing/],
  ["a row without verification", c, "k: 0, n: 5, verification: verified", "k: 0, n: 5", 29, /verification is missing/],
  [
    "an unknown level of verification",
    c,
    "naive, verification: verified",
    "naive, verification: sure",
    31,
    /verification is "sure"/,
  ],
  ["text where a number belongs", c, "k: 0, n: 5", "k: none, n: 5", 29, /k is "none"/],
  ["half a patient", c, "k: 0, n: 5", "k: 0.5, n: 5", 29, /k is 0.5/],
  ["a spread of an unknown kind", c, "kind: range", "kind: about", 28, /spread is/],
  ["an unknown design", c, "kind: case-series", "kind: anecdote", 6, /kind is "anecdote"/],
  [
    "an unknown exception",
    c,
    "except: { costimulation: unverified }",
    "except: { vector: unverified }",
    16,
    /no "vector" in this block/,
  ],
  // Identifiers
  ["a DOI as a link", s, "doi: 10.1000/abc", "doi: https://doi.org/10.1000/abc", 7, /form of a DOI/],
  ["a PMID with letters", s, '"123"', '"PM123"', 7, /form of a PMID/],
  ["a short NCT number", c, "NCT01234567", "NCT0123456", 7, /no NCT number/],
  ["a day that does not exist", s, "checked: not checked", "checked: 2026-02-30", 7, /is not a day/],
  [
    "an identifier from memory that is not there",
    s,
    "checked: not",
    "unverified: [pmcid], checked: not",
    7,
    /no identifier "pmcid"/,
  ],
  ["a year out of range", s, "year: 2024", "year: 24", 6, /year 24/],
  [
    "memory that calls itself verified",
    h,
    "verification: unverified",
    "verification: verified",
    5,
    /from memory cannot be/,
  ],
  ["memory that looks like a citation", h, "read: nothing", "read: nothing\nauthors: Smith", 2, /with a citation/],
  // References
  ["a source that does not exist", c, "source: smith-2024", "source: smith-2022", 2, /no source "smith-2022"/],
  [
    "a cohort that does not exist",
    c,
    "n: 5\ndiseases",
    "contains: [smith_2022]\nn: 5\ndiseases",
    9,
    /no cohort "smith_2022"/,
  ],
  [
    "a post-hoc analysis of nothing",
    c,
    "kind: case-series",
    "kind: post-hoc, of: jones_2020",
    6,
    /no cohort "jones_2020"/,
  ],
  [
    "a record that contains itself",
    c,
    "n: 5\ndiseases",
    "contains: [smith_2024]\nn: 5\ndiseases",
    9,
    /refers to itself/,
  ],
  ["an unknown disease", c, "disease: ssc", "disease: scl", 12, /unknown disease "scl"/],
  ["an unknown endpoint", c, "id: crs-any", "id: crs-all", 25, /unknown endpoint "crs-all"/],
  ["an unknown population", c, "population: sle", "population: lupus", 28, /unknown population "lupus"/],
  ["a comparison with nobody", c, "versus: all", "versus: late", 30, /unknown population "late"/],
  ["a comparison with itself", c, "versus: all", "versus: early", 30, /compared with itself/],
  ["a name for two populations", c, "id: early, about", "id: sle, about", 22, /names two populations/],
  ["an arm after no arm", c, "    n: 5\n", "    n: 5\n    after: cd20\n", 16, /no other arm/],
  // Numbers
  ["more events than patients", c, "k: 3, n: 5, percent: 60", "k: 6, n: 5", 25, /6 of 5/],
  ["k without n", c, "k: 0, n: 5", "k: 0", 29, /0 of how many/],
  ["a percentage that does not fit", c, "percent: 60", "percent: 66", 25, /3 of 5 is 60.0 %, not 66 %/],
  ["a percentage above 100", c, "k: 3, n: 5, percent: 60", "n: 5, percent: 160", 25, /160 %/],
  ["more patients than the population has", c, "high: 4 }, n: 3", "high: 4 }, n: 4", 28, /"sle" has 3 patients/],
  ["diseases that do not add up", c, "disease: sle, n: 3", "disease: sle, n: 4", 10, /add up to 6, not to n = 5/],
  ["arms that add up to too many", c, "    n: 5\n", "    n: 7\n", 13, /add up to 7, more than n = 5/],
  ["a subset larger than the whole", c, "treated early, n: 2", "treated early, n: 9", 22, /9 of 5 patients/],
  [
    "grades that add up to too many",
    c,
    "crs-grade-2, population: all, k: 1",
    "crs-grade-2, population: all, k: 2",
    25,
    /add up to 4, and 3 had any/,
  ],
  ["a value outside its range", c, "value: 2, unit: point", "value: 5, unit: point", 28, /5 lies outside 0 to 4/],
  ["a range upside down", c, "low: 0, high: 4", "low: 4, high: 0", 28, /from 4 to 0/],
  ["a negative standard deviation", c, "{ kind: range, low: 0, high: 4 }", "{ kind: sd, value: -1 }", 28, /a sd of -1/],
  ["a follow-up outside its range", c, "median: 8", "median: 18", 23, /18 lies outside 5 to 17/],
  ["a follow-up without a length", c, "median: 8, low: 5, high: 17, ", "", 23, /without a length/],
  ["a negative time", c, "timepoint: { value: 3", "timepoint: { value: -3", 28, /timepoint -3/],
  ["a dose of nothing", c, "value: 1e6", "value: 0", 18, /a dose of 0/],
  ["conditioning after the infusion", c, "[-5, -4, -3]", "[3, 4, 5]", 20, /after the infusion/],
  ["days out of order", c, "[-5, -4, -3]", "[-3, -4, -5]", 20, /days -3, -4, -5/],
  // Units
  ["a value without unit", c, "value: 2, unit: point", "value: 2", 28, /value without unit/],
  ["an unknown unit", c, "unit: point", "unit: points", 28, /unknown unit "points"/],
  ["a unit of another dimension", c, "unit: point", "unit: day", 28, /no unit of "sledai"/],
  ["a time in grams", c, "unit: month, verification", "unit: g, verification", 23, /no unit of time/],
  ["cells per litre as a dose", c, "unit: cell/kg", "unit: cell/L", 18, /no unit of such a dose/],
  ["a dose without unit", c, "value: 25, unit: mg/m^2", "value: 25", 20, /without unit/],
  // Rows
  ["a row without a figure", c, "k: 0, n: 5", "n: 5", 29, /without a figure/],
  ["two figures in one row", c, "k: 0, n: 5", "k: 0, n: 5, finding: none", 29, /k and finding in one row/],
  [
    "a count for a score",
    c,
    "statistic: median, value: 2, unit: point, spread: { kind: range, low: 0, high: 4 }",
    "k: 2",
    28,
    /is a level, and the row has k/,
  ],
  ["a value of no statistic", c, "statistic: median, ", "", 28, /is it a mean, a median/],
  [
    "a definition that is missing",
    c,
    "relapse, definition: not stated, population: all",
    "relapse, population: all",
    29,
    /differently from study to study/,
  ],
  ["a ratio of nothing", c, "versus: all, ", "", 30, /of what against what/],
  [
    "a row twice",
    c,
    "endpoints:\n",
    "endpoints:\n  - { id: crs-any, population: all, k: 3, n: 5, verification: verified }\n",
    26,
    /the same row as number 1/,
  ],
  // Trials, deaths, conflicts
  [
    "a randomised trial without its primary endpoint",
    c,
    "kind: case-series",
    "kind: randomised-trial",
    6,
    /without its primary endpoint/,
  ],
  [
    "a randomised trial that does not say which arm it judged",
    c,
    "design: { kind: case-series }",
    "primaryEndpoints: [{ trial: A, result: not-recorded, read: x, verification: verified }]\ndesign: { kind: randomised-trial }",
    7,
    /which arm was under study/,
  ],
  [
    "a primary endpoint met by nobody knows what",
    c,
    "role: car-t",
    "primaryEndpoints: [{ trial: A, result: met, finding: x, read: x, verification: verified }]\nrole: car-t",
    4,
    /primary endpoint met without definition/,
  ],
  ["an arm under study that is none", c, "role: car-t", "underStudy: [cd19]\nrole: car-t", 4, /"cd19" is no arm/],
  [
    "a death without its cause",
    c,
    "{ id: relapse, definition: not stated, population: all, k: 0, n: 5,",
    "{ id: death, population: all, k: 1, n: 5,",
    29,
    /a death without its cause/,
  ],
  [
    "a cause of something else",
    c,
    "{ id: relapse, definition: not stated, population: all, k: 0, n: 5,",
    "{ id: relapse, cause: x, definition: not stated, population: all, k: 0, n: 5,",
    29,
    /a cause of death beside "relapse"/,
  ],
  [
    "a conflict with one side",
    c,
    "role: car-t",
    "conflicts: [{ about: dose, used: { says: a, from: b, verification: verified }, others: [], why: c }]\nrole: car-t",
    4,
    /others is/,
  ],
  [
    "a record that may share with nobody",
    c,
    "n: 5\ndiseases",
    "mayShare: [smith_1999]\nn: 5\ndiseases",
    9,
    /no cohort "smith_1999"/,
  ],
  // Guidelines
  ["a guideline on nothing known", g, "topic: vaccination", "topic: vaccines", 2, /topic is "vaccines"/],
  ["a guideline with a number and no unit", g, "unit: month\n", "", 4, /3 without unit/],
  ["a guideline in another unit of time", g, "unit: month }", "unit: kg }", 6, /no unit of time/],
  ["a guideline that ends before it begins", g, "from: 3", "from: 30", 6, /from 30 to 12/],
  // Between records
  ["one DOI in two sources", s, "10.1000/abc", "10.1000/ABD", 7, /is also that of smith-2023/],
  [
    "a part outside the overlap group",
    c,
    "overlap: smith_centre",
    "overlap: other_centre\ncontains: [smith_2023]",
    9,
    /not its overlap group/,
  ],
  [
    "one trial in two overlap groups",
    c,
    "overlap: smith_centre",
    "overlap: other_centre",
    8,
    /is also the trial of smith_2023/,
  ],
];

describe("check", () => {
  test("the records into which mistakes are planted are right", () => expect(problemsOf(right)).toEqual([]));

  test.each(planted)("finds %s", (_, file, from, to, line, message) => {
    expect(right[file]).toContain(from);
    const problems = problemsOf({ ...right, [file]: right[file].replace(from, to) });
    const found = problems.filter((problem) => message.test(problem.what));
    expect(
      found.map((p) => p.what),
      JSON.stringify(problems, null, 1),
    ).toHaveLength(1);
    expect(found[0]).toMatchObject({ file, line });
    expect(found[0]!.hint).not.toBe("");
    expect(problems.length, JSON.stringify(problems, null, 1)).toBeLessThanOrEqual(2);
  });

  test("finds a cohort that was entered twice", () => {
    const twin = cohort.replace("id: smith_2024", "id: smith_again");
    expect(problemsOf({ ...right, "cohorts/smith_again.yaml": twin })).toMatchObject([
      { file: "cohorts/smith_again.yaml", line: 2, what: "the same source, diseases and numbers as smith_2024" },
    ]);
  });

  test("finds the same source outside its overlap group", () => {
    const half = part
      .replace("id: smith_2023", "id: smith_half")
      .replace("source: smith-2023", "source: smith-2024")
      .replace("overlap: smith_centre\n", "")
      .replace("registrations: [NCT01234567]\n", "");
    expect(problemsOf({ ...right, "cohorts/smith_half.yaml": half })).toMatchObject([
      { what: "the same source as smith_2024, but not its overlap group" },
    ]);
  });

  test("finds a part that is larger than the whole", () => {
    const whole = part.replace("n: 4\ndiseases", "contains: [smith_2024]\nn: 4\ndiseases");
    expect(problemsOf({ ...right, "cohorts/smith_2023.yaml": whole })).toMatchObject([
      { what: "smith_2024 has 5 patients, this record 4" },
    ]);
  });

  test("finds an id in both folders, a file in neither, an empty file, and an empty folder", () => {
    expect(problemsOf({ ...right, "cohorts/hearsay.yaml": cohort }).map((p) => p.what)).toContain(
      'the id "hearsay" occurs twice',
    );
    expect(problemsOf({ ...right, "notes.yaml": "a: 1" })).toMatchObject([
      { what: "neither a source, a cohort, an approval, a guideline nor a claim" },
    ]);
    expect(problemsOf({ ...right, "sources/empty.yaml": "" })).toMatchObject([{ file: "sources/empty.yaml", line: 1 }]);
    // A file name with capitals, repeated in the file, breaks the form of an id.
    expect(problemsOf({ ...right, "sources/Smith.yaml": memory.replace("hearsay", "Smith") })).toMatchObject([
      { what: 'id is "Smith"', hint: "expected lower case, digits and hyphens" },
    ]);
    expect(problemsOf({})).toMatchObject([{ what: "no evidence files" }]);
  });

  test("reports all mistakes at once, in order of file and line, and one mistake once", () => {
    const problems = problemsOf({
      ...right,
      [s]: source.replace("10.1000/abc", "abc").replace("year: 2024", "year: 24"),
      [c]: cohort.replace("k: 3, n: 5, percent: 60", "k: 6, n: 5").replace("unit: cell/kg", "unit: cell/L"),
    });
    expect(problems.map((p) => [p.file, p.line])).toEqual([
      [c, 18],
      [c, 25],
      [s, 6],
      [s, 7],
    ]);
    // A source that cannot be read is not also missing.
    const broken = problemsOf({ ...right, [s]: source.replace("kind: article", "kind: rumour") });
    expect(broken.map((p) => p.file)).toEqual([s]);
  });
});
