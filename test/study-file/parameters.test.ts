/** Changed parameters: the grammar, what is refused, and what they do to patients. */
import { describe, expect, it } from "vitest";
import { changeParameter, type ParameterDeclaration } from "../../src/engine/index.js";
import { formatStudy, readStudy } from "../../src/study/file.js";
import { changesFor, type Study } from "../../src/study/index.js";
import { TrialModels, TrialSite } from "../../src/trial/index.js";
import { broken } from "./valid.js";

/** VALID with `parameters:` of the study, of lupus, and of the arm with cells. */
const withParameters = (study: string, lupus = "", cells = "") =>
  broken(
    ["tolerance: 1e-5", `${study === "" ? "" : `parameters: ${study}\n`}tolerance: 1e-5`],
    ["age < 60] }", `age < 60]${lupus === "" ? "" : `, parameters: ${lupus}`} }`],
    ["    rules: [tocilizumab", `${cells === "" ? "" : `    parameters: ${cells}\n`}    rules: [tocilizumab`],
  );
function studyOf(...parts: Parameters<typeof withParameters>): Study {
  const read = readStudy(withParameters(...parts).text, "x.yaml");
  if ("problems" in read) throw new Error(read.problems.map(({ what, hint }) => `${what}; ${hint}`).join("\n"));
  return read.study;
}
const problemsOf = (...parts: Parameters<typeof withParameters>) => {
  const { text, places } = withParameters(...parts);
  const read = readStudy(text, "x.yaml");
  if ("study" in read) throw new Error("not refused");
  expect(read.problems.map(({ line, column }) => ({ line, column }))).toEqual(places);
  return read.problems.map(({ what, hint }) => `${what} | ${hint}`);
};

describe("the grammar", () => {
  it("reads every form, in any unit of the dimension", () => {
    const { parameters } = studyOf(
      '{ rho: 2.2 1/day, kcat: { times: 1.2 }, BW: { median: 80 kg, cv: 15 % }, KT: fixed, Vb70: { fixed: 5 L }, phiS: 0.004, psi: "30 %" }',
    );
    expect(parameters).toEqual({
      rho: { value: 2.2 },
      kcat: { times: 1.2 },
      BW: { median: 80, cv: 15 },
      KT: { fixed: true },
      Vb70: { fixed: 5e6 },
      phiS: { value: 0.004 },
      psi: { value: 0.3 },
    });
  });

  it("is the same after writing and reading, for study, population and arm", () => {
    const study = studyOf(
      "{ rho: { times: 1.2 }, Vb70: { fixed: 5 L }, KT: fixed }",
      "{ BW: { median: 80 kg, cv: 15 % } }",
      "{ kcat: 1.5 1/day, phiS: 0.004 }",
    );
    const again = readStudy(formatStudy(study), "again.yaml");
    expect("study" in again && again.study).toStrictEqual(study);
  });

  it("an entry of the population goes over the study, an arm over both", () => {
    const study = studyOf("{ rho: { times: 0.9 }, kcat: fixed }", "{ kcat: { times: 2 } }", "{ rho: { times: 1.1 } }");
    expect(changesFor(study, "sle")).toEqual({ rho: { times: 0.9 }, kcat: { times: 2 } });
    expect(changesFor(study, "iim", "cells")).toEqual({ rho: { times: 1.1 }, kcat: { fixed: true } });
  });

  it("refuses each mistake at its place, with what to write", () => {
    expect(
      problemsOf(
        "{ «rhoo: fixed, kcat: «3 mg, BW: «500 kg, «bel_k: fixed, KT: { «timse: 2 }, Vb70: «{ times: 2, cv: 3 % } }",
      ),
    ).toEqual(
      [
        expect.stringMatching(/^unknown parameter "rhoo" \| did you mean "rho"\?$/),
        expect.stringMatching(/^"3 mg" is not a value in 1\/day/),
        expect.stringMatching(/^BW: value 500 lies outside its bounds 40 … 130 \| body weight: 40 … 130 kg/),
        expect.stringMatching(/^no model of this study has "bel_k"/),
        expect.stringMatching(/^unknown key "timse" \| did you mean "times"\?/),
        expect.stringMatching(/^"cv and times" is no change of a parameter/),
      ].map((each) => each),
    );
  });

  it("a number of the patient is the same in every arm", () =>
    expect(problemsOf("", "", "{ «kIgG0: fixed, «BW: fixed }").join("\n")).toMatch(
      /"BW" is a number of the patient, who is the same in every arm/,
    ));

  it("weights of inflammation must sum to 1, in every disease", () => {
    expect(problemsOf("«{ wIC: 0.5 }").join()).toMatch(
      /wIC \+ wIFN \+ wH \+ wB is .* inflammation would not be 1 at baseline/,
    );
  });
});

