/** workbench: the verbs of the product, for the command line, a server and a page alike. */
export { renderEvidence } from "./evidence-page/page.js";
export { InputProblems, inputProblem } from "./failure.js";
export { type GlobalRequest, type GlobalSensitivity, globalSensitivity } from "./global-sensitivity.js";
export { modelEquations } from "./model-equations.js";
export { modelLatex } from "./model-latex.js";
export { modelPage, originWords } from "./model-page.js";
export { modelReach } from "./model-reach.js";
export { findSymbols, type ModelSymbol, type SymbolKind } from "./model-symbols.js";
export { inRecords, NOT_OBSERVED, type Observed, observedOn, observedUntil } from "./observed.js";
export { buildVersion, packageRoot, version } from "./package-info.js";
export { progress } from "./progress.js";
export * from "./report-evidence.js";
export * from "./run-study.js";
export { type Elasticity, type Sensitivity, sensitivity } from "./sensitivity.js";
export {
  columnOf,
  type SimulatePatient,
  type Simulation,
  simulatePatient,
  simulationValue,
} from "./simulate-patient.js";
export { type PeerSimulation, type SimulatePeer, simulatePeer } from "./simulate-peer.js";
export { type OnePatient, STRATEGY_NAMES, studyOfOne } from "./study-of-one.js";
export { summaryLines } from "./summary-lines.js";
export type { SensitivityRequest } from "./typical-runs.js";
