import type { Cohort } from "./record.js";

const SUMMARIES: ReadonlySet<Cohort["role"]> = new Set(["pooled", "review", "safety", "landscape"]);

/** Whether a record is about patients of its own; reviews, pooled analyses and registries of reports count those of others. */
export const hasOwnPatients = ({ role }: Cohort): boolean => !SUMMARIES.has(role);

/** Whether two records may hold the same people. */
export const sharePatients = (a: Cohort, b: Cohort): boolean =>
  (a.overlap !== undefined && a.overlap === b.overlap) ||
  (a.registrations ?? []).some((nct) => b.registrations?.includes(nct)) ||
  [
    [a, b],
    [b, a],
  ].some(
    ([one, other]) =>
      one!.contains?.includes(other!.id) || one!.mayShare?.includes(other!.id) || one!.design.of === other!.id,
  );

/** Of records that may share patients the largest; of two as large the first by name. */
export function independent<T extends { readonly cohort: Cohort; readonly n: number }>(records: readonly T[]): T[] {
  const kept: T[] = [];
  for (const one of [...records].sort((a, b) => b.n - a.n || (a.cohort.id < b.cohort.id ? -1 : 1)))
    if (!kept.some(({ cohort }) => sharePatients(cohort, one.cohort))) kept.push(one);
  return kept;
}
