import type { ParameterDeclaration } from "../engine/index.js";
import { exp, log, normalQuantile } from "../statistics/index.js";

/**
 * A parameter's value from one uniform number (model-details section 10): lognormal about its median with σ = √ln(1 + cv²); logitnormal with σ = cv/max(1 − value, 0.2)
 * on the logit scale; normal; uniform between the bounds; present: the value in this share of patients, else 0. Draws are cut to the bounds.
 */
export function drawParameter(parameter: ParameterDeclaration, uniform: number): number {
  const { value, bounds, varies } = parameter;
  const cut = (x: number) => Math.min(bounds[1], Math.max(bounds[0], x));
  if (varies === undefined || varies.shape === "fixed") return value;
  if (varies.shape === "uniform") return bounds[0] + (bounds[1] - bounds[0]) * uniform;
  if (varies.shape === "present") return uniform < varies.share ? value : 0;
  const z = normalQuantile(uniform);
  switch (varies.shape) {
    case "lognormal": {
      const cv = varies.cv / 100;
      return cut(value * exp(z * Math.sqrt(log(1 + cv * cv))));
    }
    case "logitnormal": {
      const logit = log(value / (1 - value)) + (z * varies.cv) / 100 / Math.max(1 - value, 0.2);
      return cut(1 / (1 + exp(-logit)));
    }
    case "normal":
      return cut(value + z * varies.sd);
  }
}
