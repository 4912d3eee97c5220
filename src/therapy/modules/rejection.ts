import { defineModule } from "../../engine/index.js";
import { rejectionParameters } from "../parameters/rejection.js";
import { safetySwitchParameters } from "../parameters/safety-switch.js";

/** Immunity against the CAR-T cells, primed by them; it has a ceiling. Source: model-details sections 4 (equation 15), 13.6. */
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
      rate: "kRon*CAR/(KRload + CAR)*positive(T)*(1 + Rmem*R)*(1 - R/Rmax) - dR*R - fRld*ldT*R",
    },
  },
});

/** An inducible switch that kills CAR-T cells, exhausted ones too. Source: model-details sections 3 (loss), 4 (equation 69), 13.1, 13.7. */
export const safetySwitch = defineModule("safety-switch", {
  about: "safety switch",
  inputs: { R: "1", kR: "1/day", ldT: "1/day", gc: "1", gc_T: "1/day" },
  parameters: safetySwitchParameters,
  quantities: {
    loss: {
      unit: "1/day",
      formula: "kR*R + kss*SSw + ldT + gc_T*gc",
      about: "loss of CAR-T cells by rejection, switch, Flu/Cy and steroid lympholysis",
    },
  },
  states: { SSw: { unit: "dose", about: "switch drug", initial: "0", tolerance: 1e-6, rate: "-ss_k*SSw" } },
});
