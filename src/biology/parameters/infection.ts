import type { Parameters } from "../../engine/index.js";

/** Parameters of `infection`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const infectionParameters = {
  h0: {
    value: 0.08,
    unit: "1/year",
    about: "baseline serious-infection hazard (active autoimmune disease on standard drugs)",
    bounds: [0.02, 0.3],
    varies: { shape: "lognormal", cv: 80 },
    level: "assumed",
    reason: "no data; calibrate per disease registry",
  },
  HR_IgG: {
    value: 2.7,
    unit: "1",
    about: "hazard ratio hypogammaglobulinaemia",
    bounds: [1.5, 5.2],
    varies: { shape: "lognormal", cv: 30 },
    level: "measured",
    source: "jaci-2024-igg",
    reason: "smooth: HR = 1+(2.7-1)/(1+(IgG/5)^4)",
  },
  HR_GC: {
    value: 3.69,
    unit: "1",
    about: "hazard ratio corticosteroids",
    bounds: [1.18, 16.5],
    varies: { shape: "lognormal", cv: 60 },
    level: "measured",
    source: "strati-2021",
  },
  HR_ANC: {
    value: 4,
    unit: "1",
    about: "hazard ratio ANC < 0.5e9/L",
    bounds: [1.5, 10],
    varies: { shape: "lognormal", cv: 40 },
    level: "assumed",
    reason: "no data",
  },
  HR_CD4: {
    value: 2,
    unit: "1",
    about: "hazard ratio T < 0.3 of baseline",
    bounds: [1, 5],
    varies: { shape: "lognormal", cv: 40 },
    level: "assumed",
    reason: "no data",
  },
} as const satisfies Parameters;
