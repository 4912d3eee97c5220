/** The report of a virtual trial: one self-contained HTML page from plain data. */
export { html, Markup } from "./escape.js";
export { renderReport } from "./page.js";
export type {
  ArmInfo,
  Curve,
  PublishedRow,
  ReportData,
  SummaryNumber,
  SurvivalCurve,
} from "./report-data.js";
