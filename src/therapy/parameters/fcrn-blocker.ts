import type { Parameters } from "../../engine/index.js";

/** Parameters of `fcrn-blocker`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const fcrnBlockerParameters = {
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
} as const satisfies Parameters;
