import { defineModule } from "../../engine/index.js";
import { leukaemiaParameters } from "../parameters/leukaemia.js";

/** The contrast: leukaemia in blood and marrow, and its CD19-negative escape. Source: model-details sections 3, 4 (equations 58–60). */
export const leukaemia = defineModule("leukaemia", {
  about: "B-cell leukaemia (contrast)",
  inputs: { W_leuk: "1", W_neg: "1", h_b: "1/day", h_m: "1/day", ldB: "1/day" },
  parameters: leukaemiaParameters,
  quantities: { gL: { unit: "1/day", formula: "rL*(1 - (Lb + Lm + Lneg)/KL)", about: "net growth" } },
  states: {
    Lb: {
      unit: "cell",
      about: "leukaemia, blood",
      initial: "0",
      tolerance: 1e-2,
      rate: "kL_mb*Lm - (kL_bm + W_leuk*h_b + fLDL*ldB)*Lb",
    },
    Lm: {
      unit: "cell",
      about: "leukaemia, marrow",
      initial: "0",
      tolerance: 1e-2,
      rate: "gL*Lm + kL_bm*Lb - (kL_mb + W_leuk*h_m + fLDL*ldB + muneg)*Lm",
    },
    Lneg: {
      unit: "cell",
      about: "CD19-negative leukaemia",
      initial: "0",
      tolerance: 1e-2,
      rate: "gL*Lneg + muneg*Lm - (W_neg*h_m + fLDL*ldB)*Lneg",
    },
  },
});
