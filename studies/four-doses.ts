import { defineStudy } from "../src/study/index.js";

const arm = (label: string, dose: number) =>
  ({
    label,
    give: [
      { give: "leukapheresis", at: -28 },
      { give: "flu-cy", at: -5 },
      { give: "cd19-car-t", at: 0, dose },
    ],
    background: { glucocorticoid: { "taper-to": 0, from: -28, over: 28 }, mycophenolate: { stop: -28 } },
  }) as const;

/** Twin of `four-doses.yaml`. Times are in days, doses in the units of docs/notes/study-file.md. */
export default defineStudy({
  id: "four-doses",
  title: "Four doses of CD19 CAR-T cells in lupus",
  question: "How do exposure and depletion depend on the dose?",
  population: [{ disease: "sle", n: 20, include: ["sledai >= 8"] }],
  arms: {
    "dose-1e5": arm("1e5 per kg", 1e5),
    "dose-3e5": arm("3e5 per kg", 3e5),
    "dose-1e6": arm("1e6 per kg", 1e6),
    "dose-3e6": arm("3e6 per kg", 3e6),
  },
  outputs: ["CARblood", "Bblood", "C3"],
  grid: [
    { from: 0, to: 30, every: 0.5 },
    { from: 37, to: 365.25, every: 7 },
  ],
  trajectories: "all",
  measures: {
    cmax: { of: "CARblood", take: "cmax" },
    tmax: { of: "CARblood", take: "tmax" },
    "auc-28": { of: "CARblood", take: "auc", from: 0, to: 28 },
    "b-cells-back": { of: "Bblood", take: "return", level: 5 },
  },
  visits: { every: 28, until: 365.25 },
  tolerance: 1e-5,
  run: { replicates: 5, seed: 11 },
});
