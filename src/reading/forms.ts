/** Readers of single values: text, numbers, choices, lists. */
import { nearest } from "./nearest.js";
import { type Check, describeNode, type Node, quote, type Reader, type Spot, within } from "./node.js";

/** Reports that the value has the wrong type, unless it has been reported already. */
export function expected(form: string, hint: string, node: Node, spot: Spot, check: Check): undefined {
  if (node.kind === "unreadable") return undefined;
  return check.report(spot, `expected ${form}, found ${describeNode(node)}`, hint);
}

/** Text without the white space around it; `oneLine` refuses a line break inside. */
export const text =
  (form: string, options: { readonly oneLine?: boolean } = {}): Reader<string> =>
  (node, spot, check) => {
    if (node.kind !== "scalar" || typeof node.value !== "string") {
      const plain = node.kind === "scalar" && node.value !== null;
      return expected(form, plain ? `put it in quotes: "${node.text}"` : `write ${form}`, node, spot, check);
    }
    const value = node.value.trim();
    if (value === "") return check.report(spot, `expected ${form}, found an empty text`, `write ${form}`);
    if (options.oneLine && /[\r\n]/.test(value))
      return check.report(spot, `expected ${form}, found several lines`, "write it on one line");
    return value;
  };

/** Text of a given pattern, such as an identifier. */
export const pattern =
  (form: string, allowed: RegExp, hint: string, longest = Infinity): Reader<string> =>
  (node, spot, check) => {
    if (node.kind !== "scalar" || typeof node.value !== "string") return expected(form, hint, node, spot, check);
    if (!allowed.test(node.value)) return check.report(spot, `${quote(node.value)} is not ${form}`, hint);
    if (node.value.length > longest)
      return check.report(
        spot,
        `${quote(node.value)} has ${node.value.length} characters`,
        `use at most ${longest} characters`,
      );
    return node.value;
  };

/** A pure number, `low … high`, both allowed. */
export const number =
  (low: number, high: number, options: { readonly whole?: boolean } = {}): Reader<number> =>
  (node, spot, check) => {
    const form = options.whole ? "a whole number" : "a number";
    const plain = (end: number) => (options.whole ? String(end) : formatNumber(end));
    const range = `${plain(low)} … ${plain(high)}`;
    if (node.kind !== "scalar" || typeof node.value !== "number") {
      const quoted =
        node.kind === "scalar" && typeof node.value === "string" && /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(node.value);
      const hint = quoted ? `write ${node.value} without quotes` : `write ${form}, ${range}, without a unit`;
      return expected(form, hint, node, spot, check);
    }
    if (!Number.isFinite(node.value)) return expected(form, `write ${form}, ${range}`, node, spot, check);
    if (options.whole && !Number.isInteger(node.value))
      return check.report(spot, `${node.text} is not a whole number`, `write a whole number, ${range}`);
    if (node.value < low || node.value > high)
      return check.report(spot, `${node.text} is outside ${range}`, `write ${form}, ${range}`);
    return node.value + 0;
  };

/** One name of a closed list; `noun` is what it names: `disease`; `alsoCalled`: other words → the name that they stand for, for hints. */
export const choice =
  <T extends string>(noun: string, names: readonly T[], alsoCalled: ReadonlyMap<string, T> = new Map()): Reader<T> =>
  (node, spot, check) => {
    const all = `known: ${names.join(", ")}`;
    if (node.kind !== "scalar" || typeof node.value !== "string")
      return expected(`the name of a ${noun}`, all, node, spot, check);
    const { value } = node;
    const known = names.find((name) => name === value);
    if (known !== undefined) return known;
    const word = nearest(value, names)?.name ?? nearest(value, [...alsoCalled.keys()])?.name;
    const meant = word && (alsoCalled.get(word) ?? word);
    return check.report(spot, `unknown ${noun} ${quote(value)}`, meant ? `did you mean "${meant}"?` : all);
  };

/** Items that could be read; refused ones are reported and left out. */
export function readList<T>(
  node: Node,
  spot: Spot,
  check: Check,
  form: string,
  item: Reader<T>,
): { readonly value: T; readonly spot: Spot }[] | undefined {
  if (node.kind !== "list") return expected(form, `write ${form}: [ … ], or one "- …" per line`, node, spot, check);
  return node.items.flatMap((each, i) => {
    const itemSpot = within(spot, i + 1, each.place);
    const value = item(each, itemSpot, check);
    return value === undefined ? [] : [{ value, spot: itemSpot }];
  });
}

/** The shortest text that reads back as the same number: `1e6`, `1000`, `0.1`. */
export function formatNumber(value: number): string {
  if (value !== 0 && Number.isFinite(value) && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3)) {
    const short = value.toExponential().replace("e+", "e");
    if (short.length < String(value).length || String(value).includes("e")) return short;
  }
  return String(value);
}
