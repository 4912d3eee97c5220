import { each, PLACES } from "../../biology/index.js";
import { defineModule } from "../../engine/index.js";
import { killingParameters } from "../parameters/killing.js";

/**
 * Who is killed where, and how fast: antigen loads, killers and hazards in blood, lymph node, spleen, marrow and sanctuary.
 * Limits: many targets per killer → serial killing; many killers → `kcat`. `W_…` is the targetability of a class of cells by the product's antigen.
 * Source: model-details sections 1 (table W), 3.
 */
const hazard = (killers: string, antigen: string, half: string) =>
  `sup*kcat*(${killers}/${half})^nk/(1 + (${killers}/${half})^nk + (positive(${antigen})/(eta*${half}))^nk)`;

export const killing = defineModule("killing", {
  about: "antigen loads, killers, kill hazards",
  inputs: {
    Q: "1",
    Eb: "cell",
    El: "cell",
    Es: "cell",
    Em: "cell",
    Mb: "cell",
    M_l: "cell",
    M_s: "cell",
    M_m: "cell",
    Nb: "cell",
    Nl: "cell",
    Ns: "cell",
    Nm: "cell",
    Bb: "cell",
    Bl: "cell",
    Bs: "cell",
    Bm: "cell",
    Pro: "cell",
    Pre: "cell",
    AL: "cell",
    PB: "cell",
    SL: "cell",
    LL: "cell",
    fPBb: "1",
    Lb: "cell",
    Lm: "cell",
    Lneg: "cell",
    sup: "1",
    fAg_b: "1",
    fAg_l: "1",
    fAg_s: "1",
    fAg_m: "1",
  },
  parameters: killingParameters,
  controls: {
    W_pre: { unit: "1", about: "targetability of pro- and pre-B cells", initial: "1" },
    W_nai: { unit: "1", about: "targetability of naive B cells", initial: "1" },
    W_mem: { unit: "1", about: "targetability of memory B cells", initial: "1" },
    W_A: { unit: "1", about: "targetability of autoreactive B cells", initial: "1" },
    W_pb: { unit: "1", about: "targetability of plasmablasts", initial: "w19_PB" },
    W_sl: { unit: "1", about: "targetability of short-lived plasma cells", initial: "w19_SL" },
    W_ll: { unit: "1", about: "targetability of long-lived plasma cells", initial: "w19_LL" },
    W_leuk: { unit: "1", about: "targetability of leukaemia", initial: "1" },
    W_neg: { unit: "1", about: "targetability of CD19-negative leukaemia", initial: "0" },
    KAgX: { unit: "1", about: "multiplier of KAg for the product's antigen", initial: "1" },
  },
  derived: each(PLACES, (c) => [
    `Kk_${c}`,
    { unit: "cell", formula: `Kk*fAg_${c}`, about: "CAR-T cells giving half of the hazard" },
  ]),
  quantities: {
    K_b: { unit: "cell", formula: "Q*(positive(Eb) + psi*positive(Mb))", about: "killers, blood" },
    K_l: { unit: "cell", formula: "Q*(positive(El) + psi*positive(M_l))", about: "killers, lymph node" },
    K_s: { unit: "cell", formula: "Q*(positive(Es) + psi*positive(M_s))", about: "killers, spleen" },
    K_m: { unit: "cell", formula: "Q*(positive(Em) + psi*positive(M_m))", about: "killers, marrow" },
    A_b: { unit: "cell", formula: "W_nai*Nb + W_mem*Bb + W_pb*fPBb*PB + W_leuk*Lb", about: "antigen load, blood" },
    A_l: {
      unit: "cell",
      formula: "W_nai*Nl + W_mem*Bl + W_A*0.6*AL + W_pb*0.4*(1 - fPBb)*PB",
      about: "antigen load, lymph node",
    },
    A_s: {
      unit: "cell",
      formula: "W_nai*Ns + W_mem*Bs + W_A*0.4*AL + W_pb*0.3*(1 - fPBb)*PB + W_sl*0.2*SL",
      about: "antigen load, spleen",
    },
    A_m: {
      unit: "cell",
      formula:
        "W_nai*Nm + W_mem*Bm + W_pb*0.3*(1 - fPBb)*PB + W_sl*0.8*SL + W_ll*LL + W_pre*(Pro + Pre) + W_leuk*Lm + W_neg*Lneg",
      about: "antigen load, marrow",
    },
    ...each(PLACES, (c) => [
      `h_${c}`,
      { unit: "1/day", formula: hazard(`K_${c}`, `A_${c}`, `Kk_${c}`), about: "kill hazard" },
    ]),
    hS: { unit: "1/day", formula: hazard("phiS*K_l", "phiS*A_l", "Kk_l"), about: "kill hazard in the sanctuary" },
  },
});
