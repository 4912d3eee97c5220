/**
 * A Rosenbrock method in the transformed form of Hairer & Wanner, Solving ODEs II, IV.7:
 * (I/(γh) − J) U_i = f(t + c_i h, y + Σ a_ij U_j) + Σ (C_ij/h) U_j + d_i h ∂f/∂t;  y1 = y + Σ a_sj U_j + U_s;  error = U_s.
 */
export interface RosenbrockMethod {
  readonly name: string;
  /** Order of the solution; the embedded one is one lower. */
  readonly order: number;
  readonly gamma: number;
  readonly a: readonly (readonly number[])[];
  readonly C: readonly (readonly number[])[];
  readonly c: readonly number[];
  readonly d: readonly number[];
  /** y(t + θh) = (1−θ)·y0 + θ·(y1 + (1−θ)·(K1 + θ·(K2 + …))), K_k = Σ dense[k][j]·U_j. */
  readonly dense: readonly (readonly number[])[];
  readonly source: string;
}

/** Checks that hold for every stiffly accurate method of this family; a mistyped table fails at birth. */
export function defineMethod(method: RosenbrockMethod): RosenbrockMethod {
  const stages = method.c.length;
  const fail = (what: string) => {
    throw new Error(`${method.name}: ${what}`);
  };
  if (method.a.length !== stages || method.C.length !== stages || method.d.length !== stages)
    fail("tables differ in size");
  method.a.forEach((row, i) => {
    if (row.length !== i || method.C[i]!.length !== i) fail(`row ${i + 1} has a wrong length`);
  });
  if (method.dense.some((row) => row.length !== stages)) fail("dense output has a wrong length");
  if (method.d[0] !== method.gamma) fail("d1 must equal gamma");
  // Stage values at c_i: with U = γ·k transformed back, Σ_j (a·Γ')_ij = c_i. Γ⁻¹ = diag(1/γ) − C.
  const inverse = invertLower(method);
  method.a.forEach((row, i) => {
    let sum = 0;
    row.forEach((value, j) => {
      for (let k = 0; k <= j; k++) sum += value * inverse[j]![k]!;
    });
    if (Math.abs(sum - method.c[i]!) > 1e-10) fail(`stage ${i + 1}: Σ α = ${sum}, c = ${method.c[i]}`);
  });
  return method;
}

/** Γ, the inverse of diag(1/γ) − C. */
function invertLower({ C, gamma, c }: RosenbrockMethod): number[][] {
  const n = c.length;
  const result: number[][] = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let column = 0; column < n; column++)
    for (let row = column; row < n; row++) {
      let sum = row === column ? 1 : 0;
      for (let k = column; k < row; k++) sum += C[row]![k]! * result[k]![column]!;
      result[row]![column] = sum * gamma;
    }
  return result;
}

/** Whether the argument of stage `s` is that of the stage before plus its U: then one addition does it. */
export const continues = ({ a }: RosenbrockMethod, s: number): boolean =>
  s >= 2 && a[s]![s - 1] === 1 && a[s - 1]!.every((value, j) => value === a[s]![j]);

/** Weights of the U_j in y1 = y0 + Σ b_j·U_j. */
export const solutionWeights = ({ a }: RosenbrockMethod): readonly number[] => [...a[a.length - 1]!, 1];
