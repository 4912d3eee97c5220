import type { ArmRun, Visit } from "../conduct/records.js";

/** 3, 6, 12 … months in days. */
export const months = (n: number): number => (n * 365.25) / 12;

/** Days around a time within which a visit counts as that of the time, whatever the interval of visits: half a month. */
const LEAST_WINDOW = months(0.5);

/**
 * How far from a day its visit may lie: half the interval of the visits, so that no two times claim the same stretch, but at least half a month and at most an eighth of
 * the time itself (a visit at 12 months says nothing of 6). docs/notes/conduct.md
 */
export function visitWindow(schedule: readonly number[], day: number): number {
  const every = schedule.length > 1 ? schedule[1]! - schedule[0]! : 0;
  return Math.max(LEAST_WINDOW, Math.min(every / 2, day / 8));
}

/** The planned visit nearest to a day, the earlier of two; null where none lies within the window. Day 0, before treatment, stands for no later day. */
export function scheduledVisit(schedule: readonly number[], day: number): number | null {
  let nearest: number | null = null;
  for (const at of schedule)
    if ((at > 0 || day <= 0) && (nearest === null || Math.abs(at - day) < Math.abs(nearest - day))) nearest = at;
  return nearest !== null && Math.abs(nearest - day) <= visitWindow(schedule, day) ? nearest : null;
}

/** What is known of a patient at a day: the visit; `missed` where it was planned and the patient had left; `not-planned` where no visit lies within the window. */
export function visitAt(run: ArmRun, schedule: readonly number[], day: number): Visit | "missed" | "not-planned" {
  const planned = scheduledVisit(schedule, day);
  if (planned === null) return "not-planned";
  return run.visits.find((visit) => visit.day === planned) ?? "missed";
}

/** Whether a patient was observed up to a day, or to the end where the study ends before. */
export const followedTo = (run: ArmRun, day: number): boolean => run.status === "completed" || run.endDay >= day;
