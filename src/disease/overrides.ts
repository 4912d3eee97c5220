import type { ParameterDeclaration, Parameters } from "../engine/index.js";

const weight = (value: number, about: string): ParameterDeclaration => ({
  value,
  unit: "1",
  about,
  bounds: [0, 1],
  level: "assumed",
  reason: "shares of model.md B7; no measurement tells them apart",
});

/** Weights of the drive of inflammation; they must sum to 1. Source: model.md B7. */
export const drive = (antibody: number, interferon: number, help: number, cells: number): Parameters => ({
  wIC: weight(antibody, "inflammation weight: immune complexes"),
  wIFN: weight(interferon, "weight: type-I IFN"),
  wH: weight(help, "weight: T help"),
  wB: weight(cells, "weight: autoreactive B (APC/cytokine)"),
});

/** Share of the autoantibody that long-lived plasma cells make. */
export const longLived = (value: number, reason: string): Parameters => ({
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
