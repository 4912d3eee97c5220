import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { wholeModel } from "../../src/population/whole-model.js";
import { scenarios } from "./scenarios.js";
import { extinctionProbability, planScenarios, runScenario, summarise } from "./summarise.js";

const golden = JSON.parse(readFileSync(new URL("prototype-results.json", import.meta.url), "utf8"));
const kernels = planScenarios(wholeModel());

/** Days that are rounding noise because the curve is flat (model-details 7.6). */
const NOISE: Record<string, string[]> = {
  baseline: ["IL6_day", "CRP_day", "ANC_nadir_day"],
  "SLE RTX": ["ANC_nadir_day"],
  "SLE OBI": ["ANC_nadir_day", "IL6_day", "CRP_day"],
  belimumab: ["ANC_nadir_day", "IL6_day", "CRP_day"],
  anifrolumab: ["IL6_day", "CRP_day"],
  FcRn: ["ANC_nadir_day"],
  dara: ["ANC_nadir_day"],
};
const isDay = (name: string) => name.endsWith("_day") || name === "neutropenia_days";

describe("24 scenarios of the prototype", () => {
  test.each(scenarios.map((s) => s.name))("%s", (name) => {
    const { curves, constant } = runScenario(kernels, scenarios.find((s) => s.name === name)!);
    const found = summarise(curves, constant, (c, k) =>
      extinctionProbability(c, k, 365, "both", (i) => k("dA") + c.of.hS[i]! + k("kSL")),
    );
    const wanted = golden.scenarios[name] as Record<string, number | boolean | null | string>;
    const wrong: string[] = [];
    for (const [key, value] of Object.entries(wanted)) {
      if (key === "label" || NOISE[name]?.includes(key)) continue;
      const mine = found[key];
      const bad =
        mine === undefined ||
        (typeof value === "number"
          ? typeof mine !== "number" ||
            !(isDay(key) ? Math.abs(mine - value) <= 1 : Math.abs(mine - value) <= 0.005 * Math.abs(value) + 1e-12)
          : mine !== value);
      if (bad) wrong.push(`${key}: ${mine} ≠ ${value}`);
    }
    expect(wrong).toEqual([]);
  });
});
