import { defineModule } from "../engine/index.js";

/** Host T cells relative to baseline; production makes good what background glucocorticoid takes. Source: model-details section 4 (equation 12). */
export const tCells = defineModule("t-cells", {
  about: "host T cells",
  ports: {
    ldT: { unit: "1/day", join: "sum", about: "kill of T cells by chemotherapy" },
    lympholysis: { unit: "1/day", join: "sum", about: "loss of T cells to glucocorticoid" },
    lympholysis0: { unit: "1/day", join: "sum", still: true, about: "the same on background therapy" },
    tFunctionLeft: { unit: "1", join: "product", about: "what drugs leave of the function of T cells" },
  },
  parameters: {
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
  },
  states: {
    T: {
      unit: "1",
      about: "host T cells, relative to baseline",
      initial: "1",
      tolerance: 1e-6,
      rate: "rT*T*(1 - T) + sT*(1 - T) - ldT*T - (lympholysis*T - lympholysis0)",
    },
  },
});
