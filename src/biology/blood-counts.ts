import { defineModule } from "../engine/index.js";

/** Neutrophils: the transit chain of Friberg 2002 with inhibition by drugs and by inflammation. Source: model-details sections 1, 3, 4 (equations 49–53). */
const transit = (about: string, rate?: string) => ({
  unit: "Gcell/L",
  about,
  initial: "ANC0",
  tolerance: 1e-6,
  ...(rate === undefined ? {} : { rate }),
});

export const bloodCounts = defineModule("blood-counts", {
  about: "neutrophils",
  inputs: { MA: "1" },
  ports: {
    edr: { unit: "1", join: "sum", about: "inhibition of neutrophil precursors by drugs; above 1 it kills" },
  },
  parameters: {
    ANC0: {
      value: 4,
      unit: "Gcell/L",
      about: "baseline neutrophils",
      bounds: [1.5, 8],
      varies: { shape: "lognormal", cv: 35 },
      level: "assumed",
      reason: "textbook reference range, not traced to a page",
    },
    MTT: {
      value: 5.3,
      unit: "day",
      about: "mean transit time",
      bounds: [3.5, 7.5],
      varies: { shape: "lognormal", cv: 20 },
      level: "fitted",
      source: "friberg-2002",
      reason: "Friberg 88-140 h across drugs",
    },
    gam: {
      value: 0.17,
      unit: "1",
      about: "feedback exponent",
      bounds: [0.1, 0.25],
      level: "fitted",
      source: "friberg-2002",
    },
    Iinf: {
      value: 0.7,
      unit: "1",
      about: "max inflammatory inhibition (ICAHT)",
      bounds: [0.2, 1],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    KMAi: {
      value: 0.5,
      unit: "1",
      about: "macrophage activation for half-max inhibition",
      bounds: [0.1, 2],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
  },
  // Three transits and the loss from blood: four steps take the mean transit time.
  derived: { ktr: { unit: "1/day", formula: "4/MTT", about: "transit rate" } },
  quantities: {
    inh: { unit: "1", formula: "Iinf*MA/(MA + KMAi)", about: "inhibition by inflammation" },
  },
  states: {
    Prol: transit(
      "proliferating precursors",
      "ktr*Prol*((1 - edr) - inh*positive(1 - edr))*(ANC0/max(ANC, 1e-3{Gcell/L}))^gam",
    ),
    Tr1: transit("transit 1"),
    Tr2: transit("transit 2"),
    Tr3: transit("transit 3"),
    ANC: transit("neutrophils in blood", "-ktr*ANC"),
  },
  flows: {
    matures1: { from: "Prol", to: "Tr1", rate: "ktr*Prol" },
    matures2: { from: "Tr1", to: "Tr2", rate: "ktr*Tr1" },
    matures3: { from: "Tr2", to: "Tr3", rate: "ktr*Tr2" },
    released: { from: "Tr3", to: "ANC", rate: "ktr*Tr3" },
  },
});
