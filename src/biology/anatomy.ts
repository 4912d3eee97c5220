import { defineModule } from "../engine/index.js";

/** Blood volume, body weight and the size of the T-cell pool. */
export const anatomy = defineModule("anatomy", {
  about: "blood volume, weight, T-cell pool",
  parameters: {
    Vb: {
      value: 5e6,
      unit: "uL",
      about: "blood volume",
      bounds: [3.5e6, 7e6],
      varies: { shape: "lognormal", cv: 12 },
      level: "assumed",
      reason: "textbook reference range, not traced to a page",
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
});
