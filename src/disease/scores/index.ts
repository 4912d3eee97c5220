/** scores: what a clinic writes down of a patient; responses, remission and relapse from it. */
import { iim } from "./iim.js";
import type { AnyScore } from "./score.js";
import { sle } from "./sle.js";
import { ssc } from "./ssc.js";

export type { Constant, PatientConstant, Variability } from "./constant.js";
export { type EustarItems, eustarActivityIndex, eustarLimits, eustarWeights } from "./eustar-activity-index.js";
export { type IimItem, type IimPatient, iim } from "./iim.js";
export type { Latent } from "./latent.js";
export {
  type AnyScore,
  bestSoFar,
  type Definition,
  drugFree,
  drugFreeRemission,
  type ItemDescription,
  nominalPatient,
  type Observation,
  relapseAfterResponse,
  type Score,
  type TreatmentItem,
} from "./score.js";
export { doris, lldas, type SleItem, type SlePatient, sle, sledaiZero } from "./sle.js";
export { type SscItem, type SscPatient, ssc } from "./ssc.js";
export {
  type CoreSet,
  coreSetRanges,
  improvementBands,
  tisCutOffs,
  tisResponse,
  totalImprovementScore,
} from "./total-improvement-score.js";

export const scores = { sle, iim, ssc };

export const scoreOf = (disease: keyof typeof scores): AnyScore => scores[disease];