describe("what they do", () => {
  const small = (study: Study): Study => ({
    ...study,
    population: study.population
      .filter(({ disease }) => disease === "sle")
      .map((stratum) => ({ ...stratum, n: 3, include: [] })),
    visits: { every: 28, until: 84 },
    run: { replicates: 1, seed: 3 },
  });
  const treat = (...parts: Parameters<typeof withParameters>) => {
    const study = small(studyOf(...parts));
    return new TrialSite(study, new TrialModels(study, "wasm")).treatAll([0, 1, 2]);
  };
  const usual = treat("");
  const bits = (treated: typeof usual) => treated.map(({ runs }) => runs.map(({ curves }) => [...curves]));
  const drawn = (treated: typeof usual, name: string) => treated.map(({ patient }) => patient.parameters.get(name));

  it("a factor of 1 changes no bit", () =>
    expect(bits(treat("{ rho: { times: 1 }, BW: { times: 1 } }"))).toEqual(bits(usual)));

  it("a factor moves every patient's lognormal number by it, and no other number", () => {
    const moved = treat("{ rho: { times: 1.1 } }");
    for (const [i, value] of drawn(usual, "rho").entries()) {
      const now = drawn(moved, "rho")[i]!;
      // Draws are cut to the bounds.
      if (now < 3) expect(now / value!).toBeCloseTo(1.1, 10);
    }
    expect(drawn(moved, "rho").some((now) => now! < 3)).toBe(true);
    for (const name of ["BW", "kcat", "phiS"]) expect(drawn(moved, name)).toEqual(drawn(usual, name));
    expect(bits(moved)).not.toEqual(bits(usual));
  });

  it("fixed is the same for everybody, and nobody draws it", () => {
    expect(drawn(treat("{ rho: fixed }"), "rho")).toEqual([undefined, undefined, undefined]);
    expect(new Set(treat("{ BW: { fixed: 90 kg } }").map(({ patient }) => patient.covariates.weight))).toEqual(
      new Set([90]),
    );
  });

  it("an arm's own number reaches that arm alone, drawn with the patient's own chance", () => {
    const arm = treat("", "", "{ rho: { times: 1.1 } }");
    const whole = treat("{ rho: { times: 1.1 } }");
    arm.forEach(({ patient, runs }, i) => {
      expect(patient.parameters).toEqual(usual[i]!.patient.parameters);
      expect([...runs[0]!.curves]).toEqual([...whole[i]!.runs[0]!.curves]);
      expect([...runs[1]!.curves]).toEqual([...usual[i]!.runs[1]!.curves]);
    });
  });

  it("the row says whose number it is", () => {
    const row: ParameterDeclaration = {
      value: 2,
      unit: "1/day",
      about: "x",
      bounds: [1, 4],
      level: "measured",
      source: "somebody_2000",
      varies: { shape: "logitnormal", cv: 30 },
    };
    expect(changeParameter(row, { times: 1.5 })).toEqual({
      value: 3,
      unit: "1/day",
      about: "x",
      bounds: [1, 4],
      level: "assumed",
      reason: "set by the study: × 1.5 (was 2 1/day)",
      varies: row.varies,
    });
    expect(changeParameter(row, { median: 3, cv: 10 }).varies).toEqual({ shape: "logitnormal", cv: 10 });
    expect(changeParameter(row, { fixed: true })).not.toHaveProperty("varies");
  });
});
