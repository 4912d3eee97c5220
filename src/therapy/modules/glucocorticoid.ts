import { defineModule } from "../../engine/index.js";
import { glucocorticoidParameters } from "../parameters/glucocorticoid.js";

/**
 * Glucocorticoid acts on CAR-T cells, macrophages, autoreactive growth, organ inflammation and T cells. Dexamethasone comes as doses;
 * prednisolone is taken every day and stands as its mean rate, `predRate`. A refractory patient comes in on `pred0`; what it does then (`gc0`) is part of the steady state.
 * Source: model-details sections 3, 4 (equation 64), 12 (prednisone).
 */
export const glucocorticoid = defineModule("glucocorticoid", {
  about: "glucocorticoid",
  parameters: glucocorticoidParameters,
  controls: { predRate: { unit: "mg/day", about: "prednisolone taken now", initial: "pred0" } },
  derived: {
    Pred0: {
      unit: "dose",
      formula: "pred_unit*pred0/pred_k",
      about: "prednisolone effect level on background therapy",
    },
    gc0: { unit: "1", formula: "hill(Pred0, dex_IC50)", about: "glucocorticoid effect on background therapy" },
    gA0: { unit: "1", formula: "1 - gc_A*gc0", about: "what background glucocorticoid leaves of autoreactive growth" },
  },
  quantities: {
    gc: { unit: "1", formula: "hill(Dex + Pred, dex_IC50)", about: "glucocorticoid effect" },
    sup: { unit: "1", formula: "1 - gc_car*gc", about: "what is left of CAR-T function" },
    gm: { unit: "1", formula: "1 - gc_mac*gc", about: "what is left of macrophage function" },
    gA: { unit: "1", formula: "1 - gc_A*gc", about: "what is left of autoreactive growth" },
  },
  states: {
    PredTaken: {
      unit: "mg",
      about: "prednisolone taken since the start",
      initial: "0",
      tolerance: 1e-3,
      rate: "predRate",
    },
    Dex: { unit: "dose", about: "dexamethasone, doses of 10 mg", initial: "0", tolerance: 1e-6, rate: "-dex_k*Dex" },
    Pred: {
      unit: "dose",
      about: "prednisolone, in doses of 10 mg dexamethasone",
      initial: "Pred0",
      tolerance: 1e-6,
      rate: "pred_unit*predRate - pred_k*Pred",
    },
  },
});
