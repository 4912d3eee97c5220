import { defineModule } from "../../engine/index.js";
import { autoreactiveClonesParameters } from "../parameters/autoreactive-clones.js";

/**
 * The autoreactive B cells that carry the disease: in lymphoid tissue (AL) and in a sanctuary, the inflamed tissue (AS), with the T help (H) that they keep alive.
 * `grow`, `deathL` and `deathS` are the birth and death of one cell; the few-cells layer reads the same quantities.
 * Source: model-details sections 1, 3, 4 (equations 27–29), 9.
 */
export const autoreactiveClones = defineModule("autoreactive-clones", {
  about: "autoreactive B cells in lymphoid tissue and sanctuary, pathogenic T help",
  inputs: {
    W_A: "1",
    h_l: "1/day",
    h_s: "1/day",
    hS: "1/day",
    r_l: "1/day",
    r_s: "1/day",
    ldB: "1/day",
    ldT: "1/day",
    phiLD: "1",
    gA: "1",
    gA0: "1",
    gM: "1",
    gM0: "1",
    Be: "1",
    Nt: "cell",
    N0: "cell",
  },
  parameters: autoreactiveClonesParameters,
  derived: {
    AS0: { unit: "cell", formula: "fS*A0", about: "autoreactive cells in the sanctuary at baseline" },
    AL0: { unit: "cell", formula: "A0 - AS0", about: "autoreactive cells in lymphoid tissue at baseline" },
    KH: { unit: "cell", formula: "KHrel*A0", about: "autoreactive cells giving half of the T help" },
    KA: { unit: "cell", formula: "KArel*A0", about: "niche for autoreactive growth" },
    H0: { unit: "1", formula: "A0/(A0 + KH)", about: "T help at baseline" },
    bA: {
      unit: "1/day",
      formula: "(dA - sdn/A0)*(1 + A0/KA)/((fInd + (1 - fInd)*H0)*gA0*gM0)",
      about: "highest birth rate of autoreactive cells",
    },
    kLS: { unit: "1/day", formula: "(kSL + sdn/A0)*AS0/AL0", about: "lymphoid tissue to sanctuary" },
  },
  quantities: {
    A: { unit: "cell", formula: "AL + AS", about: "autoreactive cells" },
    act: { unit: "1", formula: "fInd + (1 - fInd)*H", about: "activation by T help" },
    grow: {
      unit: "1/day",
      formula: "bA*act/(1 + A/KA)*min(1, (Be + KbA)/(1 + KbA))*gA*gM",
      about: "birth of an autoreactive cell",
    },
    hAL: {
      unit: "1/day",
      formula: "W_A*(0.6*h_l + 0.4*h_s) + fRA*(0.6*r_l + 0.4*r_s) + ldB",
      about: "killing in lymphoid tissue",
    },
    hAS: { unit: "1/day", formula: "W_A*hS + fRS*fRA*r_l + phiLD*ldB", about: "killing in the sanctuary" },
    deathL: {
      unit: "1/day",
      formula: "dA + hAL + kLS",
      about: "loss of a cell from lymphoid tissue: death or leaving",
    },
    deathS: { unit: "1/day", formula: "dA + hAS + kSL", about: "loss of a cell from the sanctuary: death or leaving" },
  },
  states: {
    AL: {
      unit: "cell",
      about: "autoreactive B cells, lymphoid tissue",
      initial: "AL0",
      tolerance: 1e-4,
      rate: "sdn*Nt/N0 + (grow - deathL)*AL + kSL*AS",
    },
    AS: {
      unit: "cell",
      about: "autoreactive B cells, sanctuary",
      initial: "AS0",
      tolerance: 1e-4,
      rate: "(grow - deathS)*AS + kLS*AL",
    },
    H: {
      unit: "1",
      about: "pathogenic T help",
      initial: "H0",
      tolerance: 1e-6,
      rate: "kH*(A/(A + KH) - H) - fHld*ldT*H",
    },
  },
});
