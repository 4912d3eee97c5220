import type { Parameters } from "../../engine/index.js";

/** Parameters of `t-cells`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const tCellsParameters = {
  rT: {
    value: 0.07,
    unit: "1/day",
    about: "host T-cell regrowth",
    bounds: [0.02, 0.2],
    varies: { shape: "lognormal", cv: 30 },
    level: "fitted",
    source: "kimmel-2021",
    reason: "Kimmel r_N 0.17/d towards 500/uL (Gompertz); slower logistic used here",
  },
  sT: {
    value: 0.004,
    unit: "1/day",
    about: "thymic/seeding term",
    bounds: [0.001, 0.02],
    level: "assumed",
    reason: "tuned so that the whole model behaves",
  },
} as const satisfies Parameters;
