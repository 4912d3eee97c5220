import { html, type Markup, type Part } from "../../markup/index.js";
import { armHead, type ReportContext } from "../context.js";
import type { SummaryNumber } from "../data.js";
import { keepTogether } from "../keep-together.js";
import { ABSENT, formatRange, formatValue, unitText } from "../number-format.js";
import { numberMark } from "../sentence.js";
import { table } from "../table.js";

export interface ArmRow {
  readonly row: string;
  readonly label: string;
  readonly note?: string;
}

/** Rows of numbers, one column per arm: `${arm}.${row}`. What the intervals are is said once in the caption, or per row where rows differ. */
export function armTable(context: ReportContext, about: string, corner: string, rows: readonly ArmRow[]): Markup {
  const arms = context.data.study.arms.map((arm) => arm.id);
  const numbers = rows.map(({ row }) => arms.map((arm) => context.number(`${arm}.${row}`)));
  const kinds = numbers.map((cells) => distinct(cells.map((cell) => cell.interval)));
  const all = distinct(kinds.flat());
  const common = all.length === 1 ? all[0] : null;
  const absent = numbers.flat().some((cell) => cell.value === null);
  const whole = rows.length > 0 && distinct(numbers.flat().map((cell) => cell.interval)).length === 0;
  return table({
    kind: `arms ${sideBySide(arms.length)}`,
    caption: html`${about}${common !== null && html` In brackets: ${common}.`}${whole && html` Counts, all replicates together.`}${absent && html` ${ABSENT}: not applicable to the arm, or not estimable.`}`,
    corner,
    columns: arms.map((arm) => ({ head: armHead(context, arm) })),
    rows: rows.map(({ label, note }, i) => ({
      head: html`<span class="row-label">${keepTogether(label)}</span> ${unitMark(numbers[i])}${note && html`<span class="row-note">${note}</span>`}${common === null && kinds[i].length > 0 && html`<span class="row-note">In brackets: ${kinds[i].join("; ")}</span>`}`,
      cells: numbers[i].map(valueWithRange),
    })),
  });
}

/** How a narrow screen shows the arms: up to four side by side, more below each other. On a wide screen more than four scroll. */
export function sideBySide(arms: number): string {
  return arms <= 4 ? `side side-${arms}` : "many";
}

/** Value and interval; a dash in brackets where there is a reason for having none. */
export function valueWithRange(number: SummaryNumber): Part {
  const range = number.value !== null && number.low === null && number.interval !== null ? ABSENT : formatRange(number);
  return html`<span class="value">${numberMark(number, formatValue(number))}</span> ${range !== "" && html`<span class="range">(${range})</span>`}`;
}

/** The unit of a row; arms that differ in unit are a mistake. */
function unitMark(cells: readonly SummaryNumber[]): Markup {
  const units = distinct(cells.map((cell) => cell.unit));
  if (units.length > 1)
    throw new Error(
      `a row of the report mixes the units ${units.join(", ")}: ${cells.map((cell) => cell.name).join(", ")}`,
    );
  const unit = unitText(units[0] ?? "1");
  return html`${unit !== "" && html`<span class="unit-mark">${unit}</span>`}`;
}

function distinct(texts: readonly (string | null)[]): string[] {
  return [...new Set(texts.filter((text) => text !== null))];
}
