/**
 * `bad-studies/` was written from `docs/notes/study-file.md` by somebody who had not seen the checker: every mistake that
 * `expected.yaml` lists must be found at its place by a problem of its own, and nothing else may be found.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import type { Problem } from "../src/quantity/index.js";
import { readStudy } from "../src/study/file.js";

const FOLDER = join(import.meta.dirname, "bad-studies");

/** A mistake in a file; the header of `expected.yaml` says what its fields mean. */
interface Mistake {
  readonly line: number | "any";
  readonly "or-lines"?: readonly number[];
  readonly path: string;
  readonly about: string;
  readonly mention: readonly string[];
}

const expected = parse(readFileSync(join(FOLDER, "expected.yaml"), "utf8")) as { file: string; mistakes: Mistake[] }[];

interface Reading {
  readonly file: string;
  readonly path: string;
  readonly line?: number;
  readonly mention?: string;
}

/**
 * Two readings: all the cases in which the checker says what is expected, but not where or in the words that are expected.
 *
 * - `line`: the note does not say at which line a missing key is reported. The expectation names the line of the key that holds the
 *   incomplete map, the checker the line on which that map begins: the same in flow style, the next one in block style.
 * - `mention`: the note writes the limit as 100000, the checker as 1e5.
 */
const ALSO_FAIR: readonly Reading[] = [];

/** Whether a problem may be meant by a mistake: in one of its lines, and with one of its words. */
function fits(problem: Problem, mistake: Mistake, also: readonly Reading[]): boolean {
  const lines = [mistake.line, ...(mistake["or-lines"] ?? []), ...also.map(({ line }) => line)];
  const words = [...mistake.mention, ...also.map(({ mention }) => mention)].filter((word) => word !== undefined);
  const said = `${problem.path} ${problem.what} ${problem.hint}`.toLowerCase();
  const placed = mistake.line === "any" || (problem.line !== undefined && lines.includes(problem.line));
  return placed && words.some((word) => said.includes(word.toLowerCase()));
}

/** Gives each mistake a problem of its own, as many as can be: pairs are taken apart again where that helps another. */
function pair(
  mistakes: readonly Mistake[],
  problems: readonly Problem[],
  fair: readonly Reading[],
): Map<Mistake, Problem> {
  const pairs = new Map<Problem, Mistake>();
  const place = (mistake: Mistake, tried: Set<Problem>): boolean => {
    const also = fair.filter(({ path }) => path === mistake.path);
    for (const problem of problems) {
      if (tried.has(problem) || !fits(problem, mistake, also)) continue;
      tried.add(problem);
      const other = pairs.get(problem);
      if (other && !place(other, tried)) continue;
      pairs.set(problem, mistake);
      return true;
    }
    return false;
  };
  for (const mistake of mistakes) place(mistake, new Set());
  return new Map([...pairs].map(([problem, mistake]) => [mistake, problem]));
}

function check(file: string): readonly Problem[] {
  const read = readStudy(readFileSync(join(FOLDER, file), "utf8"), file);
  return "problems" in read ? read.problems : [];
}

const results = expected.map(({ file, mistakes }) => {
  const problems = check(file);
  const fair = ALSO_FAIR.filter((reading) => reading.file === file);
  const pairs = pair(mistakes, problems, fair);
  const used = new Set(pairs.values());
  return {
    file,
    mistakes,
    problems,
    found: pairs.size,
    strictly: pair(mistakes, problems, []),
    missed: mistakes.filter((mistake) => !pairs.has(mistake)),
    invented: problems.filter((problem) => !used.has(problem)),
  };
});

it("expects something of every file, and has twenty bad ones", () => {
  const files = readdirSync(FOLDER).filter((file) => file !== "expected.yaml");
  expect(expected.map(({ file }) => file).sort()).toEqual(files.sort());
  const bad = expected.filter(({ mistakes }) => mistakes.length > 0);
  expect(bad).toHaveLength(20);
  for (const { file, mistakes } of bad) expect(mistakes.length, file).toBeLessThanOrEqual(6);
});

for (const { file, mistakes, problems, missed, invented } of results)
  it(`finds every mistake of ${file} once, and no other`, () => {
    expect({ missed, invented }).toEqual({ missed: [], invented: [] });
    expect(problems).toHaveLength(mistakes.length);
    for (const problem of problems) {
      expect(problem.file).toBe(file);
      expect(problem.path !== "" || problem.line !== undefined).toBe(true);
      expect(problem.what.trim()).not.toBe("");
      expect(problem.hint.trim()).not.toBe("");
    }
  });

it("reads only those mistakes in a second way that are listed", () => {
  const needed = results.flatMap(({ file, mistakes, strictly }) =>
    mistakes.filter((mistake) => !strictly.has(mistake)).map(({ path }) => `${file} ${path}`),
  );
  expect(needed).toEqual(ALSO_FAIR.map(({ file, path }) => `${file} ${path}`));
});

afterAll(() => {
  const sum = (count: (result: (typeof results)[number]) => number) => results.reduce((all, r) => all + count(r), 0);
  const files = results.filter(({ mistakes }) => mistakes.length > 0).length;
  console.log(
    `bad study files: ${files} files, ${sum((r) => r.mistakes.length)} mistakes, ${sum((r) => r.found)} found, ` +
      `${sum((r) => r.missed.length)} missed, ${sum((r) => r.invented.length)} invented`,
  );
});
