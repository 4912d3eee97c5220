import { html, type Markup, type Part } from "../markup/index.js";

export interface Column {
  readonly head: Part;
  readonly kind?: string;
  /** Left out in the restacked form on a narrow screen, where the cell speaks for itself. */
  readonly silent?: boolean;
}

export interface Row {
  readonly head: Part;
  readonly cells: readonly Part[];
  readonly kind?: string;
}

/**
 * A table whose first column heads its rows. On a narrow screen each row becomes a card: row head, then one line per cell with the column head before it.
 * Roles are written out because `display: block` would take them away.
 */
export function table(options: {
  readonly caption: Part;
  readonly corner: Part;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly kind: string;
}): Markup {
  const { caption, corner, columns, rows, kind } = options;
  return html`<div class="scroll"><table role="table" class="stack ${kind}">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${corner}</th>${columns.map(
    (column) => html`<th role="columnheader" scope="col"${classOf(column.kind)}>${column.head}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (row) => html`
<tr role="row"${classOf(row.kind)}><th role="rowheader" scope="row">${row.head}</th>${row.cells.map((cell, i) => {
      const { head, kind, silent } = columns[i];
      return html`<td role="cell"${classOf(kind)}>${!silent && html`<span class="cell-head" aria-hidden="true">${head}</span>`}<span class="cell">${cell}</span></td>`;
    })}</tr>`,
  )}
</tbody></table></div>`;
}

function classOf(kind: string | undefined): Markup | false {
  return kind !== undefined && html` class="${kind}"`;
}

/** A plain table of values for those who cannot or do not want to read a chart; folded, scrolls inside itself. */
export function valuesTable(options: {
  readonly summary: Part;
  readonly caption: Part;
  readonly heads: readonly Part[];
  readonly rows: readonly (readonly Part[])[];
}): Markup {
  const { summary, caption, heads, rows } = options;
  return html`<details class="values"><summary>${summary}</summary><div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption class="unseen">${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([head, ...cells]) => html`<tr><th scope="row">${head}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div></details>`;
}
