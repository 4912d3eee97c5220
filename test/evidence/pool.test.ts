import { describe, expect, test } from "vitest";
import { type Evidence, type Pooled, pool, type Row } from "../../src/evidence/index.js";
import { packagedEvidence } from "../../src/workbench/report-evidence.js";
import { command } from "../run/command.js";

const evidence = await packagedEvidence();
const pooled = (result: ReturnType<typeof pool>): Pooled => {
  if (Array.isArray(result)) throw new Error(JSON.stringify(result));
  return result as Pooled;
};
/** The evidence with other fields in the rows of one endpoint of one record. */
const changed = (id: string, endpoint: string, fields: Partial<Row>): Evidence => {
  const cohort = evidence.cohorts.get(id)!;
  const endpoints = cohort.endpoints.map((row) => (row.id === endpoint ? { ...row, ...fields } : row));
  return { ...evidence, cohorts: new Map(evidence.cohorts).set(id, { ...cohort, endpoints }) };
};

const evidenceCommand = (...words: string[]) => command(["evidence", ...words]);

describe("the commands", () => {
  test("ladder --json is an array of therapy, disease, level, records and date", () => {
    const { status, stdout } = evidenceCommand("ladder", "--json");
    expect(status).toBe(0);
    const rungs = JSON.parse(stdout) as Record<string, unknown>[];
    for (const rung of rungs)
      expect(rung).toMatchObject({
        therapy: expect.any(String),
        disease: expect.any(String),
        level: expect.stringMatching(/^(L[0-6]|–)$/),
        records: expect.any(Array),
        asOf: "2026-11-26",
      });
  });
  test.each([
    [["gates", "--json"], 0, '"approval"'],
    [["gates"], 0, "what would have to be true"],
    [["gates", "--therapy", "cd19-cart"], 2, "therapies: "],
    [["gates", "--disease", "cidp", "--therapy", "rituximab"], 2, "diseases with it: "],
    [["claim"], 0, "NOT SHOWN"],
    [["claim", "is-it-a-cure", "--json"], 0, '"verdict":"nobody-knows"'],
    [["claim", "is-it"], 2, "is-it-a-cure"],
    [["show"], 0, "muller_2024_nejm"],
    [["show", "mougiakakos_2021"], 0, "(from memory, not shown)"],
    [["show", "nobody_2020"], 2, "evidence show lists them"],
    [["gaps"], 0, "can be simulated from their fields alone"],
    [["pool", "--endpoint", "crs-any", "--therapy", "cd19-car-t", "--costimulation", "4-1bb"], 0, "11 of 15"],
    [["ladder", "--dir", "/nowhere"], 2, "no evidence files"],
    [["ladder", "--html", "/nowhere/evidence.html"], 2, "cannot be written: ENOENT"],
  ] as const)("%j ends with %i and says so", (words, code, said) => {
    const { status, stdout, stderr } = evidenceCommand(...words);
    expect([status, code === 0 ? stderr : stdout]).toEqual([code, ""]);
    expect(code === 0 ? stdout : stderr).toContain(said);
  });
});

describe("what is never pooled", () => {
  test("cohorts that share patients, named together: refused with the reason, exit code 2, nothing on standard output", () => {
    const both = ["mackensen_2022", "muller_2024_nejm"];
    for (const names of [["--records", ...both], both]) {
      const { status, stdout, stderr } = evidenceCommand("pool", "--endpoint", "crs-any", ...names);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("may share patients");
      expect(stderr).toContain("erlangen_expanded_access");
    }
  });
  test("a figure from memory, or whose count is", () => {
    for (const fields of [
      { verification: "unverified" },
      { except: { k: "unverified" } },
      { except: { n: "unverified" } },
    ] satisfies Partial<Row>[]) {
      const result = pool(changed("qin_2023_nmosd", "crs-any", fields), {
        endpoint: "crs-any",
        records: ["qin_2023_nmosd"],
      });
      expect(result).toMatchObject([{ what: expect.stringContaining("from memory") }]);
    }
  });
  test("a percentage without counts, another kind of endpoint, unknown words: all problems at once", () => {
    expect(pool(evidence, { endpoint: "sledai" })).toMatchObject([{ what: expect.stringContaining("no proportion") }]);
    expect(pool(evidence, { endpoint: "crs-al" })).toMatchObject([{ hint: "did you mean crs-any?" }]);
    expect(pool(evidence, { endpoint: "crs-any", records: ["nobody_2020", "muler_2024_nejm"] })).toHaveLength(2);
    expect(pool(evidence, { endpoint: "death", therapy: "cd19-car-t", disease: "ms" })).toMatchObject([
      { what: expect.stringContaining("no record") },
    ]);
  });
  test("a record that sums up others beside one of them, or a part beside its whole", () => {
    expect(pool(evidence, { endpoint: "drug-free", records: ["kattamuri_2025", "muller_2024_nejm"] })).toMatchObject([
      { what: expect.stringContaining("kattamuri_2025 sums up other records") },
    ]);
    const [a, b] = ["qin_2023_nmosd", "granit_2023_mg001"];
    const whole = { ...evidence.cohorts.get(a)!, contains: [b] };
    const both = { ...evidence, cohorts: new Map(evidence.cohorts).set(a, whole) };
    expect(pool(both, { endpoint: "crs-any", records: [a, b] })).toMatchObject([
      { what: expect.stringContaining("may share patients") },
    ]);
  });
  test("verified only leaves out what another text reports", () => {
    const all = pooled(pool(evidence, { endpoint: "crs-any", roles: ["car-t"] }));
    const strict = pooled(pool(evidence, { endpoint: "crs-any", roles: ["car-t"], verifiedOnly: true }));
    expect(strict.studies.every(({ verification }) => verification === "verified")).toBe(true);
    expect(strict.studies.length).toBeLessThan(all.studies.length);
  });
});

