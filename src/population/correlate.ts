import { type Correlation, correlationMatrix } from "../engine/index.js";
import { normalCdf, normalQuantile } from "../statistics/index.js";

/** Uniform numbers by name, of which the named ones are correlated (Gaussian copula): those of all other names stay what they are, and so does the first of each set. */
export function correlated(
  correlations: readonly Correlation[],
  uniform: (name: string) => number,
): (name: string) => number {
  if (correlations.length === 0) return uniform;
  const matrix = correlationMatrix(correlations);
  if (!matrix) throw new Error("correlations that contradict each other");
  const { names, lower } = matrix;
  return (name) => {
    const place = names.indexOf(name);
    const row = lower[place];
    if (!row || row.every((weight, k) => weight === (k === place ? 1 : 0))) return uniform(name);
    return normalCdf(
      row.reduce((sum, weight, k) => sum + weight * (weight === 0 ? 0 : normalQuantile(uniform(names[k]!))), 0),
    );
  };
}
