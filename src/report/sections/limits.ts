import { html } from "../../markup/index.js";
import type { Section } from "./section.js";

export const limits: Section = {
  id: "limits",
  title: "Limits",
  write: (context) => html`<ul class="limits">${context.data.limits.map((limit) => html`<li>${limit}</li>`)}</ul>`,
};
