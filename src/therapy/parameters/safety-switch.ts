import type { Parameters } from "../../engine/index.js";

/** Parameters of `safety-switch`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const safetySwitchParameters = {
  kss: {
    value: 30,
    unit: "1/day/dose",
    about: "safety-switch kill (iCasp9/rimiducid)",
    bounds: [10, 80],
    varies: { shape: "lognormal", cv: 30 },
    level: "assumed",
    reason:
      "remembered from the general literature, not verified; >90 % of modified cells gone in 30 min-24 h in GvHD trials (unverified)",
  },
  ss_k: {
    value: 3,
    unit: "1/day",
    about: "loss of switch drug effect",
    bounds: [1, 10],
    level: "assumed",
    reason: "tuned so that the whole model behaves",
  },
} as const satisfies Parameters;
