import type { Parameters } from "../../engine/index.js";

/** Parameters of `myositis`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const myositisParameters = {
  MMT0: {
    value: 120,
    unit: "point",
    about: "baseline MMT-8",
    bounds: [70, 145],
    varies: { shape: "normal", sd: 15 },
    level: "assumed",
    reason: "no data",
  },
  CK0: {
    value: 1500,
    unit: "U/L",
    about: "baseline CK; kout 0.35/d",
    bounds: [200, 20000],
    varies: { shape: "lognormal", cv: 120 },
    level: "assumed",
    reason: "no data; CK = CK0*INF",
  },
  kMMT: {
    value: 0.012,
    unit: "1/day",
    about: "muscle recovery rate",
    bounds: [0.004, 0.03],
    varies: { shape: "lognormal", cv: 40 },
    level: "assumed",
    reason: "no data; MMT -> 150 - loss*INF - damage",
  },
} as const satisfies Parameters;
