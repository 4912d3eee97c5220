/** What every check of a record uses: where to report, and how to read a unit or suggest a word. */

import { parseUnit, sameDimension, type Unit, UnitError, unitSymbols } from "../quantity/index.js";
import { nearest, type ValuePath } from "../reading/index.js";
import type { Evidence } from "./record.js";

export type Report = (path: ValuePath, what: string, hint: string) => void;

export function readUnit(text: string, path: ValuePath, report: Report): Unit | undefined {
  try {
    return parseUnit(text);
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
    report(path, error.message, `known units: ${unitSymbols.join(", ")}`);
    return undefined;
  }
}

export function checkTimeUnit(text: string, report: Report): void {
  const unit = readUnit(text, ["unit"], report);
  if (unit && !sameDimension(unit, parseUnit("day")))
    report(["unit"], `"${text}" is no unit of time`, "write day, week, month or year");
}

export function checkExcept(
  block: { readonly except?: Readonly<Record<string, string>> | undefined },
  report: Report,
): void {
  for (const name of Object.keys(block.except ?? {}))
    if (name === "except" || name === "verification" || (block as Record<string, unknown>)[name] === undefined)
      report(["except", name], `no "${name}" in this block`, "name a key that is written here");
}

/** The known word that was probably meant, or what else to do. */
export function didYouMean(word: string, known: readonly string[], otherwise: string): string {
  const near = nearest(word, known)?.name;
  return near && near !== word ? `did you mean ${near}?` : otherwise;
}

export const suggest = (word: string, known: readonly string[]): string =>
  didYouMean(word, known, `known: ${known.join(", ")}`);

/** Whether an id names a record of one kind, or a file that could not be read: that mistake is reported once, at the file. */
export function names(evidence: Evidence, known: ReadonlySet<string>, kind: keyof Evidence, id: string): boolean {
  if (evidence[kind].has(id)) return true;
  const other = (Object.keys(evidence) as (keyof Evidence)[]).some((each) => evidence[each].has(id));
  return known.has(id) && !other;
}

export const sum = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((a, b) => a + (b ?? 0), 0);
