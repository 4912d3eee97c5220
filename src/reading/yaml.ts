/** YAML text → the tree that is checked, with the place of every value. Reports what YAML allows and a study file does not. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type Range,
  type Scalar,
  visit,
  type YAMLError,
} from "yaml";
import { type Check, type Entry, type Node, type Place, quote, type Spot, within } from "./node.js";

/** One document of text; several are parsed as the first. Undefined where there is nothing but white space and comments. */
export function parseYaml(
  text: string,
): { readonly document: Document.Parsed; readonly errors: readonly YAMLError[] } | undefined {
  const documents = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  return document && { document: document as Document.Parsed, errors: document.errors };
}

/** Key of an entry that was taken out of a broken map. */
export const LOST_KEY = "!";

/** Turns offsets in a text into lines and columns of the file, whose lines may have been moved to the right by `moved`. */
export class TextPlaces {
  readonly #starts: number[] = [];

  constructor(
    lines: readonly string[],
    readonly original: readonly string[] = lines,
    readonly moved: readonly number[] = [],
  ) {
    let start = 0;
    for (const line of lines) {
      this.#starts.push(start);
      start += line.length + 1;
    }
  }

  /** Of the text from `start` to `end`, as far as it is on one line. */
  at(start: number, end = start + 1): Place {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#starts[middle]! <= start) low = middle;
      else high = middle - 1;
    }
    const source = this.original[low]!;
    const column = Math.min(Math.max(1, start - this.#starts[low]! + 1 - (this.moved[low] ?? 0)), source.length + 1);
    const width = Math.max(1, Math.min(end - start, source.trimEnd().length - column + 1));
    return { line: low + 1, column, source, width };
  }

  /** Of a whole line, counted from 0. */
  ofLine = (line: number): Place => this.at(this.#starts[line]!, this.#starts[line]! + this.original[line]!.length);
}

type YamlNode = { readonly range?: Range | null; readonly tag?: string; readonly anchor?: string };

/** `lost` holds the lines whose value could not be read and has been reported. */
export function nodeOfYaml(
  document: Document.Parsed,
  places: TextPlaces,
  lost: ReadonlySet<number>,
  check: Check,
): Node {
  const aliases = new Set<string>();
  visit(document, { Alias: (_, alias) => void aliases.add(alias.source) });
  return convert(document.contents, { path: "" });

  function convert(node: unknown, spot: Spot): Node {
    const { range, anchor } = (node ?? {}) as YamlNode;
    const place = range ? places.at(range[0], isBlock(node) ? range[0] + 1 : range[1]) : undefined;
    const here = { ...spot, place: place ?? spot.place };
    if (isAlias(node)) {
      check.report(here, `alias *${node.source} is not allowed here`, "write the value out");
      return { kind: "unreadable", place };
    }
    // An anchor that is used is reported where it is used.
    if (anchor !== undefined && !aliases.has(anchor))
      check.report(here, `anchor &${anchor} is not allowed here`, "remove it");
    const tag = explicitTag(node);
    if (tag !== undefined) {
      check.report(here, `tag ${tag} is not allowed here`, "remove it: the key says what the value is");
      return { kind: "unreadable", place };
    }
    if (isMap(node)) return convertMap(node.items, here, place);
    if (isSeq(node))
      return { kind: "list", place, items: node.items.map((item, i) => convert(item, within(spot, i + 1, place))) };
    if (!isScalar(node)) return { kind: "scalar", value: null, text: "", place };
    const { value } = node;
    warnOfPlain(node, here);
    const empty = value === null && range != null && range[0] === range[1];
    if (empty && place && lost.has(place.line)) return { kind: "unreadable", place };
    if (typeof value === "bigint")
      return { kind: "scalar", value: Number(value), text: node.source ?? String(value), place };
    if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      return { kind: "scalar", value, text: node.source ?? String(value), place };
    return { kind: "other", text: "a value of another kind", place };
  }

  /** Unquoted words that other readers of YAML, or people, take for something else. */
  function warnOfPlain({ value, source, type }: Scalar, spot: Spot): void {
    if (type !== "PLAIN" || source === undefined) return;
    const numeric = typeof value === "number" || typeof value === "bigint";
    if (numeric && /^[-+]?0\d/.test(source))
      check.warn(spot, `${source} is read as ${value}`, `write ${value}, without leading zeros`);
    else if (numeric && /^0[xo]/i.test(source))
      check.warn(spot, `${source} is read as ${value}`, `write ${value}, as a decimal number`);
    else if (typeof value === "string" && /^(yes|no|on|off)$/i.test(value))
      check.warn(spot, `${source} is read as a text, not as yes or no`, `put it in quotes: "${source}"`);
  }

  function convertMap(items: readonly Pair[], spot: Spot, place: Place | undefined): Node {
    let partial = false;
    const entries = items.flatMap((pair): Entry[] => {
      const keyNode = pair.key as unknown;
      const keyRange = (keyNode as YamlNode | null)?.range;
      const keyPlace = keyRange ? places.at(keyRange[0], keyRange[1]) : place;
      const spotOf = (key: string) => within(spot, key, keyPlace);
      if (!isScalar(keyNode) || explicitTag(keyNode) !== undefined || keyNode.anchor !== undefined) {
        partial = true;
        check.report(spotOf("?"), "this key is not a plain word", "write keys as plain words, without *, & or !");
        return [];
      }
      const key = typeof keyNode.value === "string" ? keyNode.value : (keyNode.source ?? String(keyNode.value));
      if (key === LOST_KEY && keyPlace && lost.has(keyPlace.line)) {
        partial = true;
        return [];
      }
      if (key === "<<") {
        partial = true;
        check.report(spotOf(key), "merge keys (<<) are not allowed here", "write the keys out");
        return [];
      }
      const glued = pair.value === null || isEmptyScalar(pair.value) ? /^([\w-]+):(\S.*)$/.exec(key) : null;
      if (glued && keyNode.type === "PLAIN") {
        check.report(
          spotOf(glued[1]!),
          `no space after ":" in ${quote(key)}`,
          `write ${quote(`${glued[1]}: ${glued[2]}`)}`,
        );
        return [{ key: glued[1]!, keyPlace, value: { kind: "unreadable", place: keyPlace } }];
      }
      warnOfPlain(keyNode, spotOf(key));
      const value = convert(pair.value, within(spot, key, keyPlace));
      // A key without a value is shown at the key.
      const bare = value.kind === "scalar" && value.value === null && isEmptyScalar(pair.value);
      return [{ key, keyPlace, value: bare ? { ...value, place: keyPlace } : value }];
    });
    return { kind: "map", place, entries, partial };
  }
}

const isBlock = (node: unknown): boolean => (isMap(node) || isSeq(node)) && !node.flow;

function isEmptyScalar(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null && (!node.range || node.range[0] === node.range[1]));
}

/** The tag that was written, `!!str`; undefined where YAML chose one itself. */
function explicitTag(node: unknown): string | undefined {
  return (node as YamlNode | null)?.tag?.replace("tag:yaml.org,2002:", "!!");
}
