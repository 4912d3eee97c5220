import type { ArmRun, Visit } from "../conduct/records.js";

/** 3, 6, 12 … months in days. */
export const months = (n: number): number => (n * 365.25) / 12;

/** The visit nearest to a day among those that the schedule has; undefined where the patient was not seen then (dropout) or the schedule ends earlier. */
export function visitAt(run: ArmRun, schedule: readonly number[], day: number): Visit | undefined {
  if (day > schedule[schedule.length - 1]! + 14) return undefined;
  let nearest = schedule[0]!;
  for (const at of schedule) if (Math.abs(at - day) < Math.abs(nearest - day)) nearest = at;
  return run.visits.find((visit) => visit.day === nearest);
}
