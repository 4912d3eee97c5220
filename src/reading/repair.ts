/**
 * Reading a file whose YAML is broken in places. The parser alone would stop making sense at the first fault; here the file is cut
 * into its block entries (`key: …` and `- …` at one indentation). Broken ones are reported, set right where it is clear what was
 * meant, taken out otherwise, and the rest is checked as usual. Lines keep their numbers.
 */
import { type Document, isCollection, isMap, isScalar, isSeq, visit, type YAMLError } from "yaml";
import type { Check, Node } from "./node.js";
import { LOST_KEY, nodeOfYaml, parseYaml, TextPlaces } from "./yaml.js";

/** The tree of a study file, or undefined where nothing of it can be read; everything unreadable has been reported. */
export function readTree(raw: string, check: Check): Node | undefined {
  const lines = raw.replace(/^\uFEFF/, "").split(/\r?\n/);
  const places = new TextPlaces(lines);
  const second = secondDocument(lines);
  if (second !== undefined) {
    check.report({ path: "", place: places.ofLine(second) }, "a second YAML document", "write one study per file");
    lines.length = second;
  }
  try {
    const first = parseYaml(lines.join("\n"));
    if (!first) {
      check.report({ path: "", place: places.at(0) }, "the file is empty", 'start with "id: …"');
      return undefined;
    }
    if (first.errors.length === 0) return nodeOfYaml(first.document, places, new Set(), check);
    const repair = new Repair(lines, check);
    repair.all();
    if (repair.reported === 0) repair.report(first, 0, places);
    const mended = parseYaml(repair.text());
    return mended && nodeOfYaml(mended.document, repair.places(), repair.lost, check);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    check.report(
      { path: "", place: places.at(0) },
      "the file is nested too deep",
      "write it as in docs/notes/study-file.md",
    );
    return undefined;
  }
}

/** Line index of the second document; directives and comments may stand before the `---` of the first. */
function secondDocument(lines: readonly string[]): number | undefined {
  let content = false;
  for (const [i, line] of lines.entries()) {
    const marker = /^(---|\.\.\.)(\s|$)/.exec(line)?.[1];
    if (content && (marker === "---" || (marker === "..." && lines.slice(i + 1).some(isContent)))) return i;
    if (marker === undefined) content ||= isContent(line) && !line.startsWith("%");
    else content ||= isContent(line.slice(3));
  }
  return undefined;
}

interface Parsed {
  readonly document: Document.Parsed;
  readonly errors: readonly YAMLError[];
}

class Repair {
  /** Lines (from 1) whose value was taken out. */
  readonly lost = new Set<number>();
  reported = 0;
  readonly #lines: string[];
  /** How far each line was moved to the right. */
  readonly #moved: number[];

  constructor(
    readonly original: readonly string[],
    readonly check: Check,
  ) {
    this.#lines = [...original];
    this.#moved = original.map(() => 0);
  }

