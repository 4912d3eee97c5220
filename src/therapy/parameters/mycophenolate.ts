import type { Parameters } from "../../engine/index.js";

/** Parameters of `mycophenolate`: value, unit, meaning, limits, variability between patients, level and source or reason. */
export const mycophenolateParameters = {
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
} as const satisfies Parameters;
