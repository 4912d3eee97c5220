import { html, type Markup } from "../../markup/index.js";
import { px } from "./frame.js";

const WIDTH = 200;

/** A bar whose full length is `largest` percent. */
export function shareBar(share: number, largest: number, kind: string): Markup {
  const length = Math.max(0.8, (Math.max(0, share) / largest) * WIDTH);
  return html`<svg class="share ${kind}" viewBox="0 0 ${WIDTH} 12" width="${WIDTH}" height="12" aria-hidden="true"><rect x="0" y="1" width="${px(length)}" height="10"/></svg>`;
}
