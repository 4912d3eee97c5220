import { describe, expect, test } from "vitest";
import { answer, loadEvidence } from "../../src/evidence/index.js";
import { packagedEvidence } from "../../src/workbench/report-evidence.js";

const evidence = await packagedEvidence();

describe("the claims of the package", () => {
  test("seven said in public, five questions, and those about our own model", () => {
    const kinds = [...evidence.claims.values()].map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "public")).toHaveLength(7);
    expect(kinds.filter((kind) => kind === "question")).toHaveLength(5);
    expect(kinds.filter((kind) => kind === "model").length).toBeGreaterThanOrEqual(3);
  });
  test.each([...evidence.claims.values()].map((claim) => [claim.id, claim] as const))(
    "%s: no figure is typed, every one comes from a record that somebody read",
    (_, claim) => {
      expect(`${claim.answer} ${claim.unknown.join(" ")}`.replaceAll("CD19", "")).not.toMatch(/\d/);
      const full = answer(evidence, claim);
      for (const { figures } of [...full.for, ...full.against])
        for (const { usable } of figures) expect(usable).toBe(true);
      for (const [i, item] of claim.for.entries())
        if (item.endpoint !== undefined) expect(full.for[i]!.figures.length).toBeGreaterThan(0);
    },
  );
});

describe("planted mistakes", () => {
  const source = "id: s\nkind: article\nabout: x\nread: abstract\nverification: verified\n";
  const cohort = `id: c
source: s
about: x
role: car-t
read: abstract
design: { kind: case-series }
n: 3
diseases: [{ disease: sle, n: 3 }]
arms:
  - { id: cells, n: 3, product: { kind: car-t, target: [cd19], verification: verified } }
endpoints:
  - { id: crs-any, population: all, k: 1, n: 3, verification: verified }
  - { id: icans-any, population: all, k: 1, n: 3, verification: unverified }
`;
  const approval =
    'id: a\ntherapy: cd19-car-t\nproducts: [x]\ndisease: sle\nstate: approved\nregulator: FDA\nindication: x\ndate: "2020"\nasOf: 2026-01-01\nread: x\nverification: verified\n';
  const claim = `id: k
kind: public
says: It works.
verdict: supported
answer: In few.
for:
  - { record: c, endpoint: crs-any, because: counted }
against: []
approvals: [a]
ladder: [{ therapy: cd19-car-t, disease: sle }]
unknown: [Much.]
`;
  const problems = (name: "claim" | "approval" | "none", from = "", to = ""): string[] => {
    const change = (which: string, text: string) => (which === name ? text.replace(from, to) : text);
    if (name !== "none") expect(name === "claim" ? claim : approval).toContain(from);
    const loaded = loadEvidence([
      { file: "sources/s.yaml", content: source },
      { file: "cohorts/c.yaml", content: cohort },
      { file: "approvals/a.yaml", content: change("approval", approval) },
      { file: "claims/k.yaml", content: change("claim", claim) },
    ]);
    return loaded.ok ? [] : loaded.problems.map(({ file, what, hint }) => `${file}: ${what}; ${hint}`);
  };
  test("the right one has none", () => expect(problems("none")).toEqual([]));
  test.each([
    ["claim", "record: c,", "record: cc,", 'no cohort "cc"'],
    ["claim", "endpoint: crs-any", "endpoint: crs-all", 'unknown endpoint "crs-all"'],
    ["claim", "endpoint: crs-any", "endpoint: death", 'reports no "death"'],
    ["claim", "endpoint: crs-any", "endpoint: crs-any, population: cells", "in that population"],
    ["claim", "endpoint: crs-any", "endpoint: icans-any", "from memory only"],
    ["claim", "approvals: [a]", "approvals: [b]", 'no approval "b"'],
    ["claim", "disease: sle }]", "disease: slee }]", "did you mean sle?"],
    ["claim", "therapy: cd19-car-t, disease", "therapy: cd19-cart, disease", "did you mean cd19-car-t?"],
    ["claim", "verdict: supported", "verdict: true-ish", "verdict"],
    ["claim", "unknown: [Much.]", "unknown: []", "unknown"],
    ["claim", "unknown: [Much.]", "unknown: [Much.]\nnotes: x", 'unknown key "notes"'],
    ["claim", "id: k", "id: kk", "file name says"],
    [
      "claim",
      "for:\n  - { record: c, endpoint: crs-any, because: counted }\nagainst: []\napprovals: [a]",
      "for: []\nagainst: []",
      "nothing speaks for it",
    ],
    ["approval", "disease: sle", "disease: slee", "did you mean sle?"],
    ["approval", "products: [x]\n", "", "no product is named"],
    ["approval", "asOf: 2026-01-01", "asOf: 2026-13-01", "asOf"],
    ["approval", "state: approved", "state: perhaps", "state"],
    ["approval", 'date: "2020"\n', "", "when is not said"],
    ["approval", 'date: "2020"', 'date: "2020-13"', "YYYY"],
    ["approval", "indication: x\n", "", "for whom is not said"],
    ["approval", "state: approved", "state: not-approved", "what is not approved"],
  ] as const)("%s: %s → %s", (which, from, to, expected) => {
    const found = problems(which, from, to);
    expect(found.join("\n")).toContain(expected);
    expect(found).toHaveLength(1);
  });
});
