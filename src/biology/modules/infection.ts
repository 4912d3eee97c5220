import { defineModule } from "../../engine/index.js";
import { infectionParameters } from "../parameters/infection.js";

/**
 * Hazard of a serious infection, added up since the start; a visit turns its growth into events. Glucocorticoid counts relative to the background therapy, because
 * `h0` is the hazard on it. The two thresholds are smooth (Hill exponents 8 and 12), so that the integration meets no jump.
 * Source: model-details section 12 (infection).
 */
export const infection = defineModule("infection", {
  about: "serious infection",
  inputs: { IgG: "g/L", gc: "1", gc0: "1", ANC: "Gcell/L", T: "1" },
  parameters: infectionParameters,
  quantities: {
    infectionHazard: {
      unit: "1/day",
      formula:
        "h0/365.25{day/year}*(1 + (HR_IgG - 1)/(1 + (IgG/5{g/L})^4))*exp(log(HR_GC)*(gc - gc0))*(1 + (HR_ANC - 1)/(1 + (positive(ANC)/0.5{Gcell/L})^8))*(1 + (HR_CD4 - 1)/(1 + (positive(T)/0.3)^12))",
      about: "hazard of a serious infection",
    },
  },
  states: {
    Infections: {
      unit: "1",
      about: "cumulative hazard of serious infection",
      initial: "0",
      tolerance: 1e-6,
      rate: "infectionHazard",
    },
  },
});
