import type { Parameters } from "../engine/index.js";

/** Leukapheresis and manufacturing of an autologous product. No record gives these numbers; they are stated assumptions. */
export const manufacturingParameters = {
  seeded: {
    value: 1e8,
    unit: "cell",
    about: "T cells put into culture, at a normal T-cell count",
    bounds: [1e7, 1e9],
    level: "assumed",
    reason: "order of magnitude of automated small-scale manufacturing",
  },
  transduced: {
    value: 0.3,
    unit: "1",
    about: "share of cells that carry the CAR",
    bounds: [0.05, 0.8],
    varies: { shape: "lognormal", cv: 30 },
    level: "assumed",
    reason: "lentiviral products release above about a tenth",
  },
  fold: {
    value: 30,
    unit: "1",
    about: "expansion in culture",
    bounds: [3, 300],
    varies: { shape: "lognormal", cv: 60 },
    level: "assumed",
    reason: "about five doublings in a twelve-day process",
  },
  failure: {
    value: 0.03,
    unit: "1",
    about: "probability that a batch fails for another reason than yield",
    bounds: [0, 0.2],
    level: "assumed",
    reason: "contamination, viability or release tests; small series report none or one failure",
  },
  duration: {
    value: 16,
    unit: "day",
    about: "leukapheresis to released product",
    bounds: [10, 40],
    varies: { shape: "lognormal", cv: 15 },
    level: "assumed",
    reason: "twelve days of culture and release tests",
  },
  again: {
    value: 28,
    unit: "day",
    about: "from a failed batch to the next leukapheresis",
    bounds: [14, 60],
    level: "assumed",
    reason: "time to notice, plan and collect again",
  },
} as const satisfies Parameters;
