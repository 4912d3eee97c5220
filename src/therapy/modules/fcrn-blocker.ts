import { defineModule } from "../../engine/index.js";
import { fcrnBlockerParameters } from "../parameters/fcrn-blocker.js";

/** FcRn blockade: IgG is no longer recycled. Source: model-details sections 3, 4. */
export const fcrnBlocker = defineModule("fcrn-blocker", {
  about: "FcRn blocker",
  parameters: fcrnBlockerParameters,
  quantities: { fcb: { unit: "1", formula: "fcr_Imax*hill(FcRi, fcr_IC50)", about: "share of FcRn blocked" } },
  states: {
    FcRi: { unit: "dose", about: "FcRn blocker, standard doses", initial: "0", tolerance: 1e-6, rate: "-fcr_k*FcRi" },
  },
});
