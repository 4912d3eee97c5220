import type { ReportContext } from "../context.js";
import type { Markup } from "../escape.js";

/** One part of the page: its anchor, its heading, and how to write it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly write: (context: ReportContext) => Markup;
}
