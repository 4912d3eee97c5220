import { defineConstants } from "../../quantity/index.js";
import { defineRule } from "../rule.js";

const constants = defineConstants({
  responseExpected: {
    value: 168,
    unit: "day",
    about: "without a response by this day, withdrawn drugs are taken up again",
    level: "assumed",
    reason: "six visits of four weeks; no protocol of the records says it",
  },
});

export const rescueAtRelapse = defineRule("rescue-at-relapse", {
  about: "rescue therapy at relapse",
  brings: [],
  constants,
  at: "visit",
  atMost: 1,
  when: ({ day, relapsed, response, confirmedResponse }) =>
    relapsed || (day >= constants.responseExpected.value && !confirmedResponse && !response),
  act: () => ({ doses: [], event: { event: "rescue", value: 1 }, resumesBackground: true }),
});
