import { defineModule } from "../../engine/index.js";
import { bCellsParameters } from "../parameters/b-cells.js";

/**
 * B-cell development and the naive and memory pools in blood, lymph node, spleen and marrow.
 * Exchange rates from blood into tissue are derived from egress, so that every patient starts exactly at the steady state.
 * Source: model-details sections 1, 3, 4 (equations 16–26, 37).
 */
const perDay = { unit: "1/day" };

export const bCells = defineModule("b-cells", {
  about: "B-cell development, naive and memory B cells, BAFF",
  inputs: {
    W_pre: "1",
    W_nai: "1",
    W_mem: "1",
    h_b: "1/day",
    h_l: "1/day",
    h_s: "1/day",
    h_m: "1/day",
    rb: "1/day",
    r_l: "1/day",
    r_s: "1/day",
    r_m: "1/day",
    ldB: "1/day",
    ldP: "1/day",
    fLDb: "1",
    beli: "1",
  },
  parameters: bCellsParameters,
  derived: {
    N0: { unit: "cell", formula: "Nb0 + Nl0 + Ns0 + Nm0", about: "naive B cells in the body" },
    B0: { unit: "cell", formula: "Bb0 + Bl0 + Bs0 + Bm0", about: "memory B cells in the body" },
    J: { unit: "cell/day", formula: "dN*N0 + kNM*(Nl0 + Ns0)", about: "loss of naive cells at baseline" },
    Pre0: { unit: "cell", formula: "J/(fsel*kmat)", about: "pre-B cells at baseline" },
    pB: { ...perDay, formula: "pBrel*dB", about: "max renewal of memory cells" },
    SP: { unit: "cell/day", formula: "(kmat + dPre)*Pre0/ampPre", about: "influx of CD19+ pro-B cells" },
    Pro0: { unit: "cell", formula: "SP/kPro", about: "pro-B cells at baseline" },
    kN_bl: { ...perDay, formula: "(eN_l + dN + kNM)*Nl0/Nb0", about: "naive, blood to lymph node" },
    kN_bs: { ...perDay, formula: "(eN_s + dN + kNM)*Ns0/Nb0", about: "naive, blood to spleen" },
    eN_m: { ...perDay, formula: "(kN_bm*Nb0 + J)/Nm0 - dN", about: "naive, marrow to blood" },
    peff: { ...perDay, formula: "dB - kNM*(Nl0 + Ns0)/B0", about: "renewal of memory cells at baseline" },
    KB: { unit: "cell", formula: "B0/(1 - peff/pB)", about: "capacity of memory renewal" },
    net: { ...perDay, formula: "peff - dB", about: "net growth of memory cells at baseline" },
    kB_bl: { ...perDay, formula: "((eB_l - net)*Bl0 - kNM*Nl0)/Bb0", about: "memory, blood to lymph node" },
    kB_bs: { ...perDay, formula: "((eB_s - net)*Bs0 - kNM*Ns0)/Bb0", about: "memory, blood to spleen" },
    kB_bm: { ...perDay, formula: "(eB_m - net)*Bm0/Bb0", about: "memory, blood to marrow" },
  },
  quantities: {
    Nt: { unit: "cell", formula: "Nb + Nl + Ns + Nm", about: "naive B cells in the body" },
    Bt: { unit: "cell", formula: "Bb + Bl + Bs + Bm", about: "memory B cells in the body" },
    Be: { unit: "1", formula: "BAFF*(1 - beli)", about: "free BAFF" },
    dNn: { ...perDay, formula: "dN*(1 + KbN)/(Be + KbN)", about: "death of naive cells" },
    pr: { ...perDay, formula: "pB*(1 - Bt/KB) - dB", about: "net renewal of memory cells" },
  },
  states: {
    CLP: {
      unit: "1",
      about: "B-committed progenitor niche",
      initial: "1",
      tolerance: 1e-6,
      rate: "kCLP*(1 - CLP) - (thCLP*W_pre*h_m + fCLPld*ldP)*CLP",
    },
    Pro: {
      unit: "cell",
      about: "CD19+ pro-B cells, marrow",
      initial: "Pro0",
      tolerance: 1e-2,
      rate: "SP*CLP - (kPro + W_pre*h_m + ldP)*Pro",
    },
    Pre: {
      unit: "cell",
      about: "small pre-B cells, marrow",
      initial: "Pre0",
      tolerance: 1e-2,
      rate: "ampPre*kPro*Pro - (kmat + dPre + W_pre*h_m + ldP)*Pre",
    },
    Nb: {
      unit: "cell",
      about: "naive B cells, blood",
      initial: "Nb0",
      tolerance: 1e-2,
      rate: "eN_l*Nl + eN_s*Ns + eN_m*Nm - (kN_bl + kN_bs + kN_bm + dNn + W_nai*h_b + rb + fLDb*ldB)*Nb",
    },
    Nl: {
      unit: "cell",
      about: "naive B cells, lymph node",
      initial: "Nl0",
      tolerance: 1e-2,
      rate: "kN_bl*Nb - (eN_l + dNn + kNM + W_nai*h_l + r_l + ldB)*Nl",
    },
    Ns: {
      unit: "cell",
      about: "naive B cells, spleen",
      initial: "Ns0",
      tolerance: 1e-2,
      rate: "kN_bs*Nb - (eN_s + dNn + kNM + W_nai*h_s + r_s + ldB)*Ns",
    },
    Nm: {
      unit: "cell",
      about: "immature and naive B cells, marrow",
      initial: "Nm0",
      tolerance: 1e-2,
      rate: "kN_bm*Nb + fsel*kmat*Pre - (eN_m + dNn + W_nai*h_m + r_m + ldB)*Nm",
    },
    Bb: {
      unit: "cell",
      about: "memory B cells, blood",
      initial: "Bb0",
      tolerance: 1e-2,
      rate: "eB_l*Bl + eB_s*Bs + eB_m*Bm + (pr - kB_bl - kB_bs - kB_bm - W_mem*h_b - rb - fLDb*ldB)*Bb",
    },
    Bl: {
      unit: "cell",
      about: "memory B cells, lymph node",
      initial: "Bl0",
      tolerance: 1e-2,
      rate: "kB_bl*Bb + kNM*Nl + (pr - eB_l - W_mem*h_l - r_l - ldB)*Bl",
    },
    Bs: {
      unit: "cell",
      about: "memory B cells, spleen",
      initial: "Bs0",
      tolerance: 1e-2,
      rate: "kB_bs*Bb + kNM*Ns + (pr - eB_s - W_mem*h_s - r_s - ldB)*Bs",
    },
    Bm: {
      unit: "cell",
      about: "memory B cells, marrow",
      initial: "Bm0",
      tolerance: 1e-2,
      rate: "kB_bm*Bb + (pr - eB_m - W_mem*h_m - r_m - ldB)*Bm",
    },
    BAFF: {
      unit: "1",
      about: "BAFF, relative to baseline",
      initial: "1",
      tolerance: 1e-6,
      rate: "kBAFF*((1 + cBAFF) - (1 + cBAFF*(Nt + Bt)/(N0 + B0))*BAFF)",
    },
  },
});
