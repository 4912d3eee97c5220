/** A study written in TypeScript: the same rules as for a file, with quantities as numbers. */
import { formatProblems, type Problem } from "../../quantity/index.js";
import { Check, type Node } from "../../reading/index.js";
import type { Administration, Arm, Stratum, Study } from "../study.js";
import { type CheckedStudy, checkStudy } from "./study.js";

type WithTimes<A> = A extends Administration ? Omit<A, "at"> & { readonly at: number | readonly number[] } : never;

export interface ArmInput extends Omit<Arm, "give" | "rules"> {
  readonly give: readonly WithTimes<Administration>[];
  readonly rules?: Arm["rules"];
}

/** What a person writes: one time need not be a list, and empty lists may be left out. Every `Study` is one. */
export interface StudyInput extends Omit<Study, "population" | "arms"> {
  readonly population: readonly (Omit<Stratum, "include"> & { readonly include?: Stratum["include"] })[];
  readonly arms: Readonly<Record<string, ArmInput>>;
}

export class StudyProblems extends Error {
  override readonly name = "StudyProblems";
  constructor(readonly problems: readonly Problem[]) {
    super(
      `the study has ${problems.length} ${problems.length === 1 ? "problem" : "problems"}\n${formatProblems(problems)}`,
    );
  }
}

/** Checks a study; throws `StudyProblems` with every problem. Days for times, the units of the table for doses, %/year for dropout. */
export function defineStudy(value: StudyInput): Study {
  const checked = checkStudyValue(value);
  if ("problems" in checked) throw new StudyProblems(checked.problems);
  return checked.study;
}

/** The same for a value of unknown origin, such as JSON from a run record. */
export const checkStudyValue = (value: unknown): CheckedStudy => checkStudy(nodeOf(value, 0), new Check("value"));

/** Deeper than any study, and short of the end of the stack for a value that holds itself. */
const DEEPEST = 20;

function nodeOf(value: unknown, depth: number): Node {
  if (value === null) return { kind: "scalar", value, text: "null" };
  if (typeof value === "string" || typeof value === "boolean") return { kind: "scalar", value, text: String(value) };
  if (typeof value === "number") return { kind: "scalar", value, text: String(value) };
  if (typeof value !== "object") return { kind: "other", text: value === undefined ? "nothing" : `a ${typeof value}` };
  if (depth > DEEPEST) return { kind: "other", text: "a value nested too deep" };
  if (Array.isArray(value)) return { kind: "list", items: Array.from(value, (item) => nodeOf(item, depth + 1)) };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype)
    return { kind: "other", text: `a ${value.constructor.name}` };
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return { kind: "map", entries: entries.map(([key, each]) => ({ key, value: nodeOf(each, depth + 1) })) };
}
