import { html, type Markup } from "../../markup/index.js";
import { intervalChart, intervalKey, rowUnit } from "../charts/interval-chart.js";
import type { ReportContext } from "../context.js";
import type { PublishedRow } from "../data.js";
import { formatNumber, formatRange } from "../number-format.js";
import { EXACT_INTERVAL, nameOf } from "../page-numbers.js";
import { numberMark } from "../sentence.js";
import { table } from "../table.js";
import { valueWithRange } from "./arm-table.js";
import type { Section } from "./section.js";

/** Predicted against published: numbers, marks, and two words per row. */
export const published: Section = {
  id: "published",
  title: "Predicted against published",
  write(context) {
    const rows = context.data.published;
    if (rows.length === 0)
      return html`<p>No published value was given for this study: nothing on this page has been compared with patients.</p>`;
    return html`<p>${tally(context, rows, "predicted")} ${tally(context, rows, "fitted")}</p>
${intervalKey()}
${table({
  kind: "published",
  caption: html`Predicted: median and 90 % interval of cohorts of the published size and diseases, drawn from the simulated patients; without an interval, their mean. Published: in brackets ${EXACT_INTERVAL} interval of a proportion. Each row has its own axis.`,
  corner: "Endpoint",
  columns: [
    { head: "Predicted" },
    { head: "Published" },
    { head: "Predicted and published", silent: true },
    { head: "Verdict" },
  ],
  rows: rows.map((row) => writeRow(context, row)),
})}`;
  },
};

/** How many rows of a kind are inside, in one sentence. */
function tally(context: ReportContext, rows: readonly PublishedRow[], label: PublishedRow["label"]): Markup {
  const kind = rows.filter((row) => row.label === label);
  const inside = context.number(nameOf.tally(label, "inside"));
  const judged = context.number(nameOf.tally(label, "with-interval"));
  if (kind.length > 0 && judged.value === 0)
    return label === "predicted"
      ? html`No predicted interval can be given for the values that the parameters were not fitted to; why is said in the rows.`
      : html`Nor for the calibration targets: agreement there would be expected and prove little.`;
  const count = html`<b>${numberMark(inside, formatNumber(inside.value ?? 0, 0))} of ${numberMark(judged, formatNumber(judged.value ?? 0, 0))}</b>`;
  if (label === "predicted")
    return kind.length === 0
      ? html`No row is a prediction: every published value here was a calibration target.`
      : html`Of the values that the parameters were not fitted to, ${count} lie inside the predicted interval.`;
  return kind.length === 0
    ? html`No row is a calibration target.`
    : html`Of the calibration targets, ${count} lie inside the predicted interval; agreement there is expected and proves little. Rows are not independent of each other, and with few patients an interval is wide.`;
}

function writeRow(context: ReportContext, row: PublishedRow) {
  const unit = rowUnit(row);
  const { low, high } = row.published;
  const exact = context.number(nameOf.published(row, "published"));
  const patients = context.number(nameOf.published(row, "patients"));
  const verdict = row.inside === null ? "none" : row.inside ? "in" : "out";
  return {
    head: html`<span class="row-label">${row.endpoint}</span>${unit !== "" && html` <span class="unit-mark">${unit}</span>`}<span class="row-note">${row.population} · <span class="arm-id ${context.armClass(row.arm)}">${row.arm}</span></span>${row.note !== "" && html`<span class="row-note">${row.note}</span>`}`,
    cells: [
      html`${valueWithRange(context.number(nameOf.published(row, "predicted")))} <span class="row-note">${row.noInterval !== "" && `${row.noInterval}; `}from ${numberMark(patients, formatNumber(row.predicted.patients, 0))} simulated patients</span>`,
      html`<span class="published-text">${row.published.text}</span> ${low !== null && high !== null && html`<span class="range">(${formatRange(exact)})</span>`} <span class="row-note">${recordLink(context, row.published.record)}${row.published.verification !== "" && html`, ${row.published.verification}`}</span>`,
      intervalChart(row),
      html`<span class="word ${verdict}">${{ none: "no interval", in: "inside", out: "outside" }[verdict]}</span> <span class="word label">${row.label}</span>`,
    ],
  };
}

/** The record's name, leading to its citation where the page has it. */
export function recordLink(context: ReportContext, record: string): Markup {
  const known = context.data.sources.some((source) => source.id === record);
  return known ? html`<a href="#source-${record}">${record}</a>` : html`<code>${record}</code>`;
}
