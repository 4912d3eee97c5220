import { defineModule } from "../engine/index.js";
import { defineTherapy } from "./therapy.js";

/**
 * Fludarabine (unit dose 25 mg/m²) and cyclophosphamide (unit dose 1 g/m²). Source: model-details sections 3, 4 (equations 10, 11).
 * A patient has one exposure to each drug, and every effect of it follows that: docs/notes/conditioning-exposure.md
 */
const lymphodepletion = defineModule("lymphodepletion", {
  about: "fludarabine and cyclophosphamide",
  parameters: {
    kCy: {
      value: 2.8,
      unit: "1/day",
      about: "cyclophosphamide elimination",
      bounds: [1.5, 5],
      varies: { shape: "lognormal", cv: 30 },
      level: "assumed",
      reason: "remembered from the general literature, not verified; t1/2 ~6 h; unit dose = 1 g/m2",
    },
    kFlu: {
      value: 1.2,
      unit: "1/day",
      about: "F-ara-A effective elimination at 70 kg and normal filtration",
      bounds: [0.7, 2.5],
      varies: { shape: "lognormal", cv: 30 },
      level: "assumed",
      reason: "remembered from the general literature, not verified; t1/2 ~10-20 h; unit dose = 25 mg/m2",
    },
    fRenFlu: {
      value: 0.65,
      unit: "1",
      about: "share of the clearance of F-ara-A by the kidneys",
      bounds: [0.4, 0.8],
      level: "measured",
      source: "langenhorst-2019",
      reason: "about 65 % in adults",
    },
    aCl: {
      value: -0.25,
      unit: "1",
      about: "exponent of weight in the elimination of both drugs",
      bounds: [-0.4, 0],
      level: "assumed",
      source: "langenhorst-2019",
      reason:
        "standard allometry: clearance by weight to 0.75, volume by weight; of cyclophosphamide taken as the same",
    },
    eFluT: {
      value: 0.6,
      unit: "1/day/dose",
      about: "fludarabine kill of T cells",
      bounds: [0.2, 1.5],
      level: "assumed",
      reason: "tuned so that the whole model behaves; 3 Flu + 1 Cy -> 2.5 ln units",
    },
    eCyT: {
      value: 2.8,
      unit: "1/day/dose",
      about: "cyclophosphamide kill of T cells",
      bounds: [1, 6],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    eFluB: {
      value: 0.2,
      unit: "1/day/dose",
      about: "fludarabine kill of tissue B cells",
      bounds: [0.1, 1],
      level: "assumed",
      reason: "tuned so that the whole model behaves; tissue B to ~35 %",
    },
    eCyB: {
      value: 0.9,
      unit: "1/day/dose",
      about: "cyclophosphamide kill of tissue B cells",
      bounds: [0.5, 4],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    eFluP: {
      value: 0.3,
      unit: "1/day/dose",
      about: "fludarabine kill of pre-B / plasmablasts",
      bounds: [0.1, 1],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    eCyP: {
      value: 2,
      unit: "1/day/dose",
      about: "cyclophosphamide kill of pre-B / plasmablasts",
      bounds: [0.5, 5],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    sFlu: {
      value: 1,
      unit: "1/dose",
      about: "fludarabine slope on proliferation",
      bounds: [0.2, 3],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    sCy: {
      value: 5,
      unit: "1/dose",
      about: "cyclophosphamide slope on proliferation",
      bounds: [1, 12],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
  },
  inputs: { BW: "kg", BWref: "kg", GFR: "1" },
  derived: {
    sizeCl: { unit: "1", formula: "(BW/BWref)^aCl", about: "elimination by size" },
    elFlu: { unit: "1/day", formula: "kFlu*sizeCl*(1 - fRenFlu + fRenFlu*GFR)", about: "elimination of F-ara-A" },
    elCy: { unit: "1/day", formula: "kCy*sizeCl", about: "elimination of cyclophosphamide" },
  },
  contributes: {
    ldT: { unit: "1/day", formula: "eFluT*Flu + eCyT*Cy" },
    ldB: { unit: "1/day", formula: "eFluB*Flu + eCyB*Cy" },
    ldP: { unit: "1/day", formula: "eFluP*Flu + eCyP*Cy" },
    edr: { unit: "1", formula: "sFlu*Flu + sCy*Cy" },
  },
  states: {
    Cy: { unit: "dose", about: "cyclophosphamide", initial: "0", tolerance: 1e-6, rate: "-elCy*Cy" },
    Flu: { unit: "dose", about: "fludarabine", initial: "0", tolerance: 1e-6, rate: "-elFlu*Flu" },
  },
});

export const fluCy = defineTherapy("flu-cy", {
  label: "fludarabine 3 × 25 mg/m² and cyclophosphamide 1 g/m²",
  about: "lymphodepletion: fludarabine on three days from the first on, cyclophosphamide on the third",
  alsoCalled: ["lymphodepletion", "conditioning", "fludarabine", "cyclophosphamide"],
  modules: [lymphodepletion],
  dose: null,
  give: (first, _, who) => {
    // Given by body surface, spread over weight: the heavier patient begins lower, by the square root of weight at a given height.
    const amount = Math.sqrt(who.constant("BWref") / who.constant("BW"));
    return [
      ...[0, 1, 2].map((day) => ({ at: first + day, label: "fludarabine", into: "Flu", amount })),
      { at: first + 2, label: "cyclophosphamide", into: "Cy", amount },
    ];
  },
  course: "conditioning",
});
