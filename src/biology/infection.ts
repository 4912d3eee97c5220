import { defineModule } from "../engine/index.js";

/**
 * Hazard of a serious infection, added up since the start; a visit turns its growth into events. Drugs count relative to the background therapy, because
 * `hInf0` is the hazard on it. The thresholds are smooth (Hill), so that the integration meets no jump.
 * Source: model-details section 12 (infection).
 */
export const infection = defineModule("infection", {
  about: "serious infection",
  inputs: { IgG: "g/L", ANC: "Gcell/L", T: "1" },
  ports: {
    infectionFactor: { unit: "1", join: "product", about: "hazard of infection under drugs, relative to background" },
  },
  parameters: {
    hInf0: {
      value: 0.08,
      unit: "1/year",
      about: "baseline serious-infection hazard (active autoimmune disease on standard drugs)",
      bounds: [0.02, 0.3],
      varies: { shape: "lognormal", cv: 80 },
      level: "assumed",
      reason: "no data; calibrate per disease registry",
    },
    HR_IgG: {
      value: 2.7,
      unit: "1",
      about: "hazard ratio hypogammaglobulinaemia",
      bounds: [1.5, 5.2],
      varies: { shape: "lognormal", cv: 30 },
      level: "measured",
      source: "jaci-2024-igg",
      reason: "smooth: HR = 1+(2.7-1)/(1+(IgG/5)^4)",
    },
    HR_ANC: {
      value: 4,
      unit: "1",
      about: "hazard ratio ANC < 0.5e9/L",
      bounds: [1.5, 10],
      varies: { shape: "lognormal", cv: 40 },
      level: "assumed",
      reason: "no data",
    },
    HR_CD4: {
      value: 2,
      unit: "1",
      about: "hazard ratio T < 0.3 of baseline",
      bounds: [1, 5],
      varies: { shape: "lognormal", cv: 40 },
      level: "assumed",
      reason: "no data",
    },
    IgGlow: {
      value: 5,
      unit: "g/L",
      about: "IgG at half of the extra hazard",
      bounds: [3, 7],
      level: "assumed",
      reason: "model-details section 12 (infection); HR_IgG was measured at 6 g/L or less",
    },
    nIgGlow: {
      value: 4,
      unit: "1",
      about: "Hill exponent of that threshold",
      bounds: [1, 12],
      level: "assumed",
      reason: "model-details section 12 (infection): smooth in place of a step",
    },
    ANClow: {
      value: 0.5,
      unit: "Gcell/L",
      about: "neutrophils at half of the extra hazard",
      bounds: [0.1, 1],
      level: "assumed",
      reason: "model-details section 12 (infection): limit of grade 4 neutropenia",
    },
    nANClow: {
      value: 8,
      unit: "1",
      about: "Hill exponent of that threshold",
      bounds: [1, 12],
      level: "assumed",
      reason: "smooth in place of the step of model-details section 12",
    },
    Tlow: {
      value: 0.3,
      unit: "1",
      about: "T cells, relative to baseline, at half of the extra hazard",
      bounds: [0.1, 0.6],
      level: "assumed",
      reason: "model-details section 12 (infection)",
    },
    nTlow: {
      value: 12,
      unit: "1",
      about: "Hill exponent of that threshold",
      bounds: [1, 12],
      level: "assumed",
      reason: "smooth in place of the step of model-details section 12",
    },
  },
  quantities: {
    infectionHazard: {
      unit: "1/day",
      formula:
        "hInf0/365.25{day/year}*(1 + (HR_IgG - 1)/(1 + (positive(IgG)/IgGlow)^nIgGlow))*infectionFactor*(1 + (HR_ANC - 1)/(1 + (positive(ANC)/ANClow)^nANClow))*(1 + (HR_CD4 - 1)/(1 + (positive(T)/Tlow)^nTlow))",
      about: "hazard of a serious infection",
    },
  },
  states: {
    Infections: {
      unit: "1",
      about: "cumulative hazard of serious infection",
      initial: "0",
      tolerance: 1e-6,
      rate: "infectionHazard",
    },
  },
});
