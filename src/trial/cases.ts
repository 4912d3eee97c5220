import type { VirtualPatient } from "../population/index.js";
import { type Study, visitDays } from "../study/index.js";
import { type PatientRuns, patientsPerReplicate } from "./conduct/site.js";
import { timesOf } from "./conduct/study-times.js";
import type { Case } from "./endpoints/endpoint-counterparts.js";
import { outcomesOf } from "./endpoints/outcomes.js";

/** One patient in one arm with everything that was derived from the run. */
export interface TrialCase extends Case {
  readonly patient: VirtualPatient;
  readonly replicate: number;
}

/** The days of a study: of its curves, and of its visits. */
export interface TrialDays {
  readonly curves: readonly number[];
  readonly visits: readonly number[];
}

export const trialDays = (study: Study): TrialDays => ({
  curves: timesOf(study).curves,
  visits: visitDays(study),
});

/** The cases of one treated patient: one per arm that did not fail. Failed runs are counted elsewhere. */
export function casesOf(study: Study, days: TrialDays, { patient, runs }: PatientRuns): TrialCase[] {
  const missing = study.dropout?.missing ?? "excluded";
  return runs
    .filter(({ status }) => status !== "failed")
    .map((run) => ({
      run,
      patient,
      replicate: Math.floor(patient.index / patientsPerReplicate(study)),
      outcomes: outcomesOf(run, days.curves, missing === "counts-as-failure"),
      baseline: patient.baseline,
      schedule: days.visits,
      missing,
    }));
}
