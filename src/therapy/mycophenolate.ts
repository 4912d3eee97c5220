import { defineModule } from "../engine/index.js";
import { defineTherapy } from "./therapy.js";

/**
 * Mycophenolate slows autoreactive growth and the output of plasmablasts, and its effect comes and goes over weeks.
 * In a refractory patient only the share `mmf_left` of the effect is left. The patient comes in on it (`mmf0` = 1); that is part of the steady state. Source: model-details section 12 (MMF).
 */
const module = defineModule("mycophenolate", {
  about: "mycophenolate",
  parameters: {
    mmf_E: {
      value: 0.45,
      unit: "1",
      about: "max inhibition of autoreactive birth and plasmablast output at 2-3 g/d",
      bounds: [0.1, 0.8],
      varies: { shape: "lognormal", cv: 30 },
      level: "assumed",
      reason: "no data; onset t1/2 10 d",
    },
    mmf_k: {
      value: 0.07,
      unit: "1/day",
      about: "onset/offset of MMF effect",
      bounds: [0.03, 0.2],
      level: "assumed",
      reason: "no data",
    },
    mmf_left: {
      value: 0.25,
      unit: "1",
      about: "share of the effect of mycophenolate that is left in a refractory patient",
      bounds: [0, 0.5],
      varies: { shape: "uniform" },
      level: "assumed",
      reason:
        "the disease is active on the drug. The clone parameters were tuned without background therapy; the full effect would double the growth of clones off drugs (docs/notes/background-therapy.md)",
    },
    mmf0: {
      value: 1,
      unit: "1",
      about: "1 if a refractory patient comes in on mycophenolate, else 0",
      bounds: [0, 1],
      level: "assumed",
      reason:
        "mycophenolate had failed in 5 of 5 (mackensen_2022); stands for the conventional immunosuppressant of each patient",
    },
  },
  controls: { mmfOn: { unit: "1", about: "1 while mycophenolate is taken, else 0", initial: "mmf0" } },
  contributes: {
    growthLeft: { unit: "1", formula: "1 - mmf_left*mmf_E*Mmf" },
    growthLeft0: { unit: "1", formula: "1 - mmf_left*mmf_E*mmf0" },
    outputLeft: { unit: "1", formula: "1 - mmf_left*mmf_E*Mmf" },
    outputLeft0: { unit: "1", formula: "1 - mmf_left*mmf_E*mmf0" },
  },
  states: {
    Mmf: { unit: "1", about: "mycophenolate effect", initial: "mmf0", tolerance: 1e-6, rate: "mmf_k*(mmfOn - Mmf)" },
  },
});

export const mycophenolate = defineTherapy("mycophenolate", {
  label: "mycophenolate",
  about: "mycophenolate mofetil at 2–3 g a day",
  evidence: "mycophenolate",
  alsoCalled: ["mmf", "mycophenolate-mofetil"],
  modules: [module],
  dose: undefined,
  give: undefined,
  background: {
    plan: "stop",
    level: "mmf0",
    control: "mmfOn",
    unit: "1",
    item: { name: "immunosuppressant", about: "mycophenolate is taken now" },
    usual: true,
  },
});
