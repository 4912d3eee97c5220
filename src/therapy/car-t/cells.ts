import { each, PLACES, TISSUES } from "../../biology/index.js";
import type { ModuleDeclaration } from "../../engine/index.js";
import { inputsOf, sharedParameters } from "./shared.js";

/**
 * CAR-T cells: effectors in four places, memory, exhausted cells, expression of the CAR (Q) and proliferative fitness (Fit).
 * Expansion saturates in antigen and needs IL-15. Source: model-details sections 1, 3, 4 (equations 1–9), 6.
 */
const cell = (about: string, rate: string) => ({ unit: "cell", about, initial: "0", tolerance: 1e-2, rate });

/** `own`: parameters that this product has of its own in place of the shared ones. */
export const cells = (own: readonly string[]): ModuleDeclaration => ({
  about: "CAR-T cells: effectors, memory, exhausted cells, expression, fitness",
  inputs: {
    ...inputsOf(sharedParameters, own),
    ...each(PLACES, (c) => [`A_${c}`, "cell"]),
    ...each(PLACES, (c) => [`K_${c}`, "cell"]),
    KAgX: "1",
    IL15: "1",
    IL7: "1",
    tFunctionLeft: "1",
    ldT: "1/day",
    lympholysis: "1/day",
    Vb: "uL",
    WBC: "cell/uL",
  },
  ports: { carLoss: { unit: "1/day", join: "sum", about: "loss of the CAR-T cells by rejection or a switch" } },
  derived: {
    RT: { unit: "1", formula: "RE_l + RE_s + RE_m", about: "tissue to blood ratio" },
    ...each(TISSUES, (t) => [`fT_${t}`, { unit: "1", formula: `RE_${t}/RT`, about: "share of tissue memory" }]),
    ...each(PLACES, (c) => [
      `KAg_${c}`,
      { unit: "cell", formula: `KAg*fAg_${c}`, about: "antigen giving half of the stimulation" },
    ]),
  },
  quantities: {
    ...each(TISSUES, (t) => [`M_${t}`, { unit: "cell", formula: `fT_${t}*Mt`, about: "memory cells in the place" }]),
    ...each(PLACES, (c) => [
      `u_${c}`,
      { unit: "1", formula: `positive(A_${c})/(KAgX*KAg_${c} + positive(A_${c}) + chi*K_${c})`, about: "stimulation" },
    ]),
    g15: { unit: "1", formula: "positive(IL15)^n15/(K15^n15 + positive(IL15)^n15)", about: "IL-15 gate" },
    rhoE: {
      unit: "1/day",
      formula: "rho*(g0 + (1 - g0)*g15)*tFunctionLeft*Q*Fit",
      about: "proliferation at full stimulation",
    },
    dMn: { unit: "1/day", formula: "dM - pM*IL7/(K7 + IL7)", about: "net loss of memory cells" },
    loss: {
      unit: "1/day",
      formula: "carLoss + ldT + lympholysis",
      about: "loss of CAR-T cells by rejection, switch, Flu/Cy and steroid lympholysis",
    },
    CAR: { unit: "cell", formula: "Eb + El + Es + Em + Mb + Mt", about: "CAR-T cells without exhausted ones" },
    eng: { unit: "cell", formula: "u_b*K_b + u_l*K_l + u_s*K_s + u_m*K_m", about: "engaged cells" },
    carBlood: { unit: "cell/uL", formula: "(Eb + Mb + fXb*X)/Vb", about: "cells of this product in blood" },
    copies: { unit: "copy/ug", formula: "VCN*carBlood/WBC*gpug", about: "transgene copies" },
  },
  contributes: {
    infusedT: { unit: "cell", formula: "CAR" },
    CARblood: { unit: "cell/uL", formula: "carBlood" },
    engaged: { unit: "cell", formula: "eng*tFunctionLeft" },
  },
  states: {
    ...each(PLACES, (c) => [`E${c}`, cell(`effector CAR-T, place ${c}`, `(rhoE*u_${c} - dE - loss)*E${c}`)]),
    Mb: cell("memory CAR-T, blood", "-(dMn + loss)*Mb"),
    Mt: cell("memory CAR-T, tissue", "-(dMn + loss)*Mt"),
    X: cell("exhausted CAR-T", "-(dX + loss)*X"),
    Q: { unit: "1", about: "CAR expression per cell", initial: "1", tolerance: 1e-6, rate: "-kQ*Q" },
    Fit: { unit: "1", about: "proliferative fitness", initial: "1", tolerance: 1e-6, rate: "-kFit*Fit" },
  },
  flows: {
    ...each(TISSUES, (t) => [`homes_${t}`, { from: "Eb", to: `E${t}`, rate: `kE_b${t}*Eb` }]),
    ...each(TISSUES, (t) => [`leaves_${t}`, { from: `E${t}`, to: "Eb", rate: `kE_b${t}/RE_${t}*E${t}` }]),
    remembers_b: { from: "Eb", to: "Mb", rate: "kEM*Eb" },
    ...each(TISSUES, (t) => [`remembers_${t}`, { from: `E${t}`, to: "Mt", rate: `kEM*E${t}` }]),
    wakes_b: { from: "Mb", to: "Eb", rate: "kact*u_b*Mb" },
    ...each(TISSUES, (t) => [`wakes_${t}`, { from: "Mt", to: `E${t}`, rate: `kact*u_${t}*M_${t}` }]),
    ...each(PLACES, (c) => [`tires_${c}`, { from: `E${c}`, to: "X", rate: `kx*u_${c}*E${c}` }]),
    memoryToTissue: { from: "Mb", to: "Mt", rate: "kM_bt*Mb" },
    memoryToBlood: { from: "Mt", to: "Mb", rate: "kM_bt/RT*Mt" },
  },
});
