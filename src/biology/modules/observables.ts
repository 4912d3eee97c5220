import { defineModule } from "../../engine/index.js";

/** What a laboratory or a biopsy would see. Fractions of baseline count mature cells only. Source: model-details section 6. */
export const observables = defineModule("observables", {
  about: "laboratory and biopsy quantities",
  inputs: {
    Nb: "cell",
    Nl: "cell",
    Ns: "cell",
    Nm: "cell",
    Bb: "cell",
    Bl: "cell",
    Bs: "cell",
    Bm: "cell",
    Vb: "uL",
    ANC: "Gcell/L",
    T: "1",
    CARblood: "cell/uL",
    Lb: "cell",
    Nl0: "cell",
    Ns0: "cell",
    Nm0: "cell",
    Bl0: "cell",
    Bs0: "cell",
    Bm0: "cell",
  },
  quantities: {
    Bblood: { unit: "cell/uL", formula: "(Nb + Bb)/Vb", about: "B cells in blood" },
    naiveBlood: { unit: "cell/uL", formula: "Nb/Vb", about: "naive B cells in blood" },
    Bln: { unit: "1", formula: "(Nl + Bl)/(Nl0 + Bl0)", about: "lymph-node B cells, fraction of baseline" },
    Bsp: { unit: "1", formula: "(Ns + Bs)/(Ns0 + Bs0)", about: "spleen B cells, fraction of baseline" },
    Bbm: { unit: "1", formula: "(Nm + Bm)/(Nm0 + Bm0)", about: "marrow B cells, fraction of baseline" },
    WBC: {
      unit: "cell/uL",
      formula: "1000{cell/uL}*(ANC/1{Gcell/L}) + 1500{cell/uL}*T + CARblood + Lb/Vb + 300{cell/uL}",
      about: "white blood cells",
    },
  },
});
