import { html, type Markup } from "../../markup/index.js";
import type { ReportContext } from "../context.js";
import type { Curve } from "../data.js";
import { formatTriple, unitText } from "../number-format.js";
import { endLabels, frame, px, shortName, textWidth } from "./frame.js";
import { linearScale, logScale, type Scale, timeScale } from "./scale.js";

const WIDTH = 384;
const HEIGHT = 256;

/** Median with band per arm over time, one quantity. */
export function bandChart(context: ReportContext, curve: Curve): Markup {
  const names = curve.arms.map((series) => shortName(series.arm));
  const box = {
    left: 52,
    right: WIDTH - 12 - Math.max(...names.map((name) => textWidth(name))),
    top: 42,
    bottom: HEIGHT - 38,
  };
  const x = timeScale(curve.days[0], curve.days[curve.days.length - 1], box.left, box.right);
  const y = valueScale(curve, box.bottom, box.top);
  const places = curve.days.map((day) => px(x.place(day)));
  const last = places.length - 1;
  const id = `curve-${curve.id.replace(/[^A-Za-z0-9_-]/g, "-")}`;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${[curve.title, unitText(curve.unit)].filter(Boolean).join(", ")}</title>
<desc id="${id}-desc">${describe(curve)}</desc>
${frame({ box, x, y, unit: unitText(curve.unit), horizon: context.data.horizon?.day ?? null, width: WIDTH })}
${curve.arms.map(
  (series) =>
    html`<g class="${context.armClass(series.arm)}"><path class="band" d="${area(places, series.low, series.high, y)}"/></g>`,
)}
${curve.arms.map(
  (series) =>
    html`<g class="${context.armClass(series.arm)}"><path class="line" d="${line(places, series.median, y)}"/></g>`,
)}
${endLabels(
  curve.arms.map((series, i) => ({
    text: names[i],
    kind: context.armClass(series.arm),
    x: places[last],
    y: y.place(lastFinite(series.median)),
  })),
  box.right + 8,
  box.top,
  box.bottom,
)}
</svg>`;
}

/** Lowest value that a log axis shows, the decade below all values where no floor is given; null for a linear axis. */
export function lowestShown(curve: Curve): number | null {
  if (curve.scale === "linear") return null;
  if (curve.floor !== null) return curve.floor;
  const lowest = Math.min(
    ...curve.arms.flatMap((series) => [...series.low, ...series.median]).filter((value) => value > 0),
  );
  return Number.isFinite(lowest) ? Number(`1e${Math.floor(Math.log10(lowest))}`) : 1;
}

/** Whether some value lies below what the log axis shows, and is drawn at its lower edge. */
export function reachesFloor(curve: Curve): boolean {
  const floor = lowestShown(curve);
  return (
    floor !== null && curve.arms.some((series) => [...series.low, ...series.median].some((value) => value < floor))
  );
}

function valueScale(curve: Curve, bottom: number, top: number): Scale {
  const all = curve.arms.flatMap((series) => [...series.low, ...series.median, ...series.high]).filter(Number.isFinite);
  const high = Math.max(...all);
  const floor = lowestShown(curve);
  if (floor !== null) return logScale(floor, Math.max(high, floor * 10), bottom, top);
  const low = Math.min(...all);
  return linearScale(low > 0 && low < high * 0.6 ? 0 : low, high, bottom, top, { most: 6, snug: true });
}

function line(places: readonly number[], values: readonly number[], y: Scale): string {
  let path = "";
  let pen = "M";
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      pen = "M";
      return;
    }
    path += `${pen}${places[i]} ${px(y.place(value))}`;
    pen = "L";
  });
  return path;
}

function area(places: readonly number[], low: readonly number[], high: readonly number[], y: Scale): string {
  const known = places.map((_, i) => i).filter((i) => Number.isFinite(low[i]) && Number.isFinite(high[i]));
  const there = known.map((i) => `${places[i]} ${px(y.place(high[i]))}`);
  const back = known.reverse().map((i) => `${places[i]} ${px(y.place(low[i]))}`);
  return there.length === 0 ? "" : `M${there.join("L")}L${back.join("L")}Z`;
}

function lastFinite(values: readonly number[]): number {
  return values.findLast((value) => Number.isFinite(value)) ?? 0;
}

function describe(curve: Curve): string {
  const last = curve.days.length - 1;
  const ends = curve.arms.map((series) => {
    const { value, range } = formatTriple(series.median[last], series.low[last], series.high[last]);
    return `${series.arm} ${value} (${range})`;
  });
  return `Median and ${curve.band}, from day ${Math.round(curve.days[0])} to day ${Math.round(curve.days[last])}. On the last day: ${ends.join("; ")} ${unitText(curve.unit)}.`;
}
