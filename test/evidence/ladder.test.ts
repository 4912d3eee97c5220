import { describe, expect, test } from "vitest";
import { type Evidence, gaps, gates, ladder, loadEvidence, rung } from "../../src/evidence/index.js";
import { modelReach } from "../../src/workbench/model-reach.js";
import { packagedEvidence } from "../../src/workbench/report-evidence.js";

interface Small {
  readonly id: string;
  readonly n?: number;
  readonly design?: string;
  readonly overlap?: string;
  readonly read?: string;
  readonly arms?: string;
  readonly role?: string;
  readonly rest?: string;
}
const carT = (n: number | undefined, verification = "verified") =>
  `  - { id: cells, ${n === undefined ? "" : `n: ${n}, `}product: { kind: car-t, target: [cd19], source: autologous, verification: ${verification} } }`;
/** Records of one disease, as files. */
function evidenceOf(records: readonly Small[], more: Readonly<Record<string, string>> = {}): Evidence {
  const files = records.flatMap(
    ({ id, n, design = "{ kind: case-series }", overlap, read = "abstract", arms, role = "car-t", rest = "" }) => [
      {
        file: `sources/${id}-source.yaml`,
        content: `id: ${id}-source\nkind: article\nabout: x\nread: abstract\nverification: verified\n`,
      },
      {
        file: `cohorts/${id}.yaml`,
        content: `id: ${id}\nsource: ${id}-source\nabout: x\nrole: ${role}\nread: ${read}\ndesign: ${design}\n${overlap ? `overlap: ${overlap}\n` : ""}${n === undefined ? "" : `n: ${n}\n`}diseases: [{ disease: sle${n === undefined ? "" : `, n: ${n}`} }]\narms:\n${arms ?? carT(n)}\nendpoints: []\n${rest}`,
      },
    ],
  );
  const nobody = {
    file: "sources/x.yaml",
    content: "id: x\nkind: article\nabout: x\nread: abstract\nverification: verified\n",
  };
  const loaded = loadEvidence([
    nobody,
    ...files,
    ...Object.entries(more).map(([file, content]) => ({ file, content })),
  ]);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 1));
  return loaded.evidence;
}
const level = (records: readonly Small[], more?: Readonly<Record<string, string>>) =>
  rung(evidenceOf(records, more), "cd19-car-t", "sle");
const trial = "{ kind: single-arm-trial, phase: '2' }";
const randomised = (phase: string) => `{ kind: randomised-trial, phase: '${phase}' }`;
/** What a randomised trial has to say. */
const judged = (result = "not-recorded", underStudy = "cells") =>
  `underStudy: [${underStudy}]\nprimaryEndpoints:\n  - { trial: A, result: ${result}, definition: d, finding: f, read: x, verification: verified }\n`;
const two = (n: number) =>
  `${carT(n)}\n  - { id: control, n: ${n}, product: { kind: placebo, verification: verified } }`;

