import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StoreError, writeWhole } from "../../src/store/index.js";

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
