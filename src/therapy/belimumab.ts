import { defineModule } from "../engine/index.js";
import { defineTherapy } from "./therapy.js";

/** BAFF neutralisation. Source: model-details sections 3, 4. */
const module = defineModule("belimumab", {
  about: "belimumab",
  parameters: {
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
  },
  contributes: { baffLeft: { unit: "1", formula: "1 - bel_Imax*hill(Bli, bel_IC50)" } },
  states: {
    Bli: { unit: "dose", about: "belimumab, doses of 10 mg/kg", initial: "0", tolerance: 1e-6, rate: "-bel_k*Bli" },
  },
});

export const belimumab = defineTherapy("belimumab", {
  label: "belimumab",
  about: "antibody that neutralises BAFF",
  evidence: "belimumab",
  alsoCalled: ["benlysta", "anti-baff"],
  modules: [module],
  dose: { unit: "mg/kg", low: 1, high: 20, usual: 10 },
  give: (at, dose) => [{ at, label: "belimumab", into: "Bli", amount: dose / 10 }],
  // Five half-lives of the model's elimination, rounded.
  drugFreeAfter: 90,
});
