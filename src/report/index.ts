/** report: what a trial found, as plain data and as one self-contained page. */
export { ReportAccumulator, type ReportInputs } from "./accumulate/accumulator.js";
export { constantsOf } from "./accumulate/constants.js";
export type { PublishedFigure } from "./accumulate/published.js";
export type { ArmInfo, Curve, PublishedRow, ReportData, ShareCurve, ShareOverTime, SummaryNumber } from "./data.js";
export { renderReport } from "./page.js";
