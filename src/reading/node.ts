/** What is checked: a tree that both YAML (with places) and a TypeScript value (without) are turned into. */
import { isWarning, type Problem, sortProblems } from "../quantity/index.js";

/** Where a value stands in the text. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly source: string;
  readonly width: number;
}

interface Placed {
  readonly place?: Place | undefined;
}

export interface Entry {
  readonly key: string;
  readonly keyPlace?: Place | undefined;
  readonly value: Node;
}

export interface MapNode extends Placed {
  readonly kind: "map";
  readonly entries: readonly Entry[];
  /** Some entries could not be read (and were reported): nothing counts as missing. */
  readonly partial?: boolean;
}

export interface ListNode extends Placed {
  readonly kind: "list";
  readonly items: readonly Node[];
}

export interface ScalarNode extends Placed {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** As written. */
  readonly text: string;
}

/** `unreadable` has been reported already; `other` is a value that no study holds, such as a function. */
export type Node =
  | MapNode
  | ListNode
  | ScalarNode
  | (Placed & { readonly kind: "unreadable" })
  | (Placed & { readonly kind: "other"; readonly text: string });

/** A value's path and place. */
export interface Spot {
  readonly path: string;
  readonly place?: Place | undefined;
  /** The key under which the value stands: what a map lacks is said there, not at the first thing that it has. */
  readonly holder?: Place | undefined;
}

export const within = (spot: Spot, name: string | number, place: Place | undefined, holder?: Place): Spot => ({
  path: spot.path === "" ? String(name) : `${spot.path} › ${name}`,
  place,
  holder,
});

/** How a value looks, in a sentence after "found". */
export function describeNode(node: Node): string {
  if (node.kind === "map") return node.entries.length === 0 ? "an empty map" : "a map";
  if (node.kind === "list") return node.items.length === 0 ? "an empty list" : "a list";
  if (node.kind === "unreadable") return "something unreadable";
  if (node.kind === "other") return node.text;
  if (node.value === null) return "nothing";
  if (typeof node.value === "string") return quote(node.value);
  return `the ${typeof node.value} ${node.text}`;
}

/** A text in quotation marks, cut where it is long. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return `"${line.length > 60 ? `${line.slice(0, 57)}…` : line}"`;
}

/** One pass over one study: its problems, and what later rules need from earlier values. */
export class Check {
  readonly #problems: Noted[] = [];
  /** Last day of the study, once read; times after it are problems. */
  until: number | undefined;

  constructor(
    /** Quantities are `28 day` in a text, and numbers in the units of the table in a TypeScript value. */
    readonly spelling: "text" | "value",
    readonly file?: string,
  ) {}

  /** Notes a problem; returns undefined, so that a reader can end with it. */
  report(spot: Spot, what: string, hint: string, key?: Noted["key"]): undefined {
    const file = this.file === undefined ? {} : { file: this.file };
    this.#problems.push({ problem: { path: spot.path, ...file, ...spot.place, what, hint }, key });
  }

  /** Notes something that is read, but perhaps not as it was meant. */
  warn(spot: Spot, what: string, hint: string): void {
    const file = this.file === undefined ? {} : { file: this.file };
    this.#problems.push({
      problem: { path: spot.path, ...file, ...spot.place, what, hint, severity: "warning" },
      key: undefined,
    });
  }

  /** Whether anything refuses the input. */
  get failed(): boolean {
    return this.#problems.some(({ problem }) => !isWarning(problem));
  }

  /** Reads on trial: whether the reader would find nothing wrong. */
  accepts(reader: Reader<unknown>, node: Node): boolean {
    const trial = new Check(this.spelling);
    trial.until = this.until;
    reader(node, { path: "" }, trial);
    return !trial.failed;
  }

  /** All problems and warnings by position; a place with a problem has no warning. A key that is unknown here and missing in a map above or below was indented wrongly: one problem. */
  get problems(): Problem[] {
    const settled = new Set<Noted>();
    const moved = this.#problems.map((noted) => {
      if (noted.key?.is !== "unknown") return noted.problem;
      const { name } = noted.key;
      const home = this.#problems.find(
        (other) =>
          other.key?.is === "missing" &&
          other.key.name === name &&
          !settled.has(other) &&
          onOneBranch(other.problem.path, parentPath(noted.problem.path)),
      );
      if (!home) return noted.problem;
      settled.add(home);
      const where = home.problem.path === "" ? "at the top of the file" : `in ${home.problem.path}`;
      return { ...noted.problem, hint: `it is missing ${where}: move it there, or change its indentation` };
    });
    const standing = moved.filter((_, i) => !settled.has(this.#problems[i]!));
    const faulty = new Set(standing.filter((each) => !isWarning(each)).map(placeOf));
    const kept = standing.filter((each) => !isWarning(each) || !faulty.has(placeOf(each)));
    // What is read twice, because another part says that it is like it, has its fault once.
    const said = new Set<string>();
    return sortProblems(
      kept.filter((each) => {
        const key = `${placeOf(each)} ${each.what}`;
        if (each.line !== undefined && said.has(key)) return false;
        said.add(key);
        return true;
      }),
    );
  }
}

/** A problem, and the key that it says is unknown or missing. */
interface Noted {
  readonly problem: Problem;
  readonly key: { readonly is: "unknown" | "missing"; readonly name: string } | undefined;
}

const placeOf = ({ line, column, path }: Problem): string => (line === undefined ? path : `${line}:${column}`);
const parentPath = (path: string): string => path.split(" › ").slice(0, -1).join(" › ");
const onOneBranch = (a: string, b: string): boolean =>
  a === b || a === "" || b === "" || a.startsWith(`${b} › `) || b.startsWith(`${a} › `);

/** Returns the value, or undefined after reporting why there is none. */
export type Reader<T> = (node: Node, spot: Spot, check: Check) => T | undefined;
