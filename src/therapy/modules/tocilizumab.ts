import { defineModule } from "../../engine/index.js";
import { tocilizumabParameters } from "../parameters/tocilizumab.js";

/** IL-6 receptor blockade; serum IL-6 rises because its clearance is blocked too. Source: model-details sections 3, 4. */
export const tocilizumab = defineModule("tocilizumab", {
  about: "tocilizumab",
  parameters: tocilizumabParameters,
  quantities: { toc: { unit: "1", formula: "hill(Toci, toci_IC50)", about: "share of IL-6 receptor blocked" } },
  states: {
    Toci: { unit: "dose", about: "tocilizumab, doses of 8 mg/kg", initial: "0", tolerance: 1e-6, rate: "-toci_k*Toci" },
  },
});
