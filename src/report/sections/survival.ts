import { html, type Markup } from "../../markup/index.js";
import { countText, pointOn, shareChart } from "../charts/share-chart.js";
import { armHead, MONTH, type ReportContext } from "../context.js";
import type { ShareOverTime } from "../data.js";
import { keepTogether } from "../keep-together.js";
import { ABSENT, formatNumber } from "../number-format.js";
import { nameOf } from "../page-numbers.js";
import { numberMark } from "../sentence.js";
import { table } from "../table.js";
import { sideBySide, valueWithRange } from "./arm-table.js";
import type { Section } from "./section.js";

/** Who is in drug-free remission at each visit, and how long those who reached it keep it: drawing, definition and values of each. */
export const survival: Section = {
  id: "survival",
  title: "Drug-free remission",
  write(context) {
    const { remission, survival: kept, horizon } = context.data;
    // Time since remission has no end of observation of its own.
    return html`${sharesFigure(context, remission, horizon?.day ?? null)}
${sharesFigure(context, kept, null)}`;
  },
};

function sharesFigure(context: ReportContext, shares: ShareOverTime, horizon: number | null): Markup {
  const without = context.data.study.arms.filter(({ id }) => !shares.curves.some(({ arm }) => arm === id));
  const noCurve =
    without.length > 0 &&
    html`<p class="figure-note">No curve: ${without.map(({ id }, i) => html`${i > 0 && ", "}<span class="arm-id ${context.armClass(id)}">${id}</span>`)}: ${shares.none}.</p>`;
  const title = html`<figcaption><span class="figure-title">${shares.title}</span></figcaption>
<p class="definition">${keepTogether(shares.definition)}</p>`;
  if (shares.curves.length === 0) return html`<figure class="survival">${title}${noCurve}</figure>`;
  const days = shares.days.filter((day) => shares.curves.some((curve) => pointOn(curve, day)));
  const banded = shares.curves.some(({ points }) => points.some(({ low }) => low !== null));
  const reason = shares.interval.replace("no interval: ", "");
  return html`<figure class="survival">
${title}
<div class="wide-only">${shareChart(context, shares, 680, horizon)}</div>
<div class="narrow-only">${shareChart(context, shares, 384, horizon)}</div>
<p class="figure-note">Line: all replicates together. ${banded ? html`Band: ${shares.interval}.` : html`No band: ${reason}.`} Days ${shares.time}. Under the axis: ${shares.counted}, the size that the band belongs to.</p>
${noCurve}
</figure>
${table({
  kind: `arms survival-values ${sideBySide(shares.curves.length)}`,
  caption: html`${shares.title}, in %. ${banded ? html`In brackets: ${shares.interval}; ${ABSENT}: fewer than two replicates` : html`${ABSENT}: ${reason}`}<span class="wide-only">; n: ${shares.counted}</span>.`,
  corner: `Day ${shares.time}`,
  columns: shares.curves.map((curve) => ({ head: armHead(context, curve.arm) })),
  rows: days.map((day) => ({
    head: html`<span class="row-label">day ${formatNumber(Math.round(day), 0)}</span> <span class="unit-mark">month ${formatNumber(Math.round(day / MONTH), 0)}</span>`,
    cells: shares.curves.map((curve) => {
      if (!pointOn(curve, day)) return ABSENT;
      const n = context.number(nameOf.shareN(shares, curve.arm, day));
      return html`${valueWithRange(context.number(nameOf.share(shares, curve.arm, day)))} <span class="at-risk-n">n ${numberMark(n, countText(n.value ?? 0))}</span>`;
    }),
  })),
})}`;
}
