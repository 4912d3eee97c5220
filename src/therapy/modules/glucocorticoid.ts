import { defineModule } from "../../engine/index.js";
import { glucocorticoidParameters } from "../parameters/glucocorticoid.js";

/** Glucocorticoid acts on CAR-T cells, macrophages, autoreactive growth, organ inflammation and T cells. Source: model-details sections 3, 4 (equation 64). */
export const glucocorticoid = defineModule("glucocorticoid", {
  about: "glucocorticoid",
  parameters: glucocorticoidParameters,
  quantities: {
    gc: { unit: "1", formula: "hill(Dex, dex_IC50)", about: "glucocorticoid effect" },
    sup: { unit: "1", formula: "1 - gc_car*gc", about: "what is left of CAR-T function" },
    gm: { unit: "1", formula: "1 - gc_mac*gc", about: "what is left of macrophage function" },
    gA: { unit: "1", formula: "1 - gc_A*gc", about: "what is left of autoreactive growth" },
  },
  states: {
    Dex: { unit: "dose", about: "dexamethasone, doses of 10 mg", initial: "0", tolerance: 1e-6, rate: "-dex_k*Dex" },
  },
});
