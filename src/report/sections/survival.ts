import { html } from "../../markup/index.js";
import { atRiskOn, riskDays, stepChart, valueAt } from "../charts/step-chart.js";
import { armHead, MONTH } from "../context.js";
import { keepTogether } from "../keep-together.js";
import { formatNumber, formatTriple } from "../number-format.js";
import { table } from "../table.js";
import { sideBySide } from "./arm-table.js";
import type { Section } from "./section.js";

/** Kaplan–Meier beside its definition and its values on the days for which numbers at risk are given. */
export const survival: Section = {
  id: "survival",
  title: "Drug-free remission",
  write(context) {
    const { survival: data } = context.data;
    const days = riskDays(data);
    const shown = days.filter((_, i) => i % Math.ceil(days.length / 6) === 0);
    return html`<figure class="survival">
<figcaption><span class="figure-title">${data.title}</span></figcaption>
<p class="definition">${keepTogether(data.definition)}</p>
<div class="wide-only">${stepChart(context, data, 680)}</div>
<div class="narrow-only">${stepChart(context, data, 384)}</div>
<p class="figure-note">Kaplan–Meier estimate; band: ${data.interval}.</p>
</figure>
${table({
  kind: `arms survival-values ${sideBySide(data.curves.length)}`,
  caption: html`Estimate in %, in brackets ${data.interval}<span class="wide-only">; n: number at risk</span>.`,
  corner: "Day",
  columns: data.curves.map((curve) => ({ head: armHead(context, curve.arm) })),
  rows: shown.map((day) => ({
    head: html`<span class="row-label">day ${formatNumber(Math.round(day), 0)}</span> <span class="unit-mark">month ${formatNumber(Math.round(day / MONTH), 0)}</span>`,
    cells: data.curves.map((curve) => {
      const step = valueAt(curve, day);
      const { value, range } = formatTriple(
        Math.round(step.value * 100),
        Math.round(step.low * 100),
        Math.round(step.high * 100),
      );
      const n = atRiskOn(curve, day);
      return html`<span class="value">${value}</span> <span class="range">(${range})</span>${n !== null && html` <span class="at-risk-n">n ${formatNumber(n, 0)}</span>`}`;
    }),
  })),
})}`;
  },
};
