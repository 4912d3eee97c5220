import { html } from "../../markup/index.js";
import { horizonBar } from "../charts/horizon-bar.js";
import { MONTH } from "../context.js";
import { formatNumber } from "../number-format.js";
import { numberMark } from "../sentence.js";
import { recordLink } from "./published.js";
import type { Section } from "./section.js";

/** Where patients stop being observed and the model goes on alone. */
export const horizon: Section = {
  id: "horizon",
  title: "Where observation ends",
  write(context) {
    const { horizon: end, study } = context.data;
    if (end === null)
      return html`<p>No published cohort with a stated follow-up was given for this study. Every simulated day is extrapolation: nothing here marks where observation ends.</p>`;
    if (end.day >= study.untilDay)
      return html`<p>${end.text} The whole simulated time lies within it. Record: ${recordLink(context, end.record)}.</p>`;
    return html`<p>${end.text} Observation ends at day ${numberMark(context.number("horizon"), formatNumber(Math.round(end.day), 0))} (month ${formatNumber(Math.round(end.day / MONTH), 0)}); what lies right of it on every chart is what the model's assumptions imply, not what has been seen. Record: ${recordLink(context, end.record)}.</p>
<div class="wide-only horizon-bar">${horizonBar(end.day, study.untilDay, 680)}</div>
<div class="narrow-only horizon-bar">${horizonBar(end.day, study.untilDay, 384)}</div>`;
  },
};
