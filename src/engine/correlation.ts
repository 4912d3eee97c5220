import { cholesky } from "../statistics/index.js";

/** How two parameters go together between patients: correlation of the normal numbers behind their draws, which for lognormal ones is that of their logarithms. */
export interface Correlation {
  readonly between: readonly [string, string];
  readonly is: number;
}

export interface CorrelationMatrix {
  readonly names: readonly string[];
  /** Lower triangular, L·Lᵀ the matrix of correlations; pairs that are not named have 0. */
  readonly lower: readonly (readonly number[])[];
}

/** Names by code units. Null where no numbers can have these correlations at once. */
export function correlationMatrix(correlations: readonly Correlation[]): CorrelationMatrix | null {
  const names = [...new Set(correlations.flatMap(({ between }) => between))].sort();
  const matrix = names.map((_, i) => names.map((__, j): number => (i === j ? 1 : 0)));
  for (const { between, is } of correlations) {
    const [i, j] = between.map((name) => names.indexOf(name)) as [number, number];
    matrix[i]![j] = is;
    matrix[j]![i] = is;
  }
  const lower = cholesky(matrix);
  return lower && { names, lower };
}
