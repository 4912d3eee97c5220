import { defineModule } from "../engine/index.js";

/** IL-15 and IL-7: produced at a constant rate, consumed by T cells, so they rise when T cells are gone. Source: model-details section 4 (equations 13, 14). */
export const homeostaticCytokines = defineModule("homeostatic-cytokines", {
  about: "IL-15 and IL-7",
  inputs: { T: "1", T0abs: "cell" },
  ports: { infusedT: { unit: "cell", join: "sum", about: "infused T cells, consumers of IL-15 and IL-7" } },
  parameters: {
    k15: {
      value: 0.7,
      unit: "1/day",
      about: "IL-15 baseline non-consumption clearance",
      bounds: [0.2, 3],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    c15: {
      value: 9,
      unit: "1",
      about: "IL-15 consumption by T cells at baseline (x k15)",
      bounds: [4, 20],
      varies: { shape: "lognormal", cv: 15 },
      level: "assumed",
      reason: "tuned so that the whole model behaves; IL-15 rises ~5-8x after Flu/Cy (axi-cel data, unverified)",
    },
    wE15: {
      value: 2,
      unit: "1",
      about: "IL-15/IL-7 consumption of an activated CAR-T relative to a resting T cell",
      bounds: [1, 10],
      varies: { shape: "lognormal", cv: 40 },
      level: "assumed",
      reason:
        "tuned so that the whole model behaves; caps expansion under leukaemic burden (cf. Kimmel K_C 139 cells/uL)",
    },
    k7: {
      value: 0.5,
      unit: "1/day",
      about: "IL-7 baseline clearance",
      bounds: [0.2, 3],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    c7: {
      value: 2,
      unit: "1",
      about: "IL-7 consumption by T cells (x k7)",
      bounds: [1, 4],
      varies: { shape: "lognormal", cv: 25 },
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
  },
  quantities: { Tt: { unit: "1", formula: "positive(T) + wE15*infusedT/T0abs", about: "consumers of IL-15 and IL-7" } },
  states: {
    IL15: {
      unit: "1",
      about: "IL-15, relative to baseline",
      initial: "1",
      tolerance: 1e-6,
      rate: "k15*((1 + c15) - (1 + c15*Tt)*IL15)",
    },
    IL7: {
      unit: "1",
      about: "IL-7, relative to baseline",
      initial: "1",
      tolerance: 1e-6,
      rate: "k7*((1 + c7) - (1 + c7*Tt)*IL7)",
    },
  },
});
