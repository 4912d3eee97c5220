import { defineModule } from "../../engine/index.js";
import { lymphodepletionParameters } from "../parameters/lymphodepletion.js";

/** Fludarabine (unit dose 25 mg/m²) and cyclophosphamide (unit dose 1 g/m²). Source: model-details sections 3, 4 (equations 10, 11). */
export const lymphodepletion = defineModule("lymphodepletion", {
  about: "fludarabine and cyclophosphamide",
  parameters: lymphodepletionParameters,
  quantities: {
    ldT: { unit: "1/day", formula: "eFluT*Flu + eCyT*Cy", about: "kill of T cells" },
    ldB: { unit: "1/day", formula: "eFluB*Flu + eCyB*Cy", about: "kill of tissue B cells" },
    ldP: { unit: "1/day", formula: "eFluP*Flu + eCyP*Cy", about: "kill of precursors and plasmablasts" },
  },
  states: {
    Cy: { unit: "dose", about: "cyclophosphamide", initial: "0", tolerance: 1e-6, rate: "-kCy*Cy" },
    Flu: { unit: "dose", about: "fludarabine", initial: "0", tolerance: 1e-6, rate: "-kFlu*Flu" },
  },
});
