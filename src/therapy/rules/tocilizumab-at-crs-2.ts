import { defineConstants } from "../../quantity/index.js";
import { defineRule } from "../rule.js";
import { tocilizumab } from "../tocilizumab.js";

const constants = defineConstants({
  dose: {
    value: 8,
    unit: "mg/kg",
    about: "tocilizumab for CRS",
    level: "assumed",
    reason: "the dose of the label; remembered, not verified (tocilizumab-label)",
  },
  most: {
    value: 3,
    unit: "1",
    about: "doses of tocilizumab in one stay",
    level: "assumed",
    reason: "usual limit of treatment guides; not verified",
  },
});

export const tocilizumabAtCrs2 = defineRule("tocilizumab-at-crs-2", {
  about: "tocilizumab when cytokine release syndrome reaches grade 2",
  brings: [tocilizumab],
  constants,
  at: "ward-round",
  atMost: constants.most.value,
  when: ({ crs }) => crs >= 2,
  act: ({ day, who }) => ({
    doses: tocilizumab.give(day, constants.dose.value, who),
    event: { event: "tocilizumab", value: constants.dose.value },
  }),
});
