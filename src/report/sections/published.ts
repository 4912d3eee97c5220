import { html, type Markup } from "../../markup/index.js";
import { intervalChart, intervalKey, rowUnit } from "../charts/interval-chart.js";
import type { ReportContext } from "../context.js";
import type { PublishedRow } from "../data.js";
import { formatNumber, formatTriple } from "../number-format.js";
import { table } from "../table.js";
import type { Section } from "./section.js";

/** Predicted against published: numbers, marks, and two words per row. */
export const published: Section = {
  id: "published",
  title: "Predicted against published",
  write(context) {
    const rows = context.data.published;
    if (rows.length === 0)
      return html`<p>No published value was given for this study: nothing on this page has been compared with patients.</p>`;
    return html`<p>${tally(rows, "predicted")} ${tally(rows, "fitted")}</p>
${intervalKey()}
${table({
  kind: "published",
  caption: html`Predicted: median and 90 % interval over ${formatNumber(context.data.run.replicates, 0)} replicates of the same size as the published group. Each row has its own axis.`,
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
function tally(rows: readonly PublishedRow[], label: PublishedRow["label"]): Markup {
  const kind = rows.filter((row) => row.label === label);
  const inside = kind.filter((row) => row.inside).length;
  const count = html`<b>${formatNumber(inside, 0)} of ${formatNumber(kind.length, 0)}</b>`;
  if (label === "predicted")
    return kind.length === 0
      ? html`No row is a prediction: every published value here was a calibration target.`
      : html`Of the values that the parameters were not fitted to, ${count} lie inside the predicted interval.`;
  return kind.length === 0
    ? html`No row is a calibration target.`
    : html`Of the calibration targets, ${count} lie inside the predicted interval; agreement there is expected and proves little. Rows are not independent of each other, and with few patients an interval is wide.`;
}

function writeRow(context: ReportContext, row: PublishedRow) {
  const { value, range } = formatTriple(row.predicted.median, row.predicted.low, row.predicted.high);
  const unit = rowUnit(row);
  return {
    head: html`<span class="row-label">${row.endpoint}</span>${unit !== "" && html` <span class="unit-mark">${unit}</span>`}<span class="row-note">${row.population} · <span class="arm-id ${context.armClass(row.arm)}">${row.arm}</span></span>${row.note !== "" && html`<span class="row-note">${row.note}</span>`}`,
    cells: [
      html`<span class="value">${value}</span> <span class="range">(${range})</span>`,
      html`<span class="published-text">${row.published.text}</span> <span class="row-note">${recordLink(context, row.published.record)}${row.published.verification !== "" && html`, ${row.published.verification}`}</span>`,
      intervalChart(row),
      html`<span class="word ${row.inside ? "in" : "out"}">${row.inside ? "inside" : "outside"}</span> <span class="word label">${row.label}</span>`,
    ],
  };
}

/** The record's name, leading to its citation where the page has it. */
export function recordLink(context: ReportContext, record: string): Markup {
  const known = context.data.sources.some((source) => source.id === record);
  return known ? html`<a href="#source-${record}">${record}</a>` : html`<code>${record}</code>`;
}
