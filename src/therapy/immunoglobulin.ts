import { defineModule } from "../engine/index.js";
import { defineTherapy } from "./therapy.js";

/** Pooled IgG by infusion: raises IgG, and the vaccine antibody of its donors with it. Source: model-details section 12 (IVIG). */
const module = defineModule("immunoglobulin", {
  about: "intravenous immunoglobulin",
  parameters: {
    ivig_rise: {
      value: 12.5,
      unit: "kg/L",
      about: "rise of IgG by infused immunoglobulin, g/L per g/kg of body weight",
      bounds: [8, 20],
      level: "assumed",
      reason: "model-details section 12 (IVIG); no source named there",
    },
  },
});

export const immunoglobulin = defineTherapy("immunoglobulin", {
  label: "immunoglobulin",
  about: "intravenous immunoglobulin, as replacement",
  alsoCalled: ["ivig", "igg"],
  modules: [module],
  dose: { unit: "g/kg", low: 0.1, high: 3, usual: 0.4 },
  give: (at, dose, who) => {
    const rise = who.constant("ivig_rise") * dose;
    return [
      { at, label: "immunoglobulin", into: "IgG", amount: rise },
      { at, label: "immunoglobulin", into: "VAb", amount: (100 * rise) / who.constant("IgG0") },
    ];
  },
});
