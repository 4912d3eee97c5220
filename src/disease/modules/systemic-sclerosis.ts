import { defineModule } from "../../engine/index.js";
import { systemicSclerosisParameters } from "../parameters/systemic-sclerosis.js";

/** Skin fibrosis follows inflammation over months; lung capacity is lost in proportion to it. Source: model-details section 12 (SSc). */
export const systemicSclerosis = defineModule("systemic-sclerosis", {
  about: "skin fibrosis and lung capacity",
  inputs: { INF: "1" },
  parameters: systemicSclerosisParameters,
  states: {
    FIB: {
      unit: "1",
      about: "skin fibrosis, relative to baseline",
      initial: "1",
      tolerance: 1e-6,
      rate: "kSkin*(INF - FIB)",
    },
    FVC: {
      unit: "1",
      about: "change of FVC since baseline, fraction of predicted",
      initial: "0",
      tolerance: 1e-6,
      signed: true,
      rate: "FVCslope/365.25{day/year}*INF",
    },
  },
});
