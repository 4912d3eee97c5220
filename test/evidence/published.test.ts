import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { cite, citeLine, type EndpointId, type Evidence, followUp, published } from "../../src/evidence/index.js";
import { loadEvidenceFrom } from "../../src/evidence/load-node.js";

let evidence: Evidence;
beforeAll(async () => {
  const loaded = await loadEvidenceFrom(fileURLToPath(new URL("../../evidence", import.meta.url)));
  if (loaded.ok) evidence = loaded.evidence;
});
const rows = (record: string, endpoint: EndpointId, population?: string) =>
  published(evidence.cohorts.get(record)!, endpoint, population);

describe("published", () => {
  test.each<[string, EndpointId, string | undefined, string]>([
    ["muller_2024_nejm", "crs-any", undefined, "11/15 (73 %)"],
    ["muller_2024_nejm", "b-cell-aplasia-duration", "all", "112 ± 47 d (SD, n = 15)"],
    ["muller_2024_nejm", "eustar-ai-change", "ssc", "median −4.2 points (range −4.5 to −2.3, n = 4)"],
    ["mackensen_2022", "car-t-peak-share", undefined, "11.48–59.12 % (range, n = 5)"],
    ["mackensen_2022", "returning-b-cells", undefined, "naive, without class switch"],
    ["bergmann_acr2023_ssc", "b-cell-aplasia-onset-day", undefined, "≤ 7 d (n = 3)"],
    ["bergmann_acr2023_ssc", "mrss", undefined, "24, 27, 32 points"],
    ["hagen_2025_licats", "licats-grade-1", undefined, "35/54 events (65 %)"],
    ["hagen_2025_licats", "licats-onset-day", undefined, "median 10 d (IQR 9–21)"],
    ["lunar_2012", "renal-response", "rituximab", "41/72 (56.9 %)"],
    ["axicel_recovery_2021", "igg-nadir-day", undefined, "about 180 d"],
    ["igg_cd19_2024", "infection-severe", "igg-low", "rate ratio 2.7 (interval 1.5–5.2)"],
    ["hill_2019_antivirome", "infection-rate", undefined, "0.91 event/year (n = 39)"],
  ])("%s %s: %s", (record, endpoint, population, phrase) => {
    expect(rows(record, endpoint, population).map((row) => row.phrase)).toContain(phrase);
  });

  test("gives numbers in the unit of the endpoint", () => {
    expect(rows("muller_2024_nejm", "crs-any")[0]).toMatchObject({ value: 11 / 15, unit: "1", usable: true });
    expect(rows("muller_2024_nejm", "b-cell-aplasia-duration")[0]).toMatchObject({
      value: 112,
      low: 65,
      high: 159,
      unit: "day",
    });
    const difference = rows("win_lupus_2022", "relapse-renal").find((r) => r.row.statistic === "difference");
    expect(difference).toMatchObject({ value: 0.148, low: -0.019, high: 0.315, unit: "1" });
  });

  test("what is from memory is not usable, and figures from memory leave the words of a usable row", () => {
    expect(rows("muller_2024_nejm", "death")[0]).toMatchObject({ usable: false, verification: "unverified" });
    const at3Months = rows("mackensen_2022", "sledai").find((r) => r.row.timepoint)!;
    expect(at3Months).toMatchObject({ phrase: "0 points (range 0–2, n = 5)", usable: true });
  });

  test("knows no row of another population or endpoint", () => {
    expect(rows("muller_2024_nejm", "crs-any", "sle")).toEqual([]);
    expect(rows("corticolup_2020", "crs-any")).toEqual([]);
  });
});

describe("follow-up", () => {
  test("ends the observation", () => {
    expect(followUp(evidence.cohorts.get("muller_2024_nejm")!)).toMatchObject({
      days: 15 * (365.25 / 12),
      is: "median",
      phrase: "median follow-up 15 months (4–29)",
    });
    expect(followUp(evidence.cohorts.get("lunar_2012")!)).toMatchObject({ days: 364, is: "planned" });
    expect(followUp(evidence.cohorts.get("hagen_2025_licats")!)).toBeUndefined();
  });
});

describe("cite", () => {
  test("a cohort through its source", () => {
    expect(cite(evidence, "muller_2024_nejm")).toEqual({
      id: "muller_2024_nejm",
      citation:
        "Müller F, Taubmann J, … Schett G. CD19 CAR T-cell therapy in autoimmune disease - a case series with follow-up. N Engl J Med 2024. doi:10.1056/NEJMoa2308917, PMID 38381673.",
      link: "https://doi.org/10.1056/NEJMoa2308917",
      checked: "not checked",
    });
  });
  test("an identifier from memory is no link", () => {
    expect(cite(evidence, "macallan-2005")).toMatchObject({ link: null });
    expect(citeLine(evidence, "macallan-2005")).toContain("(from memory)");
  });
  test("knowledge without a source says so", () => {
    expect(citeLine(evidence, "general-literature")).toMatch(/Not a citation\. \(no source to check\)$/);
  });
  test("an unknown id is undefined", () => expect(cite(evidence, "nobody-2030")).toBeUndefined());
});
