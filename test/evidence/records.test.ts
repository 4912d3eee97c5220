import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { type Cohort, type EndpointId, type Evidence, loadEvidence, published } from "../../src/evidence/index.js";
import { loadEvidenceFrom, readEvidenceFiles } from "../../src/evidence/load-node.js";
import { formatProblems } from "../../src/quantity/index.js";

const dir = fileURLToPath(new URL("../../evidence", import.meta.url));
/** Beside the reference suites, as the other material is. */
const folder = process.env["IMMUNE_RESET_REFERENCE"]
  ? join(process.env["IMMUNE_RESET_REFERENCE"], "../evidence")
  : fileURLToPath(new URL("../../../shared/evidence", import.meta.url));
const material = join(folder, "cohorts.json");
/** Read later, and correcting the first: values field by field, primary endpoints, newer cohorts. */
const later = ["verified-2026-11-26.json", "comparators.json", "cohorts-2026-11.json", "facts-2026-11-26.json"];

let evidence: Evidence;
beforeAll(async () => {
  const loaded = await loadEvidenceFrom(dir);
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  evidence = loaded.evidence;
});
const cohort = (id: string): Cohort => evidence.cohorts.get(id)!;

describe("the records of the repository", () => {
  test("all load, and the first study finds what it needs", () => {
    for (const id of [
      "mackensen_2022",
      "muller_2024_nejm",
      "bergmann_acr2023_ssc",
      "auth_2025_ssc",
      "hagen_2025_licats",
      "tur_2025_ard",
      "tur_2024_ard",
      "lunar_2012",
      "lunar_posthoc_2018",
      "explorer_2010",
      "corticolup_2020",
      "win_lupus_2022",
      "hill_2019_antivirome",
      "igg_cd19_2024",
      "axicel_recovery_2021",
      "muller_2025_asys_relapse",
    ])
      expect(evidence.cohorts.has(id), id).toBe(true);
  });

  test("load without a file system, in any order", async () => {
    const files = await readEvidenceFiles(dir);
    const turned = loadEvidence([...files].reverse());
    expect(turned.ok && [...turned.evidence.cohorts.keys()]).toEqual([...evidence.cohorts.keys()]);
  });

  test("what is only from memory cannot be mistaken for a citation", () => {
    for (const id of ["clinical-reference-range", "general-literature"])
      expect(evidence.sources.get(id)).toMatchObject({ kind: "unverified-knowledge", verification: "unverified" });
  });

  test("the fifteen of Müller 2024 are eight, three and four, and five of them were published before", () => {
    const muller = cohort("muller_2024_nejm");
    expect(muller.diseases).toEqual([
      { disease: "sle", n: 8 },
      { disease: "iim", n: 3 },
      { disease: "ssc", n: 4 },
    ]);
    expect(muller.contains).toEqual(["mackensen_2022"]);
    expect(muller.overlap).toBe(cohort("mackensen_2022").overlap);
  });
});

/** One row of the material on the left, one of ours on the right. */
const pairs: readonly [section: "efficacy" | "safety", name: string, id: EndpointId, population: string][] = [
  ["efficacy", "DORIS remission", "doris-remission", "sle"],
  ["efficacy", "SLEDAI-2K = 0", "sledai-zero", "sle"],
  ["efficacy", "LLDAS", "lldas", "sle"],
  ["efficacy", "ACR-EULAR major clinical response", "tis-major", "iim"],
  ["efficacy", "EUSTAR activity index decreased", "eustar-ai-decreased", "ssc"],
  ["efficacy", "all immunosuppressants stopped", "drug-free", "all"],
  ["efficacy", "relapse", "relapse", "all"],
  ["safety", "CRS any", "crs-any", "all"],
  ["safety", "CRS grade 1", "crs-grade-1", "all"],
  ["safety", "CRS grade 2", "crs-grade-2", "all"],
  ["safety", "CRS grade >=3", "crs-grade-3-or-more", "all"],
  ["safety", "ICANS any", "icans-any", "all"],
  ["safety", "pneumonia leading to hospitalisation", "infection-hospitalised", "all"],
  ["safety", "deaths", "death", "all"],
];

interface MaterialRow {
  readonly endpoint?: string;
  readonly event?: string;
  readonly k: number;
  readonly n: number;
  readonly verification: string;
}
interface Material {
  readonly id: string;
  readonly n_total?: number | null;
  readonly citation: { readonly doi: string | null; readonly pmid: string | number | null; readonly year: number };
  readonly efficacy: readonly MaterialRow[];
  readonly safety: readonly MaterialRow[];
}

/** Totals that what was read later corrects. */
const corrected: Readonly<Record<string, number | undefined>> = {
  // 520 enrolled, 499 of them evaluable (the maker's page).
  reflex_2006: 520,
  // How many were randomised is from memory.
  vu_2025_mg001_2b: undefined,
};

