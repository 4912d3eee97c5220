import type { Markup } from "../../markup/index.js";
import type { ReportContext } from "../context.js";

/** One part of the page: its anchor, its heading, and how to write it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly write: (context: ReportContext) => Markup;
}
