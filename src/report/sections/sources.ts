import { html, type Markup } from "../../markup/index.js";
import type { Section } from "./section.js";

/** Citations, each with its link and with whether somebody looked the identifier up. */
export const sources: Section = {
  id: "sources",
  title: "Sources",
  write: (context) =>
    html`<ol class="sources">${context.data.sources.map(
      (source) =>
        html`<li id="source-${source.id}"><span class="citation">${source.citation}</span> ${link(source.link)} <span class="row-note"><code>${source.id}</code> · ${source.checked === "" ? "identifier not checked" : source.checked}</span></li>`,
    )}</ol>`,
};

/** A link only where it leads to the web; any other scheme is text. */
function link(address: string | null): Markup | null {
  if (address === null) return null;
  return /^https?:\/\//.test(address)
    ? html`<a href="${address}" rel="noreferrer">${address.replace(/^https?:\/\//, "")}</a>`
    : html`<span>${address}</span>`;
}
