import { html, type Markup } from "../markup/index.js";

/** What a line must not break: `CAR-T`, `CD19 CAR-T`, a number and its unit, a day and its number. */
const TOGETHER =
  /\p{L}[\p{L}\d]*-[\p{L}\d]{1,2}(?![\p{L}\d-])|\bdays? [−-]?\d+|(?:[\d.,]+ × )?[−-]?[\d.,⁰¹²³⁴⁵⁶⁷⁸⁹]+ (?:%|[mµ]?g\b(?:\/\S+)?|cells?\b(?:\/\S+)?)/gu;

/** Text of a study or a record, with such pieces kept on one line. */
export function keepTogether(text: string): Markup {
  const pieces: (string | Markup)[] = [];
  let end = 0;
  for (const match of text.matchAll(TOGETHER)) {
    pieces.push(text.slice(end, match.index), html`<span class="keep">${match[0]}</span>`);
    end = match.index + match[0].length;
  }
  return html`${pieces}${text.slice(end)}`;
}
