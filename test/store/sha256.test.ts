import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeUtf8, isWellFormed } from "../../src/reading/utf8.js";
import { hexOf, PortableSha256, Sha256 } from "../../src/store/sha256.js";

const judge = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe.each([
  ["of the platform", Sha256],
  ["in plain arithmetic", PortableSha256],
])("SHA-256 %s", (_, Hash) => {
  const sha256Hex = (bytes: Uint8Array) => hexOf(new Hash().update(bytes).digest());

  // FIPS 180-2 appendix B and NIST CAVP SHA256ShortMsg.
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["a".repeat(1e6), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
    ["\xd3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1", "latin1"],
  ])("gives the published digest %#", (text, digest, encoding = "utf8") => {
    expect(sha256Hex(Uint8Array.from(Buffer.from(text, encoding as BufferEncoding)))).toBe(digest);
  });

  it("agrees with node:crypto at every length to 300 bytes", () => {
    for (let length = 0; length <= 300; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => i * 7 + length);
      expect(sha256Hex(bytes)).toBe(judge(bytes));
    }
  });

  it("agrees with node:crypto on random bytes, wherever they are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 }), (pieces) => {
        const hash = new Hash();
        for (const piece of pieces) hash.update(piece);
        expect(hexOf(hash.digest())).toBe(judge(Buffer.concat(pieces)));
      }),
      { numRuns: 500 },
    );
  });

  if (process.env["LONG"])
    it("counts bits beyond 32 bits", () => {
      const block = new Uint8Array(1 << 24).fill(0x61);
      const hash = new Hash();
      const other = createHash("sha256");
      for (let i = 0; i < 33; i++) {
        hash.update(block);
        other.update(block);
      }
      expect(hexOf(hash.digest())).toBe(other.digest("hex"));
    });

  it("refuses bytes after the digest", () => {
    const hash = new Hash();
    hash.digest();
    expect(() => hash.update(new Uint8Array(1))).toThrow("update after digest");
    expect(() => hash.digest()).toThrow("update after digest");
  });
});

describe("encodeUtf8", () => {
  it("agrees with TextEncoder on well-formed text, and refuses the rest", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
        expect(isWellFormed(text)).toBe(true);
      }),
    );
    for (const text of ["\ud800", "a\udc00b", "\ud800\ud800\udc00", "\udbff"]) {
      expect(isWellFormed(text)).toBe(false);
      expect(() => encodeUtf8(text)).toThrow(RangeError);
    }
  });
});
