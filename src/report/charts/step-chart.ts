import { html, type Markup } from "../../markup/index.js";
import type { ReportContext } from "../context.js";
import type { ReportData, SurvivalCurve } from "../data.js";
import { endLabels, frame, px, shortName, textWidth } from "./frame.js";
import { linearScale, type Scale, timeScale } from "./scale.js";

/** Estimate and interval of a step curve on a day: the last step at or before it. */
export function valueAt(curve: SurvivalCurve, day: number): SurvivalCurve["steps"][number] {
  return curve.steps.findLast((step) => step.day <= day) ?? curve.steps[0];
}

export function atRiskOn(curve: SurvivalCurve, day: number): number | null {
  return curve.atRisk.find((entry) => entry.day === day)?.n ?? null;
}

/** Days for which numbers at risk are given, for all arms together. */
export function riskDays(survival: ReportData["survival"]): number[] {
  return [...new Set(survival.curves.flatMap((curve) => curve.atRisk.map((entry) => entry.day)))].sort((a, b) => a - b);
}

/** Kaplan–Meier: steps with confidence band per arm and numbers at risk under the axis. Drawn in the width that it will have, so that its type keeps its size. */
export function stepChart(context: ReportContext, survival: ReportData["survival"], width: number): Markup {
  const { curves } = survival;
  const names = curves.map((curve) => shortName(curve.arm));
  const margin = Math.max(...names.map((name) => textWidth(name)));
  const axisBottom = Math.round(width * 0.36) + 90;
  const rowHeight = 17;
  const riskTop = axisBottom + 56;
  const height = riskTop + curves.length * rowHeight + 8;
  const box = { left: Math.max(56, margin + 26), right: width - margin - 12, top: 42, bottom: axisBottom };
  const days = riskDays(survival);
  const lastDay = Math.max(context.data.study.untilDay, ...days);
  const x = timeScale(0, lastDay, box.left, box.right, width > 500 ? 8 : 4);
  const y = linearScale(0, 100, box.bottom, box.top);
  const shown = days.filter((_, i) => i % Math.ceil(days.length / (width > 500 ? 9 : 5)) === 0);
  const id = `survival-${width}`;
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${survival.title}</title>
<desc id="${id}-desc">${describe(curves, lastDay)}</desc>
${frame({ box, x, y, unit: "% of patients", horizon: context.data.horizon?.day ?? null, width })}
${curves.map(
  (curve) =>
    html`<g class="${context.armClass(curve.arm)}"><path class="band" d="${stepArea(curve, lastDay, x, y)}"/></g>`,
)}
${curves.map(
  (curve) =>
    html`<g class="${context.armClass(curve.arm)}"><path class="line" d="${stepLine(curve, lastDay, x, y)}"/></g>`,
)}
${endLabels(
  curves.map((curve, i) => ({
    text: names[i],
    kind: context.armClass(curve.arm),
    x: x.place(lastDay),
    y: y.place(valueAt(curve, lastDay).value * 100),
  })),
  box.right + 8,
  box.top,
  box.bottom,
)}
<g class="axis-text at-risk"><text class="unit" x="2" y="${riskTop}">number at risk</text>${curves.map(
    (curve, i) =>
      html`<g class="${context.armClass(curve.arm)}"><text class="name" x="2" y="${riskTop + (i + 1) * rowHeight}">${names[i]}</text>${shown.map(
        (day) =>
          atRiskOn(curve, day) !== null &&
          html`<text x="${px(x.place(day))}" y="${riskTop + (i + 1) * rowHeight}" text-anchor="middle">${atRiskOn(curve, day)}</text>`,
      )}</g>`,
  )}</g>
</svg>`;
}

/** Corners of a right-continuous step path from its first day to the last. */
function corners(curve: SurvivalCurve, part: "value" | "low" | "high", lastDay: number, x: Scale, y: Scale): string[] {
  const points: string[] = [];
  let before: number | null = null;
  for (const step of curve.steps) {
    const at = px(x.place(step.day));
    const height = px(y.place(step[part] * 100));
    if (before !== null) points.push(`${at} ${before}`);
    points.push(`${at} ${height}`);
    before = height;
  }
  points.push(`${px(x.place(lastDay))} ${before}`);
  return points;
}

function stepLine(curve: SurvivalCurve, lastDay: number, x: Scale, y: Scale): string {
  return `M${corners(curve, "value", lastDay, x, y).join("L")}`;
}

function stepArea(curve: SurvivalCurve, lastDay: number, x: Scale, y: Scale): string {
  const back = corners(curve, "low", lastDay, x, y).reverse();
  return `M${corners(curve, "high", lastDay, x, y).join("L")}L${back.join("L")}Z`;
}

function describe(curves: readonly SurvivalCurve[], lastDay: number): string {
  const ends = curves.map((curve) => `${curve.arm} ${Math.round(valueAt(curve, lastDay).value * 100)} %`);
  return `Kaplan–Meier estimate with confidence band per arm, day 0 to day ${Math.round(lastDay)}. At the end: ${ends.join("; ")}.`;
}
