import { html, type Markup } from "../../markup/index.js";
import { armHead, MONTH } from "../context.js";
import { keepTogether } from "../keep-together.js";
import { formatNumber } from "../number-format.js";
import { nameOf } from "../page-numbers.js";
import { numberMark } from "../sentence.js";
import type { Section } from "./section.js";

/** The study: who is treated, with what, for how long, how often repeated. */
export const asked: Section = {
  id: "asked",
  title: "What was asked",
  write(context) {
    const { study, run } = context.data;
    return html`<p>Every virtual patient is treated in every arm, with the same random numbers; the arms differ only in what is given. Followed to day ${numberMark(context.number("study.until"), formatNumber(Math.round(study.untilDay), 0))} (month ${formatNumber(Math.round(study.untilDay / MONTH), 0)}), ${run.replicates === 1 ? html`in one replicate` : html`in ${numberMark(context.number("run.replicates"), formatNumber(run.replicates, 0))} replicates, each with new patients`}.</p>
<h3>Population</h3>
<ul class="population">${study.population.map(
      (group, i) =>
        html`<li><b class="count">${numberMark(context.number(nameOf.stratum(i)), formatNumber(group.n, 0))}</b> <span><span class="row-label">${group.label}</span>${group.include.length > 0 && html` <span class="row-note">included if ${group.include.map((rule, i) => html`${i > 0 && ", "}<code>${readable(rule)}</code>`)}</span>`}${group.changes.length > 0 && html`<br><span class="row-note">changed: ${group.changes.join("; ")}</span>`}</span></li>`,
    )}</ul>${changes(study.changes)}
<h3>Arms</h3>
<div class="arms">${study.arms.map(
      (arm) =>
        html`<section class="arm">${armHead(context, arm.id)}<ul>${arm.steps.map((step) => html`<li>${keepTogether(step)}</li>`)}</ul></section>`,
    )}</div>`;
  },
};

function changes(list: readonly string[]): Markup | string {
  if (list.length === 0) return "";
  return html`
<h3>Changed parameters</h3>
<ul class="changes">${list.map((change) => html`<li>${change}</li>`)}</ul>
<p class="note">Numbers of this study, not of the model as it comes; every other number is the catalogue's.</p>`;
}

function readable(rule: string): string {
  return rule.replace(">=", "≥").replace("<=", "≤");
}
