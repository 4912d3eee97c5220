import { defineModule } from "../../engine/index.js";
import { rejectionParameters } from "../parameters/rejection.js";
import { safetySwitchParameters } from "../parameters/safety-switch.js";

/** Immunity against the CAR-T cells, primed by them. Source: model-details section 4 (equation 15). */
export const rejection = defineModule("rejection", {
  about: "anti-CAR or host-versus-graft response",
  inputs: { CAR: "cell", T: "1", ldT: "1/day" },
  parameters: rejectionParameters,
  states: {
    R: {
      unit: "1",
      about: "anti-CAR response",
      initial: "0",
      tolerance: 1e-6,
      rate: "kRon*CAR/(KRload + CAR)*positive(T)*(1 + Rmem*R) - dR*R - fRld*ldT*R",
    },
  },
});

/** An inducible switch that kills CAR-T cells. Source: model-details sections 3 (loss), 4 (equation 69). */
export const safetySwitch = defineModule("safety-switch", {
  about: "safety switch",
  inputs: { R: "1", kR: "1/day" },
  parameters: safetySwitchParameters,
  quantities: { loss: { unit: "1/day", formula: "kR*R + kss*SSw", about: "loss by rejection and switch" } },
  states: { SSw: { unit: "dose", about: "switch drug", initial: "0", tolerance: 1e-6, rate: "-ss_k*SSw" } },
});
