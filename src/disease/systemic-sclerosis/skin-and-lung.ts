import { defineModule } from "../../engine/index.js";

/** Skin fibrosis follows inflammation over months; lung capacity is lost in proportion to it. Source: model-details section 12 (SSc). */
export const skinAndLung = defineModule("skin-and-lung", {
  about: "skin fibrosis and lung capacity",
  inputs: { INF: "1" },
  parameters: {
    kSkin: {
      value: 0.006,
      unit: "1/day",
      about: "skin fibrosis turnover (t1/2 ~115 d)",
      bounds: [0.002, 0.015],
      varies: { shape: "lognormal", cv: 40 },
      level: "assumed",
      reason: "no data; mRSS = mRSS0*(fFix + (1-fFix)*FIB); dFIB = kSkin*(INF-FIB)",
    },
    FVCslope: {
      value: -0.01,
      unit: "1/year",
      about: "FVC fraction lost per year at INF=1",
      bounds: [-0.08, 0.02],
      varies: { shape: "normal", sd: 0.02 },
      level: "assumed",
      reason: "no data",
    },
  },
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
