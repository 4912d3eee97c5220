import { carT } from "../construct.js";

export const cd19BcmaCarT = carT("cd19-bcma-car-t", {
  label: "CD19/BCMA CAR-T cells",
  about: "the patient's own T cells, engineered to kill cells with CD19 or BCMA",
  evidence: "bcma-cd19-car-t",
  alsoCalled: ["dual-car-t", "ccar"],
  target: "CD19 and BCMA",
  costimulation: "4-1bb",
  vector: "lentiviral",
  source: "autologous",
  suffix: "_dual",
});
