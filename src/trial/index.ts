/** trial: how it is studied: eligibility, conduct, visits, endpoints, the cases of a run. */
export { casesOf, type TrialCase, type TrialDays, trialDays } from "./cases.js";
export { conductConstants } from "./conduct/constants.js";
export {
  type ArmModel,
  type BackendName,
  type CompiledModels,
  diseasesIn,
  givenIn,
  LANES,
  TrialModels,
} from "./conduct/model.js";
export { type CurveOutput, curveOutputs, outputDays, trialOutputs } from "./conduct/outputs.js";
export { actionsOf, type PlannedDoses, plannedDoses, studyStart } from "./conduct/planned-doses.js";
export type { ArmRun, Course, EventName, TrialEvent, Visit } from "./conduct/records.js";
export { PatientFault, type PatientRuns, patientsPerReplicate, stratumOf, TrialSite } from "./conduct/site.js";
export { type PeerRun, peerParameters } from "./conduct/structures.js";
export { timesOf } from "./conduct/study-times.js";
export { ABOVE_RETURNED, BELOW_DEPLETED, outcomeConstants } from "./endpoints/constants.js";
export { endpointCounterparts, type SimulatedEndpoint } from "./endpoints/endpoint-counterparts.js";
export { type Milestone, milestonesOf } from "./endpoints/milestones.js";
export type { RemissionSpell } from "./endpoints/outcomes.js";
export { followedTo, months, scheduledVisit, visitAt, visitWindow } from "./endpoints/visit-at.js";
