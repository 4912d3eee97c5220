import { html } from "../../markup/index.js";
import { formatNumber } from "../number-format.js";
import { nameOf } from "../page-numbers.js";
import { numberMark } from "../sentence.js";
import { table } from "../table.js";
import type { Section } from "./section.js";

/** Numbers of scores, manufacture, rules and conduct, with where they come from. */
export const constants: Section = {
  id: "constants",
  title: "Numbers of scores, manufacture and conduct",
  write(context) {
    const rows = context.data.constants;
    const parts = [...new Set(rows.map(({ part }) => part))];
    return html`<p>These do not vary between patients and are in no share above. Parameters of the models are in the tables of the run.</p>
${parts.map(
  (part) =>
    html`<details><summary>${part}</summary>${table({
      kind: "constants",
      caption: html`${part}`,
      corner: "Number",
      columns: [{ head: "Value" }, { head: "Level" }, { head: "Source or reason" }],
      rows: rows
        .filter((row) => row.part === part)
        .map(({ name, about, unit, level, why }) => ({
          head: html`<span class="row-label">${about}</span>`,
          cells: [
            numberMark(
              context.number(nameOf.constant(part, name)),
              `${formatNumber(context.number(nameOf.constant(part, name)).value ?? 0)}${unit === "1" ? "" : ` ${unit}`}`,
            ),
            level,
            why,
          ],
        })),
    })}</details>`,
)}`;
  },
};
