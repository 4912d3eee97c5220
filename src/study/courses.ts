/** What a study asks for beside the report: courses of single patients, and measures of every patient. docs/notes/courses.md */

/** How a measure is taken from a course, and whether it needs a level. */
export const TAKES = {
  cmax: { about: "highest value", level: false, unit: "value" },
  tmax: { about: "day of the highest value", level: false, unit: "day" },
  nadir: { about: "lowest value", level: false, unit: "value" },
  "nadir-day": { about: "day of the lowest value", level: false, unit: "day" },
  auc: { about: "area under the curve", level: false, unit: "area" },
  "time-above": { about: "days above a level", level: true, unit: "day" },
  "time-below": { about: "days below a level", level: true, unit: "day" },
  return: { about: "first day at or above a level again after a day below it", level: true, unit: "day" },
} as const;
export type Take = keyof typeof TAKES;

export interface Measure {
  /** A state, quantity, port, constant or control by name. */
  readonly of: string;
  readonly take: Take;
  /** Days; unless stated from day 0 to the end of the visits. */
  readonly from?: number;
  readonly to?: number;
  /** In the unit of `of`. */
  readonly level?: number;
}
export type Measures = Readonly<Record<string, Measure>>;

/** A day, or days in equal steps from the first to the last that fits. */
export type GridPart = number | { readonly from: number; readonly to: number; readonly every: number };

/** More times than anybody reads. */
export const MOST_TIMES = 20_000;

const daysOfPart = (part: GridPart): number[] =>
  typeof part === "number"
    ? [part]
    : Array.from(
        { length: Math.floor((part.to - part.from) / part.every + 1e-9) + 1 },
        (_, i) => part.from + i * part.every,
      );

export const countDays = (part: GridPart): number =>
  typeof part === "number" ? 1 : Math.floor((part.to - part.from) / part.every + 1e-9) + 1;

/** Ascending, each once. */
export const daysOfGrid = (grid: readonly GridPart[]): number[] =>
  [...new Set(grid.flatMap(daysOfPart))].sort((a, b) => a - b);

/** The unit of a measure of an output in `unit`. */
export function unitOfMeasure(take: Take, unit: string): string {
  const kind = TAKES[take].unit;
  if (kind === "day") return "day";
  if (kind === "value") return unit;
  return unit === "1" ? "day" : `${unit}*day`;
}

/** `highest value of CARblood, day 0 to 28`, for the report and its tables. */
export function describeMeasure({ of, take, from, to, level }: Measure, unit: string, until: number): string {
  const at = level === undefined ? "" : ` (${level}${unit === "1" ? "" : ` ${unit}`})`;
  return `${TAKES[take].about}${at} of ${of}, day ${from ?? 0} to ${to ?? until}`;
}
