import { defineConstants } from "../../quantity/index.js";
import { immunoglobulin } from "../immunoglobulin.js";
import { defineRule } from "../rule.js";

const constants = defineConstants({
  low: {
    value: 4,
    unit: "g/L",
    about: "immunoglobulin is given below this IgG",
    level: "assumed",
    reason: "model-details section 12 (IVIG)",
  },
  dose: {
    value: 0.4,
    unit: "g/kg",
    about: "immunoglobulin as replacement",
    level: "assumed",
    reason: "model-details section 12 (IVIG)",
  },
});

export const ivigAtIgg4 = defineRule("ivig-at-igg-4", {
  about: "immunoglobulin replacement when IgG falls below 4 g/L",
  brings: [immunoglobulin],
  constants,
  at: "visit",
  when: ({ patient }) => patient.get("IgG") < constants.low.value,
  act: ({ day, who }) => ({
    doses: immunoglobulin.give(day, constants.dose.value, who),
    event: { event: "immunoglobulin", value: constants.dose.value },
  }),
});
