import { defineModule } from "../../engine/index.js";
import { antibodiesParameters } from "../parameters/antibodies.js";

/** IgG with recycling by FcRn, IgM, autoantibody and vaccine antibody (both in % of baseline). Source: model-details sections 1, 3, 4 (equations 38–41). */
export const antibodies = defineModule("antibodies", {
  about: "IgG, IgM, autoantibody, vaccine antibody",
  inputs: {
    SLn: "cell",
    PBn: "cell",
    LLn: "cell",
    SLa: "cell",
    PBa: "cell",
    LLa: "cell",
    LLv: "1",
    secn0: "cell",
    seca0: "cell",
    sPB: "1",
    LLn0: "cell",
    PBn0: "cell",
    fcb: "1",
  },
  parameters: antibodiesParameters,
  derived: {
    krec: { unit: "1/day", formula: "kdegIgG*IgK/(1 + IgK)", about: "recycling of IgG at baseline" },
    kIgG: { unit: "1/day", formula: "kdegIgG - krec", about: "net loss of IgG at baseline" },
  },
  quantities: {
    kIg: {
      unit: "1/day",
      formula: "kdegIgG - krec*(1 - fcb)*min((KmFcRn + IgG0)/(KmFcRn + positive(IgG)), 0.98*kdegIgG/krec)",
      about: "loss of IgG",
    },
    ic: { unit: "1", formula: "AAb/100{%}", about: "autoantibody relative to baseline" },
  },
  states: {
    IgG: {
      unit: "g/L",
      about: "total IgG",
      initial: "IgG0",
      tolerance: 1e-6,
      rate: "kIgG*IgG0*(SLn + sPB*PBn + LLn)/secn0 - kIg*IgG",
    },
    IgM: {
      unit: "g/L",
      about: "IgM",
      initial: "IgM0",
      tolerance: 1e-6,
      rate: "kIgM*(IgM0*(shLLM*LLn/LLn0 + (1 - shLLM)*PBn/PBn0) - IgM)",
    },
    AAb: {
      unit: "%",
      about: "autoantibody, % of baseline",
      initial: "100{%}",
      tolerance: 1e-6,
      rate: "(kIgG + kIC)*100{%}*(SLa + sPB*PBa + LLa)/seca0 - (kIg + kIC)*AAb",
    },
    VAb: {
      unit: "%",
      about: "vaccine antibody, % of baseline",
      initial: "100{%}",
      tolerance: 1e-6,
      rate: "kIgG*100{%}*LLv - kIg*VAb",
    },
  },
});
