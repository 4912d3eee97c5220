import { defineModule } from "../../engine/index.js";

/** Muscle: strength (MMT-8) follows inflammation with the speed of muscle repair, creatine kinase with its own clearance. Source: model-details section 12 (IIM). */
export const muscle = defineModule("muscle", {
  about: "muscle strength and creatine kinase",
  inputs: { INF: "1", MMT0: "point" },
  parameters: {
    CK0: {
      value: 1500,
      unit: "U/L",
      about: "baseline CK; kout 0.35/d",
      bounds: [200, 20000],
      varies: { shape: "lognormal", cv: 120 },
      level: "assumed",
      reason: "no data; CK = CK0*INF",
    },
    kMMT: {
      value: 0.012,
      unit: "1/day",
      about: "muscle recovery rate",
      bounds: [0.004, 0.03],
      varies: { shape: "lognormal", cv: 40 },
      level: "assumed",
      reason: "no data; MMT -> 150 - loss*INF - damage",
    },
    kCK: {
      value: 0.35,
      unit: "1/day",
      about: "clearance of creatine kinase",
      bounds: [0.1, 1],
      level: "assumed",
      reason: "model-details section 12 (IIM)",
    },
    MMTfull: {
      value: 150,
      unit: "point",
      about: "MMT-8 at full strength",
      bounds: [150, 150],
      level: "assumed",
      reason: "end of the scale, as in the observed score: 15 muscles, 0-10 each",
    },
  },
  states: {
    MMT: {
      unit: "point",
      about: "MMT-8, 150 is full strength",
      initial: "MMT0",
      tolerance: 1e-4,
      rate: "kMMT*(MMTfull - (MMTfull - MMT0)*INF - MMT)",
    },
    CK: { unit: "U/L", about: "creatine kinase", initial: "CK0", tolerance: 1e-3, rate: "kCK*(CK0*INF - CK)" },
  },
});
