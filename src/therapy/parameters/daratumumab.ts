import type { Parameters } from "../../engine/index.js";

/** Parameters of `daratumumab`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const daratumumabParameters = {
  dara_kmax: {
    value: 0.015,
    unit: "1/day",
    about: "max plasma cell kill",
    bounds: [0.005, 0.3],
    varies: { shape: "lognormal", cv: 50 },
    level: "assumed",
    reason: "tuned so that the whole model behaves",
  },
  dara_EC50: {
    value: 0.3,
    unit: "dose",
    about: "half-effect",
    bounds: [0.05, 1],
    level: "assumed",
    reason: "tuned so that the whole model behaves",
  },
  dara_k: {
    value: 0.035,
    unit: "1/day",
    about: "elimination (t1/2 ~20 d)",
    bounds: [0.02, 0.08],
    level: "assumed",
    reason: "remembered from the general literature, not verified",
  },
} as const satisfies Parameters;
