/** trial: how it is studied: study, eligibility, visits, endpoints, conduct, replication, report (published rows come in as values). */
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
export { months, visitAt } from "./endpoints/visit-at.js";
export { ReportAccumulator, type ReportInputs } from "./report/build/build-report.js";
export type { PublishedFigure } from "./report/build/published.js";
export * from "./report/index.js";
export { casesOf, type TrialCase, type TrialDays, trialDays } from "./results.js";
export { type StrategyName, strategies } from "./strategies.js";
export * from "./study.js";
export { formatStudy, readStudy } from "./study-file.js";
