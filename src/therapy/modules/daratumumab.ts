import { defineModule } from "../../engine/index.js";
import { daratumumabParameters } from "../parameters/daratumumab.js";

/** Anti-CD38: kills plasmablasts and plasma cells. Source: model-details sections 3, 4. */
export const daratumumab = defineModule("daratumumab", {
  about: "anti-CD38",
  parameters: daratumumabParameters,
  quantities: { dar: { unit: "1/day", formula: "dara_kmax*hill(Dara, dara_EC50)", about: "kill of plasma cells" } },
  states: {
    Dara: { unit: "dose", about: "anti-CD38, standard doses", initial: "0", tolerance: 1e-6, rate: "-dara_k*Dara" },
  },
});
