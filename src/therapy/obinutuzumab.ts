import type { ParameterDeclaration } from "../engine/index.js";
import { antiCd20 } from "./anti-cd20.js";
import { rituximabParameters } from "./rituximab.js";

/** A value of model-details section 8 in place of rituximab's; limits and spread are those of rituximab. */
const other = (row: ParameterDeclaration, value: number): ParameterDeclaration => {
  const { value: _, about, unit, bounds, varies } = row;
  return {
    value,
    unit,
    about,
    bounds,
    ...(varies ? { varies } : {}),
    level: "assumed",
    reason: "model-details section 8 (scenario SLE OBI); no measurement in tissue",
  };
};
const R = rituximabParameters;

export const obinutuzumab = antiCd20("obinutuzumab", {
  label: "obinutuzumab",
  about: "antibody against CD20 with deeper depletion in tissue",
  evidence: "obinutuzumab",
  alsoCalled: ["gazyva", "gazyvaro"],
  symbols: { kinetics: "obi", effect: "obi_", state: "O" },
  parameters: { ...R, CL: other(R.CL, 0.2), hl: other(R.hl, 0.025), hs: other(R.hs, 0.14), hm: other(R.hm, 0.09) },
});
