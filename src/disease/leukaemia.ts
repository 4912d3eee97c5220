import { defineModule } from "../engine/index.js";

/** The contrast: leukaemia in blood and marrow, and its CD19-negative escape. Source: model-details sections 3, 4 (equations 58–60). */
export const leukaemia = defineModule("leukaemia", {
  about: "B-cell leukaemia (contrast)",
  inputs: { effMalignant_b: "1/day", effMalignant_m: "1/day", effMalignantNeg: "1/day", ldB: "1/day" },
  parameters: {
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
  },
  quantities: { gL: { unit: "1/day", formula: "rL*(1 - (Lb + Lm + Lneg)/KL)", about: "net growth" } },
  contributes: {
    malignant_b: { unit: "cell", formula: "Lb" },
    malignant_m: { unit: "cell", formula: "Lm" },
    malignantNeg: { unit: "cell", formula: "Lneg" },
  },
  states: {
    Lb: {
      unit: "cell",
      about: "leukaemia, blood",
      initial: "0",
      tolerance: 1e-2,
      rate: "-(effMalignant_b + fLDL*ldB)*Lb",
    },
    Lm: {
      unit: "cell",
      about: "leukaemia, marrow",
      initial: "0",
      tolerance: 1e-2,
      rate: "gL*Lm - (effMalignant_m + fLDL*ldB)*Lm",
    },
    Lneg: {
      unit: "cell",
      about: "CD19-negative leukaemia",
      initial: "0",
      tolerance: 1e-2,
      rate: "gL*Lneg - (effMalignantNeg + fLDL*ldB)*Lneg",
    },
  },
  flows: {
    toBlood: { from: "Lm", to: "Lb", rate: "kL_mb*Lm" },
    toMarrow: { from: "Lb", to: "Lm", rate: "kL_bm*Lb" },
    escapes: { from: "Lm", to: "Lneg", rate: "muneg*Lm" },
  },
});
