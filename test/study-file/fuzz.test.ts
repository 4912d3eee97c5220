import fc from "fast-check";
import { expect, it } from "vitest";
import { isMap, isScalar, isSeq, parseDocument, visit } from "yaml";
import { formatStudy, readStudy } from "../../src/study/file.js";
import { VALID } from "./valid.js";

const RUNS = process.env["LONG"] ? 20_000 : 1500;

function sane(text: string): void {
  const read = readStudy(text, "fuzz.yaml");
  if ("study" in read) {
    const again = readStudy(formatStudy(read.study), "again.yaml");
    expect("study" in again && again.study).toStrictEqual(read.study);
    return;
  }
  expect(read.problems.length).toBeGreaterThan(0);
  const lines = text.split("\n");
  for (const problem of read.problems) {
    expect(problem.line).toBeGreaterThanOrEqual(1);
    expect(problem.line).toBeLessThanOrEqual(lines.length);
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(problem.column).toBeLessThanOrEqual(lines[problem.line! - 1]!.length + 1);
    expect(problem.what).not.toMatch(/undefined|NaN|\[object/);
    expect(problem.hint).not.toBe("");
  }
}

it("survives deletions, insertions and replacements anywhere", () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.constantFrom(
      "",
      ":",
      ": ",
      "\n",
      "\n  ",
      "- ",
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      "#",
      " #",
      "&a ",
      "*a",
      "!!str ",
      "|",
      ">",
      "---\n",
      "\t",
      ",",
      "<<: ",
    ),
  );
  const change = fc.record({ at: fc.nat(VALID.length), length: fc.nat(30), to: piece });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
      let text = VALID;
      for (const { at, length, to } of changes) text = text.slice(0, at) + to + text.slice(at + length);
      sane(text);
    }),
    { numRuns: RUNS, seed: 7 },
  );
});

it("survives lost, doubled and moved lines", () => {
  const lines = VALID.split("\n");
  const change = fc.record({
    line: fc.nat(lines.length - 1),
    how: fc.constantFrom("drop", "double", "in", "out"),
    by: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const text = [...lines];
      for (const { line, how, by } of changes) {
        const old = text[line] ?? "";
        if (how === "drop") text.splice(line, 1);
        if (how === "double") text.splice(line, 0, old);
        if (how === "in") text[line] = " ".repeat(by) + old;
        if (how === "out") text[line] = old.replace(new RegExp(`^ {0,${by}}`), "");
      }
      sane(text.join("\n"));
    }),
    { numRuns: RUNS, seed: 8 },
  );
});

/** Places of every scalar value (not key) of the valid study, with what kind it is. */
function values(): { start: number; end: number; number: boolean }[] {
  const found: { start: number; end: number; number: boolean }[] = [];
  visit(parseDocument(VALID), {
    Scalar: (key, node) => {
      if (key !== "key")
        found.push({ start: node.range![0], end: node.range![1], number: typeof node.value === "number" });
    },
  });
  return found;
}

it("never accepts a value of a wrong type, and reports it once, in its line", () => {
  const all = values();
  expect(all.length).toBeGreaterThan(50);
  const wrong = fc.constantFrom("true", "[a]", "{ a: 1 }", "null", "[]", "{}", "[[1]]", "7.25");
  fc.assert(
    fc.property(fc.constantFrom(...all), wrong, (value, to) => {
      fc.pre(!(value.number && to === "7.25"));
      const text = VALID.slice(0, value.start) + to + VALID.slice(value.end);
      const read = readStudy(text, "fuzz.yaml");
      expect("problems" in read, `${VALID.slice(value.start, value.end)} → ${to}`).toBe(true);
      if (!("problems" in read)) return;
      const line = VALID.slice(0, value.start).split("\n").length;
      // A plan ("continue") that is a map is read as one, with its keys missing.
      if (!(VALID.slice(value.start, value.end) === "continue" && to.startsWith("{")))
        expect(read.problems.length, JSON.stringify(read.problems)).toBe(1);
      for (const problem of read.problems) expect(problem.line).toBe(line);
    }),
    { numRuns: RUNS, seed: 9 },
  );
});

it("misses no key that is taken out", () => {
  const document = parseDocument(VALID);
  const maps: { path: unknown[]; keys: string[] }[] = [];
  const walk = (node: unknown, path: unknown[]): void => {
    if (isMap(node)) {
      maps.push({ path, keys: node.items.map(({ key }) => (isScalar(key) ? String(key.value) : "")) });
      for (const { key, value } of node.items) walk(value, [...path, isScalar(key) ? key.value : key]);
    } else if (isSeq(node)) for (const [i, item] of node.items.entries()) walk(item, [...path, i]);
  };
  walk(document.contents, []);
  const optional = new Set(["record", "include", "rules", "dropout", "cells", "antibody"]);
  for (const { path, keys } of maps)
    for (const key of keys) {
      const copy = document.clone();
      copy.deleteIn([...path, key]);
      const read = readStudy(copy.toString(), "cut.yaml");
      const problems = "problems" in read ? read.problems : [];
      expect(
        problems.map(({ what }) => what),
        `${path.join(" › ")} › ${key}`,
      ).toEqual(optional.has(key) ? [] : [expect.stringContaining(`missing key "${key}"`)]);
    }
});
