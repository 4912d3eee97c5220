import { html, type Markup } from "../../markup/index.js";
import { formatNumber } from "../number-format.js";
import type { Section } from "./section.js";

/** Every run is accounted for: completed, stopped, failed; and every draw that was thrown away. */
export const conduct: Section = {
  id: "conduct",
  title: "How the run was conducted",
  write(context) {
    const { patients, runs, completed, stopped, failed, failures, rejectedDraws, rejections } = context.data.conduct;
    const row = (name: string, label: string, note: string, count: number) =>
      html`<div><dt>${label}<span class="row-note">${note}</span></dt><dd data-count="${name}">${formatNumber(count, 0)}</dd></div>`;
    return html`<dl class="counts">
${row("patients", "Virtual patients", "each treated in every arm", patients)}
${row("runs", "Runs", "one patient in one arm", runs)}
${row("completed", "Completed", "to the last visit", completed)}
${row("stopped", "Stopped", "withdrawal from the study: an outcome, not an error", stopped)}
${row("failed", "Failed runs", "numerical failure; never left out silently", failed)}
${row("rejected-draws", "Rejected draws", "drawn, not admitted, drawn again", rejectedDraws)}
</dl>
<div class="reasons">${reasons("Why runs failed", failures, "No run failed.")}${reasons("Why draws were rejected", rejections, "No draw was rejected.")}</div>`;
  },
};

function reasons(
  title: string,
  list: readonly { readonly reason: string; readonly count: number }[],
  none: string,
): Markup {
  return html`<div><h3>${title}</h3>${
    list.length === 0
      ? html`<p>${none}</p>`
      : html`<table class="plain"><thead><tr><th scope="col">Reason</th><th scope="col" class="number">Count</th></tr></thead><tbody>${list.map(
          ({ reason, count }) => html`<tr><td>${reason}</td><td class="number">${formatNumber(count, 0)}</td></tr>`,
        )}</tbody></table>`
  }</div>`;
}
