import type { ModuleDeclaration } from "../../engine/index.js";

/** Immunity against the CAR-T cells, primed by them; it has a ceiling. Source: model-details sections 4 (equation 15), 13.6. */
export const rejection: ModuleDeclaration = {
  about: "anti-CAR or host-versus-graft response",
  inputs: { CAR: "cell", T: "1", ldT: "1/day" },
  parameters: {
    kRon: {
      value: 0,
      unit: "1/day",
      about: "priming of anti-CAR (autologous re-dose 0.02) or allo (0.15) T response",
      bounds: [0, 0.5],
      level: "assumed",
      reason: "tuned so that the whole model behaves; 0 for first autologous dose",
    },
    KRload: {
      value: 1e8,
      unit: "cell",
      about: "CAR-T load giving half-max priming",
      bounds: [1e7, 1e9],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    Rmem: {
      value: 2,
      unit: "1",
      about: "recall amplification",
      bounds: [0, 10],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    Rmax: {
      value: 3,
      unit: "1",
      about: "ceiling of the anti-CAR response (1 = a sensitised patient)",
      bounds: [1, 10],
      level: "assumed",
      reason:
        "nothing grows without limit; at 3 the cells are lost at 3.6/d, faster than they can expand, so the value hardly matters",
    },
    dR: {
      value: 0.004,
      unit: "1/day",
      about: "decay of anti-CAR immunity",
      bounds: [0.001, 0.02],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    fRld: {
      value: 0.5,
      unit: "1",
      about: "fraction of anti-CAR response sensitive to lymphodepletion",
      bounds: [0, 1],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    kR: {
      value: 1.2,
      unit: "1/day",
      about: "CAR-T kill per unit anti-CAR response",
      bounds: [0.2, 5],
      varies: { shape: "lognormal", cv: 50 },
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
  },
  contributes: { carLoss: { unit: "1/day", formula: "kR*R" } },
  states: {
    R: {
      unit: "1",
      about: "anti-CAR response",
      initial: "0",
      tolerance: 1e-6,
      rate: "kRon*CAR/(KRload + CAR)*positive(T)*(1 + Rmem*R)*(1 - R/Rmax) - dR*R - fRld*ldT*R",
    },
  },
};