  text = (): string => this.#lines.join("\n");
  places = (): TextPlaces => new TextPlaces(this.#lines, this.original, this.#moved);

  all(): void {
    this.tabs();
    this.block(0, this.#lines.length);
  }

  /** Tabs in front of a line become the indentation of the line before, or one step more below a bare key. */
  private tabs(): void {
    let before = "";
    let first: { tabs: number; indent: number } | undefined;
    for (const [i, line] of this.#lines.entries()) {
      if (!isContent(line)) continue;
      const tabs = (/^\s*/.exec(line)?.[0].match(/\t/g) ?? []).length;
      if (tabs > 0) {
        if (!first) {
          this.note(i, "a tab is used for indentation", "indent with spaces", undefined, 0);
          first = { tabs, indent: indentOf(before) + (isBareKey(before) ? 2 : 0) };
        }
        this.indent(i, Math.max(0, first.indent + 2 * (tabs - first.tabs)));
      } else first = undefined;
      before = this.#lines[i]!;
    }
  }

  /** Mends the entries in the lines `from` … `to`, which all belong to one map or one list; its key stands at `outer`. */
  private block(from: number, to: number, outer = 0): undefined {
    const content: number[] = [];
    for (let i = from; i < to; i++)
      if (isContent(this.#lines[i]!) && !/^(%|---|\.\.\.)/.test(this.#lines[i]!)) content.push(i);
    if (content.length === 0) return;
    const first = content[0]!;
    const indents = content.map((i) => indentOf(this.#lines[i]!));
    const least = Math.min(...indents);
    const count = (indent: number) => indents.filter((each) => each === indent).length;
    const indent = count(least) > count(indents[0]!) ? least : indents[0]!;
    const list = isItem(this.#lines[first]!);
    // In YAML a list may stand at the indentation of its key.
    const starts = content.filter(
      (i, k) => i === first || (indents[k]! <= indent && (list || !isItem(this.#lines[i]!))),
    );
    for (const [k, start] of starts.entries()) this.entry(start, starts[k + 1] ?? to, indent, list, outer);
  }

  /** Mends one entry of a list or a map, in the lines `from` … `to`. */
  private entry(from: number, to: number, indent: number, list: boolean, outer: number): undefined {
    const line = this.#lines[from]!;
    if (list && !isItem(line) && keyOf(line) !== undefined) {
      this.note(from, "indentation does not fit the lines around", "align entries that belong together");
      this.shift(from, to, outer - indentOf(line));
      return this.block(from, to, outer);
    }
    if (list !== isItem(line)) {
      const word = line.trim().replace(/^-/, "");
      if (list)
        return this.drop(from, to, indent, list, 'expected an item "- …" of the list', `write "- ${word.trim()}"`);
      return this.drop(
        from,
        to,
        indent,
        list,
        'expected "key: value", found an item of a list',
        "write a key above the list",
      );
    }
    if (indentOf(line) !== indent) {
      this.note(from, "indentation does not fit the lines around", "align entries that belong together");
      this.shift(from, to, indent - indentOf(line));
    }
    return this.mend(from, to, indent, list, outer);
  }

  /** Mends an entry that stands where it should. */
  private mend(from: number, to: number, indent: number, list: boolean, outer: number): undefined {
    const line = this.#lines[from]!;
    const parsed = parseYaml(this.#lines.slice(from, to).join("\n"));
    const { document, errors } = parsed ?? { document: undefined, errors: [] };
    const body = this.firstContent(from + 1, to);
    const key = list ? undefined : keyOf(line);
    if (errors.length === 0) {
      const contents = document?.contents;
      if (list ? isSeq(contents) : isMap(contents) && (contents.items.length === 1 || contents.flow)) return;
      if (!list && key === undefined) return this.keyless(from, to, body, indent, outer);
    }
    if (!list && key === undefined && /^\s*[A-Za-z0-9_-]+(\s|:\S|$)/.test(line))
      return this.keyless(from, to, body, indent, outer);
    const reported = this.reported;
    if (list && body !== undefined && /^\s*- +[A-Za-z0-9_-]+\s*:(\s|$)/.test(line)) {
      // `- give: …` with more keys below: a map, once the dash is out of the way.
      const dash = line.indexOf("-");
      this.#lines[from] = line.replace("-", " ");
      this.block(from, to, dash);
      const rest = this.#lines[from]!;
      this.#lines[from] = `${rest.slice(0, dash).padEnd(dash)}-${rest.slice(dash + 1)}`;
    } else if (!list && body !== undefined && isBareKey(line)) this.block(body, to, indent);
    else if (!list && body !== undefined && this.isSound(from) && keyOf(this.#lines[body]!) !== undefined) {
      // `a: 1` with `  b: 2` below: the second is a neighbour that was indented too far.
      this.note(body, "this line is indented too far", `align it with "${key}"`);
      this.shift(body, to, indent - indentOf(this.#lines[body]!));
      return this.block(body, to, outer);
    }
    if (this.reported > reported || !parsed) return;
    const starts = errors.filter(({ code }) => code === "BAD_SCALAR_START").length === errors.length;
    const open = errors.length === 1 && openFlow(errors[0]!) !== undefined;
    this.report(starts ? parsed : { ...parsed, errors: errors.slice(0, 1) }, this.startOf(from));
    if (!open) this.remove(from, to, indent, list, key);
  }

  /** An entry of a map whose first line has no `key: `. */
  private keyless(from: number, to: number, body: number | undefined, indent: number, outer: number): undefined {
    const line = this.#lines[from]!;
    const [, word, glue, rest] = /^\s*([A-Za-z0-9_-]+)(\s*[:=]?\s*)(.*)$/.exec(line) ?? [];
    if (word === undefined)
      return this.drop(from, to, indent, false, 'expected "key: value"', "write a key, a colon, a space and a value");
    if (rest === "" && body !== undefined) {
      this.note(from, `colon missing after "${word}"`, `write "${word}:"`, word);
      this.#lines[from] = `${" ".repeat(indentOf(line))}${word}:`;
      return this.entry(from, to, indent, false, outer);
    }
    const what = glue === ":" ? 'no space after ":"' : 'expected "key: value"';
    this.drop(from, to, indent, false, what, `write "${word}: ${rest || "…"}"`, word);
  }

  private drop(
    from: number,
    to: number,
    indent: number,
    list: boolean,
    what: string,
    hint: string,
    key?: string,
  ): undefined {
    this.note(from, what, hint, key);
    this.remove(from, to, indent, list, key);
  }

  /** Takes an entry out; its key stays, so that it does not count as missing. */
  private remove(from: number, to: number, indent: number, list: boolean, key: string | undefined): undefined {
    const margin = " ".repeat(indent);
    this.#lines.fill("", from, to);
    this.#lines[from] = list ? `${margin}-` : `${margin}${key ?? `"${LOST_KEY}"`}:`;
    this.lost.add(from + 1);
  }

  private note(line: number, what: string, hint: string, key = "", column = indentOf(this.#lines[line]!)): void {
    this.reported++;
    const start = this.startOf(line);
    const place = this.places().at(start + column, start + this.#lines[line]!.trimEnd().length);
    this.check.report({ path: key, place }, what, hint);
  }

  /** One problem for each line with a fault; offsets in `parsed` are counted from `start`. */
  report({ document, errors }: Parsed, start: number, places = this.places()): void {
    const seen = new Set<number>();
    for (const error of errors) {
      const at = opening(document, error);
      const place = places.at(start + (at ?? error.pos[0]), start + (at === undefined ? error.pos[1] : at + 1));
      if (seen.has(place.line)) continue;
      seen.add(place.line);
      this.reported++;
      const { what, hint } = explain(error);
      this.check.report({ path: "", place }, what, hint);
    }
  }

  private indent(line: number, indent: number): void {
    const text = this.#lines[line]!.trimStart();
    this.#moved[line] = indent - (this.original[line]!.length - this.original[line]!.trimStart().length);
    this.#lines[line] = " ".repeat(indent) + text;
  }

  private shift(from: number, to: number, by: number): void {
    for (let i = from; i < to; i++)
      if (isContent(this.#lines[i]!)) this.indent(i, Math.max(0, indentOf(this.#lines[i]!) + by));
  }

  private firstContent(from: number, to: number): number | undefined {
    for (let i = from; i < to; i++) if (isContent(this.#lines[i]!)) return i;
    return undefined;
  }

  private isSound = (line: number): boolean => parseYaml(this.#lines[line]!)?.errors.length === 0;
  private startOf = (line: number): number =>
    this.#lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
}

const isContent = (line: string): boolean => line.trim() !== "" && !line.trim().startsWith("#");
const isItem = (line: string): boolean => /^\s*-(\s|$)/.test(line);
const indentOf = (line: string): number => line.length - line.trimStart().length;
const isBareKey = (line: string): boolean => /:\s*(#.*)?$/.test(line);
const keyOf = (line: string): string | undefined => /^\s*["']?([A-Za-z0-9_-]+)["']?\s*:(?=\s|$)/.exec(line)?.[1];

/** The bracket that was opened and not closed. */
const openFlow = ({ message }: YAMLError): "[" | "{" | undefined =>
  /end with a? ?]/.test(message) ? "[" : /end with a? ?}/.test(message) ? "{" : undefined;

/** Where the bracket or the quotation mark stands that the fault leaves open; undefined for other faults. */
function opening(document: Document.Parsed, error: YAMLError): number | undefined {
  const bracket = openFlow(error);
  const quote = /closing.*quote/.test(error.message);
  if (!bracket && !quote) return undefined;
  let start: number | undefined;
  visit(document, {
    Node: (_, node) => {
      const range = node.range;
      if (!range || range[0] >= error.pos[1]) return;
      const fits = bracket
        ? isCollection(node) && node.flow && isSeq(node) === (bracket === "[") && range[1] >= error.pos[0]
        : isScalar(node) && node.type?.startsWith("QUOTE") && range[1] >= error.pos[0];
      if (fits) start = range[0];
    },
  });
  return start;
}

/** The parser's words, with a next move. */
function explain(error: YAMLError): { what: string; hint: string } {
  const bracket = openFlow(error);
  if (bracket === "[") return { what: 'the list "[" is not closed', hint: 'add "]"' };
  if (bracket === "{") return { what: 'the map "{" is not closed', hint: 'add "}"' };
  if (/closing.*quote/.test(error.message)) return { what: "this quotation mark is not closed", hint: "close it" };
  const [what, hint] = ADVICE[error.code] ?? [
    `not valid YAML: ${error.message}`,
    "compare with docs/notes/study-file.md",
  ];
  return { what, hint };
}

const ADVICE: Readonly<Record<string, readonly [string, string]>> = {
  BAD_SCALAR_START: ["a value cannot start with this character in YAML", "put the value in quotes"],
  BLOCK_AS_IMPLICIT_KEY: ["two colons in one line", "put a text with a colon in quotes"],
  MULTILINE_IMPLICIT_KEY: ['this is not "key: value"', "write a key, a colon, a space and a value"],
  BLOCK_IN_FLOW: ["a comma or a bracket is missing", 'separate entries by ","'],
  BAD_INDENT: ["indentation does not fit the lines around", "align entries that belong together"],
  UNEXPECTED_TOKEN: ["the value should have ended here", "check quotes, commas and brackets before this place"],
};
