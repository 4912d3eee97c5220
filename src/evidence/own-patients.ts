import type { Cohort } from "./record.js";

const SUMMARIES: ReadonlySet<Cohort["role"]> = new Set(["pooled", "review", "safety", "landscape"]);

/** Whether a record is about patients of its own; reviews, pooled analyses and registries of reports count those of others. */
export const hasOwnPatients = ({ role }: Cohort): boolean => !SUMMARIES.has(role);
