import { defineStudy } from "../src/study/index.js";

/** Twin of `erlangen-2022.yaml`, which says why. Times are in days, doses in the units of docs/notes/study-file.md. */
export default defineStudy({
  id: "erlangen-2022",
  title: "CD19 CAR-T in five patients with refractory lupus",
  question:
    "What does one infusion of CD19 CAR-T cells do to refractory SLE over one year, against rituximab and against continued suppression?",
  record: "mackensen_2022",
  population: [{ disease: "sle", n: 5, include: ["sledai >= 8", "prior-lines >= 2"] }],
  arms: {
    "car-t": {
      label: "CD19 CAR-T after Flu/Cy",
      give: [
        { give: "leukapheresis", at: -28 },
        { give: "flu-cy", at: -5 },
        { give: "cd19-car-t", at: 0, dose: 1e6 },
      ],
      background: { glucocorticoid: { "taper-to": 0, from: -28, over: 28 }, mycophenolate: { stop: -28 } },
      rules: ["tocilizumab-at-crs-2", "dexamethasone-at-icans-2", "rescue-at-relapse", "ivig-at-igg-4"],
    },
    rituximab: {
      label: "rituximab 2 × 1 g added to mycophenolate",
      give: [{ give: "rituximab", at: [0, 14], dose: 1000 }],
      background: { glucocorticoid: { "taper-to": 5, from: 0, over: 84 }, mycophenolate: "continue" },
      rules: ["rescue-at-relapse", "ivig-at-igg-4"],
    },
    continued: {
      label: "continued conventional suppression",
      give: [],
      background: { glucocorticoid: "continue", mycophenolate: "continue" },
      rules: ["ivig-at-igg-4"],
    },
  },
  visits: { every: 28, until: 365.25 },
  dropout: { rate: 3, missing: "counts-as-failure" },
  tolerance: 1e-5,
  run: { replicates: 200, seed: 2026 },
});
