import { defineModule } from "../engine/index.js";
import { defineTherapy } from "./therapy.js";

/** IL-6 receptor blockade; serum IL-6 rises because its clearance is blocked too. Source: model-details sections 3, 4. */
const module = defineModule("tocilizumab", {
  about: "tocilizumab",
  parameters: {
    toci_IC50: {
      value: 0.01,
      unit: "dose",
      about: "IL-6R block half-effect",
      bounds: [0.002, 0.1],
      varies: { shape: "lognormal", cv: 40 },
      level: "assumed",
      reason: "tocilizumab label popPK: remembered, not verified",
      source: "tocilizumab-label",
    },
    toci_k: {
      value: 0.06,
      unit: "1/day",
      about: "effective loss (t1/2 ~11 d)",
      bounds: [0.04, 0.1],
      level: "assumed",
      reason: "tocilizumab label popPK: remembered, not verified",
      source: "tocilizumab-label",
    },
    toci_cl: {
      value: 0.75,
      unit: "1",
      about: "IL-6 clearance blocked by tocilizumab (serum IL-6 rises)",
      bounds: [0.5, 0.9],
      level: "assumed",
      reason: "remembered from the general literature, not verified",
    },
  },
  quantities: { toc: { unit: "1", formula: "hill(Toci, toci_IC50)", about: "share of IL-6 receptor blocked" } },
  contributes: {
    il6Left: { unit: "1", formula: "1 - toc" },
    il6ClearanceLeft: { unit: "1", formula: "1 - toci_cl*toc" },
  },
  states: {
    Toci: { unit: "dose", about: "tocilizumab, doses of 8 mg/kg", initial: "0", tolerance: 1e-6, rate: "-toci_k*Toci" },
  },
});

export const tocilizumab = defineTherapy("tocilizumab", {
  label: "tocilizumab",
  about: "antibody against the IL-6 receptor",
  evidence: "tocilizumab",
  alsoCalled: ["actemra", "roactemra"],
  modules: [module],
  dose: { unit: "mg/kg", low: 1, high: 20, usual: 8 },
  give: (at, dose) => [{ at, label: "tocilizumab", into: "Toci", amount: dose / 8 }],
});
