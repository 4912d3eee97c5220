/** Small drawings, each with its words: steps of a level, a ruler of five years, a hundred people. */
import { LEVELS, type Level, type Result } from "../../evidence/index.js";
import { html, type Markup } from "../../markup/index.js";

/** Seven boxes; filled up to the level. Hollow where the trials missed what they were made to show: much tried is not proven. */
export function steps(level: Level, result: Result): Markup {
  const all = Object.keys(LEVELS);
  const reached = all.indexOf(level);
  const kind = result === "missed" ? "hollow" : "on";
  return html`<svg class="steps" width="112" height="26" viewBox="0 0 112 26" aria-hidden="true">${all.map((_, i) => {
    const height = 6 + 3 * i;
    return html`<rect x="${1 + 16 * i}" y="${25 - height}" width="12" height="${height}"${i <= reached ? html` class="${kind}"` : ""}/>`;
  })}</svg>`;
}

const RULER_MONTHS = 60;

/** How long people were watched, against five years. */
export function followUpBar(months: number | null): Markup {
  const width = 144;
  const x = (month: number) => (1 + (width - 2) * Math.min(1, month / RULER_MONTHS)).toFixed(1);
  return html`<svg class="ruler" width="${width}" height="16" viewBox="0 0 ${width} 16" aria-hidden="true">${months === null ? "" : html`<rect x="1" y="3" width="${Math.max(2, Number(x(months)) - 1).toFixed(1)}" height="6"/>`}<line x1="1" y1="11" x2="${width - 1}" y2="11"/>${[0, 12, 24, 36, 48, 60].map((month) => html`<line x1="${x(month)}" y1="8" x2="${x(month)}" y2="14"/>`)}</svg>`;
}

const ICON = 11;
/** Once per page: what the arrays below draw with. */
export const iconSymbols = (): Markup =>
  html`<svg width="0" height="0" aria-hidden="true"><defs>${(["on", "likely", "maybe", "off"] as const).map((kind) => html`<pattern id="icon-${kind}" width="${ICON}" height="${ICON}" patternUnits="userSpaceOnUse"><circle cx="5.5" cy="5.5" r="3.6" class="icon-${kind}"/></pattern>`)}</defs></svg>`;

/** The cells from one number to another of ten rows of ten, read like text. */
function cells(from: number, to: number): string {
  const parts: string[] = [];
  for (let row = Math.floor(from / 10); row < Math.ceil(to / 10); row++) {
    const [first, last] = [Math.max(from - 10 * row, 0), Math.min(to - 10 * row, 10)];
    // Whole rows together.
    let rows = 1;
    while (first === 0 && last === 10 && 10 * (row + rows + 1) <= to) rows++;
    parts.push(`M${ICON * first} ${ICON * row}H${ICON * last}v${ICON * rows}H${ICON * first}z`);
    row += rows - 1;
  }
  return parts.join("");
}

/** A hundred people: solid, at least as many; pale, as many as were seen; outlined, up to what cannot be ruled out. */
export function hundred(
  proportion: number,
  { lower, upper }: { readonly lower: number; readonly upper: number },
): Markup {
  const [least, seen, most] = [
    Math.floor(100 * lower + 1e-9),
    Math.round(100 * proportion),
    Math.ceil(100 * upper - 1e-9),
  ];
  const path = (kind: string, from: number, to: number) =>
    from < to ? html`<path d="${cells(from, to)}" fill="url(#icon-${kind})"/>` : "";
  return html`<svg class="hundred" width="110" height="110" viewBox="0 0 110 110" role="img" aria-label="Of 100 people ${seen}; ${least} to ${most} are compatible with the count.">${path("on", 0, least)}${path("likely", least, seen)}${path("maybe", Math.max(least, seen), most)}${path("off", most, 100)}</svg>`;
}
