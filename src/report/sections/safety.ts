import { armTable } from "./arm-table.js";
import type { Section } from "./section.js";

export const safety: Section = {
  id: "safety",
  title: "Safety",
  write: (context) =>
    armTable(
      context,
      "CRS: cytokine release syndrome; ICANS: immune effector cell-associated neurotoxicity syndrome; both graded by ASTCT 2019.",
      "Event",
      context.data.safety,
    ),
};
