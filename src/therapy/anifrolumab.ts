import { defineModule } from "../engine/index.js";
import { defineTherapy } from "./therapy.js";

/** Type-I interferon receptor blockade. Source: model-details sections 3, 4. */
const module = defineModule("anifrolumab", {
  about: "anifrolumab",
  parameters: {
    ani_Imax: {
      value: 0.9,
      unit: "1",
      about: "max IFN-I block",
      bounds: [0.6, 1],
      level: "assumed",
      reason: "chosen near the source",
      source: "almquist-2022",
    },
    ani_IC50: {
      value: 0.15,
      unit: "dose",
      about: "half-effect",
      bounds: [0.05, 1],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    ani_k: {
      value: 0.06,
      unit: "1/day",
      about: "effective elimination at 300 mg Q4W",
      bounds: [0.03, 0.1],
      level: "fitted",
      source: "almquist-2022",
      reason: "CL 0.193 L/d + TMDD",
    },
  },
  contributes: { interferonLeft: { unit: "1", formula: "1 - ani_Imax*hill(Ani, ani_IC50)" } },
  states: {
    Ani: { unit: "dose", about: "anifrolumab, doses of 300 mg", initial: "0", tolerance: 1e-6, rate: "-ani_k*Ani" },
  },
});

export const anifrolumab = defineTherapy("anifrolumab", {
  label: "anifrolumab",
  about: "antibody against the type-I interferon receptor",
  evidence: "anifrolumab",
  alsoCalled: ["saphnelo"],
  modules: [module],
  dose: { unit: "mg", low: 30, high: 1000, usual: 300 },
  give: (at, dose) => [{ at, label: "anifrolumab", into: "Ani", amount: dose / 300 }],
  // Five half-lives of the model's elimination, rounded.
  drugFreeAfter: 60,
});
