import { defineModule } from "../../engine/index.js";
import { mycophenolateParameters } from "../parameters/mycophenolate.js";

/**
 * Mycophenolate slows autoreactive growth and the output of plasmablasts, and its effect comes and goes over weeks.
 * In a refractory patient only the share `mmf_left` of the effect is left. The patient comes in on it (`mmf0` = 1); that is part of the steady state. Source: model-details section 12 (MMF).
 */
export const mycophenolate = defineModule("mycophenolate", {
  about: "mycophenolate",
  parameters: mycophenolateParameters,
  controls: { mmfOn: { unit: "1", about: "1 while mycophenolate is taken, else 0", initial: "mmf0" } },
  derived: {
    gM0: {
      unit: "1",
      formula: "1 - mmf_left*mmf_E*mmf0",
      about: "what background mycophenolate leaves of lymphocyte output",
    },
  },
  quantities: {
    gM: { unit: "1", formula: "1 - mmf_left*mmf_E*Mmf", about: "what mycophenolate leaves of lymphocyte output" },
  },
  states: {
    Mmf: { unit: "1", about: "mycophenolate effect", initial: "mmf0", tolerance: 1e-6, rate: "mmf_k*(mmfOn - Mmf)" },
  },
});
