import type { ParameterDeclaration, Parameters } from "../engine/index.js";
import { type AnyScore, scores } from "./scores/index.js";

/** A disease: how it differs from the model's default (lupus), and how it is scored. */
export interface DiseaseDefinition {
  readonly id: "sle" | "iim" | "ssc";
  readonly label: string;
  readonly antibody: string;
  /** Parameters that replace the model's own of the same name. */
  readonly parameters: Parameters;
  readonly score: AnyScore;
  /** Model parameters that are fields of the score's patient: they are drawn once. */
  readonly shared: Readonly<Record<string, string>>;
}

const assumed = (value: number, about: string, reason: string): ParameterDeclaration => ({
  value,
  unit: "1",
  about,
  bounds: [0, 1],
  level: "assumed",
  reason,
});

/** Weights of the drive of inflammation; they sum to 1, so that inflammation is 1 at baseline. Source: model.md B7. */
function drive(antibody: number, interferon: number, help: number, cells: number): Parameters {
  if (Math.abs(antibody + interferon + help + cells - 1) > 1e-12)
    throw new Error("the weights of a drive must sum to 1");
  const why = "shares of model.md B7; no measurement tells them apart";
  return {
    wIC: assumed(antibody, "inflammation weight: immune complexes", why),
    wIFN: assumed(interferon, "weight: type-I IFN", why),
    wH: assumed(help, "weight: T help", why),
    wB: assumed(cells, "weight: autoreactive B (APC/cytokine)", why),
  };
}

const longLived = (value: number, reason: string): Parameters => ({
  shLLa: {
    value,
    unit: "1",
    about: "share of autoantibody made by long-lived plasma cells",
    bounds: [0.05, 0.9],
    varies: { shape: "logitnormal", cv: 40 },
    level: "assumed",
    reason,
  },
});

export const diseases: Readonly<Record<DiseaseDefinition["id"], DiseaseDefinition>> = {
  sle: {
    id: "sle",
    label: "systemic lupus erythematosus",
    antibody: "anti-dsDNA",
    parameters: {},
    score: scores.sle,
    shared: { sORG: "organPoints" },
  },
  iim: {
    id: "iim",
    label: "idiopathic inflammatory myopathy",
    antibody: "anti-Jo-1",
    parameters: {
      ...drive(0.25, 0.25, 0.25, 0.25),
      ...longLived(
        0.35,
        "a relapse at 9 months with anti-Jo-1 was rescued by BCMA CAR-T (muller_2025_asys_relapse), so long-lived cells make part of it",
      ),
    },
    score: scores.iim,
    shared: { MMT0: "mmt0" },
  },
  ssc: {
    id: "ssc",
    label: "systemic sclerosis",
    antibody: "anti-Scl-70",
    parameters: { ...drive(0.2, 0.2, 0.3, 0.3), ...longLived(0.3, "between anti-dsDNA and anti-Jo-1 (model.md B7)") },
    score: scores.ssc,
    shared: {},
  },
};
