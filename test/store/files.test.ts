import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createRunFolder,
  formatRunRecord,
  hashTables,
  makeRunRecord,
  readParquet,
  StoreError,
  sha256Hex,
  writeWhole,
} from "../../src/store/index.js";
import { VISITS, visits } from "./sample.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "immune-reset-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("writeWhole", () => {
  it("writes bytes and text, replaces a file, leaves nothing else", async () => {
    const path = join(folder, "a.json");
    await writeWhole(path, "first, π");
    expect(readFileSync(path, "utf8")).toBe("first, π");
    await writeWhole(path, Uint8Array.of(1, 2, 3));
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });

  it("lets many write one name at once: the file is always one of them, whole", async () => {
    const path = join(folder, "a");
    const texts = Array.from({ length: 20 }, (_, i) => String.fromCharCode(97 + i).repeat(100_000));
    await Promise.all(texts.map((text) => writeWhole(path, text)));
    expect(texts).toContain(readFileSync(path, "utf8"));
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("names what went wrong and what to do, and leaves nothing", async () => {
    await expect(writeWhole(join(folder, "none", "a"), "x")).rejects.toThrow(/ENOENT \(the folder does not exist/);
    mkdirSync(join(folder, "a"));
    await expect(writeWhole(join(folder, "a"), "x")).rejects.toBeInstanceOf(StoreError);
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("names a path that leads through a file", async () => {
    writeFileSync(join(folder, "a"), "x");
    await expect(writeWhole(join(folder, "a", "b"), "x")).rejects.toThrow(/ENOTDIR/);
  });

  it("shows a reader the old file or the new one, never a part", async () => {
    const path = join(folder, "a");
    const [old, next] = ["o".repeat(3_000_000), "n".repeat(5_000_000)];
    writeFileSync(path, old);
    let writing = true;
    let seen = 0;
    const done = writeWhole(path, next).finally(() => {
      writing = false;
    });
    while (writing) {
      const text = readFileSync(path, "utf8");
      if (text !== old && text !== next) throw new Error(`a part of ${text.length} bytes`);
      seen++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await done;
    expect(seen).toBeGreaterThan(1);
    expect(readFileSync(path, "utf8") === next).toBe(true);
  });
});

describe("createRunFolder", () => {
  it("makes folders, writes tables that can be read and whose hash is right", async () => {
    const run = await createRunFolder(join(folder, "runs", "erlangen"));
    const table = visits(100);
    const entry = await run.writeTable(table);
    const bytes = new Uint8Array(readFileSync(join(run.path, entry.file)));
    expect(entry).toEqual({ name: "visits", rows: 100, file: "visits.parquet", sha256: sha256Hex(bytes) });
    expect(await readParquet(bytes, VISITS)).toEqual({ ...table, columns: expect.anything() });
  });

  it("refuses a folder with other things in it, and touches none", async () => {
    writeFileSync(join(folder, "thesis.tex"), "\\begin");
    await expect(createRunFolder(folder, { replace: true })).rejects.toThrow(/is not empty \(choose another folder\)/);
    expect(readdirSync(folder)).toEqual(["thesis.tex"]);
    await expect(createRunFolder(join(folder, "thesis.tex", "run"))).rejects.toThrow(/ENOTDIR/);
  });

  it("goes on in the folder of a killed run, and replaces a finished one only when asked", async () => {
    const path = join(folder, "run");
    await createRunFolder(path);
    writeFileSync(join(path, ".visits.parquet.1-2-3.part"), "half");
    await createRunFolder(path);
    expect(readdirSync(path)).toEqual([".immune-reset"]);
    writeFileSync(join(path, "run.json"), "{}");
    writeFileSync(join(path, "my-notes.txt"), "keep");
    await expect(createRunFolder(path)).rejects.toThrow(/holds a finished run/);
    await createRunFolder(path, { replace: true });
    expect(readdirSync(path).sort()).toEqual([".immune-reset", "my-notes.txt"]);
  });

  it("removes the tables of the run that it replaces, and nothing that it does not list", async () => {
    const run = await createRunFolder(join(folder, "run"));
    const table = visits(3);
    const record = makeRunRecord({
      version: "0.1.0",
      runtime: "node",
      platform: "linux",
      study: {},
      seed: 1,
      replicates: 1,
      tolerance: 1e-6,
      method: "rodas",
      backend: "wasm",
      workers: 1,
      startedAt: "2026-11-21T10:00:00Z",
      finishedAt: "2026-11-21T10:00:01Z",
      resultHash: hashTables([table]),
      tables: [await run.writeTable(table)],
      failed: 0,
      rejectedDraws: 0,
      command: [],
    });
    await run.write("run.json", formatRunRecord(record));
    writeFileSync(join(run.path, "mine.parquet"), "keep");
    await createRunFolder(run.path, { replace: true });
    expect(readdirSync(run.path).sort()).toEqual([".immune-reset", "mine.parquet"]);
  });
});
