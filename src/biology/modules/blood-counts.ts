import { defineModule } from "../../engine/index.js";
import { bloodCountsParameters } from "../parameters/blood-counts.js";

/** Neutrophils: the transit chain of Friberg 2002 with inhibition by drugs and by inflammation. Source: model-details sections 1, 3, 4 (equations 49–53). */
const transit = (about: string, rate: string) => ({ unit: "Gcell/L", about, initial: "ANC0", tolerance: 1e-6, rate });

export const bloodCounts = defineModule("blood-counts", {
  about: "neutrophils",
  inputs: { Flu: "dose", Cy: "dose", MA: "1" },
  parameters: bloodCountsParameters,
  derived: { ktr: { unit: "1/day", formula: "4/MTT", about: "transit rate" } },
  quantities: {
    edr: {
      unit: "1",
      formula: "sFlu*Flu + sCy*Cy",
      about: "inhibition by fludarabine and cyclophosphamide; above 1 it kills",
    },
    inh: { unit: "1", formula: "Iinf*MA/(MA + KMAi)", about: "inhibition by inflammation" },
  },
  states: {
    Prol: transit(
      "proliferating precursors",
      "ktr*Prol*(((1 - edr) - inh*positive(1 - edr))*(ANC0/max(ANC, 1e-3{Gcell/L}))^gam - 1)",
    ),
    Tr1: transit("transit 1", "ktr*(Prol - Tr1)"),
    Tr2: transit("transit 2", "ktr*(Tr1 - Tr2)"),
    Tr3: transit("transit 3", "ktr*(Tr2 - Tr3)"),
    ANC: transit("neutrophils in blood", "ktr*(Tr3 - ANC)"),
  },
});
