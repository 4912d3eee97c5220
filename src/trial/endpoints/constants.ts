import { defineConstants } from "../../quantity/index.js";

/** Numbers by which outcomes are read from the curves of a run. The report lists them. */
export const outcomeConstants = defineConstants({
  depleted: {
    value: 1,
    unit: "cell/uL",
    about: "blood B cells below this are called depleted",
    level: "assumed",
    reason: "model-details section 7, rule 2; no record states its own limit of detection",
  },
  returned: {
    value: 5,
    unit: "cell/uL",
    about: "blood B cells above this, after depletion, have come back",
    level: "assumed",
    reason: "model-details section 7, rule 2 (Bret); no record states its own limit",
  },
  returnAfter: {
    value: 5,
    unit: "day",
    about: "B cells count as back only so long after they were first depleted",
    level: "assumed",
    reason: "model-details section 7, rule 2: a count that passes the limits twice in a few days is no return",
  },
  neutropenia: {
    value: 0.5,
    unit: "Gcell/L",
    about: "neutrophils below this are grade 4",
    level: "assumed",
    reason: "model-details section 7, rule 7; usual grading, remembered, not read",
  },
  neutropeniaUntil: {
    value: 60,
    unit: "day",
    about: "days of neutropenia are counted up to this day",
    level: "assumed",
    reason: "what conditioning does is over by then in the model",
  },
});

/** The two limits of blood B cells, in words. */
export const BELOW_DEPLETED = `below ${outcomeConstants.depleted.value}/µL`;
export const ABOVE_RETURNED = `above ${outcomeConstants.returned.value}/µL`;
