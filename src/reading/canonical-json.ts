import { isWellFormed } from "./utf8.js";

/** A value that JSON can hold without loss. */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | { readonly [name: string]: CanonicalValue };

export class CanonicalJsonError extends Error {
  override readonly name = "CanonicalJsonError";
  constructor(
    /** Where in the value: names, and numbers of items counted from 1. */
    readonly place: Place,
    readonly what: string,
  ) {
    super([place.join(" › "), what].filter(Boolean).join(": "));
  }
}

/**
 * JSON with one spelling per value, as in RFC 8785: names sorted by UTF-16 code units, no spaces, numbers as ECMAScript writes them
 * (-0 is 0). What JSON would drop or change (undefined, NaN, Infinity, functions, dates, maps, typed arrays, cycles, half surrogate
 * pairs) is a CanonicalJsonError with its place.
 */
export function canonicalJson(value: unknown): string {
  return write(value, [], []);
}

type Place = readonly (string | number)[];

function write(value: unknown, place: Place, above: readonly object[]): string {
  switch (typeof value) {
    case "boolean":
      return String(value);
    case "number":
      if (!Number.isFinite(value)) throw new CanonicalJsonError(place, `${value} is not a finite number`);
      return JSON.stringify(value);
    case "string":
      return writeText(value, place);
    case "object":
      break;
    default:
      throw new CanonicalJsonError(place, `${typeof value} has no JSON`);
  }
  if (value === null) return "null";
  if (above.includes(value)) throw new CanonicalJsonError(place, "contains itself");
  const inside = [...above, value];
  if (Array.isArray(value)) {
    const items = Array.from(value, (item, i) => write(item, [...place, i + 1], inside));
    return `[${items.join(",")}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new CanonicalJsonError(place, `${value.constructor?.name ?? "object"} is not plain data`);
  if (Object.getOwnPropertySymbols(value).length > 0) throw new CanonicalJsonError(place, "has a symbol for a name");
  const members = Object.keys(value)
    .sort()
    .map((name) => {
      const below = [...place, name];
      return `${writeText(name, below)}:${write((value as Record<string, unknown>)[name], below, inside)}`;
    });
  return `{${members.join(",")}}`;
}

function writeText(text: string, place: Place): string {
  if (!isWellFormed(text)) throw new CanonicalJsonError(place, "has half a surrogate pair");
  return JSON.stringify(text);
}
