import { each, PLACES } from "../../biology/index.js";
import type { ModuleDeclaration } from "../../engine/index.js";
import { inputsOf, sharedParameters } from "./shared.js";
import { type Target, targets } from "./targets.js";

/**
 * Who is killed where, and how fast: antigen loads, killers and hazards in blood, lymph node, spleen, marrow and sanctuary.
 * Limits: many targets per killer → serial killing; many killers → `kcat`. `W_…` is the targetability of a class of cells by the product's antigen.
 * Source: model-details sections 1 (table W), 3.
 */
const hazard = (killers: string, antigen: string, half: string) => ({
  unit: "1/day",
  formula: `tFunctionLeft*kcat*(${killers}/${half})^nk/(1 + (${killers}/${half})^nk + (positive(${antigen})/(eta*${half}))^nk)`,
  about: "kill hazard",
});
const killers = (effectors: string, memory: string) => ({
  unit: "cell",
  formula: `positive(Q)*(positive(${effectors}) + psi*positive(${memory}))`,
  about: "killers",
});
const kill = (formula: string) => ({ unit: "1/day", formula });

export const killing = (target: Target, own: readonly string[]): ModuleDeclaration => ({
  about: "antigen loads, killers, kill hazards",
  inputs: {
    ...inputsOf(sharedParameters, own),
    ...inputsOf(targets[target].parameters),
    Q: "1",
    ...each(PLACES, (c) => [`E${c}`, "cell"]),
    Mb: "cell",
    M_l: "cell",
    M_s: "cell",
    M_m: "cell",
    ...each(PLACES, (c) => [`N${c}`, "cell"]),
    ...each(PLACES, (c) => [`B${c}`, "cell"]),
    Pro: "cell",
    Pre: "cell",
    AL: "cell",
    fA_l: "1",
    PB: "cell",
    SL: "cell",
    LL: "cell",
    fPBb: "1",
    fPB_l: "1",
    fPB_s: "1",
    fPB_m: "1",
    fSL_s: "1",
    malignant_b: "cell",
    malignant_m: "cell",
    malignantNeg: "cell",
    tFunctionLeft: "1",
  },
  derived: {
    ...Object.fromEntries(
      Object.entries(targets[target].targetability).map(([name, { formula, about }]) => [
        name,
        { unit: "1", formula, about },
      ]),
    ),
    ...each(PLACES, (c) => [
      `Kk_${c}`,
      { unit: "cell", formula: `Kk*fAg_${c}`, about: "CAR-T cells giving half of the hazard" },
    ]),
  },
  quantities: {
    K_b: killers("Eb", "Mb"),
    K_l: killers("El", "M_l"),
    K_s: killers("Es", "M_s"),
    K_m: killers("Em", "M_m"),
    A_b: {
      unit: "cell",
      formula: "W_nai*Nb + W_mem*Bb + W_pb*fPBb*PB + W_leuk*malignant_b",
      about: "antigen load, blood",
    },
    A_l: {
      unit: "cell",
      formula: "W_nai*Nl + W_mem*Bl + W_A*fA_l*AL + W_pb*fPB_l*(1 - fPBb)*PB",
      about: "antigen load, lymph node",
    },
    A_s: {
      unit: "cell",
      formula: "W_nai*Ns + W_mem*Bs + W_A*(1 - fA_l)*AL + W_pb*fPB_s*(1 - fPBb)*PB + W_sl*fSL_s*SL",
      about: "antigen load, spleen",
    },
    A_m: {
      unit: "cell",
      formula:
        "W_nai*Nm + W_mem*Bm + W_pb*fPB_m*(1 - fPBb)*PB + W_sl*(1 - fSL_s)*SL + W_ll*LL + W_pre*(Pro + Pre) + W_leuk*malignant_m + W_neg*malignantNeg",
      about: "antigen load, marrow",
    },
    ...each(PLACES, (c) => [`h_${c}`, hazard(`K_${c}`, `A_${c}`, `Kk_${c}`)]),
    hS: hazard("phiS*K_l", "phiS*A_l", "Kk_l"),
  },
  contributes: {
    effPre: kill("W_pre*h_m"),
    ...each(PLACES, (c) => [`effN_${c}`, kill(`W_nai*h_${c}`)]),
    ...each(PLACES, (c) => [`effB_${c}`, kill(`W_mem*h_${c}`)]),
    effAL: kill("W_A*(fA_l*h_l + (1 - fA_l)*h_s)"),
    effAS: kill("W_A*hS"),
    effPB: kill("W_pb*(fPBb*h_b + (1 - fPBb)*(fPB_l*h_l + fPB_s*h_s + fPB_m*h_m))"),
    effSL: kill("W_sl*(fSL_s*h_s + (1 - fSL_s)*h_m)"),
    effLL: kill("W_ll*h_m"),
    effMalignant_b: kill("W_leuk*h_b"),
    effMalignant_m: kill("W_leuk*h_m"),
    effMalignantNeg: kill("W_neg*h_m"),
  },
});
