/** trial: how it is studied: eligibility, conduct, visits, endpoints, the cases of a run. */
export { casesOf, type TrialCase, type TrialDays, trialDays } from "./cases.js";
export { type CurveOutput, curveOutputs, outputDays, trialOutputs } from "./conduct/outputs.js";
export type { ArmRun, EventName, TrialEvent, Visit } from "./conduct/records.js";
export {
  type BackendName,
  PatientFault,
  type PatientRuns,
  patientsPerReplicate,
  stratumOf,
  type TrialModel,
  TrialSite,
  trialModel,
} from "./conduct/site.js";
export { type Steps, stepsOf, studyStart } from "./conduct/steps.js";
export { type Comparable, comparables } from "./endpoints/comparable.js";
export { type Milestone, milestonesOf } from "./endpoints/milestones.js";
export type { RemissionSpell } from "./endpoints/outcomes.js";
export { followedTo, months, scheduledVisit, visitAt, visitWindow } from "./endpoints/visit-at.js";
