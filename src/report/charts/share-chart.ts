import { html, type Markup } from "../../markup/index.js";
import type { ReportContext } from "../context.js";
import type { ShareCurve, ShareOverTime } from "../data.js";
import { formatNumber } from "../number-format.js";
import { endLabels, frame, px, shortName, textWidth } from "./frame.js";
import { linearScale, type Scale, timeScale } from "./scale.js";

type Point = ShareCurve["points"][number];

/** The point of a table's day; undefined where the curve has none there. */
export const pointOn = ({ points }: ShareCurve, day: number): Point | undefined =>
  points.find((point) => Math.round(point.day) === Math.round(day));

/** A patient count, whole or to a tenth: a mean over replicates need not be whole. */
export const countText = (n: number): string => formatNumber(n, Number.isInteger(n) || n >= 100 ? 0 : 1);

/** Shares over time with band per arm, and the patients behind them under the axis. Drawn in the width that it will have, so that its type keeps its size. `horizon`: day from which the page is shaded. */
export function shareChart(
  context: ReportContext,
  shares: ShareOverTime,
  width: number,
  horizon: number | null,
): Markup {
  const { curves, kind } = shares;
  const names = curves.map((curve) => shortName(curve.arm));
  const margin = Math.max(...names.map((name) => textWidth(name)));
  const axisBottom = Math.round(width * 0.36) + 90;
  const rowHeight = 17;
  const countsTop = axisBottom + 56;
  const height = countsTop + curves.length * rowHeight + 8;
  const box = { left: Math.max(56, margin + 26), right: width - margin - 12, top: 42, bottom: axisBottom };
  const lastDay = Math.max(...shares.days);
  const x = timeScale(0, lastDay, box.left, box.right, width > 500 ? 8 : 4);
  const y = linearScale(0, 100, box.bottom, box.top);
  const shown = spaced(
    shares.days,
    (day) => x.place(day),
    curves.flatMap(({ points }) => points.map(({ n }) => n)),
  );
  const id = `${shares.id}-${width}`;
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${shares.title}</title>
<desc id="${id}-desc">${describe(shares)}</desc>
${frame({ box, x, y, unit: "% of patients", horizon, width })}
${curves.map(
  ({ arm, points }) =>
    html`<g class="${context.armClass(arm)}"><path class="band" d="${band(kind, points, x, y)}"/></g>`,
)}
${curves.map(
  ({ arm, points }) =>
    html`<g class="${context.armClass(arm)}"><path class="line" d="${path(
      corners(
        kind,
        points.map(({ day, value }) => [day, value]),
        x,
        y,
      ),
    )}"/></g>`,
)}
${endLabels(
  curves.map(({ arm, points }, i) => {
    const last = points[points.length - 1]!;
    return { text: names[i]!, kind: context.armClass(arm), x: x.place(last.day), y: y.place(last.value * 100) };
  }),
  box.right + 8,
  box.top,
  box.bottom,
)}
<g class="axis-text at-risk"><text class="unit" x="2" y="${countsTop}">${shares.counted}</text>${curves.map(
    (curve, i) =>
      html`<g class="${context.armClass(curve.arm)}"><text class="name" x="2" y="${countsTop + (i + 1) * rowHeight}">${names[i]}</text>${shown.map(
        (day) => {
          const point = pointOn(curve, day);
          return (
            point !== undefined &&
            html`<text x="${px(x.place(day))}" y="${countsTop + (i + 1) * rowHeight}" text-anchor="middle">${countText(point.n)}</text>`
          );
        },
      )}</g>`,
  )}</g>
</svg>`;
}

/** Days whose counts stand beside each other without touching, the first and every one that has room. */
function spaced(days: readonly number[], place: (day: number) => number, counts: readonly number[]): number[] {
  const room = Math.max(...counts.map((n) => textWidth(countText(n)))) + 8;
  const shown: number[] = [];
  for (const day of days)
    if (shown.length === 0 || place(day) - place(shown[shown.length - 1]!) >= room) shown.push(day);
  return shown;
}

/** Corners of a line through shares by day: right-continuous steps, or straight from visit to visit. */
function corners(
  kind: ShareOverTime["kind"],
  points: readonly (readonly [day: number, value: number])[],
  x: Scale,
  y: Scale,
): string[] {
  const found: string[] = [];
  let before: number | null = null;
  for (const [day, value] of points) {
    const at = px(x.place(day));
    const height = px(y.place(value * 100));
    if (kind === "steps" && before !== null) found.push(`${at} ${before}`);
    found.push(`${at} ${height}`);
    before = height;
  }
  return found;
}

const path = (points: readonly string[]): string => (points.length === 0 ? "" : `M${points.join("L")}`);

/** Where both ends of the interval exist; empty without any. */
function band(kind: ShareOverTime["kind"], points: readonly Point[], x: Scale, y: Scale): string {
  const known = points.filter(({ low, high }) => low !== null && high !== null);
  if (known.length === 0) return "";
  const edge = (part: "low" | "high") =>
    corners(
      kind,
      known.map((point) => [point.day, point[part]!]),
      x,
      y,
    );
  return `${path([...edge("high"), ...edge("low").reverse()])}Z`;
}

function describe({ title, curves, time, interval }: ShareOverTime): string {
  const ends = curves.map(({ arm, points }) => {
    const { day, value } = points[points.length - 1]!;
    return `${arm} ${formatNumber(100 * value)} % on day ${Math.round(day)}`;
  });
  return `${title}; days ${time}; band: ${interval}. At the end: ${ends.join("; ")}.`;
}
