import { html } from "../../markup/index.js";
import { armKey, openReport, type ReportContext } from "../context.js";
import { keepTogether } from "../keep-together.js";
import { chartFigure } from "./curves.js";
import type { Section } from "./section.js";

/** Our own model beside published ones. */
export const structures: Section = {
  id: "structures",
  title: "Other structures",
  shown: ({ structures: found }) => found !== null,
  write(context) {
    const found = context.data.structures!;
    const beside = withStructures(context);
    const failed = found.peers.filter((peer) => peer.failed > 0);
    return html`<p class="note">The same virtual patients (number, weight) and doses in models of different origin. Where they differ, nobody knows which is nearer to patients; nothing is averaged. ${found.own ? "Parameters vary as each model says." : "Parameters vary as the model says; our own model was not run."} Line: median. Band: 5–95 % of virtual patients.</p>
${armKey(
  beside,
  found.structures.map(({ id }) => id),
)}
${found.arms.map(
  ({ arm, label, curves }) => html`<h3>${keepTogether(label)} (${arm})</h3>
<div class="charts">${curves.map((curve) => chartFigure(beside, curve, false))}</div>`,
)}
${failed.length > 0 && html`<p class="note">Failed runs: ${failed.map((peer) => `${peer.title} ${peer.failed}`).join(", ")}.</p>`}
<h3>What only one of them knows</h3>
<ul class="limits">${found.oursAlone.length > 0 && html`<li><b>our own model</b>: ${found.oursAlone.join("; ")}</li>`}${found.peers.map(({ title, alone }) => html`<li><b>${title}</b>: ${alone.join(", ")}</li>`)}</ul>
${found.peers.map(
  ({ title, limits, notFollowed }) => html`<h3>What to know about ${title}</h3>
<ul class="limits">${limits.map((limit) => html`<li>${limit}</li>`)}${notFollowed.map((why) => html`<li>It does not follow ${why}.</li>`)}</ul>`,
)}
<p class="note">SLEDAI from C3 alone: 16.99 − 0.01 points per mg/L (the line of Park 2025, second hand), applied to each model’s C3, so that the scores differ by C3 alone.</p>`;
  },
};

/** The same page with structures in place of arms: colours, dashes, keys. */
function withStructures({ data }: ReportContext): ReportContext {
  const arms = data.structures!.structures.map(({ id, label }) => ({ id, label, steps: [] }));
  return openReport({ ...data, horizon: null, study: { ...data.study, arms } });
}
