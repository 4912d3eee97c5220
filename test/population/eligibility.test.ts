/** Who may enter, and which draws can be no patient. */
import { describe, expect, it } from "vitest";
import { type AnyDisease, diseases } from "../../src/disease/index.js";
import { samplePatient } from "../../src/population/index.js";
import { implausible } from "../../src/population/plausible.js";
import { CRITERIA, type CriterionWord, DISEASE_IDS, type Stratum } from "../../src/study/index.js";
import { eligibility } from "../../src/trial/conduct/eligibility.js";
import { sourceOf } from "../patients.js";

const covariates = { age: 40, weight: 70, priorLines: 3 };
const seen = (items: Record<string, number>) => ({ items, activity: 0 });
const asks = (...include: string[]) =>
  eligibility({ disease: "sle", n: 1, include: include as unknown as Stratum["include"] });

describe("eligibility", () => {
  it("without criteria everybody enters", () => expect(asks()(covariates, seen({}))).toBeNull());

  it.each([
    ["sledai >= 8", 8, 7.99],
    ["sledai > 8", 8.01, 8],
    ["sledai <= 8", 8, 8.01],
    ["sledai < 8", 7.99, 8],
  ])("%s", (criterion, yes, no) => {
    const item = CRITERIA["sledai"].of;
    const name = "item" in item ? item.item : "";
    expect(asks(criterion)(covariates, seen({ [name]: yes }))).toBeNull();
    expect(asks(criterion)(covariates, seen({ [name]: no }))).toBe(`not eligible: ${criterion}`);
  });

  it("covariates are asked too, and the first criterion that is not met is named", () => {
    const enter = asks("age < 60", "prior-lines >= 4", "weight >= 80");
    expect(enter(covariates, seen({}))).toBe("not eligible: prior-lines >= 4");
    expect(enter({ age: 59.9, weight: 80, priorLines: 4 }, seen({}))).toBeNull();
    expect(enter({ age: 60, weight: 80, priorLines: 4 }, seen({}))).toBe("not eligible: age < 60");
  });

  it("every criterion of every disease reads a number that patients of that disease have, within its stated range", () => {
    for (const disease of DISEASE_IDS) {
      const patients = Array.from({ length: 20 }, (_, index) =>
        samplePatient(sourceOf(disease), { seed: 5, index, eligible: () => null }),
      );
      for (const [name, { of, low, high, disease: only }] of Object.entries(CRITERIA) as [string, CriterionWord][]) {
        if (only !== null && only !== disease) continue;
        for (const { covariates: who, baseline } of patients) {
          const value = "item" in of ? baseline.items[of.item] : who[of.covariate];
          expect(value, `${name} in ${disease}`).toBeGreaterThanOrEqual(low);
          expect(value, `${name} in ${disease}`).toBeLessThanOrEqual(high);
        }
      }
    }
  });

  it("a criterion that a disease declares is a word of the study file", () => {
    for (const { criteria } of Object.values<AnyDisease>(diseases))
      for (const name of Object.keys(criteria)) expect(Object.keys(CRITERIA)).toContain(name);
  });
});

describe("plausibility", () => {
  const fine: Record<string, number> = { peff: 0.1, pB: 0.2, fsel: 0.5 };
  const judge = (change: Record<string, number>) => implausible((name) => change[name] ?? fine[name] ?? 1);
  it("takes a patient whose steady state needs nothing impossible", () => expect(judge({})).toBeNull());
  it.each(["eN_m", "kN_bl", "kN_bs", "kB_bl", "kB_bs", "kB_bm", "kIgG", "bA"])(
    "refuses a rate %s of zero or less",
    (name) => {
      for (const value of [0, -1e-9, Number.NaN]) expect(judge({ [name]: value })).toContain(`(${name})`);
    },
  );
  it("refuses memory that cannot renew, and a selection that is no fraction", () => {
    for (const peff of [0, 0.2, 0.3, Number.NaN]) expect(judge({ peff })).toContain("peff");
    for (const fsel of [0, 1, 1.2, Number.NaN]) expect(judge({ fsel })).toContain("fsel");
  });
});
