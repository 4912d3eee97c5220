import { each, PLACES, TISSUES } from "../../biology/index.js";
import { defineModule } from "../../engine/index.js";
import { carTParameters } from "../parameters/car-t.js";

/**
 * CAR-T cells: effectors in four places, memory, exhausted cells, expression of the CAR (Q) and proliferative fitness (Fit).
 * Expansion saturates in antigen and needs IL-15. Source: model-details sections 1, 3, 4 (equations 1–9), 6.
 */
const share = { l: "fT_l", s: "fT_s", m: "fT_m" } as const;

export const carT = defineModule("car-t", {
  about: "CAR-T cells: effectors, memory, exhausted cells, expression, fitness",
  inputs: {
    A_b: "cell",
    A_l: "cell",
    A_s: "cell",
    A_m: "cell",
    K_b: "cell",
    K_l: "cell",
    K_s: "cell",
    K_m: "cell",
    IL15: "1",
    IL7: "1",
    sup: "1",
    loss: "1/day",
    KAgX: "1",
    Vb: "uL",
    WBC: "cell/uL",
  },
  parameters: carTParameters,
  derived: {
    RT: { unit: "1", formula: "RE_l + RE_s + RE_m", about: "tissue to blood ratio" },
    ...each(TISSUES, (t) => [`fT_${t}`, { unit: "1", formula: `RE_${t}/RT`, about: "share of tissue memory" }]),
    ...each(PLACES, (c) => [
      `KAg_${c}`,
      { unit: "cell", formula: `KAg*fAg_${c}`, about: "antigen giving half of the stimulation" },
    ]),
  },
  quantities: {
    ...each(TISSUES, (t) => [
      `M_${t}`,
      { unit: "cell", formula: `${share[t]}*Mt`, about: "memory cells in the place" },
    ]),
    ...each(PLACES, (c) => [
      `u_${c}`,
      { unit: "1", formula: `positive(A_${c})/(KAgX*KAg_${c} + positive(A_${c}) + chi*K_${c})`, about: "stimulation" },
    ]),
    g15: { unit: "1", formula: "positive(IL15)^n15/(K15^n15 + positive(IL15)^n15)", about: "IL-15 gate" },
    rhoE: { unit: "1/day", formula: "rho*(g0 + (1 - g0)*g15)*sup*Q*Fit", about: "proliferation at full stimulation" },
    dMn: { unit: "1/day", formula: "dM - pM*IL7/(K7 + IL7)", about: "net loss of memory cells" },
    uT: { unit: "1", formula: "fT_l*u_l + fT_s*u_s + fT_m*u_m", about: "stimulation of tissue memory" },
    CAR: { unit: "cell", formula: "Eb + El + Es + Em + Mb + Mt", about: "CAR-T cells without exhausted ones" },
    eng: { unit: "cell", formula: "u_b*K_b + u_l*K_l + u_s*K_s + u_m*K_m", about: "engaged cells" },
    CARblood: { unit: "cell/uL", formula: "(Eb + Mb + fXb*X)/Vb", about: "CAR-T cells in blood" },
    copies: { unit: "copy/ug", formula: "VCN*CARblood/WBC*1.5e5{cell/ug}", about: "transgene copies" },
  },
  states: {
    Eb: {
      unit: "cell",
      about: "effector CAR-T, blood",
      initial: "0",
      tolerance: 1e-2,
      rate: "-(kE_bl + kE_bs + kE_bm)*Eb + kE_bl/RE_l*El + kE_bs/RE_s*Es + kE_bm/RE_m*Em + (rhoE*u_b - dE - kEM - kx*u_b - loss)*Eb + kact*u_b*Mb",
    },
    ...each(TISSUES, (t) => [
      `E${t}`,
      {
        unit: "cell",
        about: `effector CAR-T, place ${t}`,
        initial: "0",
        tolerance: 1e-2,
        rate: `kE_b${t}*Eb - kE_b${t}/RE_${t}*E${t} + (rhoE*u_${t} - dE - kEM - kx*u_${t} - loss)*E${t} + kact*u_${t}*M_${t}`,
      },
    ]),
    Mb: {
      unit: "cell",
      about: "memory CAR-T, blood",
      initial: "0",
      tolerance: 1e-2,
      rate: "kEM*Eb - (dMn + loss)*Mb - kact*u_b*Mb - kM_bt*Mb + kM_bt/RT*Mt",
    },
    Mt: {
      unit: "cell",
      about: "memory CAR-T, tissue",
      initial: "0",
      tolerance: 1e-2,
      rate: "kEM*(El + Es + Em) - (dMn + loss)*Mt - kact*uT*Mt + kM_bt*Mb - kM_bt/RT*Mt",
    },
    X: {
      unit: "cell",
      about: "exhausted CAR-T",
      initial: "0",
      tolerance: 1e-2,
      rate: "kx*(u_b*Eb + u_l*El + u_s*Es + u_m*Em) - (dX + loss)*X",
    },
    Q: { unit: "1", about: "CAR expression per cell", initial: "1", tolerance: 1e-6, rate: "-kQ*Q" },
    Fit: { unit: "1", about: "proliferative fitness", initial: "1", tolerance: 1e-6, rate: "-kFit*Fit" },
  },
});
