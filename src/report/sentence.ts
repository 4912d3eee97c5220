import { html, type Markup, type Part } from "../markup/index.js";
import type { ReportContext } from "./context.js";
import type { SummaryNumber } from "./data.js";
import { keepTogether } from "./keep-together.js";
import { formatRange, formatValue, unitText } from "./number-format.js";

const PLACE = /\{([^{}:]+)(?::([^{}]*))?\}/g;

/** Names of the numbers that a sentence prints; of one form where it is given. */
export function namesIn(sentence: string, form?: string): string[] {
  return [...sentence.matchAll(PLACE)]
    .filter((match) => form === undefined || match[2] === form)
    .map((match) => match[1]);
}

/** Where a value does not exist, in words that fit a sentence. */
const NOT_ESTIMABLE = "not estimable";

/** A number with its name in the page, so that a reader can find it in `summary.json`. */
export function numberMark(number: SummaryNumber, text: Part): Markup {
  if (number.value === null) return html`<span class="absent" title="${number.name}: ${number.about}">${text}</span>`;
  return html`<data class="num" value="${number.value}" title="${number.name}: ${number.about}">${text}</data>`;
}

/** `93 %`, `1.2 cells/µL`: a space that does not break. */
function withUnit(number: SummaryNumber): string {
  const unit = unitText(number.unit, number.value);
  return unit === "" ? formatValue(number) : `${formatValue(number)}\u00a0${unit}`;
}

/**
 * Fills the places of a sentence: `{name}` value and unit, `{name:interval}` with the interval too, `{name:value}` the value alone.
 * Another word after the colon is an error.
 */
export function fillSentence(context: ReportContext, sentence: string): Markup {
  const parts: Part[] = [];
  let end = 0;
  for (const match of sentence.matchAll(PLACE)) {
    parts.push(keepTogether(sentence.slice(end, match.index)), fillPlace(context.number(match[1]), match[2]));
    end = match.index + match[0].length;
  }
  parts.push(keepTogether(sentence.slice(end)));
  return html`${parts}`;
}

function fillPlace(number: SummaryNumber, form: string | undefined): Markup {
  if (number.value === null) return numberMark(number, NOT_ESTIMABLE);
  if (form === "value") return numberMark(number, formatValue(number));
  const value = numberMark(number, withUnit(number));
  if (form === undefined) return value;
  if (form !== "interval") throw new Error(`{${number.name}:${form}}: after the colon stands "interval" or "value"`);
  const range = formatRange(number);
  return range === "" ? value : html`${value} <span class="range">(${range})</span>`;
}
