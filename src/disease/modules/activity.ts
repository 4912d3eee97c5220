import { defineModule } from "../../engine/index.js";
import { activityParameters } from "../parameters/activity.js";

/**
 * Type-I interferon signature, C3, organ inflammation (1 = this patient's baseline) and damage; the lupus score as a continuous number.
 * Source: model-details sections 4 (equations 54–57), 6.
 */
export const activity = defineModule("activity", {
  about: "disease activity: interferon signature, complement, organ inflammation, damage",
  inputs: { ic: "1", AAb: "%", H: "1", H0: "1", A: "cell", A0: "cell", gc: "1", gc0: "1", gc_inf: "1", ani: "1" },
  parameters: activityParameters,
  quantities: {
    SLEDAI: {
      unit: "point",
      formula:
        "2{point}/(1 + exp(-(AAb - thrDNA)/3{%})) + 2{point}/(1 + exp(-(thrC3 - C3)/0.02{g/L})) + sORG*max(INF - INFthr, 0)/(1 - INFthr)",
      about: "SLEDAI-2K, continuous",
    },
  },
  states: {
    IFN1: {
      unit: "1",
      about: "type-I interferon signature",
      initial: "1",
      tolerance: 1e-6,
      rate: "kIFN1*(bIFN1 + (1 - bIFN1)*ic - IFN1)",
    },
    C3: {
      unit: "g/L",
      about: "complement C3",
      initial: "C3n/(1 + C3cons)",
      tolerance: 1e-6,
      rate: "kC3*(C3n - C3*(1 + C3cons*ic))",
    },
    INF: {
      unit: "1",
      about: "organ inflammation",
      initial: "1",
      tolerance: 1e-6,
      rate: "kINF*((wIC*ic + wIFN*IFN1*(1 - ani) + wH*H/H0 + wB*A/A0)*(1 - gc_inf*gc)/(1 - gc_inf*gc0) - INF)",
    },
    DMG: { unit: "1", about: "accrued damage", initial: "0", tolerance: 1e-6, rate: "kDMG*INF*(1 - DMG)" },
  },
});
