/** What is read as it stands but may be meant otherwise: said, and no reason to refuse. */
import { describe, expect, it } from "vitest";
import { readStudy } from "../../src/study/file.js";
import { broken } from "./valid.js";

function warningsOf(from: string, to: string) {
  const { text, places } = broken([from, to]);
  const read = readStudy(text, "odd.yaml");
  if ("problems" in read) throw new Error(read.problems.map(({ what }) => what).join("; "));
  expect(read.warnings.map(({ line, column }) => ({ line, column }))).toEqual(places);
  for (const each of read.warnings) expect(each.severity).toBe("warning");
  return { study: read.study, says: read.warnings.map(({ what, hint }) => `${what} | ${hint}`).join("\n") };
}

describe("warnings", () => {
  it("of a seed with a leading zero, which is read in tens", () => {
    const { study, says } = warningsOf("seed: 2026", "seed: «010");
    expect(study.run.seed).toBe(10);
    expect(says).toBe("010 is read as 10 | write 10, without leading zeros");
  });
  it("of hexadecimal and octal numbers", () => {
    expect(warningsOf("seed: 2026", "seed: «0x10").says).toMatch(/0x10 is read as 16/);
    expect(warningsOf("seed: 2026", "seed: «0o17").says).toMatch(/0o17 is read as 15/);
  });
  it("of yes and no without quotes, as a value and as a key; not with quotes", () => {
    expect(warningsOf("label: cells", "label: «no").says).toBe(
      'no is read as a text, not as yes or no | put it in quotes: "no"',
    );
    expect(warningsOf("label: cells", 'label: "no"').says).toBe("");
    expect(warningsOf("  cells:", "  «on:").says).toMatch(/on is read as a text/);
  });
  it("of ordinary zeros: none", () => {
    expect(warningsOf("seed: 2026", "seed: 0").says).toBe("");
    expect(warningsOf("tolerance: 1e-5", "tolerance: 0.00001").says).toBe("");
  });
  it("of a criterion that stands twice, however it is written", () => {
    const { says, study } = warningsOf("include: [sledai >= 8", 'include: [sledai >= 8, «"sledai>=8.0"');
    expect(says).toBe('"sledai >= 8" stands twice | keep one of them');
    expect(study.population[0]!.include.filter((each) => each === "sledai >= 8")).toHaveLength(2);
  });
  it("of one drug at one time in two entries", () => {
    const line = "      - { give: flu-cy, at: -5 day }\n";
    expect(warningsOf(line, line + line.replace("at: -5", "at: «-5")).says).toMatch(
      /flu-cy at -5 day stands in two entries/,
    );
  });
  it("give way to a problem at the same place", () => {
    const { text } = broken(["replicates: 200", "replicates: 0"], ["seed: 2026", "seed: 010"]);
    const read = readStudy(text, "odd.yaml");
    if ("study" in read) throw new Error("not refused");
    expect(read.problems.map(({ severity }) => severity)).toEqual([undefined, "warning"]);
    const worse = readStudy(broken(["n: 8", "n: 00"]).text, "odd.yaml");
    expect("problems" in worse && worse.problems).toHaveLength(1);
  });
});
