/** Reading a map with known keys: unknown, misspelt, doubled and missing keys, each mistake one problem. */
import { nearest } from "./nearest.js";
import {
  type Check,
  describeNode,
  type Entry,
  type MapNode,
  type Node,
  quote,
  type Reader,
  type Spot,
  within,
} from "./node.js";

export interface Field<T> {
  readonly read: Reader<T>;
  /** What to write there, for hints: `a duration such as "28 day"`. */
  readonly form: string;
  readonly required: boolean;
  /** Words that people write for it, for hints. */
  readonly alsoCalled?: readonly string[];
  /** Any text would do: an unknown key is then no sign of this one. */
  readonly anyText?: boolean;
  /** Read before the others, which depend on it. */
  readonly early?: boolean;
}

export const required = <T>(read: Reader<T>, form: string, more: Partial<Field<T>> = {}): Field<T> => ({
  read,
  form,
  required: true,
  ...more,
});
export const optional = <T>(read: Reader<T>, form: string, more: Partial<Field<T>> = {}): Field<T> => ({
  read,
  form,
  required: false,
  ...more,
});

/** A value that was read, with the spots of the value and of its key. */
export interface Found<T> {
  readonly value: T;
  readonly spot: Spot;
  readonly keySpot: Spot;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
/** Absent where the key is missing or its value was refused. */
export type FoundFields<F extends Fields> = {
  readonly [K in keyof F]?: F[K] extends Field<infer T> ? Found<T> : never;
};

/** Fields are read in the order of `fields`, whatever the order of the file. `noun` is what the map is: `an arm`. */
export function readMap<F extends Fields>(
  node: Node,
  spot: Spot,
  check: Check,
  noun: string,
  fields: F,
): FoundFields<F> | undefined {
  if (node.kind === "unreadable") return undefined;
  const names = Object.keys(fields);
  if (node.kind !== "map")
    return check.report(
      spot,
      `expected ${noun} as a map, found ${describeNode(node)}`,
      `write its keys: ${names.join(", ")}`,
    );
  const entries = assignEntries(node, spot, check, fields);
  const found: Record<string, Found<unknown>> = {};
  const inOrder = [...names].sort((a, b) => Number(fields[b]!.early ?? false) - Number(fields[a]!.early ?? false));
  for (const name of inOrder) {
    for (const [i, entry] of (entries.get(name) ?? []).entries()) {
      const valueSpot = within(spot, entry.key, entry.value.place ?? entry.keyPlace, entry.keyPlace);
      const value = fields[name]!.read(entry.value, valueSpot, check);
      if (value !== undefined && i === 0)
        found[name] = { value, spot: valueSpot, keySpot: within(spot, entry.key, entry.keyPlace) };
    }
  }
  return found as FoundFields<F>;
}

/** Which entry is which field; reports the keys that are none, and the fields that have none. */
function assignEntries(node: MapNode, spot: Spot, check: Check, fields: Fields): Map<string, Entry[]> {
  const names = Object.keys(fields);
  const entries = new Map<string, Entry[]>();
  const unknown: Entry[] = [];
  for (const entry of node.entries) {
    if (!Object.hasOwn(fields, entry.key)) {
      unknown.push(entry);
      continue;
    }
    const before = entries.get(entry.key);
    if (before) reportDouble(entry, before[0]!, spot, check);
    entries.set(entry.key, [...(before ?? []), entry]);
  }
  const missing = () => names.filter((name) => fields[name]!.required && !entries.has(name));
  const strangers: Entry[] = [];
  for (const entry of unknown) {
    const meant = namedLike(entry.key, fields);
    if (meant === undefined) strangers.push(entry);
    else if (entries.has(meant))
      reportUnknown(entry, spot, check, `did you mean "${meant}"? It is there already: remove one of the two`);
    else {
      reportUnknown(entry, spot, check, `did you mean "${meant}"?`);
      entries.set(meant, [entry]);
    }
  }
  for (const entry of strangers) {
    // A key of another name whose value is just what a missing key needs is taken for it: one mistake, one problem.
    const meant = missing().find((name) => !fields[name]!.anyText && check.accepts(fields[name]!.read, entry.value));
    if (meant === undefined) reportUnknown(entry, spot, check, `known keys here: ${names.join(", ")}`);
    else {
      reportUnknown(entry, spot, check, `did you mean "${meant}", which is missing here?`);
      entries.set(meant, [entry]);
    }
  }
  const at = spot.holder && spot.holder.line !== spot.place?.line ? { ...spot, place: spot.holder } : spot;
  if (!node.partial)
    for (const name of missing())
      check.report(at, `missing key "${name}"`, `add "${name}": ${fields[name]!.form}`, { is: "missing", name });
  return entries;
}

function namedLike(key: string, fields: Fields): string | undefined {
  const words = new Map<string, string>();
  for (const [name, field] of Object.entries(fields))
    for (const word of [name, ...(field.alsoCalled ?? [])]) if (!words.has(word)) words.set(word, name);
  const word = nearest(key, [...words.keys()]);
  return word && words.get(word.name);
}

export const reportUnknown = (entry: Entry, spot: Spot, check: Check, hint: string): void =>
  check.report(within(spot, entry.key, entry.keyPlace), `unknown key ${quote(entry.key)}`, hint, {
    is: "unknown",
    name: entry.key,
  });

export function reportDouble(entry: Entry, first: Entry, spot: Spot, check: Check): void {
  const where = first.keyPlace ? ` (first in line ${first.keyPlace.line})` : "";
  check.report(
    within(spot, entry.key, entry.keyPlace),
    `${quote(entry.key)} is given twice${where}`,
    "keep one of them",
  );
}
