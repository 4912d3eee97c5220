/**
 * Reading a file whose YAML is broken in places. The parser alone would stop making sense at the first fault; here the file is cut
 * into its block entries (`key: …` and `- …` at one indentation). Broken ones are reported, set right where it is clear what was
 * meant, taken out otherwise, and the rest is checked as usual. Lines keep their numbers.
 */
import { type Document, isMap, isSeq, type YAMLError } from "yaml";
import { explain, openFlow, opening } from "./advice.js";
import type { Draft } from "./draft.js";
import { indentOf, isBareKey, isContent, isItem, keyOf } from "./lines.js";
import type { Check } from "./node.js";
import { parseYaml } from "./yaml.js";

interface Parsed {
  readonly document: Document.Parsed;
  readonly errors: readonly YAMLError[];
}

export class Repair {
  /** Problems that were reported on the way. */
  reported = 0;

  constructor(
    readonly draft: Draft,
    readonly check: Check,
  ) {}

  all(): void {
    this.tabs();
    this.block(0, this.draft.lines.length);
  }

  /** Tabs in front of a line become the indentation of the line before, or one step more below a bare key. */
  private tabs(): void {
    let before = "";
    let first: { tabs: number; indent: number } | undefined;
    for (const [i, line] of this.draft.lines.entries()) {
      if (!isContent(line)) continue;
      const tabs = (/^\s*/.exec(line)?.[0].match(/\t/g) ?? []).length;
      if (tabs > 0) {
        if (!first) {
          this.note(i, "a tab is used for indentation", "indent with spaces", undefined, 0);
          first = { tabs, indent: indentOf(before) + (isBareKey(before) ? 2 : 0) };
        }
        this.draft.indent(i, Math.max(0, first.indent + 2 * (tabs - first.tabs)));
      } else first = undefined;
      before = this.draft.lines[i]!;
    }
  }

  /** Mends the entries in the lines `from` … `to`, which all belong to one map or one list; its key stands at `outer`. */
  private block(from: number, to: number, outer = 0): undefined {
    const content: number[] = [];
    for (let i = from; i < to; i++)
      if (isContent(this.draft.lines[i]!) && !/^(%|---|\.\.\.)/.test(this.draft.lines[i]!)) content.push(i);
    if (content.length === 0) return;
    const first = content[0]!;
    const indents = content.map((i) => indentOf(this.draft.lines[i]!));
    const least = Math.min(...indents);
    const count = (indent: number) => indents.filter((each) => each === indent).length;
    const indent = count(least) > count(indents[0]!) ? least : indents[0]!;
    const list = isItem(this.draft.lines[first]!);
    // In YAML a list may stand at the indentation of its key.
    const starts = content.filter(
      (i, k) => i === first || (indents[k]! <= indent && (list || !isItem(this.draft.lines[i]!))),
    );
    for (const [k, start] of starts.entries()) this.entry(start, starts[k + 1] ?? to, indent, list, outer);
  }

  /** Mends one entry of a list or a map, in the lines `from` … `to`. */
  private entry(from: number, to: number, indent: number, list: boolean, outer: number): undefined {
    const line = this.draft.lines[from]!;
    if (list && !isItem(line) && keyOf(line) !== undefined) {
      this.note(from, "indentation does not fit the lines around", "align entries that belong together");
      this.draft.shift(from, to, outer - indentOf(line));
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
      this.draft.shift(from, to, indent - indentOf(line));
    }
    return this.mend(from, to, indent, list, outer);
  }

  /** Mends an entry that stands where it should. */
  private mend(from: number, to: number, indent: number, list: boolean, outer: number): undefined {
    const line = this.draft.lines[from]!;
    const parsed = parseYaml(this.draft.text(from, to));
    const { document, errors } = parsed ?? { document: undefined, errors: [] };
    const body = this.draft.firstContent(from + 1, to);
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
      this.draft.lines[from] = line.replace("-", " ");
      this.block(from, to, dash);
      const rest = this.draft.lines[from]!;
      this.draft.lines[from] = `${rest.slice(0, dash).padEnd(dash)}-${rest.slice(dash + 1)}`;
    } else if (!list && body !== undefined && isBareKey(line)) this.block(body, to, indent);
    else if (!list && body !== undefined && this.isSound(from) && keyOf(this.draft.lines[body]!) !== undefined) {
      // `a: 1` with `  b: 2` below: the second is a neighbour that was indented too far.
      this.note(body, "this line is indented too far", `align it with "${key}"`);
      this.draft.shift(body, to, indent - indentOf(this.draft.lines[body]!));
      return this.block(body, to, outer);
    }
    if (this.reported > reported || !parsed) return;
    const starts = errors.filter(({ code }) => code === "BAD_SCALAR_START").length === errors.length;
    const open = errors.length === 1 && openFlow(errors[0]!) !== undefined;
    this.report(starts ? parsed : { ...parsed, errors: errors.slice(0, 1) }, this.draft.startOf(from));
    if (!open) this.draft.takeOut(from, to, indent, list, key);
  }

  /** An entry of a map whose first line has no `key: `. */
  private keyless(from: number, to: number, body: number | undefined, indent: number, outer: number): undefined {
    const line = this.draft.lines[from]!;
    const [, word, glue, rest] = /^\s*([A-Za-z0-9_-]+)(\s*[:=]?\s*)(.*)$/.exec(line) ?? [];
    if (word === undefined)
      return this.drop(from, to, indent, false, 'expected "key: value"', "write a key, a colon, a space and a value");
    if (rest === "" && body !== undefined) {
      this.note(from, `colon missing after "${word}"`, `write "${word}:"`, word);
      this.draft.lines[from] = `${" ".repeat(indentOf(line))}${word}:`;
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
    this.draft.takeOut(from, to, indent, list, key);
  }

  private note(line: number, what: string, hint: string, key = "", column = indentOf(this.draft.lines[line]!)): void {
    this.reported++;
    const start = this.draft.startOf(line);
    const place = this.draft.places().at(start + column, start + this.draft.lines[line]!.trimEnd().length);
    this.check.report({ path: key, place }, what, hint);
  }

  /** One problem for each line with a fault; offsets in `parsed` are counted from `start`. */
  report({ document, errors }: Parsed, start: number, places = this.draft.places()): void {
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

  private isSound = (line: number): boolean => parseYaml(this.draft.lines[line]!)?.errors.length === 0;
}