describe("each level, and just below it", () => {
  test("L0: nobody, or from memory only, or a number that is not stated", () => {
    expect(level([])).toMatchObject({ level: "L0", records: [], patients: 0 });
    expect(level([{ id: "a", n: 50, read: "memory" }]).level).toBe("L0");
    expect(level([{ id: "a", n: 50, arms: carT(50, "unverified") }]).level).toBe("L0");
    expect(level([{ id: "a" }])).toMatchObject({
      level: "L0",
      aside: [{ record: "a", reason: expect.stringContaining("not stated") }],
    });
    expect(level([{ id: "a", n: 50, role: "pooled" }]).level).toBe("L0");
  });
  test("L1 below ten, L2 from ten", () => {
    expect(level([{ id: "a", n: 1 }])).toMatchObject({ level: "L1", records: ["a"] });
    expect(level([{ id: "a", n: 9 }]).level).toBe("L1");
    expect(level([{ id: "a", n: 10 }]).level).toBe("L2");
    expect(
      level([
        { id: "a", n: 6 },
        { id: "b", n: 4 },
      ]),
    ).toMatchObject({ level: "L2", records: ["a", "b"], groups: 2 });
  });
  test("patients that may be the same count once: the largest record of a group", () => {
    expect(
      level([
        { id: "a", n: 6, overlap: "g" },
        { id: "b", n: 8, overlap: "g" },
      ]),
    ).toMatchObject({
      level: "L1",
      records: ["b"],
      patients: 8,
      groups: 1,
      aside: [{ record: "a", reason: "may share patients with b" }],
    });
    expect(
      level(
        [
          { id: "a", n: 12 },
          { id: "b", n: 12, design: "{ kind: post-hoc, of: a }", overlap: "g" },
        ].map((r) => ({ ...r, overlap: "g" })),
      ).patients,
    ).toBe(12);
  });
  test("L3: two independent trials and thirty patients; series do not make it", () => {
    expect(
      level([
        { id: "a", n: 20, design: trial },
        { id: "b", n: 10, design: trial },
      ]).level,
    ).toBe("L3");
    expect(
      level([
        { id: "a", n: 20, design: trial },
        { id: "b", n: 9, design: trial },
      ]).level,
    ).toBe("L2");
    expect(level([{ id: "a", n: 60, design: trial }]).level).toBe("L2");
    expect(
      level([
        { id: "a", n: 20, design: trial },
        { id: "b", n: 20 },
      ]).level,
    ).toBe("L2");
    expect(
      level([
        { id: "a", n: 20, design: trial, overlap: "g" },
        { id: "b", n: 20, design: trial, overlap: "g" },
      ]).level,
    ).toBe("L2");
  });
  test("L4 and L5: a randomised trial, and one of phase 3, also where it does not say how many got the therapy", () => {
    expect(level([{ id: "a", n: 20, design: randomised("2"), arms: two(10), rest: judged() }])).toMatchObject({
      level: "L4",
      records: ["a"],
      result: "not-recorded",
      primaryEndpoint: [{ record: "a", trial: "A", result: "not-recorded" }],
    });
    expect(level([{ id: "a", n: 20, design: randomised("3"), arms: two(10), rest: judged() }]).level).toBe("L5");
    expect(level([{ id: "a", n: 20, design: randomised("2/3"), arms: two(10), rest: judged() }]).level).toBe("L5");
    expect(
      level([
        {
          id: "a",
          n: 20,
          design: randomised("3"),
          arms: `${carT(undefined)}\n  - { id: control, product: { kind: placebo, verification: verified } }`,
          rest: judged(),
        },
      ]),
    ).toMatchObject({ level: "L5", because: expect.stringContaining("not stated") });
    expect(level([{ id: "a", n: 20, design: randomised("3"), rest: judged() }]).level).toBe("L2");
  });
  test("beside the level stands what came out: met, missed, mixed, not recorded", () => {
    const trialOf = (id: string, result: string) => ({
      id,
      n: 20,
      design: randomised("3"),
      arms: two(10),
      rest: judged(result),
    });
    expect(level([trialOf("a", "met")]).result).toBe("met");
    expect(level([trialOf("a", "missed"), trialOf("b", "missed")]).result).toBe("missed");
    expect(level([trialOf("a", "met"), trialOf("b", "missed")])).toMatchObject({ level: "L5", result: "mixed" });
    expect(level([trialOf("a", "mixed")]).result).toBe("mixed");
    expect(level([trialOf("a", "met"), trialOf("b", "not-recorded")]).result).toBe("met");
    expect(level([{ id: "a", n: 20, design: trial }])).toMatchObject({ result: "not-recorded", primaryEndpoint: [] });
  });
  test("what a trial compared with does not climb by it", () => {
    const compared = { id: "a", n: 20, design: randomised("3"), arms: two(10), rest: judged("met", "control") };
    expect(level([compared])).toMatchObject({
      level: "L0",
      aside: [{ record: "a", reason: "was what the trial compared with" }],
    });
  });
  test("L6: approval and a registry; one of them alone is not enough", () => {
    const approval = (approved: boolean, verification = "verified") => ({
      "approvals/yes.yaml": `id: yes\ntherapy: cd19-car-t\nproducts: [x]\ndisease: ln\nstate: ${approved ? "approved" : "not-approved"}\nregulator: FDA\nindication: x\n${approved ? 'date: "2020-05"\n' : ""}asOf: 2026-01-01\nread: x\nverification: ${verification}\n`,
    });
    const registry = { id: "a", n: 20, design: "{ kind: registry }" };
    expect(level([registry], approval(true))).toMatchObject({
      level: "L6",
      records: ["yes", "a"],
      approval: { state: "approved", records: ["yes"], says: "approved by FDA (2020-05): x, x" },
      asOf: "2026-01-01",
    });
    expect(level([registry]).level).toBe("L2");
    expect(level([{ id: "a", n: 20 }], approval(true))).toMatchObject({ level: "L2", approval: { state: "approved" } });
    expect(level([registry], approval(true, "unverified"))).toMatchObject({
      level: "L2",
      approval: { state: "not-looked-up" },
    });
    expect(level([registry], approval(false))).toMatchObject({
      level: "L2",
      approval: { state: "not-approved", says: "not approved (FDA), looked up on 2026-01-01: x" },
    });
    expect(level([{ id: "a", n: 20 }])).toMatchObject({ approval: { state: "not-looked-up", records: [] } });
  });
});

