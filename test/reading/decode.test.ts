/** Compared with the decoder of the platform, which says whether a text is UTF-8 but not where it stops being it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../src/reading/index.js";

const strict = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const problem = (bytes: Uint8Array) => {
  const read = decodeText(bytes, "f.yaml");
  return "problem" in read ? read.problem : undefined;
};

describe("decodeText", () => {
  it("reads what the platform reads, and refuses what it refuses, at the end of the longest good start", () => {
    // Whole texts with one byte changed, and bytes at random from the corners of the tables.
    const corner = fc.constantFrom(
      0x00,
      0x41,
      0x7f,
      0x80,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
      0xff,
    );
    const bytes = fc.oneof(
      fc.array(corner, { maxLength: 12 }).map((each) => Uint8Array.from([0x41, 0x42, ...each])),
      fc.tuple(fc.string({ unit: "binary", maxLength: 20 }), fc.nat(60), fc.nat(255)).map(([text, at, byte]) => {
        const good = new TextEncoder().encode(`ab${text}`);
        if (at >= 2 && at < good.length) good[at] = byte;
        return good;
      }),
    );
    fc.assert(
      fc.property(bytes, (input) => {
        const read = decodeText(input);
        const whole = strict(input);
        if ("text" in read) {
          expect(read.text).toBe(whole);
          return;
        }
        if (/UTF-16/.test(read.problem.what)) return;
        expect(whole).toBeUndefined();
        const at = Number(/byte offset (\d+)/.exec(read.problem.what)![1]);
        expect(strict(input.subarray(0, at))).toBeDefined();
        // No character begins at that byte, however many bytes it takes.
        for (let length = 1; length <= 4 && at + length <= input.length; length++)
          expect(strict(input.subarray(at, at + length))).toBeUndefined();
      }),
      { numRuns: 3000, seed: 5 },
    );
  });

  it("says line, column, byte and offset of a Latin-1 letter", () => {
    expect(problem(latin1("id: x\n# é\r\n"))).toMatchObject({
      file: "f.yaml",
      line: 2,
      column: 3,
      source: "# é",
      what: "not UTF-8: byte 0xE9 at byte offset 8",
    });
    // Columns count characters, offsets bytes.
    const mixed = Uint8Array.from([...new TextEncoder().encode("µé"), 0xb5]);
    expect(problem(mixed)).toMatchObject({ line: 1, column: 3, what: "not UTF-8: byte 0xB5 at byte offset 4" });
  });

  it("names UTF-16 and UTF-32, with and without a mark", () => {
    const wide = (text: string, mark: boolean, big: boolean) => {
      const units = [...(mark ? "\uFEFF" : ""), ...text].map((letter) => letter.charCodeAt(0));
      return Uint8Array.from(units.flatMap((unit) => (big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
    };
    for (const mark of [true, false])
      for (const big of [true, false])
        expect(problem(wide("id: erlangen", mark, big))?.what).toBe("the file is UTF-16, not UTF-8");
    expect(problem(Uint8Array.from([0xff, 0xfe, 0, 0, 0x69, 0, 0, 0]))?.what).toBe("the file is UTF-32, not UTF-8");
  });

  it("takes a byte order mark away and reads an empty file", () => {
    expect(decodeText(new TextEncoder().encode("\uFEFFid: x"))).toEqual({ text: "id: x" });
    expect(decodeText(new Uint8Array())).toEqual({ text: "" });
  });
});
