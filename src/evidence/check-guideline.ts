/** What a guideline may still have wrong: a number without unit, a window that ends before it begins. */
import { checkTimeUnit, type Report, readUnit } from "./check.js";
import type { Guideline } from "./record.js";

export function checkGuideline({ value, unit, window }: Guideline, report: Report): void {
  if ((value === undefined) !== (unit === undefined))
    report(
      [value === undefined ? "unit" : "value"],
      value === undefined ? "a unit without value" : `${value} without unit`,
      "write both, or neither",
    );
  if (unit !== undefined) readUnit(unit, ["unit"], report);
  if (!window) return;
  checkTimeUnit(window.unit, (path, what, hint) => report(["window", ...path], what, hint));
  if (window.to !== undefined && window.to <= window.from)
    report(["window"], `from ${window.from} to ${window.to}`, "put the earlier end first");
}
