import type { Parameters } from "../../engine/index.js";

/** Parameters of `belimumab`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const belimumabParameters = {
  bel_Imax: {
    value: 0.85,
    unit: "1",
    about: "max BAFF neutralisation",
    bounds: [0.5, 1],
    level: "assumed",
    reason: "chosen near the source",
    source: "struemper-2018",
  },
  bel_IC50: {
    value: 0.2,
    unit: "dose",
    about: "half-effect",
    bounds: [0.05, 1],
    level: "assumed",
    reason: "tuned so that the whole model behaves",
  },
  bel_k: {
    value: 0.036,
    unit: "1/day",
    about: "elimination (t1/2 ~19 d)",
    bounds: [0.03, 0.05],
    level: "fitted",
    source: "struemper-2018",
    reason: "CL 0.204 L/d",
  },
} as const satisfies Parameters;
