/** A number in a formula has no passport: only structure may stand there. */
import { expect, test } from "vitest";
import { immuneSystem } from "../../src/biology/index.js";
import { diseaseModules, leukaemia } from "../../src/disease/index.js";
import type { Module } from "../../src/engine/index.js";
import { therapyModules } from "../../src/therapy/index.js";

const everything: readonly Module[] = [...new Set([...immuneSystem, ...therapyModules, ...diseaseModules, leukaemia])];

/** Conversions of units, and what is structure rather than a number of anybody's body. */
const ALLOWED: Readonly<Record<string, string>> = {
  "0": "nothing",
  "1": "the whole of a share",
  "100{%}": "the whole in per cent",
  "365.25{day/year}": "days of a year",
  "1000{cell/uL}": "10⁹ cells per litre in cells per microlitre",
  "1{Gcell/L}": "the unit of the same conversion",
  "1e-3{Gcell/L}": "guard against a division by zero neutrophils",
  "4": "transit steps of the chain of Friberg, in ktr only",
};

const literalsOf = (text: string): string[] =>
  [...text.matchAll(/(?<![\w.])(\d+\.?\d*(?:[eE][+-]?\d+)?)(\s*\{[^}]*\})?/g)].map(
    ([, value, unit]) => `${value}${(unit ?? "").replace(/\s/g, "")}`,
  );

/** A zero or a whole in any unit is still a zero or a whole. */
const known = (literal: string): string | undefined =>
  ALLOWED[literal] !== undefined ? literal : /^0(\{.*\})?$/.test(literal) ? "0" : undefined;

const found = everything.flatMap(({ name, formulas }) =>
  [...formulas].flatMap(([place, { text }]) => literalsOf(text).map((literal) => ({ name, place, text, literal }))),
);

test("formulas hold no number of their own", () => {
  expect(found.length).toBeGreaterThan(100);
  expect(
    found
      .filter(({ literal }) => known(literal) === undefined)
      .map(({ name, place, text }) => `${name} › ${place}: ${text}`),
  ).toEqual([]);
  expect(found.filter(({ literal, place }) => literal === "4" && place !== "derived.ktr")).toEqual([]);
});

test("every exception is needed", () => {
  const used = new Set(found.map(({ literal }) => known(literal)));
  expect(Object.keys(ALLOWED).filter((literal) => !used.has(literal))).toEqual([]);
});

test("reads literals with exponents and units, and no part of a name", () => {
  expect(literalsOf("0.6*AL_2 + 1500{cell/uL}*T^12 - fPB_l*1e-3")).toEqual(["0.6", "1500{cell/uL}", "12", "1e-3"]);
});
