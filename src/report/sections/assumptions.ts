import { html } from "../../markup/index.js";
import { shareBar } from "../charts/share-bar.js";
import { formatNumber } from "../number-format.js";
import { nameOf } from "../page-numbers.js";
import { numberMark } from "../sentence.js";
import { table } from "../table.js";
import type { Section } from "./section.js";

/** Which assumed parameters carry the answer: bars, and a sum that must be the whole. */
export const assumptions: Section = {
  id: "assumptions",
  title: "Which assumptions carry the answer",
  write(context) {
    const { method, outcome, rows, restShare, chanceShare, caveat } = context.data.assumptions;
    const largest = Math.max(...rows.map((row) => row.share), restShare, chanceShare);
    const percent = (name: string) => {
      const number = context.number(nameOf.assumption(name));
      return numberMark(number, `${formatNumber(number.value ?? 0, 1)}\u00a0%`);
    };
    const share = (name: string, value: number, kind: string) =>
      html`<span class="share-cell">${shareBar(value, largest, kind)}<span class="value">${percent(name)}</span></span>`;
    return html`<p>Outcome explained: ${outcome}. Method: ${method}.</p>
${table({
  kind: "shares",
  caption: html`Share of the variation of the outcome, in %. The longest bar is the largest share; the sum is taken before rounding.`,
  corner: "Parameter",
  columns: [{ head: "Level" }, { head: "Why this value" }, { head: "Share, %" }],
  rows: [
    ...rows.map((row) => ({
      head: html`<span class="row-label">${row.about}</span> <code class="parameter">${row.parameter}</code>`,
      cells: [row.level, row.why, share(row.parameter, row.share, "parameter-share")],
    })),
    {
      head: html`<span class="row-label">Rest</span>`,
      cells: [
        "–",
        "other parameters, and what the method cannot tell apart: interactions and chance",
        share("rest", restShare, "rest-share"),
      ],
      kind: "rest",
    },
    ...(chanceShare === 0
      ? []
      : [
          {
            head: html`<span class="row-label">Chance</span>`,
            cells: [
              "–",
              "what differs between patients with equal parameters",
              share("chance", chanceShare, "rest-share"),
            ],
            kind: "rest" as const,
          },
        ]),
    {
      head: html`<span class="row-label">Sum</span>`,
      cells: ["", "", html`<span class="share-cell"><span></span><span class="value">${percent("sum")}</span></span>`],
      kind: "sum",
    },
  ],
})}
${caveat !== "" && html`<p class="note">${caveat}</p>`}`;
  },
};
