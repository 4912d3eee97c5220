import { describe, expect, it } from "vitest";
import { hashPurpose, philox4x32, stream } from "../../src/statistics/index.js";

const hex = (words: Iterable<number>) => [...words].map((w) => w.toString(16).padStart(8, "0")).join(" ");

describe("philox4x32-10", () => {
  // Random123, tests/kat_vectors.
  it.each([
    [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ])("counter %j, key %j", (c, k, answer) => {
    const out = new Uint32Array(4);
    philox4x32(c[0], c[1], c[2], c[3], k[0], k[1], out);
    expect(hex(out)).toBe(answer);
  });

  it("hashes by FNV-1a", () => {
    // FNV-1a of the bytes 61 00.
    expect(hashPurpose("")).toBe(0x811c9dc5);
    expect(hashPurpose("a")).toBe(Math.imul(0xe40c292c, 0x01000193) >>> 0);
  });
});

describe("stream", () => {
  it("does not depend on what is drawn elsewhere", () => {
    const alone = stream(2026, 7, "visit noise");
    const expected = Array.from({ length: 20 }, () => alone.uniform());
    const first = stream(2026, 7, "visit noise");
    const other = stream(2026, 8, "visit noise");
    const seen = expected.map(() => {
      other.normal();
      stream(2026, 7, "dose").uniform();
      return first.uniform();
    });
    expect(seen).toEqual(expected);
  });

  it("differs by seed, patient and purpose, in the high bits too", () => {
    const keys: [number, number, string][] = [
      [1, 1, "a"],
      [2, 1, "a"],
      [1, 2, "a"],
      [1, 1, "b"],
      [1 + 2 ** 32, 1, "a"],
      [1, 1 + 2 ** 32, "a"],
    ];
    expect(new Set(keys.map((k) => stream(...k).uniform())).size).toBe(keys.length);
  });

  it("takes the words of block 0, then of block 1, in pairs", () => {
    const words = new Uint32Array(4);
    const s = stream(5, 6, "layout");
    for (const block of [0, 1]) {
      philox4x32(block, hashPurpose("layout"), 6, 0, 5, 0, words);
      expect(s.uniform()).toBe(((words[0] >>> 5) * 2 ** 26 + (words[1] >>> 6)) / 2 ** 53);
      expect(s.uniform()).toBe(((words[2] >>> 5) * 2 ** 26 + (words[3] >>> 6)) / 2 ** 53);
    }
  });

  it("stays inside (0, 1) and refuses other keys", () => {
    const s = stream(1, 0, "open");
    for (let i = 0; i < 1e5; i++) {
      const u = s.uniform();
      if (!(u > 0 && u < 1)) expect(u).toBeGreaterThan(0);
    }
    for (const bad of [-1, 0.5, 2 ** 53, Number.NaN]) {
      expect(() => stream(bad, 0, "x")).toThrow(/seed is/);
      expect(() => stream(0, bad, "x")).toThrow(/patient is/);
    }
  });
});
