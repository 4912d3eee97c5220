import { describe, expect, it } from "vitest";
import { formatRunRecord, hashValue, makeRunRecord, parseRunRecord, type RunFacts } from "../../src/store/index.js";

const HASH = "ab".repeat(32);
const study = { id: "erlangen-2024", population: [{ disease: "sle", n: 8 }], run: { replicates: 200, seed: 2026 } };
const run: RunFacts = {
  version: "0.1.0",
  runtime: "node 20.20.2",
  platform: "linux x64",
  study,
  seed: 2026,
  replicates: 200,
  tolerance: 1e-6,
  method: "rodas4",
  backend: "wasm",
  workers: 2,
  startedAt: "2026-11-21T10:00:00.000Z",
  finishedAt: "2026-11-21T10:02:00.000Z",
  resultHash: HASH,
  tables: [{ name: "visits", rows: 10, file: "visits.parquet", sha256: HASH }],
  failed: 0,
  rejectedDraws: 3,
  command: ["immune-reset", "trial", "studies/erlangen-2024.yaml"],
};
const parseChanged = (change: (record: Record<string, unknown>) => void) => {
  const record = JSON.parse(formatRunRecord(makeRunRecord(run))) as Record<string, unknown>;
  change(record);
  const parsed = parseRunRecord(JSON.stringify(record));
  return parsed.ok ? [] : parsed.problems.map((problem) => `${problem.path}: ${problem.what}`);
};

describe("run record", () => {
  it("is read as it was written", () => {
    const record = makeRunRecord(run);
    expect(record.studyHash).toBe(hashValue(study));
    expect(parseRunRecord(formatRunRecord(record))).toEqual({ ok: true, record });
    expect(Object.keys(record).slice(0, 3)).toEqual(["format", "version", "runtime"]);
  });

  it("does not mind the order of names in the study", () => {
    const problems = parseChanged((record) => {
      record["study"] = Object.fromEntries(Object.entries(study).reverse());
    });
    expect(problems).toEqual([]);
  });

  it("names every problem at once", () => {
    const problems = parseChanged((record) => {
      delete record["seed"];
      record["replicates"] = 0;
      record["tolerance"] = "1e-6";
      record["startedAt"] = "yesterday";
      record["resultHash"] = "AB";
      record["colour"] = "blue";
      record["command"] = "immune-reset trial";
      record["tables"] = [
        { name: "visits", rows: -1, file: "../visits.parquet", sha256: HASH },
        { name: "visits", rows: 1, file: "visits.parquet", sha256: HASH, size: 3 },
        7,
      ];
    });
    expect(problems).toEqual([
      "seed: missing",
      "replicates: found 0",
      'tolerance: found "1e-6"',
      'startedAt: found "yesterday"',
      'resultHash: found "AB"',
      'command: found "immune-reset trial"',
      "colour: unknown field",
      "tables › 1 › rows: found -1",
      'tables › 1 › file: found "../visits.parquet"',
      "tables › 2 › size: unknown field",
      'tables › 2 › name: "visits" is there twice',
      "tables › 3: found 7",
    ]);
  });

  it("sees a study that was changed after the run", () => {
    const problems = parseChanged((record) => {
      record["study"] = { ...study, id: "other" };
    });
    expect(problems).toEqual(["studyHash: the study in this record is not the one that was run"]);
  });

  it("says one thing of a later format", () => {
    expect(
      parseChanged((record) => {
        record["format"] = 2;
        delete record["seed"];
        record["shards"] = [];
      }),
    ).toEqual(["format: format 2"]);
  });

  it.each(["", "{", "[]", "null", "7", '"text"'])("refuses %j with a hint", (text) => {
    const parsed = parseRunRecord(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problems.every((problem) => problem.what !== "" && problem.hint !== "")).toBe(true);
  });

  it("is not made from values that cannot be written", () => {
    expect(() => makeRunRecord({ ...run, tolerance: Number.NaN })).toThrow(/tolerance: found null/);
    expect(() => makeRunRecord({ ...run, study: { dose: Number.POSITIVE_INFINITY } })).toThrow(
      "study › dose: Infinity is not a finite number",
    );
  });
});