describe.skipIf(!existsSync(material))("against the material", () => {
  const all = [material, join(folder, "cohorts-2026-11.json")]
    .filter(existsSync)
    .flatMap((file) => JSON.parse(readFileSync(file, "utf8")) as Material[]);
  const since = later
    .map((file) => join(folder, file))
    .filter(existsSync)
    .map((file) => JSON.stringify(JSON.parse(readFileSync(file, "utf8"))))
    .join("\n");
  const levels: Record<string, string> = {
    "verified in stored page": "verified",
    "secondary source": "secondary",
    "memory – unverified": "unverified",
  };

  test.each(pairs)("muller_2024_nejm %s %s", (section, name, id, population) => {
    const theirs = all
      .find((r) => r.id === "muller_2024_nejm")!
      [section].find((r) => (r.endpoint ?? r.event) === name)!;
    const ours = published(cohort("muller_2024_nejm"), id, population)[0]!;
    expect([ours.row.k, ours.row.n, ours.verification]).toEqual([theirs.k, theirs.n, levels[theirs.verification]]);
  });

  test("totals and identifiers of every record", () => {
    for (const record of evidence.cohorts.values()) {
      const theirs = all.find((r) => r.id === record.id);
      if (!theirs) continue;
      // Whether three of Tur's thirteen are others than the five after CAR-T is not recorded.
      // What a pharmacovigilance record counts are reports, not patients.
      const patients = record.id !== "tur_2024_ard" && record.role !== "safety";
      if (patients)
        expect(record.n, record.id).toBe(record.id in corrected ? corrected[record.id] : (theirs.n_total ?? undefined));
      const source = evidence.sources.get(record.source)!;
      expect(source.identifiers?.doi ?? null, record.id).toBe(theirs.citation.doi);
      expect(source.identifiers?.pmid ?? null, record.id).toBe(theirs.citation.pmid?.toString() ?? null);
      if (source.kind !== "unverified-knowledge") expect(source.year, record.id).toBe(theirs.citation.year);
    }
  });

  test("every newer cohort of the material is a record for prediction only", () => {
    const newer = join(folder, "cohorts-2026-11.json");
    const theirs = existsSync(newer) ? (JSON.parse(readFileSync(newer, "utf8")) as { id: string; use: string }[]) : [];
    expect(theirs.length).toBeGreaterThanOrEqual(25);
    for (const { id, use } of theirs) expect(evidence.cohorts.get(id)?.use, id).toBe(use);
  });

  test("every primary endpoint of the material stands in a record, with what came out", () => {
    const file = join(folder, "comparators.json");
    if (!existsSync(file)) return;
    const { primaryEndpoints } = JSON.parse(readFileSync(file, "utf8")) as {
      primaryEndpoints: { trial: string; met: string; record: string }[];
    };
    expect(primaryEndpoints.length).toBeGreaterThanOrEqual(30);
    const ours = [...evidence.cohorts.values()].flatMap(({ id, primaryEndpoints: own = [] }) =>
      own.map(({ trial, result }) => ({ id, trial, result })),
    );
    for (const { trial, met, record } of primaryEndpoints) {
      const name = /^[\w-]+/.exec(trial)![0];
      const found = ours.filter((each) => each.id === record || each.trial.toLowerCase().includes(name.toLowerCase()));
      expect(found, trial).not.toEqual([]);
      const results = new Set(found.map(({ result }) => result));
      if (/^met/.test(met)) expect(results.has("met"), `${trial}: ${met}`).toBe(true);
      if (/^missed/.test(met)) expect(results.has("missed"), `${trial}: ${met}`).toBe(true);
    }
  });

  test("every count k of n of ours stands in the material, or says that it is derived", () => {
    for (const record of evidence.cohorts.values()) {
      const theirs = all.find((r) => r.id === record.id);
      if (!theirs) continue;
      const text = JSON.stringify(theirs) + since;
      for (const row of record.endpoints) {
        if (row.k === undefined || row.derived !== undefined) continue;
        const found =
          // A landscape gives each number of trials by a name of its own.
          (record.role === "landscape" && text.includes(`:${row.k}`) && text.includes(`:${row.n}`)) ||
          text.includes(`"k":${row.k},"n":${row.n},`) ||
          text.includes(`${row.k} of ${row.n}`) ||
          // Both sides of a comparison: "127 (75.1 %) rituximab; 58 (66.0 %) placebo".
          (text.includes(`${row.k} (`) && text.includes(`${row.n}`)) ||
          text.includes(`${row.k}/${row.n}`);
        expect(found, `${record.id} ${row.id} ${row.k}/${row.n}`).toBe(true);
      }
    }
  });
});
