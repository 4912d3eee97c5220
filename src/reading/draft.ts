import { indentOf, isContent } from "./lines.js";
import { LOST_KEY, TextPlaces } from "./yaml.js";

/** The lines of a file on their way to valid YAML: changed in place, each still knowing where it stood. Lines are counted from 0. */
export class Draft {
  readonly lines: string[];
  /** Lines, counted from 1, whose value was taken out. */
  readonly lost = new Set<number>();
  /** How far each line was moved to the right. */
  readonly #moved: number[];

  constructor(readonly original: readonly string[]) {
    this.lines = [...original];
    this.#moved = original.map(() => 0);
  }

  text = (from = 0, to = this.lines.length): string => this.lines.slice(from, to).join("\n");

  /** From offsets in this text to lines and columns of the file. */
  places = (): TextPlaces => new TextPlaces(this.lines, this.original, this.#moved);

  /** Offset at which a line begins. */
  startOf = (line: number): number => this.lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);

  firstContent(from: number, to: number): number | undefined {
    for (let i = from; i < to; i++) if (isContent(this.lines[i]!)) return i;
    return undefined;
  }

  indent(line: number, indent: number): void {
    const text = this.lines[line]!.trimStart();
    this.#moved[line] = indent - indentOf(this.original[line]!);
    this.lines[line] = " ".repeat(indent) + text;
  }

  shift(from: number, to: number, by: number): void {
    for (let i = from; i < to; i++)
      if (isContent(this.lines[i]!)) this.indent(i, Math.max(0, indentOf(this.lines[i]!) + by));
  }

  /** Takes an entry out; its key stays, so that it does not count as missing. */
  takeOut(from: number, to: number, indent: number, list: boolean, key: string | undefined): void {
    const margin = " ".repeat(indent);
    this.lines.fill("", from, to);
    this.lines[from] = list ? `${margin}-` : `${margin}${key ?? `"${LOST_KEY}"`}:`;
    this.lost.add(from + 1);
  }
}
