/** A tree as a plain value, for a reader that checks values (a schema), and the way back from a path in it to the text. */
import { reportDouble } from "./map.js";
import { type Check, type Entry, type Node, type Spot, within } from "./node.js";

/** Keys and places in a plain value; items of a list are counted from 0. */
export type ValuePath = readonly (string | number)[];

/** Objects, lists and scalars; what could not be read (and was reported) is undefined. A key given twice is reported; its first value counts. */
export function plainValue(node: Node, check: Check, spot: Spot = { path: "", place: node.place }): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list")
    return node.items.map((item, i) => plainValue(item, check, within(spot, i + 1, item.place)));
  if (node.kind !== "map") return undefined;
  const first = new Map<string, Entry>();
  const read: [string, unknown][] = [];
  for (const entry of node.entries) {
    const before = first.get(entry.key);
    if (before) {
      reportDouble(entry, before, spot, check);
      continue;
    }
    first.set(entry.key, entry);
    read.push([entry.key, plainValue(entry.value, check, within(spot, entry.key, entry.keyPlace))]);
  }
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

/** Where a path leads, as far as the text goes; `lost` where something on the way could not be read, so that nothing can be said of it. */
export function spotOf(
  root: Node,
  path: ValuePath,
): { readonly spot: Spot; readonly key: Spot; readonly lost: boolean } {
  const name = path.map((part) => (typeof part === "number" ? part + 1 : part)).join(" › ");
  let node: Node = root;
  let place = root.place;
  let keyPlace = root.place;
  const answer = (lost: boolean) => ({ spot: { path: name, place }, key: { path: name, place: keyPlace }, lost });
  for (const part of path) {
    if (node.kind === "map") {
      const entry = node.entries.find(({ key }) => key === String(part));
      if (!entry) return answer(node.partial ?? false);
      node = entry.value;
      keyPlace = entry.keyPlace;
      // Several lines are shown at their key, a value on the line of its key itself.
      place = node.kind === "scalar" ? (node.place ?? keyPlace) : keyPlace;
    } else if (node.kind === "list") {
      const item: Node | undefined = node.items[Number(part)];
      if (!item) return answer(false);
      node = item;
      keyPlace = place = node.place;
    } else return answer(node.kind !== "scalar");
  }
  return answer(node.kind === "unreadable");
}
