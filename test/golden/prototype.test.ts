import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { assemble, type Kernels } from "../../src/engine/index.js";
import type { Target } from "../../src/therapy/index.js";
import { asWritten } from "./as-written.js";
import { goldenModules } from "./model.js";
import { antigenScaling, makeScenarios, sanctuaryAccess } from "./scenarios.js";
import { extinctionProbability, pExtinct, planScenarios, runScenario, type Summary, summarise } from "./summarise.js";

const file = (name: string) => new URL(name, import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(file(name), "utf8"));
const prototype = read("prototype-results.json");
const PROTOCOL_DEFECTS = ["13.3"];
const TARGETS = ["CD19", "BCMA", "CD19 and BCMA"] as const;

/** Kernels by what the cells recognise. */
const byTarget = (kernels: (target: Target) => Kernels) =>
  new Map<Target, Kernels>(TARGETS.map((target) => [target, kernels(target)]));

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

/** Numbers within `relative`, days within one day, everything else equal. */
function differences(name: string, found: Summary, wanted: Summary, relative: number): string[] {
  const wrong: string[] = [];
  for (const [key, value] of Object.entries(wanted)) {
    if (key === "label" || NOISE[name]?.includes(key)) continue;
    const mine = found[key];
    const bad =
      mine === undefined ||
      (typeof value === "number"
        ? typeof mine !== "number" || !(Math.abs(mine - value) <= (isDay(key) ? 1 : relative * Math.abs(value) + 1e-12))
        : mine !== value);
    if (bad) wrong.push(`${key}: ${mine} ≠ ${value}`);
  }
  return wrong;
}

describe("the equations as the document writes them agree with the prototype", () => {
  const kernels = byTarget((target) => planScenarios(asWritten(undefined, target)));
  test.each(makeScenarios(PROTOCOL_DEFECTS).map((s) => [s.name, s] as const))("%s", (name, scenario) => {
    const { curves, constant } = runScenario(kernels.get(scenario.target)!, scenario);
    expect(differences(name, summarise(curves, constant, pExtinct(true)), prototype.scenarios[name], 0.005)).toEqual(
      [],
    );
  });
  test.each(prototype.extinction_check as { phiS: number; p_formula: number; N0: number }[])(
    "sanctuary access $phiS",
    ({ phiS, p_formula, N0 }) => {
      const { curves, constant } = runScenario(kernels.get("CD19")!, sanctuaryAccess(phiS));
      const p = extinctionProbability(
        curves,
        constant,
        120,
        "sanctuary",
        (i) => constant("dA") + curves.of.hS[i]! + constant("kSL"),
      );
      expect(Math.abs(p / p_formula - 1)).toBeLessThan(0.005);
      expect(Math.abs(curves.of.AS[curves.days.lastIndexOf(0)]! / N0 - 1)).toBeLessThan(0.005);
    },
  );
  test("antigen scaling", () => {
    for (const row of prototype.antigen_scaling) {
      const { curves, constant } = runScenario(kernels.get("CD19")!, antigenScaling(row.cells));
      const found = summarise(curves, constant, () => 0);
      const pairs = {
        car_peak: "car_peak_per_uL",
        IFN: "IFN_peak",
        IL6: "IL6_peak",
        CRP: "CRP_peak",
        ferritin: "FER_peak",
      };
      for (const [theirs, mine] of Object.entries(pairs))
        expect(Math.abs((found[mine] as number) / row[theirs] - 1), `${theirs} at ${row.cells}`).toBeLessThan(0.005);
      expect(found["CRS"]).toBe(row.CRS);
      expect(Math.abs((found["car_peak_day"] as number) - row.day)).toBeLessThanOrEqual(1);
    }
  });
});

/** The corrected model, at nominal parameters without background therapy. `UPDATE_GOLDEN=1` writes the file anew; look at the difference before you commit it. */
describe("the corrected model keeps its numbers", () => {
  const kernels = byTarget((target) => planScenarios(assemble(goldenModules(target))));
  const found: Record<string, Summary> = {};
  const golden = process.env["UPDATE_GOLDEN"] ? null : read("corrected-results.json");
  test.each(makeScenarios([]).map((s) => [s.name, s] as const))("%s", (name, scenario) => {
    const { curves, constant } = runScenario(kernels.get(scenario.target)!, scenario);
    found[name] = summarise(curves, constant, pExtinct(false));
    if (golden) expect(differences(name, found[name], golden[name], 1e-6)).toEqual([]);
  });
  test("the file holds every scenario", () => {
    if (golden) expect(Object.keys(golden)).toEqual(Object.keys(found));
    else writeFileSync(file("corrected-results.json"), `${JSON.stringify(found, null, 1)}\n`);
  });
});
