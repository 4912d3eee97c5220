/** Peers in a trial: the same patients in another structure, beside ours and never mixed with it. */
import { describe, expect, test } from "vitest";
import { assemble } from "../../src/engine/index.js";
import { park2025, peers, sledaiByC3 } from "../../src/peers/index.js";
import { commonQuantities } from "../../src/peers/peer.js";
import { ReportAccumulator, renderReport } from "../../src/report/index.js";
import {
  checkStudyValue,
  DISEASE_IDS,
  defineStudy,
  type StudyInput,
  strategies,
  THERAPY_IDS,
} from "../../src/study/index.js";
import { TrialModels, TrialSite, timesOf } from "../../src/trial/index.js";
import { bitsOf } from "../engine/tiny.js";

const plain: StudyInput = {
  id: "two",
  title: "two",
  question: "two?",
  population: [{ disease: "sle", n: 3 }],
  arms: {
    low: { ...strategies["car-t"], give: [{ give: "cd19-car-t", at: [0], dose: 1e5 }] },
    cells: strategies["car-t"],
    drug: strategies.rituximab,
  },
  visits: { every: 28, until: 364 },
  tolerance: 1e-5,
  run: { replicates: 1, seed: 8 },
};
const both: StudyInput = { ...plain, model: ["immune-reset", "park-2025"] };
const treat = (input: StudyInput, nominal = false, backend: "wasm" | "interpreter" = "wasm") => {
  const study = defineStudy(input);
  return new TrialSite(study, new TrialModels(study, backend)).treatAll([0, 1, 2], { nominal });
};
const pageOf = (input: StudyInput): string => {
  const study = defineStudy(input);
  const accumulator = new ReportAccumulator(study, []);
  for (const treated of treat(input)) accumulator.add(treated);
  const run = {
    version: "0",
    date: "2026-11-27",
    seed: 8,
    replicates: 1,
    backend: "WebAssembly",
    tolerance: 1e-5,
    studyHash: "0",
    resultHash: "0",
    repeat: "x",
  };
  return renderReport(accumulator.finish({ run, horizon: null, sources: [], rareHarm: [] }));
};

describe("a peer beside our own model", () => {
  const [alone, together] = [treat(plain), treat(both)];
  test("changes no bit of ours", () => {
    const bits = (all: typeof alone) => all.flatMap(({ runs }) => runs.map(({ curves }) => bitsOf(curves)));
    expect(bits(together)).toEqual(bits(alone));
    expect(alone.every((each) => each.peers.length === 0)).toBe(true);
  });
  test("follows the arms that it can, with the dose of the arm", () => {
    for (const { peers: runs } of together) {
      expect(runs.map(({ peer, arm, status }) => [peer, arm, status])).toEqual([
        ["park-2025", "low", "completed"],
        ["park-2025", "cells", "completed"],
      ]);
      expect(runs[0]!.common).not.toEqual(runs[1]!.common);
    }
  });
  test("the typical patient is the published one", () => {
    // Day 90 and 365 of the reference data at 1e6 per kg (test/reference/park-2025.test.ts compares all); weight cancels here.
    const { curves } = timesOf(defineStudy(both));
    const [{ peers: runs }] = treat(both, true) as [ReturnType<typeof treat>[number]];
    const at = (day: number, quantity: (typeof commonQuantities)[number]) =>
      runs[1]!.common[curves.indexOf(day) * commonQuantities.length + commonQuantities.indexOf(quantity)]!;
    expect(at(90, "c3")).toBeCloseTo(1111.487, 2);
    expect(at(90, "sledaiByC3")).toBeCloseTo(5.8751, 3);
    expect(at(90, "antiDsDna")).toBeCloseTo((100 * 452.882) / 470000, 4);
    expect(at(0, "carT")).toBeCloseTo(13.8543076, 6);
    expect(sledaiByC3(555)).toBeCloseTo(11.44, 10);
    expect(at(-28, "carT")).toBeNaN();
  });
  test("has the bits of the interpreter, whatever shares its lanes", () => {
    const commons = (all: typeof alone) => all.flatMap(({ peers: runs }) => runs.map(({ common }) => bitsOf(common)));
    expect(commons(treat(both, false, "interpreter"))).toEqual(commons(together));
    expect(commons(treat({ ...both, model: ["park-2025"] }))).toEqual(commons(together));
  });
  test("stands on the page, with what only one of them knows", () => {
    const page = pageOf(both);
    expect(page).toContain('<section id="structures"');
    for (const id of ["low", "cells"])
      for (const quantity of commonQuantities) expect(page).toContain(`id="curve-${id}-${quantity}"`);
    expect(page).toContain("What only one of them knows");
    expect(page).toContain("It does not follow drug: gives no cd19-car-t.");
    expect(pageOf(plain)).not.toContain('id="structures"');
  });
  test("alone it has a page of its own", () => {
    const page = pageOf({ ...both, model: ["park-2025"] });
    expect(page).toContain("our own model was not run");
    expect(page).not.toContain('id="headline"');
  });
});

describe("a study says what a peer cannot do", () => {
  const problems = (more: object) => {
    const read = checkStudyValue({ ...plain, ...more });
    return "problems" in read ? read.problems.map(({ what, hint }) => `${what} | ${hint}`) : [];
  };
  test("names, diseases, arms", () => {
    expect(problems({ model: "park-2024" })).toEqual(['unknown model "park-2024" | did you mean "park-2025"?']);
    expect(problems({ model: [] })[0]).toContain("the list of models is empty");
    expect(problems({ model: ["park-2025", "park-2025"] })[0]).toContain("stands twice");
    expect(problems({ model: "park-2025", population: [{ disease: "iim", n: 2 }] })).toEqual([
      'Park 2025 does not know the disease "iim" | it is a model of sle',
    ]);
    expect(problems({ model: "park-2025", arms: { drug: strategies.rituximab } })[0]).toContain(
      "can follow no arm: drug gives no cd19-car-t",
    );
    const twice = { ...strategies["car-t"], give: [{ give: "cd19-car-t", at: [0, 90], dose: 1e6 }] };
    expect(problems({ model: "park-2025", arms: { twice } })[0]).toContain("knows one infusion, on day 0");
  });
});

describe("every peer", () => {
  test.each(peers.map((peer) => [peer.id, peer] as const))("%s names things that are there", (_, peer) => {
    const { units, parameters } = assemble(peer.modules);
    expect(DISEASE_IDS as readonly string[]).toEqual(expect.arrayContaining([...peer.diseases]));
    expect(THERAPY_IDS as readonly string[]).toContain(peer.therapy);
    for (const name of [...Object.values(peer.common), ...Object.keys(peer.alone)]) expect(units.has(name!)).toBe(true);
    const own = parameters.map(({ name }) => name);
    expect(own).toEqual(expect.arrayContaining([peer.dose, peer.weight]));
    expect(peer.limits.length).toBeGreaterThan(0);
  });
  test("Park 2025 says of every constant that it is second hand", () => {
    for (const { parameters = {} } of park2025.modules.map(({ declaration }) => declaration))
      for (const row of Object.values(parameters)) expect(row.reason).toContain("second hand");
  });
});
