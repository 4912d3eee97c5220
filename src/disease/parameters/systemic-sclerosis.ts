import type { Parameters } from "../../engine/index.js";

/** Parameters of `systemic-sclerosis`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const systemicSclerosisParameters = {
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
} as const satisfies Parameters;
