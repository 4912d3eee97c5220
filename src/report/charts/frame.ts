import { html, type Markup } from "../../markup/index.js";
import type { Scale } from "./scale.js";

/** Room around the drawing, in the units of the view box. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A coordinate, to a tenth of a unit. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Width of a bold text in the chart's type, estimated on the generous side. */
export function textWidth(text: string, size = 12): number {
  return text.length * size * 0.7;
}

export const BEYOND = "beyond observation (extrapolated)";

/** Axes, grid and unit; right of the horizon the shade that says where observation ends. The unit stands alone on the first line, the shade's label on the second. */
export function frame(options: {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
  readonly unit: string;
  readonly horizon: number | null;
  /** Right edge of the whole drawing, to which the shade's label may reach. */
  readonly width: number;
}): Markup {
  const { box, x, y, unit, horizon, width } = options;
  const ground = box.bottom;
  const twoLines = x.ticks.some((tick) => tick.month !== undefined);
  return html`${horizon !== null && horizon < x.high && shade(box, Math.max(x.place(horizon), box.left), width)}
<g class="grid">${y.ticks.map((tick) => html`<path d="M${box.left} ${px(y.place(tick.value))}H${box.right}"/>`)}</g>
<path class="axis" d="M${box.left} ${ground}H${box.right}"/>
<g class="ticks">${x.ticks.map((tick) => html`<path class="axis" d="M${px(x.place(tick.value))} ${ground}v4"/>`)}</g>
<g class="axis-text y-axis">${y.ticks.map(
    (tick) =>
      tick.label !== "" &&
      html`<text x="${box.left - 7}" y="${px(y.place(tick.value) + 4)}" text-anchor="end">${tick.label}</text>`,
  )}<text class="unit" x="2" y="12">${unit}</text></g>
<g class="axis-text x-axis">${x.ticks.map(
    (tick) => html`<text x="${px(x.place(tick.value))}" y="${ground + 17}" text-anchor="middle">${tick.label}</text>`,
  )}<text class="unit" x="${box.left - 9}" y="${ground + 17}" text-anchor="end">day</text></g>
${
  twoLines &&
  html`<g class="axis-text x-axis month">${x.ticks.map(
    (tick) => html`<text x="${px(x.place(tick.value))}" y="${ground + 32}" text-anchor="middle">${tick.month}</text>`,
  )}<text class="unit" x="${box.left - 9}" y="${ground + 32}" text-anchor="end">month</text></g>`
}`;
}

function shade(box: Box, from: number, width: number): Markup {
  const length = textWidth(BEYOND, 10);
  const fits = from + length <= width;
  return html`<rect class="beyond" x="${px(from)}" y="${box.top}" width="${px(box.right - from)}" height="${px(box.bottom - box.top)}"/>
<path class="horizon" d="M${px(from)} ${box.top - 7}V${box.bottom}"/>
<path class="horizon-cap" d="M${px(from)} ${box.top - 7}H${box.right}"/>
<text class="beyond-text" x="${fits ? px(from) : box.right}" y="${box.top - 12}" text-anchor="${fits ? "start" : "end"}">${BEYOND}</text>`;
}

/** Labels at the ends of lines, moved apart so that none touches another, each with a thread to its line. */
export function endLabels(
  ends: readonly { readonly text: string; readonly kind: string; readonly x: number; readonly y: number }[],
  left: number,
  top: number,
  bottom: number,
): Markup {
  const gap = 15;
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  const places = sorted.map((end) => end.y);
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i], places[i - 1] + gap);
  let limit = bottom;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i], limit);
    limit = places[i] - gap;
  }
  for (let i = 0; i < places.length; i++) places[i] = Math.max(places[i], top + i * gap);
  return html`<g class="end-labels">${sorted.map(
    (end, i) =>
      html`<g class="${end.kind}"><path class="thread" d="M${px(end.x + 1)} ${px(end.y)}L${px(left - 2)} ${px(places[i])}"/><text x="${px(left)}" y="${px(places[i] + 4)}">${end.text}</text></g>`,
  )}</g>`;
}

/** An arm's id, cut where it would take too much of the drawing. */
export function shortName(id: string, most = 12): string {
  return id.length <= most ? id : `${id.slice(0, most - 1)}…`;
}
