import type { Markup } from "../../markup/index.js";
import type { ReportContext } from "../context.js";
import type { ReportData } from "../data.js";

/** One part of the page: its anchor, its heading, and how to write it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** Whether the page has it; absent: always. */
  readonly shown?: (data: ReportData) => boolean;
  readonly write: (context: ReportContext) => Markup;
}
