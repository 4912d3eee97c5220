import { html, type Markup } from "../../markup/index.js";
import { MONTH } from "../context.js";
import { BEYOND, frame, px } from "./frame.js";
import { timeScale } from "./scale.js";

/** The simulated time as one bar: what has been observed in patients, and what is extrapolated. */
export function horizonBar(horizonDay: number, untilDay: number, width: number): Markup {
  const left = 52;
  const x = timeScale(0, untilDay, left, width - 20, width > 500 ? 8 : 4);
  const end = px(x.place(horizonDay));
  const id = `horizon-${width}`;
  return html`<svg class="chart" viewBox="0 0 ${width} 92" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">Where observation ends</title>
<desc id="${id}-desc">Observed until day ${Math.round(horizonDay)} (month ${Math.round(horizonDay / MONTH)}); beyond observation, extrapolated, from there to day ${Math.round(untilDay)}.</desc>
${frame({
  box: { left, right: width - 20, top: 30, bottom: 54 },
  x,
  y: { low: 0, high: 1, place: () => 54, ticks: [] },
  unit: "",
  horizon: null,
  width,
})}
<rect class="observed" x="${left}" y="32" width="${px(end - left)}" height="22"/>
<rect class="beyond" x="${end}" y="32" width="${px(x.place(x.high) - end)}" height="22"/>
<path class="horizon" d="M${end} 22V54"/>
<text class="beyond-text" x="${left}" y="14">observed in patients</text>
<text class="beyond-text" x="${px(x.place(x.high))}" y="14" text-anchor="end">${width > 500 ? BEYOND : "extrapolated"}</text>
</svg>`;
}
