import { html, type Markup } from "../../markup/index.js";
import type { ReportContext } from "../context.js";
import { formatExact, formatNumber } from "../number-format.js";
import { nameOf } from "../page-numbers.js";
import { numberMark } from "../sentence.js";
import type { Section } from "./section.js";

/** Every run is accounted for: completed, stopped, failed; and every draw that was thrown away. */
export const conduct: Section = {
  id: "conduct",
  title: "How the run was conducted",
  write(context) {
    const { failures, rejections, undershootLimit } = context.data.conduct;
    const row = (name: string, label: string, note: string, decimals: number | undefined = 0) => {
      const number = context.number(nameOf.conduct(name));
      return html`<div><dt>${label}<span class="row-note">${note}</span></dt><dd data-count="${name}">${numberMark(number, formatNumber(number.value ?? 0, decimals))}</dd></div>`;
    };
    return html`<dl class="counts">
${row("patients", "Virtual patients", "each treated in every arm")}
${row("runs", "Runs", "one patient in one arm")}
${row("completed", "Completed", "to the last visit")}
${row("stopped", "Stopped", "withdrawal from the study: an outcome, not an error")}
${row("failed", "Failed runs", "numerical failure; never left out silently")}
${row("rejected-draws", "Rejected draws", "drawn, not admitted, drawn again")}
${row("largest-undershoot", "Largest undershoot", "how far a state that should not be negative fell below zero, in units of its absolute tolerance", undefined)}
${row("undershoot-above", `Runs with an undershoot above ${formatExact(undershootLimit)}`, "their results may be less accurate than the tolerance says")}
</dl>
<div class="reasons">${reasons(context, "failure", "Why runs failed", failures, "No run failed.")}${reasons(context, "rejection", "Why draws were rejected", rejections, "No draw was rejected.")}</div>`;
  },
};

function reasons(
  context: ReportContext,
  what: "failure" | "rejection",
  title: string,
  list: readonly { readonly reason: string; readonly count: number }[],
  none: string,
): Markup {
  return html`<div><h3>${title}</h3>${
    list.length === 0
      ? html`<p>${none}</p>`
      : html`<table class="plain"><thead><tr><th scope="col">Reason</th><th scope="col" class="number">Count</th></tr></thead><tbody>${list.map(
          ({ reason, count }, i) =>
            html`<tr><td>${reason}</td><td class="number">${numberMark(context.number(nameOf.reason(what, i)), formatNumber(count, 0))}</td></tr>`,
        )}</tbody></table>`
  }</div>`;
}
