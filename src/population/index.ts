/** population: who is treated: covariates, variability, sampling, plausibility. */
export { FEW, FEW_CELLS_OUTPUTS, type FewCellsDraw, fewCellsActions } from "./few-cells.js";
export { manufacture, type Product } from "./manufacture.js";
export {
  type Covariates,
  NoSuchPatient,
  observationNoise,
  type SampleRequest,
  samplePatient,
  type VirtualPatient,
} from "./patient.js";
export { allModules, wholeModel } from "./whole-model.js";
