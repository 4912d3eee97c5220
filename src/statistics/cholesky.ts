/** The lower triangular L with L·Lᵀ = the matrix; null where the matrix is not positive definite. `matrix`: symmetric, n × n. */
export function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower: number[][] = [];
  for (let i = 0; i < matrix.length; i++) {
    lower.push(new Array<number>(matrix.length).fill(0));
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i === j) {
        if (!(sum > 0)) return null;
        lower[i]![i] = Math.sqrt(sum);
      } else lower[i]![j] = sum / lower[j]![j]!;
    }
  }
  return lower;
}