describe("the records of the package", async () => {
  const evidence = await packagedEvidence();
  const rungs = ladder(evidence);
  test("five cells as traced by hand (docs/notes/evidence-ladder.md)", () => {
    const cell = (therapy: string, disease: string) => {
      const { level: found, records, patients } = rungs.find((r) => r.therapy === therapy && r.disease === disease)!;
      return [found, records, patients];
    };
    expect(cell("cd19-car-t", "sle")).toEqual([
      "L2",
      ["bms_breakfree1_acr2024", "hagen_2025_licats", "ytb323_lupus21_2024"],
      37,
    ]);
    expect(cell("cd19-car-t", "iim")).toEqual([
      "L1",
      ["bms_breakfree1_acr2024", "hagen_2025_licats", "pecher_2023_jama_asys", "sheba_poc_2025"],
      9,
    ]);
    expect(cell("bcma-car-t", "nmosd")).toEqual(["L2", ["qin_2023_nmosd"], 12]);
    expect(cell("rituximab", "sle")).toEqual(["L5", ["explorer_2010", "lunar_2012"], 169]);
    expect(cell("bcma-car-t-mrna", "mg")).toEqual(["L4", ["vu_2025_mg001_2b"], 14]);
    expect(rung(evidence, "cd19-car-t", "sle").because).toContain("27 in trials of 3 groups");
    expect(cell("cd19-car-t", "b-all")).toEqual(["L6", ["cd19-car-t-b-all", "tisacel_cibmtr_2020"], 255]);
  });
  test("no CAR-T is approved in an autoimmune disease, and one only was tried in a randomised trial", () => {
    const cancers = ["b-all", "lbcl", "nhl", "myeloma", "b-cell-malignancy", "haematological-malignancy"];
    for (const r of rungs.filter(({ therapy, disease }) => therapy.includes("car-t") && !cancers.includes(disease))) {
      const randomised = r.therapy === "bcma-car-t-mrna" && r.disease === "mg";
      expect(randomised ? ["L4"] : ["L0", "L1", "L2"], `${r.therapy} ${r.disease}`).toContain(r.level);
      expect(r.approval.state).toBe("not-approved");
      expect(gates(evidence, r.therapy, r.disease).map(({ id, state }) => [id, state])).toContainEqual([
        "approval",
        "open",
      ]);
    }
  });
  test("approvals are what was read: three states, and absence is not no", () => {
    const of = (therapy: string, disease: string) => {
      const { level, approval } = rung(evidence, therapy, disease);
      return [level, approval.state];
    };
    // Dates and indications of the material read on 2026-11-26.
    expect(of("belimumab", "sle")).toEqual(["L5", "approved"]);
    expect(rung(evidence, "belimumab", "sle").approval.says).toContain("approved by FDA (2011-03-09)");
    expect(of("anifrolumab", "sle")).toEqual(["L5", "approved"]);
    expect(of("obinutuzumab", "sle")).toEqual(["L5", "approved"]);
    expect(of("efgartigimod", "mg")).toEqual(["L5", "approved"]);
    expect(of("ocrelizumab", "ms")).toEqual(["L5", "approved"]);
    expect(of("immunoglobulin", "iim")[1]).toBe("approved");
    for (const standard of ["mycophenolate", "cyclophosphamide", "azathioprine"])
      expect(of(standard, "sle")[1], standard).toBe("not-approved");
    expect(of("rituximab", "ra")[1]).toBe("approved");
    expect(of("rituximab", "sle")).toEqual(["L5", "not-looked-up"]);
    // Approved on two trials of independent groups.
    expect(of("bcma-car-t", "myeloma")).toEqual(["L3", "approved"]);
    expect(rung(evidence, "bcma-car-t", "myeloma").patients).toBe(224);
    expect(of("bcma-car-t", "mg")[1]).toBe("not-approved");
    expect(of("cd19-car-t", "sle")[1]).toBe("not-approved");
    // Approved, and no trial among the records: no level, not the lowest one.
    expect(of("voclosporin", "sle")).toEqual(["–", "approved"]);
    const boxed = [...evidence.approvals.values()].filter(({ boxedWarning }) => boxedWarning !== undefined);
    expect(boxed.length).toBeGreaterThanOrEqual(9);
  });
  test("results as published: primary endpoints read on 2026-11-26", () => {
    const of = (therapy: string, disease: string) => rung(evidence, therapy, disease).result;
    expect(of("rituximab", "sle")).toBe("missed");
    expect(of("belimumab", "sle")).toBe("met");
    expect(of("anifrolumab", "sle")).toBe("mixed");
    expect(of("mycophenolate", "sle")).toBe("mixed");
    expect(of("cd19-car-t", "sle")).toBe("not-recorded");
    // Cyclophosphamide was what ALMS, SCOT and ASTIS compared with.
    expect(rung(evidence, "cyclophosphamide", "ssc").level).toMatch(/L0|–/);
  });
  test("every record that is named exists, every cell says since when, and what memory alone knows carries nothing", () => {
    for (const r of rungs) {
      expect(r.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      for (const id of r.records) {
        const cohort = evidence.cohorts.get(id);
        expect(cohort ?? evidence.approvals.get(id), id).toBeDefined();
        expect(cohort?.read).not.toBe("memory");
      }
    }
  });
  test("what records lack for a simulation is named for each", () => {
    const all = [...evidence.cohorts.values()].map((cohort) => gaps(cohort, modelReach()));
    expect(all.filter((g) => !g.simulatable && g.missing.length + g.beyondModel.length === 0)).toEqual([]);
    console.log(
      `${all.filter((g) => g.simulatable).length} of ${all.length} can be simulated from their fields alone, ${all.filter((g) => g.fromMemory).length} more if memory counted`,
    );
    expect(gaps(evidence.cohorts.get("muller_2024_nejm")!, modelReach()).missing).toContain(
      "costimulation of the product (known from memory only)",
    );
  });
});
