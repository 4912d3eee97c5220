/** Bytes of a file → text. Only UTF-8 is read: another encoding would turn letters into others without a word. */
import type { Problem } from "../quantity/index.js";

const HINT = "save the file as UTF-8: editors have it under “Save with encoding”";

/** The text without a byte order mark, or the one problem with the place of the first byte that is not UTF-8. `file` is named in the problem only. */
export function decodeText(
  bytes: Uint8Array,
  file?: string,
): { readonly text: string } | { readonly problem: Problem } {
  const named = file === undefined ? {} : { file };
  const other = otherEncoding(bytes);
  if (other) return { problem: { ...named, path: "", what: `the file is ${other}, not UTF-8`, hint: HINT } };
  const bad = firstBadByte(bytes);
  if (bad === bytes.length) return { text: decode(bytes) };
  const before = decode(bytes.subarray(0, bad));
  const start = before.lastIndexOf("\n") + 1;
  const hex = bytes[bad]!.toString(16).toUpperCase().padStart(2, "0");
  // The line is shown as Latin-1, in which every byte is a letter: most likely it was written so.
  const rest = bytes.subarray(bad, bytes.indexOf(10, bad) < 0 ? bytes.length : bytes.indexOf(10, bad));
  return {
    problem: {
      ...named,
      path: "",
      line: before.split("\n").length,
      column: before.length - start + 1,
      what: `not UTF-8: byte 0x${hex} at byte offset ${bad}`,
      hint: HINT,
      source: (before.slice(start) + String.fromCharCode(...rest.subarray(0, 200))).trimEnd(),
    },
  };
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** UTF-16 and UTF-32 by their mark; UTF-16 without one by the zero bytes of its first characters. */
function otherEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return "UTF-32";
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return "UTF-16";
  const zeros = (offset: number) => [0, 2, 4].every((i) => bytes[i + offset] === 0 && (bytes[i + 1 - offset] ?? 0) > 0);
  return bytes.length >= 6 && (zeros(0) || zeros(1)) ? "UTF-16" : undefined;
}

/** Index of the first byte that is no part of well-formed UTF-8 (Unicode, table 3-7); the length where there is none. */
function firstBadByte(bytes: Uint8Array): number {
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const length =
      lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    if (length === 0 || i + length > bytes.length) return i;
    // The second byte has a narrower range after some leads: no overlong forms, no surrogates, nothing above U+10FFFF.
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (bytes[i + 1]! < low || bytes[i + 1]! > high) return i;
    for (let k = 2; k < length; k++) if (bytes[i + k]! < 0x80 || bytes[i + k]! > 0xbf) return i;
    i += length;
  }
  return i;
}
