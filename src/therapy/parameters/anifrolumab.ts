import type { Parameters } from "../../engine/index.js";

/** Parameters of `anifrolumab`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const anifrolumabParameters = {
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
} as const satisfies Parameters;
