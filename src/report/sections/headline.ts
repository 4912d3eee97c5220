import { html } from "../../markup/index.js";
import { armTable } from "./arm-table.js";
import type { Section } from "./section.js";

export const headline: Section = {
  id: "headline",
  title: "Main results by arm",
  write: (context) =>
    html`${armTable(
      context,
      "Rounded for reading; the exact values are in summary.json under the name that each number carries.",
      "Result",
      context.data.headline,
    )}${context.data.products.length > 0 && html`<h3>The product</h3>${armTable(context, "What became of the cells.", "Patients", context.data.products)}`}`,
};
