import type { VirtualPatient } from "../population/index.js";
import { outputDays } from "./conduct/outputs.js";
import type { ArmRun } from "./conduct/records.js";
import { type PatientRuns, patientsPerReplicate } from "./conduct/site.js";
import { studyStart } from "./conduct/steps.js";
import type { Case } from "./endpoints/comparable.js";
import { outcomesOf } from "./endpoints/outcomes.js";
import { type Study, visitDays } from "./study.js";

/** One patient in one arm with everything that was derived from the run. */
export interface TrialCase extends Case {
  readonly patient: VirtualPatient;
  readonly replicate: number;
}

/** All runs of a study, in the order of patients and arms. */
export interface TrialResults {
  readonly study: Study;
  /** Days of the curves. */
  readonly days: readonly number[];
  readonly schedule: readonly number[];
  readonly patients: readonly VirtualPatient[];
  /** Runs that did not fail, by arm; failed ones are only counted. */
  readonly cases: ReadonlyMap<string, readonly TrialCase[]>;
  readonly runs: readonly ArmRun[];
}

export function trialResults(study: Study, treated: readonly PatientRuns[]): TrialResults {
  const days = outputDays(studyStart(study), study.visits.until);
  const schedule = visitDays(study);
  const missing = study.dropout?.missing ?? "excluded";
  const perReplicate = patientsPerReplicate(study);
  const cases = new Map<string, TrialCase[]>(Object.keys(study.arms).map((arm) => [arm, []]));
  for (const { patient, runs } of treated)
    for (const run of runs)
      if (run.status !== "failed")
        cases.get(run.arm)!.push({
          run,
          patient,
          replicate: Math.floor(patient.index / perReplicate),
          outcomes: outcomesOf(run, days, schedule, missing === "counts-as-failure"),
          baseline: patient.baseline,
          schedule,
          missing,
        });
  return {
    study,
    days,
    schedule,
    patients: treated.map(({ patient }) => patient),
    cases,
    runs: treated.flatMap(({ runs }) => runs),
  };
}
