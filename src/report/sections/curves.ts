import { html, type Markup } from "../../markup/index.js";
import { bandChart, lowestShown, reachesFloor } from "../charts/band-chart.js";
import { armKey, type ReportContext } from "../context.js";
import type { Curve } from "../data.js";
import { formatExact, formatNumber, unitText } from "../number-format.js";
import { nameOf } from "../page-numbers.js";
import { valuesTable } from "../table.js";
import { tickPlaces } from "../tick-days.js";
import { valueWithRange } from "./arm-table.js";
import type { Section } from "./section.js";

/** Small multiples: one quantity each, all arms in it. */
export const curves: Section = {
  id: "curves",
  title: "What happens in the body",
  write(context) {
    const { curves: all, horizon } = context.data;
    const bands = [...new Set(all.map((curve) => curve.band))];
    const common = bands.length === 1 ? bands[0] : null;
    return html`<p class="note">Line: median. Band: ${common ?? "as said under each chart"}.${horizon && " Shaded: beyond what has been observed in patients."}</p>
${armKey(
  context,
  context.data.study.arms.map((arm) => arm.id),
)}
<div class="charts">${all.map((curve) => chartFigure(context, curve, common === null))}</div>`;
  },
};

/** One chart with its table. */
export function chartFigure(context: ReportContext, curve: Curve, sayBand: boolean): Markup {
  const unit = unitText(curve.unit);
  return html`<figure id="curve-${curve.id}">
<figcaption><span class="figure-title">${curve.title}</span>${curve.scale === "log" && html` <span class="figure-unit">logarithmic axis</span>`}</figcaption>
${bandChart(context, curve)}
<p class="figure-note">${sayBand && html`Band: ${curve.band}. `}${curve.note}${reachesFloor(curve) && html` Values below ${formatExact(lowestShown(curve) ?? 0)}${unit !== "" && ` ${unit}`} are drawn at ${formatExact(lowestShown(curve) ?? 0)}.`}</p>
${curveTable(context, curve)}
</figure>`;
}

/** The values on the days nearest to the ticks of the time axis. */
function curveTable(context: ReportContext, curve: Curve): Markup {
  return valuesTable({
    summary: "Values",
    caption: `${[curve.title, unitText(curve.unit)].filter(Boolean).join(", ")}: median and ${curve.band}`,
    heads: ["day", ...curve.arms.map((series) => series.arm)],
    rows: tickPlaces(curve.days).map((i) => [
      formatNumber(Math.round(curve.days[i]), 0),
      ...curve.arms.map((series) => valueWithRange(context.number(nameOf.curve(series.arm, curve.id, curve.days[i])))),
    ]),
  });
}
