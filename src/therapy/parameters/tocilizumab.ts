import type { Parameters } from "../../engine/index.js";

/** Parameters of `tocilizumab`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const tocilizumabParameters = {
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
} as const satisfies Parameters;
