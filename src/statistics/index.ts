/** statistics: survival, proportions, distributions, random streams, elementary functions with the same bits everywhere: pure mathematics. */

export { type BinomialNormal, type Counted, fitBinomialNormal } from "./binomial-normal.js";
export { cholesky } from "./cholesky.js";
export {
  chiSquareQuantile,
  chiSquareTails,
  fTails,
  studentQuantile,
  studentTails,
} from "./continuous-tails.js";
export { bernoulli, binomial, gamma, geometricSum, lognormal, poisson } from "./distributions.js";
export { ELEMENTARY, exp, log, pow, SIMPLE_POWERS } from "./elementary.js";
export * from "./global-sensitivity.js";
export type { Interval } from "./interval.js";
export {
  atRiskAt,
  type CurveOptions,
  curveAt,
  kaplanMeier,
  medianSurvival,
  type SurvivalCurve,
  survivalQuantile,
} from "./kaplan-meier.js";
export { type LogRank, type LogRankOptions, logRank } from "./log-rank.js";
export { expm1, log1p, log1pMinus } from "./near-zero.js";
export { logNormalCdf, normalCdf, normalDensity, normalQuantile } from "./normal.js";
export { hashPurpose, philox4x32, type Stream, stream } from "./philox.js";
export {
  binomialMass,
  binomialTails,
  logBinomialMass,
  logPoissonMass,
  poissonMass,
  poissonTails,
} from "./probability-mass.js";
export {
  agrestiCoull,
  clopperPearson,
  clopperPearsonOneSided,
  jeffreys,
  wald,
  wilson,
  wilsonCC,
} from "./proportion-interval.js";
export { median, type QuantileType, quantile, quantiles } from "./quantile.js";
export { QuantileCounter } from "./quantile-counter.js";
export { shares, type VarianceShares } from "./rank-regression.js";
export { type RestrictedMean, restrictedMean } from "./restricted-mean.js";
export {
  deviance,
  incompleteBeta,
  incompleteGamma,
  inverseIncompleteBeta,
  inverseIncompleteGamma,
  logGamma,
  stirlingError,
  type Tails,
} from "./special.js";
export type { GroupedSurvival, SurvivalData } from "./survival-data.js";
export type { SurvivalScale } from "./survival-interval.js";
