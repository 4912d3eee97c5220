import { carT } from "../construct.js";

export const cd19CarT = carT("cd19-car-t", {
  label: "CD19 CAR-T cells",
  about: "the patient's own T cells, engineered to kill all cells with CD19",
  evidence: "cd19-car-t",
  alsoCalled: ["car-t", "cart", "cd19-cart"],
  target: "CD19",
  costimulation: "4-1bb",
  vector: "lentiviral",
  source: "autologous",
  suffix: "",
});
