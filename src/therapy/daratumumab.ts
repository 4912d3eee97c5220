import { defineModule } from "../engine/index.js";
import { defineTherapy } from "./therapy.js";

/** Anti-CD38: kills plasmablasts and plasma cells. Source: model-details sections 3, 4. */
const module = defineModule("daratumumab", {
  about: "anti-CD38",
  parameters: {
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
  },
  contributes: { dar: { unit: "1/day", formula: "dara_kmax*hill(Dara, dara_EC50)" } },
  states: {
    Dara: { unit: "dose", about: "anti-CD38, standard doses", initial: "0", tolerance: 1e-6, rate: "-dara_k*Dara" },
  },
});

export const daratumumab = defineTherapy("daratumumab", {
  label: "daratumumab",
  about: "antibody against CD38: kills plasma cells",
  evidence: "daratumumab",
  alsoCalled: ["darzalex", "anti-cd38"],
  modules: [module],
  dose: { unit: "dose", low: 0.1, high: 3, usual: 1 },
  give: (at, dose) => [{ at, label: "daratumumab", into: "Dara", amount: dose }],
  // Five half-lives of the model's elimination, rounded.
  drugFreeAfter: 100,
});
