import { defineModule } from "../engine/index.js";
import { defineTherapy } from "./therapy.js";

/**
 * Glucocorticoid acts on T cells (CAR-T cells too), macrophages, autoreactive growth, organ inflammation and infection. Dexamethasone comes as doses;
 * prednisolone is taken every day and stands as its mean rate, `predRate`. A refractory patient comes in on `predDose0`; what it does then (`predEffect0`) is part of the steady state.
 * Source: model-details sections 3, 4 (equation 64), 12 (prednisone).
 */
export const glucocorticoidModule = defineModule("glucocorticoid", {
  about: "glucocorticoid",
  parameters: {
    dex_IC50: {
      value: 0.35,
      unit: "dose",
      about: "glucocorticoid half-effect",
      bounds: [0.1, 1],
      varies: { shape: "lognormal", cv: 40 },
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    dex_k: {
      value: 0.9,
      unit: "1/day",
      about: "dexamethasone biological half-life ~1-1.5 d (effect)",
      bounds: [0.5, 2],
      level: "assumed",
      reason: "remembered from the general literature, not verified",
    },
    gc_car: {
      value: 0.5,
      unit: "1",
      about: "max CAR-T inhibition",
      bounds: [0, 1],
      level: "assumed",
      reason: "remembered from the general literature, not verified",
    },
    gc_mac: {
      value: 0.8,
      unit: "1",
      about: "max macrophage inhibition",
      bounds: [0.4, 1],
      level: "assumed",
      reason: "remembered from the general literature, not verified",
    },
    gc_inf: {
      value: 0.6,
      unit: "1",
      about: "max organ inflammation inhibition",
      bounds: [0.2, 0.9],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    gc_A: {
      value: 0.3,
      unit: "1",
      about: "max inhibition of autoreactive growth",
      bounds: [0, 0.8],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    gc_T: {
      value: 0.02,
      unit: "1/day",
      about: "T-cell lympholysis",
      bounds: [0, 0.1],
      level: "assumed",
      reason: "tuned so that the whole model behaves",
    },
    pred_k: {
      value: 2,
      unit: "1/day",
      about: "prednisone effect loss",
      bounds: [1, 5],
      level: "assumed",
      reason: "no data; use GC state: 5 mg pred = 0.075 dex-10mg units",
    },
    pred_unit: {
      value: 0.015,
      unit: "dose/mg",
      about: "prednisolone in doses of 10 mg dexamethasone",
      bounds: [0.01, 0.02],
      level: "assumed",
      reason: "5 mg prednisolone = 0.075 doses (model-details section 12)",
    },
    predDose0: {
      value: 10,
      unit: "mg/day",
      about: "prednisolone with which a refractory patient comes in",
      bounds: [0, 30],
      varies: { shape: "lognormal", cv: 50 },
      level: "assumed",
      reason: "refractory patients are on glucocorticoid; no individual doses are in the records",
    },
    HR_GC: {
      value: 3.69,
      unit: "1",
      about: "hazard ratio corticosteroids",
      bounds: [1.18, 16.5],
      varies: { shape: "lognormal", cv: 60 },
      level: "measured",
      source: "strati-2021",
    },
  },
  controls: { predRate: { unit: "mg/day", about: "prednisolone taken now", initial: "predDose0" } },
  derived: {
    predEffect0: {
      unit: "dose",
      formula: "pred_unit*predDose0/pred_k",
      about: "prednisolone effect level on background therapy",
    },
    gc0: { unit: "1", formula: "hill(predEffect0, dex_IC50)", about: "glucocorticoid effect on background therapy" },
  },
  quantities: { gc: { unit: "1", formula: "hill(Dex + Pred, dex_IC50)", about: "glucocorticoid effect" } },
  contributes: {
    tFunctionLeft: { unit: "1", formula: "1 - gc_car*gc" },
    lympholysis: { unit: "1/day", formula: "gc_T*gc" },
    lympholysis0: { unit: "1/day", formula: "gc_T*gc0" },
    macrophageLeft: { unit: "1", formula: "1 - gc_mac*gc" },
    growthLeft: { unit: "1", formula: "1 - gc_A*gc" },
    growthLeft0: { unit: "1", formula: "1 - gc_A*gc0" },
    inflammationLeft: { unit: "1", formula: "1 - gc_inf*gc" },
    inflammationLeft0: { unit: "1", formula: "1 - gc_inf*gc0" },
    infectionFactor: { unit: "1", formula: "exp(log(HR_GC)*(gc - gc0))" },
  },
  states: {
    PredTaken: {
      unit: "mg",
      about: "prednisolone taken since the start",
      initial: "0",
      tolerance: 1e-3,
      rate: "predRate",
    },
    Dex: { unit: "dose", about: "dexamethasone, doses of 10 mg", initial: "0", tolerance: 1e-6, rate: "-dex_k*Dex" },
    Pred: {
      unit: "dose",
      about: "prednisolone, in doses of 10 mg dexamethasone",
      initial: "predEffect0",
      tolerance: 1e-6,
      rate: "pred_unit*predRate - pred_k*Pred",
    },
  },
});

export const glucocorticoid = defineTherapy("glucocorticoid", {
  label: "glucocorticoid",
  about: "prednisolone or equivalent, taken every day",
  evidence: "glucocorticoid",
  alsoCalled: ["glucocorticoids", "prednisolone", "prednisone", "steroid", "steroids", "corticosteroid"],
  modules: [glucocorticoidModule],
  dose: undefined,
  give: undefined,
  background: {
    plan: "taper",
    level: "predDose0",
    control: "predRate",
    unit: "mg/day",
    item: { name: "prednisolone", about: "prednisolone or equivalent taken now" },
    usual: true,
  },
});
