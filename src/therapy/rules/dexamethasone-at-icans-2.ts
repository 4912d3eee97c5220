import { defineConstants } from "../../quantity/index.js";
import { dexamethasone } from "../dexamethasone.js";
import { defineRule } from "../rule.js";

const constants = defineConstants({
  dose: {
    value: 10,
    unit: "mg",
    about: "dexamethasone for ICANS, a day",
    level: "assumed",
    reason: "usual first dose of treatment guides; not verified",
  },
});

export const dexamethasoneAtIcans2 = defineRule("dexamethasone-at-icans-2", {
  about: "dexamethasone when neurotoxicity (ICANS) reaches grade 2",
  brings: [dexamethasone],
  constants,
  at: "ward-round",
  when: ({ icans }) => icans >= 2,
  act: ({ day, who }) => ({
    doses: dexamethasone.give(day, constants.dose.value, who),
    event: { event: "dexamethasone", value: constants.dose.value },
  }),
});
