/** Local sensitivity of the typical patient: which numbers move an output at a time, and by how much. */
import { symbolNamed } from "./model-symbols.js";
import { type SensitivityRequest, typicalRuns } from "./typical-runs.js";

export interface Elasticity {
  readonly parameter: string;
  readonly about: string;
  readonly level: string;
  readonly value: number;
  readonly unit: string;
  /** Per cent by which the output changes for one per cent of the parameter. */
  readonly elasticity: number;
}

export interface Sensitivity {
  readonly output: string;
  readonly unit: string;
  readonly about: string;
  readonly at: number;
  readonly value: number;
  /** Largest first, in size; parameters that are 0 have no elasticity and are left out. */
  readonly rows: readonly Elasticity[];
}

/** Relative step of the central difference, far above the tolerance of the integration. */
const STEP = 1e-3;
const RTOL = 1e-8;

/** Elasticities by central differences. Throws `InputProblems` for unknown names. */
export function sensitivity(request: SensitivityRequest): Sensitivity {
  const { parameters, values: run } = typicalRuns(request);
  const moved = parameters.filter(({ value }) => value !== 0);
  const values = run(
    [
      new Map(),
      ...moved.flatMap(({ name, value }) => [1 + STEP, 1 - STEP].map((factor) => new Map([[name, value * factor]]))),
    ],
    RTOL,
  );
  const value = values[0]!;
  const rows = moved.map((row, i): Elasticity => {
    const [up, down] = [values[1 + 2 * i]!, values[2 + 2 * i]!];
    return {
      parameter: row.name,
      about: row.about,
      level: row.level,
      value: row.value,
      unit: row.unit,
      elasticity: (up - down) / (2 * STEP) / value,
    };
  });
  rows.sort((a, b) => Math.abs(b.elasticity) - Math.abs(a.elasticity) || (a.parameter < b.parameter ? -1 : 1));
  const { output, at } = request;
  const { unit, about } = symbolNamed(output)!;
  return { output, unit, about, at, value, rows };
}