describe("against independent computations", () => {
  test("CRS of any grade, autologous CD19 with 4-1BB: three independent cohorts, R's binom.test(25, 38)", () => {
    const { studies, k, n, common, leftOut, remarks } = pooled(
      pool(evidence, { endpoint: "crs-any", therapy: "cd19-car-t", costimulation: "4-1bb", roles: ["car-t"] }),
    );
    expect(studies.map(({ record }) => record)).toEqual([
      "castle_2026_natmed",
      "muller_2024_nejm",
      "ytb323_lupus21_2024",
    ]);
    expect([k, n]).toEqual([25, 38]);
    // R 4.2.2: binom.test(25, 38)$conf.int
    expect(common.interval.lower).toBeCloseTo(0.486473245, 8);
    expect(common.interval.upper).toBeCloseTo(0.803670907, 8);
    expect(leftOut.map(({ record }) => record).sort()).toEqual([
      "bergmann_acr2023_ssc",
      "mackensen_2022",
      "mougiakakos_2021",
    ]);
    expect(remarks.join()).toContain("from memory");
  });
  test("severe CRS after CAR-T in autoimmunity: three of 133, all of one cohort", () => {
    const { studies, k, n, common, apart, randomEffects } = pooled(
      pool(evidence, { endpoint: "crs-grade-3-or-more", roles: ["car-t"] }),
    );
    expect(studies.filter((study) => study.k > 0).map(({ record }) => record)).toEqual(["sheba_poc_2025"]);
    expect([k, n]).toEqual([3, 133]);
    // R 4.2.2: binom.test(3, 133)$conf.int
    expect(common.interval.upper).toBeCloseTo(0.064503537, 8);
    // A further cohort might lie anywhere: no middle is given.
    expect([apart, randomEffects]).toEqual([true, null]);
  });
  test("nobody of thirty: 1 − 0.025^(1/30)", () => {
    const { common } = pooled(pool(evidence, { endpoint: "crs-grade-3-or-more", records: ["kyverna_eular2024_30"] }));
    expect(common.interval.upper).toBeCloseTo(1 - 0.025 ** (1 / 30), 10);
  });
  test("a relapse of a patient who may be counted already is left out with its count", () => {
    const { leftOut, mixes } = pooled(pool(evidence, { endpoint: "relapse" }));
    expect(leftOut).toContainEqual({
      record: "muller_2025_asys_relapse",
      reason: "may share patients with muller_2024_nejm",
      k: 1,
      n: 1,
    });
    expect(mixes.therapies).toEqual(["cd19-car-t", "eculizumab"]);
  });
  test("cohorts that are all or nothing are not given a middle", () => {
    const found = pooled(pool(evidence, { endpoint: "crs-any", roles: ["car-t"] }));
    expect(found.apart).toBe(true);
    expect(found.randomEffects).toBeNull();
    expect(found.pHomogeneous).toBeLessThan(1e-6);
  });
  test("a fit that ends at the edge of what is searched says so, and gives no middle", () => {
    const [a, b] = ["qin_2023_nmosd", "wang_w_2024_ccar"].map((id) => structuredClone(evidence.cohorts.get(id)!));
    const planted = (k: number) => [{ id: "crs-any", population: "all", k, n: 12, verification: "verified" as const }];
    const cohorts = new Map([
      [a!.id, { ...a!, endpoints: planted(0) }],
      [b!.id, { ...b!, endpoints: planted(12) }],
    ]);
    const found = pooled(pool({ ...evidence, cohorts }, { endpoint: "crs-any" }));
    expect([found.k, found.n, found.apart, found.randomEffects]).toEqual([12, 24, true, null]);
    expect(found.remarks.join()).toContain("at the edge of what was searched");
  });
  test("cohorts that differ get a random-effects figure and a prediction interval, those of R's glmer", () => {
    // The counts of test/statistics/binomial-normal.test.ts, second set, planted into six records without overlap.
    const base = evidence.cohorts.get("qin_2023_nmosd")!;
    const counts = [
      [30, 39],
      [4, 15],
      [10, 12],
      [1, 6],
      [7, 20],
      [22, 25],
    ] as const;
    const cohorts = new Map(
      counts.map(([k, n], i) => {
        const { registrations: _, overlap: __, ...copy } = structuredClone(base);
        return [
          `c${i}`,
          {
            ...copy,
            id: `c${i}`,
            endpoints: [{ id: "crs-any", population: "all", k, n, verification: "verified" as const }],
          },
        ];
      }),
    );
    const { randomEffects, common } = pooled(pool({ ...evidence, cohorts }, { endpoint: "crs-any" }));
    expect(randomEffects!.tau).toBeCloseTo(1.24569764, 4);
    expect(randomEffects!.proportion).toBeCloseTo(1 / (1 + Math.exp(-0.33563122)), 5);
    expect(randomEffects!.prediction!.lower).toBeLessThan(randomEffects!.interval.lower);
    expect(common.proportion).toBeCloseTo(74 / 117, 12);
  });
});
