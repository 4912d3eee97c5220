import { describe, expect, test } from "vitest";
import { defineModule, ModelError, parameterFaults, type Variability } from "../../src/engine/index.js";
import { drawParameter } from "../../src/population/draw.js";
import { stream } from "../../src/statistics/index.js";
import { parameter } from "./tiny.js";

const varying = (varies: unknown, value = 0.5, bounds: readonly [number, number] = [0, 1]) => ({
  ...parameter(value),
  bounds,
  varies: varies as Variability,
});

describe("the variability of a parameter is checked at birth", () => {
  test.each<[string, unknown, number, readonly [number, number], string[]]>([
    ["no spread", { shape: "lognormal", cv: 0 }, 1, [0, 9], ["cv 0 % is not positive"]],
    ["no spread", { shape: "lognormal", cv: Number.NaN }, 1, [0, 9], ["cv NaN % is not positive"]],
    ["a median of 0", { shape: "lognormal", cv: 30 }, 0, [0, 9], ["value 0 is not positive"]],
    ["a lower bound below 0", { shape: "lognormal", cv: 30 }, 1, [-1, 9], ["bound -1 is negative"]],
    ["no spread", { shape: "logitnormal", cv: -1 }, 0.5, [0, 1], ["cv -1 % is not positive"]],
    ["a share of 1", { shape: "logitnormal", cv: 9 }, 1, [0, 1], ["value 1 does not lie between 0 and 1"]],
    ["more than all", { shape: "logitnormal", cv: 9 }, 0.5, [0, 2], ["bounds 0 … 2 reach beyond 0 … 1"]],
    ["no spread", { shape: "normal", sd: 0 }, 1, [0, 9], ["sd 0 is not positive"]],
    ["no room", { shape: "uniform" }, 1, [1, 1], ["bounds 1 … 1 are no interval"]],
    ["no end", { shape: "uniform" }, 1, [0, Number.POSITIVE_INFINITY], ["bounds 0 … Infinity are no interval"]],
    ["nobody", { shape: "present", share: 0 }, 1, [0, 9], ["share 0 does not lie above 0 and up to 1"]],
    ["per cent", { shape: "present", share: 30 }, 1, [0, 9], ["share 30 does not lie above 0 and up to 1"]],
    [
      "no 0",
      { shape: "present", share: 0.3 },
      1,
      [0.1, 9],
      ["bounds 0.1 … 9 leave out 0, the value of those without it"],
    ],
  ])("%s: %o", (_, varies, value, bounds, faults) => {
    const { shape } = varies as Variability;
    expect(parameterFaults(varying(varies, value, bounds))).toEqual(
      faults.map((what) => `varies as ${shape}: ${what}`),
    );
  });
  test("a shape that there is not", () => {
    expect(parameterFaults(varying({ shape: "gamma" }))).toEqual(['varies as "gamma", which is no shape']);
  });
  test("what is right passes", () => {
    for (const varies of [
      { shape: "fixed" },
      { shape: "lognormal", cv: 30 },
      { shape: "logitnormal", cv: 30 },
      { shape: "normal", sd: 0.1 },
      { shape: "uniform" },
      { shape: "present", share: 1 },
    ])
      expect(parameterFaults(varying(varies))).toEqual([]);
  });
  test("all faults of all parameters of a module come at once, with their places", () => {
    let found: unknown;
    try {
      defineModule("m", {
        about: "m",
        parameters: { a: varying({ shape: "present", share: 2 }, 3, [1, 2]), b: varying({ shape: "normal", sd: -1 }) },
      });
    } catch (error) {
      found = error instanceof ModelError ? error.problems.map((p) => `${p.where}: ${p.what}`) : error;
    }
    expect(found).toEqual([
      "m › parameters › a: value 3 lies outside its bounds 1 … 2",
      "m › parameters › a: varies as present: share 2 does not lie above 0 and up to 1",
      "m › parameters › a: varies as present: bounds 1 … 2 leave out 0, the value of those without it",
      "m › parameters › b: varies as normal: sd -1 is not positive",
    ]);
  });
});

describe("draws of what only some have", () => {
  test("are the value below the share, else 0", () => {
    const antibody = varying({ shape: "present", share: 0.3 }, 7, [0, 10]);
    expect([0.01, 0.2999, 0.3, 0.99].map((u) => drawParameter(antibody, u))).toEqual([7, 7, 0, 0]);
    expect(drawParameter(varying({ shape: "present", share: 1 }, 7, [0, 10]), 1 - 2 ** -53)).toBe(7);
  });
  test("come as often as the share says (binomial, four standard deviations)", () => {
    const n = 20_000;
    const random = stream(7, 1, "present");
    const antibody = varying({ shape: "present", share: 0.3 }, 7, [0, 10]);
    let having = 0;
    for (let i = 0; i < n; i++) if (drawParameter(antibody, random.uniform()) === 7) having++;
    expect(Math.abs(having - 0.3 * n)).toBeLessThan(4 * Math.sqrt(n * 0.3 * 0.7));
  });
});
