import { defineModule } from "../../engine/index.js";
import { inflammatoryCytokinesParameters } from "../parameters/inflammatory-cytokines.js";

/**
 * From engaged CAR-T cells to interferon-γ, macrophages, IL-1, IL-6, CRP, ferritin, endothelium and temperature.
 * The IL-1 feedback saturates; the linear form diverges. Source: model-details sections 3, 4 (equations 42–48), 6.
 */
export const inflammatoryCytokines = defineModule("inflammatory-cytokines", {
  about: "cytokine release: interferon-γ, macrophages, IL-1, IL-6, CRP, ferritin, endothelium",
  inputs: { eng: "cell", sup: "1", gm: "1", toc: "1", toci_cl: "1", INF: "1" },
  parameters: inflammatoryCytokinesParameters,
  quantities: {
    x: { unit: "1", formula: "(positive(IFN - IFN0)/KIFN)^nIFN", about: "interferon-γ signal" },
    base: { unit: "pg/mL", formula: "IL60*(1 + wIL6dis*(INF - 1))", about: "IL-6 of the disease" },
    sig: { unit: "pg/mL", formula: "positive(IL6)*(1 - toc)", about: "IL-6 signal" },
    Temp: {
      unit: "degC",
      formula: "36.8{degC} + dTmax*max(0, sig/(sig + KT) - IL60/(IL60 + KT))",
      about: "body temperature",
    },
  },
  states: {
    IFN: {
      unit: "pg/mL",
      about: "interferon-γ",
      initial: "IFN0",
      tolerance: 1e-6,
      rate: "kIFN*eng*sup + dIFN*(IFN0 - IFN)",
    },
    MA: {
      unit: "1",
      about: "macrophage activation",
      initial: "0",
      tolerance: 1e-6,
      rate: "kMA*(x/(1 + x)*(1 + fIL1*IL1/(1 + IL1))*gm - MA)",
    },
    IL1: { unit: "1", about: "IL-1, relative", initial: "0", tolerance: 1e-6, rate: "kIL1*(MA*gm - IL1)" },
    IL6: {
      unit: "pg/mL",
      about: "IL-6",
      initial: "IL60",
      tolerance: 1e-6,
      rate: "k6*MA*(1 + g6*MA)*gm + d6*(base - IL6*(1 - toci_cl*toc))",
    },
    CRP: {
      unit: "mg/L",
      about: "C-reactive protein",
      initial: "CRP0",
      tolerance: 1e-6,
      rate: "dCRP*(CRP0 + CRPmax*(hill(sig, KCRP, nCRP) - hill(IL60, KCRP, nCRP)) - CRP)",
    },
    FER: {
      unit: "ng/mL",
      about: "ferritin",
      initial: "FER0",
      tolerance: 1e-6,
      rate: "dFER*(FER0*(1 + kFER*MA) - FER)",
    },
    EA: {
      unit: "1",
      about: "endothelial activation",
      initial: "IL60/(IL60 + KEA)",
      tolerance: 1e-6,
      rate: "kEA*(sig/(sig + KEA) + 0.3*IL1 - EA)",
    },
  },
});
