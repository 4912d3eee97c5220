import { defineModule } from "../../engine/index.js";
import { belimumabParameters } from "../parameters/belimumab.js";

/** BAFF neutralisation. Source: model-details sections 3, 4. */
export const belimumab = defineModule("belimumab", {
  about: "belimumab",
  parameters: belimumabParameters,
  quantities: { beli: { unit: "1", formula: "bel_Imax*hill(Bli, bel_IC50)", about: "share of BAFF neutralised" } },
  states: {
    Bli: { unit: "dose", about: "belimumab, standard doses", initial: "0", tolerance: 1e-6, rate: "-bel_k*Bli" },
  },
});
