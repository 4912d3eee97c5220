import type { ModuleDeclaration } from "../../engine/index.js";

/** An inducible switch that kills CAR-T cells, exhausted ones too. Source: model-details sections 3 (loss), 4 (equation 69), 13.1, 13.7. */
export const safetySwitch: ModuleDeclaration = {
  about: "safety switch",
  parameters: {
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
  },
  contributes: { carLoss: { unit: "1/day", formula: "kss*SSw" } },
  states: { SSw: { unit: "dose", about: "switch drug", initial: "0", tolerance: 1e-6, rate: "-ss_k*SSw" } },
};
