import { defineModule } from "../../engine/index.js";
import { myositisParameters } from "../parameters/myositis.js";

/** Muscle: strength (MMT-8) follows inflammation with the speed of muscle repair, creatine kinase with its own clearance. Source: model-details section 12 (IIM). */
export const myositis = defineModule("myositis", {
  about: "muscle strength and creatine kinase",
  inputs: { INF: "1" },
  parameters: myositisParameters,
  states: {
    MMT: {
      unit: "point",
      about: "MMT-8, 150 is full strength",
      initial: "MMT0",
      tolerance: 1e-4,
      rate: "kMMT*(150{point} - (150{point} - MMT0)*INF - MMT)",
    },
    CK: { unit: "U/L", about: "creatine kinase", initial: "CK0", tolerance: 1e-3, rate: "0.35{1/day}*(CK0*INF - CK)" },
  },
});
