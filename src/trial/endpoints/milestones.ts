import { months, scheduledVisit, visitWindow } from "./visit-at.js";

/** A time at which results are reported. */
export interface Milestone {
  /** In names of numbers: `12` for 12 months, `last` for the last visit. */
  readonly key: string;
  /** `12 months`, `week 48`. */
  readonly label: string;
  readonly day: number;
  /** Day of the planned visit that is read; null where none lies within the window. */
  readonly visit: number | null;
  /** Days before and after `day` within which a visit counts. */
  readonly window: number;
}

/** A study has a month when it lasts this share of it: 52 weeks and 360 days are a year, 24 weeks are not six months. */
const WHOLE = 0.98;

/** 6 and 12 months, every year to five, every five years after; 3 months where the study does not have 6. */
function monthsWithin(until: number): number[] {
  const has = (month: number) => until >= WHOLE * months(month);
  if (!has(6)) return has(3) ? [3] : [];
  const found = [6];
  for (let month = 12; has(month); month += month < 60 ? 12 : 60) found.push(month);
  return found;
}

/** The times that a study reports: the months that it has, and its last visit where that is none of them. `schedule`: days of the visits. */
export function milestonesOf(schedule: readonly number[], until: number): Milestone[] {
  const found: Milestone[] = monthsWithin(until).map((month) => ({
    key: String(month),
    label: `${month} months`,
    day: months(month),
    visit: scheduledVisit(schedule, months(month)),
    window: visitWindow(schedule, months(month)),
  }));
  const last = schedule[schedule.length - 1]!;
  if (last > 0 && !found.some(({ visit }) => visit === last))
    found.push({ key: "last", label: dayWords(last), day: last, visit: last, window: 0 });
  return found;
}

/** `18 months`, `week 48`, `day 100`: the roundest that is right to the day. */
function dayWords(day: number): string {
  const month = Math.round(day / months(1));
  if (month > 0 && Math.abs(day - months(month)) < 1) return `${month} month${month === 1 ? "" : "s"}`;
  return day % 7 === 0 ? `week ${day / 7}` : `day ${Math.round(day)}`;
}
