import { syllable } from "syllable";
import { describe, expect, test } from "vitest";
import { answer, ask, diseaseMeant, loadEvidence, therapyMeant } from "../../src/evidence/index.js";
import { packagedEvidence } from "../../src/workbench/report-evidence.js";

const evidence = await packagedEvidence();

describe("the claims of the package", () => {
  test("seven said in public, at least twenty-five questions, and those about our own model", () => {
    const kinds = [...evidence.claims.values()].map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "public")).toHaveLength(7);
    expect(kinds.filter((kind) => kind === "question").length).toBeGreaterThanOrEqual(25);
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

describe("plain words", () => {
  // Flesch–Kincaid grade level (Kincaid 1975): 0.39 words per sentence + 11.8 syllables per word − 15.59; syllables by a library.
  const sentencesOf = (text: string) => text.match(/[^.?!]+[.?!]/g) ?? [];
  const wordsOf = (text: string) => text.match(/[\p{L}\d’'-]+/gu) ?? [];
  const gradeOf = (text: string): number => {
    const words = wordsOf(text);
    const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
    return (0.39 * words.length) / sentencesOf(text).length + (11.8 * syllables) / words.length - 15.59;
  };
  test("the grade of a text that is known: a line of Dr. Seuss below 0, a line of law above 12", () => {
    expect(gradeOf("I do not like green eggs and ham. I do not like them, Sam I am.")).toBeLessThan(1);
    expect(
      gradeOf(
        "Notwithstanding any contrary provision, the aforementioned obligations remain enforceable indefinitely.",
      ),
    ).toBeGreaterThan(12);
  });
  test.each([...evidence.claims.values()].map((claim) => [claim.id, claim] as const))("%s", (_, claim) => {
    const text = [claim.answer, ...claim.unknown, ...(claim.doctor ?? [])].join(" ");
    expect(gradeOf(text)).toBeLessThanOrEqual(8);
    for (const sentence of [claim.says, ...sentencesOf(text)])
      expect(wordsOf(sentence).length, sentence).toBeLessThanOrEqual(20);
  });
});

describe("ask", () => {
  test.each([
    ["can my sister get it", "can-i-get-it"],
    ["Is there a trial for my brother?", "can-i-get-it"],
    ["a clinic offers it for 60,000", "is-this-offer-real"],
    ["what if it comes back", "can-it-come-back"],
    ["relapse", "can-it-come-back"],
    ["has anyone died", "has-anybody-died"],
    ["vacination", "can-i-be-vaccinated"],
    ["how long off work", "can-i-work"],
    ["can she have a baby", "can-i-become-pregnant"],
    ["who pays", "does-it-cost-money"],
    ["is it dangerous", "can-it-do-harm"],
    ["second cancer", "can-it-cause-cancer"],
    ["chemo", "is-there-chemotherapy"],
    ["can I drive my car", "can-i-drive"],
    ["will it cure me", "is-it-a-cure"],
    ["is it better than rituximab", "is-it-better-than-drugs"],
  ])("%s → %s", (question, id) => {
    expect(ask(evidence, question).answers[0]?.id).toBe(id);
  });
  test("names of diseases and therapies are understood, and say how far along they are", () => {
    expect(ask(evidence, "rituximab for lupus")).toMatchObject({
      diseases: ["sle"],
      therapies: ["rituximab"],
      cells: [{ therapy: "rituximab", disease: "sle", level: "L5", result: "missed" }],
    });
    // Nothing but the disease: CD19 CAR-T.
    expect(ask(evidence, "scleroderma").cells).toMatchObject([{ therapy: "cd19-car-t", disease: "ssc" }]);
    expect(ask(evidence, "lupus nephritis").diseases).toEqual(["ln"]);
    expect(ask(evidence, "Sjögren's disease").diseases).toEqual(["ss"]);
    expect(ask(evidence, "xyzzy").answers).toEqual([]);
    expect(ask(evidence, "").answers).toEqual([]);
  });
  test.each([
    ["lupus", "sle"],
    ["Scleroderma", "ssc"],
    ["dermatomyositis", "iim"],
    ["NMO", "nmosd"],
    ["sle", "sle"],
    ["gout", "gout"],
  ])("disease %s is %s", (name, code) => expect(diseaseMeant(name)).toBe(code));
  test.each([
    ["blinatumomab", "cd19-engager"],
    ["Descartes-08", "bcma-car-t-mrna"],
    ["KYV-101", "cd19-car-t"],
    ["rese-cel", "cd19-car-t"],
    ["IVIG", "immunoglobulin"],
    ["CAR-T", "cd19-car-t"],
    ["cd19-car-t", "cd19-car-t"],
    ["aspirin", "aspirin"],
  ])("therapy %s is %s", (name, code) => expect(therapyMeant(evidence, name)).toBe(code));
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
      {
        file: "cohorts/b.yaml",
        content: cohort.replace("id: c", "id: b").replace("source: s", "source: t").replaceAll("sle", "lbcl"),
      },
      { file: "sources/t.yaml", content: source.replace("id: s", "id: t") },
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
    ["claim", "verdict: supported", 'verdict: "yes"', "judges no sentence"],
    ["claim", "kind: public", "kind: question", "answers no question"],
    ["claim", "approvals: [a]", "approvals: [a]\nguidelines: [b]", 'no guideline "b"'],
    ["claim", "record: c, endpoint: crs-any", "record: b, endpoint: crs-any", "counted in people with cancer"],
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
