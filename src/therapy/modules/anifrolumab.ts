import { defineModule } from "../../engine/index.js";
import { anifrolumabParameters } from "../parameters/anifrolumab.js";

/** Type-I interferon receptor blockade. Source: model-details sections 3, 4. */
export const anifrolumab = defineModule("anifrolumab", {
  about: "anifrolumab",
  parameters: anifrolumabParameters,
  quantities: {
    ani: { unit: "1", formula: "ani_Imax*hill(Ani, ani_IC50)", about: "share of type-I interferon blocked" },
  },
  states: {
    Ani: { unit: "dose", about: "anifrolumab, standard doses", initial: "0", tolerance: 1e-6, rate: "-ani_k*Ani" },
  },
});
