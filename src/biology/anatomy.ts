import { defineModule } from "../engine/index.js";

/** Blood volume by weight, body weight, filtration of the kidneys, and the size of the T-cell pool. docs/notes/host.md */
export const anatomy = defineModule("anatomy", {
  about: "blood volume, weight, kidneys, T-cell pool",
  parameters: {
    Vb70: {
      value: 5e6,
      unit: "uL",
      about: "blood volume at 70 kg",
      bounds: [3.5e6, 7e6],
      varies: { shape: "lognormal", cv: 10 },
      level: "assumed",
      reason: "textbook reference range, not traced to a page; the spread is what weight does not explain",
    },
    wVb: {
      value: 0.565,
      unit: "1",
      about: "share of blood volume that goes with weight",
      bounds: [0.4, 1],
      level: "assumed",
      reason: "0.03308 L/kg of 4.10 L in a woman of 165 cm and 70 kg; height is not in the model",
      source: "nadler-equation",
    },
    BW: {
      value: 70,
      unit: "kg",
      about: "body weight",
      bounds: [40, 130],
      varies: { shape: "lognormal", cv: 20 },
      level: "assumed",
      reason: "textbook reference range, not traced to a page",
    },
    BWref: {
      value: 70,
      unit: "kg",
      about: "weight to which sizes are scaled",
      bounds: [50, 90],
      level: "assumed",
      reason: "convention of allometric scaling; the median weight here",
    },
    GFR: {
      value: 1,
      unit: "1",
      about: "glomerular filtration, of 100 mL/min per 1.73 m²",
      bounds: [0.3, 1.5],
      varies: { shape: "lognormal", cv: 25 },
      level: "assumed",
      reason: "young adults, some with kidney disease; trials ask for 30 mL/min per 1.73 m² or more",
    },
    T0abs: {
      value: 3e11,
      unit: "cell",
      about: "total-body T cells at baseline",
      bounds: [1e11, 6e11],
      varies: { shape: "lognormal", cv: 30 },
      level: "measured",
      source: "westermann-pabst-1992",
      reason: "about 60 % of 5e11 lymphocytes",
    },
  },
  derived: {
    Vb: { unit: "uL", formula: "Vb70*(1 - wVb + wVb*BW/BWref)", about: "blood volume" },
  },
});
