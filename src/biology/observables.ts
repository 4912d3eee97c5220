import { defineModule } from "../engine/index.js";

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
    malignant_b: "cell",
    Nl0: "cell",
    Ns0: "cell",
    Nm0: "cell",
    Bl0: "cell",
    Bs0: "cell",
    Bm0: "cell",
  },
  ports: { CARblood: { unit: "cell/uL", join: "sum", about: "CAR-T cells in blood" } },
  parameters: {
    lymph0: {
      value: 1500,
      unit: "cell/uL",
      about: "lymphocytes in blood at a normal T-cell count",
      bounds: [1000, 4000],
      level: "assumed",
      reason: "constant of the equations (model-details section 11); no measurement",
    },
    white0: {
      value: 300,
      unit: "cell/uL",
      about: "monocytes and other white cells in blood",
      bounds: [100, 1000],
      level: "assumed",
      reason: "constant of the equations (model-details section 11); no measurement",
    },
  },
  quantities: {
    Bblood: { unit: "cell/uL", formula: "(Nb + Bb)/Vb", about: "B cells in blood" },
    naiveBlood: { unit: "cell/uL", formula: "Nb/Vb", about: "naive B cells in blood" },
    Bln: { unit: "1", formula: "(Nl + Bl)/(Nl0 + Bl0)", about: "lymph-node B cells, fraction of baseline" },
    Bsp: { unit: "1", formula: "(Ns + Bs)/(Ns0 + Bs0)", about: "spleen B cells, fraction of baseline" },
    Bbm: { unit: "1", formula: "(Nm + Bm)/(Nm0 + Bm0)", about: "marrow B cells, fraction of baseline" },
    WBC: {
      unit: "cell/uL",
      formula: "1000{cell/uL}*(ANC/1{Gcell/L}) + lymph0*T + CARblood + malignant_b/Vb + white0",
      about: "white blood cells",
    },
  },
});
