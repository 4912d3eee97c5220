import { html, type Markup } from "../../markup/index.js";
import type { PublishedRow } from "../data.js";
import { unitText } from "../number-format.js";
import { px } from "./frame.js";
import { linearScale, logScale, type Scale } from "./scale.js";

const WIDTH = 270;
const HEIGHT = 50;
/** Heights of the two marks, and of the axis. */
const PREDICTED = 9;
const PUBLISHED = 23;
const AXIS = 33;

/** One row of a forest plot: predicted value and interval, under it the published value as a diamond with its exact interval, on an axis of its own. */
export function intervalChart(row: PublishedRow): Markup {
  const { predicted, published } = row;
  const x = rowScale(row, 14, WIDTH - 22);
  const at = (value: number) => px(x.place(value));
  const whiskers = (low: number | null, high: number | null, line: number, kind: string) =>
    low !== null &&
    high !== null &&
    html`<path class="${kind}" d="M${at(low)} ${line}H${at(high)}M${at(low)} ${line - 4}v8M${at(high)} ${line - 4}v8"/>`;
  const verdict = row.inside === null ? "" : row.inside ? "in" : "out";
  return html`<svg class="interval" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${row.endpoint}: ${row.inside === null ? "no predicted interval" : `published value ${row.inside ? "inside" : "outside"} the predicted interval`}">
<path class="axis" d="M${px(x.place(x.low))} ${AXIS}H${px(x.place(x.high))}"/>
${x.ticks.map((tick) => html`<path class="axis" d="M${px(x.place(tick.value))} ${AXIS}v3"/>`)}
<g class="axis-text">${x.ticks.map(
    (tick, i) =>
      tick.label !== "" &&
      html`<text x="${px(x.place(tick.value))}" y="${AXIS + 14}" text-anchor="middle">${tick.label}${i === x.ticks.length - 1 && row.unit === "%" && "\u202f%"}</text>`,
  )}</g>
${whiskers(predicted.low, predicted.high, PREDICTED, "predicted")}
<path class="predicted-median" d="M${at(predicted.value)} ${PREDICTED - 6}v12"/>
${whiskers(published.low, published.high, PUBLISHED, "published-interval")}
<path class="published ${verdict}" d="M${at(published.value)} ${PUBLISHED - 6}l6 6l-6 6l-6 -6Z"/>
</svg>`;
}

/** The marks by name, above the table. */
export function intervalKey(): Markup {
  return html`<ul class="key">
<li><svg class="interval" viewBox="0 0 40 18" width="40" height="18" aria-hidden="true"><path class="predicted" d="M3 9H37M3 5v8M37 5v8"/><path class="predicted-median" d="M22 3v12"/></svg><span>predicted: median of drawn cohorts and interval</span></li>
<li><svg class="interval" viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><path class="published in" d="M9 2l6 7l-6 7l-6 -7Z"/></svg><span>published, inside the interval</span></li>
<li><svg class="interval" viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><path class="published out" d="M9 2l6 7l-6 7l-6 -7Z"/></svg><span>published, outside</span></li>
<li><svg class="interval" viewBox="0 0 40 18" width="40" height="18" aria-hidden="true"><path class="published-interval" d="M3 9H37M3 5v8M37 5v8"/></svg><span>exact 95 % interval of a published proportion</span></li>
</ul>`;
}

/** Percent of patients: 0–100. Anything else: the row's own range, logarithmic where it spans more than a factor of fifty. */
function rowScale(row: PublishedRow, from: number, to: number): Scale {
  const { predicted, published } = row;
  const values = [
    predicted.low,
    predicted.value,
    predicted.high,
    published.low,
    published.value,
    published.high,
  ].filter((value) => value !== null);
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (row.unit === "%" && low >= 0 && high <= 100) return linearScale(0, 100, from, to, { most: 4 });
  if (low > 0 && high / low > 50) return logScale(low, high, from, to);
  return linearScale(low >= 0 && low < high / 2 ? 0 : low, high, from, to, { most: 4 });
}

/** Unit of a row for its head. */
export function rowUnit(row: PublishedRow): string {
  return unitText(row.unit);
}
