import { glucocorticoidModule } from "./glucocorticoid.js";
import { defineTherapy } from "./therapy.js";

export const dexamethasone = defineTherapy("dexamethasone", {
  label: "dexamethasone",
  about: "glucocorticoid in single doses, against neurotoxicity",
  alsoCalled: ["dex"],
  modules: [glucocorticoidModule],
  dose: { unit: "mg", low: 0.1, high: 100, usual: 10 },
  give: (at, dose) => [{ at, label: "dexamethasone", into: "Dex", amount: dose / 10 }],
});
