import { carT } from "../construct.js";

export const bcmaCarT = carT("bcma-car-t", {
  label: "BCMA CAR-T cells",
  about: "the patient's own T cells, engineered to kill plasma cells and the other cells with BCMA",
  evidence: "bcma-car-t",
  alsoCalled: ["bcma-cart", "bcma"],
  target: "BCMA",
  costimulation: "4-1bb",
  vector: "lentiviral",
  source: "autologous",
  suffix: "_bcma",
});
