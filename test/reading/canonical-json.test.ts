import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CanonicalJsonError, canonicalJson } from "../../src/reading/index.js";
import { hashValue } from "../../src/store/index.js";

describe("canonicalJson", () => {
  it("sorts names by UTF-16 code units and writes numbers as ECMAScript does (RFC 8785, 3.2.3)", () => {
    const value = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7);
    expect(canonicalJson(value).match(/(?<=:")\w+/g)).toEqual([
      "Carriage",
      "One",
      "Control",
      "Latin",
      "Euro",
      "Emoji",
      "Hebrew",
    ]);
    expect(canonicalJson({ b: [1e21, 1e-7, -0, 0.1, null, true], a: "\u001f\u2028" })).toBe(
      '{"a":"\\u001f\u2028","b":[1e+21,1e-7,0,0.1,null,true]}',
    );
  });

  it("does not depend on the order in which a value was made, and loses nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reversed = (v: unknown): unknown =>
          Array.isArray(v)
            ? v.map(reversed)
            : typeof v === "object" && v !== null
              ? Object.fromEntries(
                  Object.entries(v)
                    .reverse()
                    .map(([k, x]) => [k, reversed(x)]),
                )
              : v;
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(hashValue(JSON.parse(text))).toBe(hashValue(value));
      }),
    );
  });

  const loop: Record<string, unknown> = { a: 1 };
  loop["self"] = [loop];
  it.each<[unknown, string, string]>([
    [{ arms: [{}, { dose: Number.NaN }] }, "arms › 2 › dose", "NaN is not a finite number"],
    [{ "a b": undefined }, "a b", "undefined has no JSON"],
    [new Array(2), "1", "undefined has no JSON"],
    [{ when: new Date(0) }, "when", "Date is not plain data"],
    [{ x: new Float64Array(2) }, "x", "Float64Array is not plain data"],
    [{ x: 1n }, "x", "bigint has no JSON"],
    [{ f: () => 1 }, "f", "function has no JSON"],
    [loop, "self › 1", "contains itself"],
    [{ t: "\udc00" }, "t", "has half a surrogate pair"],
    [Infinity, "", "Infinity is not a finite number"],
  ])("refuses %# with its place", (value, place, what) => {
    try {
      canonicalJson(value);
    } catch (error) {
      expect(error).toBeInstanceOf(CanonicalJsonError);
      expect(error).toMatchObject({ message: place === "" ? what : `${place}: ${what}` });
      return;
    }
    throw new Error("not refused");
  });

  it("takes one value in two places", () => {
    const shared = { a: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });
});
