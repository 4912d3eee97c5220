import { html, type Markup } from "../../markup/index.js";
import type { ReportContext } from "../context.js";
import { table } from "../table.js";
import { armTable } from "./arm-table.js";
import type { Section } from "./section.js";

/** Rare harm by what people counted comes first; what was simulated comes second, and says what it leaves out. */
export const safety: Section = {
  id: "safety",
  title: "Safety",
  write: (context) => html`${published(context)}
<p class="note"><strong>Simulated, and no measure of rare harm:</strong> the model has no death, no second cancer, no late low blood counts, and no rare course beyond the differences between its virtual patients. A rate of zero below says nothing about people.</p>
${armTable(
  context,
  "Simulated. CRS: cytokine release syndrome; ICANS: immune effector cell-associated neurotoxicity syndrome; both graded by ASTCT 2019.",
  "Event",
  context.data.safety,
)}`,
};

function published({ data: { rareHarm } }: ReportContext): Markup {
  if (rareHarm.length === 0) return html`<p>No arm gives cells, so no published count of rare harm was looked for.</p>`;
  return html`${table({
    kind: "rare-harm",
    caption: html`What published counts cannot rule out, in people: the upper end of the exact 95 % interval, of 100 people. Counts of other diseases say so.`,
    corner: "Harm",
    columns: [{ head: "Cannot be ruled out" }, { head: "Seen" }, { head: "Counted in" }],
    rows: rareHarm.map(({ therapy, disease, name, upper, seen, whom }) => ({
      head: html`<span class="row-label">${name}</span><span class="row-note">${therapy}, ${disease}</span>`,
      cells: [html`<b>${upper}</b>`, seen, whom],
    })),
  })}`;
}
