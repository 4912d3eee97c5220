import { armTable } from "./arm-table.js";
import type { Section } from "./section.js";

/** Measures that the study declares. */
export const measures: Section = {
  id: "measures",
  title: "Measures of this study",
  shown: ({ measures: rows }) => rows.length > 0,
  write: (context) =>
    armTable(
      context,
      "Taken from each patient's course at the times of the study's grid, by straight lines between them; who left before the end of a measure has none.",
      "Measure",
      context.data.measures,
    ),
};
