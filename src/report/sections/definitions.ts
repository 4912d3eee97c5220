import { html } from "../../markup/index.js";
import type { Section } from "./section.js";

export const definitions: Section = {
  id: "definitions",
  title: "Definitions",
  write: (context) =>
    html`<dl class="definitions">${context.data.definitions.map(({ term, text }) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`,
};
