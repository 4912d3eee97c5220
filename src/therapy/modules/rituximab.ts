import { defineModule } from "../../engine/index.js";
import { rituximabParameters } from "../parameters/rituximab.js";

/** Anti-CD20 antibody: two compartments; kill in blood steep and fast, in tissue slow. Source: model-details sections 3, 4 (equations 61, 62). */
export const rituximab = defineModule("rituximab", {
  about: "rituximab (and obinutuzumab with other parameters)",
  parameters: rituximabParameters,
  quantities: {
    Crtx: { unit: "mg/L", formula: "Rc/rtxV1", about: "plasma concentration" },
    rb: { unit: "1/day", formula: "rtx_hb*hill(Crtx, rtx_ECb, rtx_hill)", about: "kill in blood" },
    r_l: { unit: "1/day", formula: "rtx_hl*hill(Crtx, rtx_ECt)", about: "kill in lymph node" },
    r_s: { unit: "1/day", formula: "rtx_hs*hill(Crtx, rtx_ECt)", about: "kill in spleen" },
    r_m: { unit: "1/day", formula: "rtx_hm*hill(Crtx, rtx_ECt)", about: "kill in marrow" },
  },
  states: {
    Rc: {
      unit: "mg",
      about: "rituximab, central",
      initial: "0",
      tolerance: 1e-6,
      rate: "-(rtxCL/rtxV1 + rtxQ/rtxV1)*Rc + rtxQ/rtxV2*Rp",
    },
    Rp: {
      unit: "mg",
      about: "rituximab, peripheral",
      initial: "0",
      tolerance: 1e-6,
      rate: "rtxQ/rtxV1*Rc - rtxQ/rtxV2*Rp",
    },
  },
});
