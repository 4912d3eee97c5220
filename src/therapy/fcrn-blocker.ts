import { defineModule } from "../engine/index.js";
import { defineTherapy } from "./therapy.js";

/** FcRn blockade: IgG is no longer recycled. Source: model-details sections 3, 4. */
const module = defineModule("fcrn-blocker", {
  about: "FcRn blocker",
  parameters: {
    fcr_Imax: {
      value: 0.947,
      unit: "1",
      about: "max FcRn block (accessible fraction)",
      bounds: [0.8, 1],
      level: "fitted",
      source: "valenzuela-2025",
    },
    fcr_IC50: {
      value: 0.12,
      unit: "dose",
      about: "half-effect",
      bounds: [0.05, 0.5],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    fcr_k: {
      value: 0.35,
      unit: "1/day",
      about: "loss of effect",
      bounds: [0.2, 0.7],
      level: "assumed",
      reason: "chosen near the source; nipocalimab linear CL 0.655 L/d, Vc 3.23 L + TMDD",
      source: "valenzuela-2025",
    },
  },
  contributes: { fcrnLeft: { unit: "1", formula: "1 - fcr_Imax*hill(FcRi, fcr_IC50)" } },
  states: {
    FcRi: { unit: "dose", about: "FcRn blocker, standard doses", initial: "0", tolerance: 1e-6, rate: "-fcr_k*FcRi" },
  },
});

/** A class, not a drug: the model counts standard doses. */
export const fcrnBlocker = defineTherapy("fcrn-blocker", {
  label: "FcRn blocker",
  about: "blocks the recycling of IgG: all antibodies fall, autoantibodies too",
  alsoCalled: ["fcrn", "efgartigimod", "nipocalimab"],
  modules: [module],
  dose: { unit: "dose", low: 0.1, high: 3, usual: 1 },
  give: (at, dose) => [{ at, label: "FcRn blocker", into: "FcRi", amount: dose }],
  // Five half-lives of the model's loss of effect, rounded.
  drugFreeAfter: 10,
});
