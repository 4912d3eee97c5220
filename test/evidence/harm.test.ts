import { describe, expect, test } from "vitest";
import { findings, gates, harmWords, rareHarm, upTo } from "../../src/evidence/index.js";
import { packagedEvidence } from "../../src/workbench/report-evidence.js";
import { command } from "../run/command.js";

const evidence = await packagedEvidence();
const harm = (disease: string, endpoint: string, therapy = "cd19-car-t") =>
  rareHarm(evidence, therapy, disease).find((each) => each.endpoint === endpoint)!;

describe("rare harm", () => {
  test("the upper limit leads, and is rounded up", () => {
    // R 4.2.2: binom.test(0, 11), binom.test(1, 145), binom.test(11, 145): upper ends 0.2849, 0.0378, 0.1317.
    expect(harm("sle", "crs-grade-3-or-more").count).toMatchObject({ k: 0, n: 11 });
    expect(harm("sle", "crs-grade-3-or-more").count!.upper).toBeCloseTo(1 - 0.025 ** (1 / 11), 10);
    expect(harmWords(harm("sle", "crs-grade-3-or-more"))).toMatch(
      /^severe .*: up to 29 of 100 cannot be ruled out \(seen in 0 of 11\)/,
    );
    expect(harmWords(harm("sle", "death"))).toContain("up to 4 of 100 cannot be ruled out (seen in 1 of 145");
    expect(harmWords(harm("sle", "death"))).toContain("pneumococcal meningitis");
    expect(upTo(0.0301)).toBe("up to 4 of 100");
    expect(upTo(0)).toBe("up to 0 of 100");
  });
  test("what was counted in other people says so", () => {
    const borrowed = harm("iim", "death");
    expect(borrowed.borrowed).toBe(
      "counted in a review of systemic lupus erythematosus on any CAR-T (pneumococcal meningitis): nobody with idiopathic inflammatory myositis",
    );
    expect(harm("sle", "icans-grade-3-or-more").borrowed).toContain(
      "whether anybody had systemic lupus erythematosus is not told apart",
    );
    // "0 of 15" of lupus, myositis and sclerosis no longer stands under rheumatoid arthritis.
    expect(harm("ra", "crs-grade-3-or-more")).toMatchObject({ borrowed: null, count: { k: 3, n: 9 } });
    const safer = gates(evidence, "cd19-car-t", "ra").find(({ id }) => id === "safer-simpler")!;
    expect(safer.figures.join()).not.toContain("0 of 15");
  });
  test("where nobody has read a count it says that, and drugs are not asked for what cells do", () => {
    const rituximab = rareHarm(evidence, "rituximab", "sle");
    expect(rituximab.map(({ endpoint }) => endpoint)).toEqual(["infection-severe", "death"]);
    expect(harmWords(rituximab[1]!)).toBe("death: nobody has read a count");
  });
});

describe("findings", () => {
  test("of a randomised trial: both arms, and more certain than a series", () => {
    const { benefit } = findings(evidence, "belimumab", "sle");
    expect(benefit.find(({ endpoint }) => endpoint === "renal-response")).toMatchObject({
      k: 96,
      n: 223,
      control: { k: 72, n: 223 },
      certainty: { level: "moderate to high" },
    });
  });
  test("of a few people: very low, and why", () => {
    const { benefit, harm: seen } = findings(evidence, "cd19-car-t", "sle");
    const doris = benefit.find(({ endpoint }) => endpoint === "doris-remission")!;
    expect(doris).toMatchObject({ k: 17, n: 18, control: null, certainty: { level: "very low" } });
    expect(doris.certainty.why).toContain("nobody to compare with");
    // The relapse of a patient who may be counted already stands beside, not in, the count.
    expect(seen.find(({ endpoint }) => endpoint === "relapse")!.notAdded).toContainEqual({
      record: "muller_2025_asys_relapse",
      k: 1,
      n: 1,
    });
  });
  test("patients who were picked by how it went make no row", () => {
    const { benefit } = findings(evidence, "rituximab", "sle");
    expect(benefit.map(({ endpoint }) => endpoint)).not.toContain("complete-renal-response");
  });
});

describe("on the command line", () => {
  const run = (...words: string[]) => command(["evidence", ...words]);
  test.each([
    [["harm", "--disease", "lupus"], 0, "up to 29 of 100 cannot be ruled out"],
    [["harm", "--disease", "gout"], 2, 'no records of cd19-car-t in "gout"'],
    [["gates", "--disease", "scleroderma", "--therapy", "car-t"], 0, "CD19 CAR-T in systemic sclerosis"],
    [["pool", "--endpoint", "relapse"], 0, "and in one of them it happened: 1 of 1 (muller_2025_asys_relapse)"],
    [["pool", "--endpoint", "relapse"], 0, "counts several therapies together: cd19-car-t, eculizumab"],
    [["ask", "can my sister get it"], 0, "ONLY IN TRIALS"],
    [["ask", "xyzzy"], 0, "No question here is near that one"],
    [["guidelines", "--topic", "vaccination"], 0, "practice in cancer"],
    [["guidelines", "--topic", "vaccine"], 2, 'no topic "vaccine"'],
    [["gaps"], 0, "1 of 108 cohort records can be simulated"],
    [["gaps"], 0, "not checked"],
    [["show", "mackensen_2022"], 0, "definition    not stated"],
    [["show", "mackensen_2022"], 0, "conflict: SLEDAI-2K at baseline"],
    [["show", "mackensen_2022"], 0, "transcription of the methods of Park 2025"],
    [["show", "nordmann_gomes_2025_pooled"], 0, "cause         pneumococcal meningitis"],
    [["show", "rapcabtagene_pause_2026"], 0, "(from memory, not shown)"],
  ] as const)("%j ends with %i: %s", (words, status, text) => {
    const found = run(...words);
    expect(found.status, found.stderr).toBe(status);
    expect(status === 0 ? found.stdout : found.stderr).toContain(text);
  });
  test("show prints every field of a record", () => {
    const cohort = evidence.cohorts.get("muller_2024_nejm")!;
    const { stdout } = run("show", cohort.id);
    for (const row of [...(cohort.baseline ?? []), ...cohort.endpoints]) {
      if (row.verification === "unverified") continue;
      for (const said of [row.definition, row.note, row.derived, row.read, row.finding, row.cause])
        if (said !== undefined) expect(stdout).toContain(said);
      if (row.timepoint) expect(stdout).toContain(`${row.timepoint.value} ${row.timepoint.unit}`);
    }
    for (const doubt of cohort.doubts!) expect(stdout).toContain(doubt);
    for (const { about, why } of cohort.conflicts!) for (const said of [about, why]) expect(stdout).toContain(said);
  });
});
