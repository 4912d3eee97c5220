/** population: who is treated: covariates, variability, sampling, plausibility; the model of a patient. */

export { drawParameter } from "./draw.js";
export { FEW, FEW_CELLS_OUTPUTS, type FewCellsDraw, fewCellsActions } from "./few-cells.js";
export {
  allModules,
  modelKey,
  modulesFor,
  type PatientSource,
  patientSource,
  wholeModel,
} from "./model.js";
export {
  type Covariates,
  covariateConstants,
  drawAgain,
  hiddenOf,
  NoSuchPatient,
  observationNoise,
  rowsOf,
  type SampleRequest,
  samplePatient,
  treatmentOf,
  type VirtualPatient,
} from "./patient.js";
