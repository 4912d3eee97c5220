import type { Parameters } from "../../engine/index.js";

/** Parameters of `leukaemia`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const leukaemiaParameters = {
  rL: {
    value: 0.035,
    unit: "1/day",
    about: "net leukaemic growth",
    bounds: [0.01, 0.15],
    varies: { shape: "lognormal", cv: 50 },
    level: "assumed",
    reason: "remembered from the general literature, not verified; published CAR-T models 0.02-0.2/d",
  },
  KL: {
    value: 3e12,
    unit: "cell",
    about: "leukaemia carrying capacity",
    bounds: [1e12, 5e12],
    level: "assumed",
    reason: "remembered from the general literature, not verified",
  },
  kL_mb: {
    value: 0.02,
    unit: "1/day",
    about: "marrow to blood",
    bounds: [0.005, 0.1],
    level: "assumed",
    reason: "tuned so that the whole model behaves",
  },
  kL_bm: {
    value: 0.38,
    unit: "1/day",
    about: "blood to marrow/tissue",
    bounds: [0.1, 2],
    level: "assumed",
    reason: "tuned so that the whole model behaves; 5 % of blasts in blood",
  },
  fLDL: {
    value: 0.5,
    unit: "1",
    about: "Flu/Cy sensitivity of blasts relative to B cells",
    bounds: [0, 1],
    level: "assumed",
    reason: "tuned so that the whole model behaves",
  },
  muneg: {
    value: 1e-8,
    unit: "1/day",
    about: "CD19-negative escape rate",
    bounds: [0, 1e-6],
    varies: { shape: "lognormal", cv: 150 },
    level: "assumed",
    reason: "tuned so that the whole model behaves",
  },
} as const satisfies Parameters;
