import { defineModule } from "../../engine/index.js";
import { homeostaticCytokinesParameters } from "../parameters/homeostatic-cytokines.js";

/** IL-15 and IL-7: produced at a constant rate, consumed by T cells, so they rise when T cells are gone. Source: model-details section 4 (equations 13, 14). */
export const homeostaticCytokines = defineModule("homeostatic-cytokines", {
  about: "IL-15 and IL-7",
  inputs: { T: "1", CAR: "cell", T0abs: "cell" },
  parameters: homeostaticCytokinesParameters,
  quantities: { Tt: { unit: "1", formula: "positive(T) + wE15*CAR/T0abs", about: "consumers of IL-15 and IL-7" } },
  states: {
    IL15: {
      unit: "1",
      about: "IL-15, relative to baseline",
      initial: "1",
      tolerance: 1e-6,
      rate: "k15*((1 + c15) - (1 + c15*Tt)*IL15)",
    },
    IL7: {
      unit: "1",
      about: "IL-7, relative to baseline",
      initial: "1",
      tolerance: 1e-6,
      rate: "k7*((1 + c7) - (1 + c7*Tt)*IL7)",
    },
  },
});
