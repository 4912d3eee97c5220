/** Sensitivity over the whole spread of the virtual patients: Morris' elementary effects or Sobol indices of an output at a time. */
import { drawParameter } from "../population/index.js";
import {
  elementaryEffects,
  log as logarithm,
  morrisPaths,
  type Point,
  sobolDesign,
  sobolIndices,
  stream,
} from "../statistics/index.js";
import { inputProblem } from "./failure.js";
import { symbolNamed } from "./model-symbols.js";
import { type SensitivityRequest, typicalRuns } from "./typical-runs.js";

export type GlobalMethod = "morris" | "sobol";

export interface GlobalRequest extends SensitivityRequest {
  readonly method: GlobalMethod;
  /** Paths of Morris, rows of Sobol; unless stated 20 and 128. */
  readonly samples?: number;
  readonly seed?: number;
  /** Of the common logarithm of the output. */
  readonly log?: boolean;
}

export interface GlobalRow {
  readonly parameter: string;
  readonly about: string;
  readonly level: string;
  /** Morris: mean size of the effects, their spread, standard error of the mean. Sobol: total index, first-order index, standard error of the total. */
  readonly size: number;
  readonly second: number;
  readonly error: number;
}

export interface GlobalSensitivity {
  readonly method: GlobalMethod;
  /** Estimators by name, and what the columns are. */
  readonly words: string;
  readonly output: string;
  readonly unit: string;
  readonly about: string;
  readonly at: number;
  readonly runs: number;
  readonly failed: number;
  /** Largest first. */
  readonly rows: readonly GlobalRow[];
}

const SAMPLES = { morris: 20, sobol: 128 } as const;
const RTOL = 1e-5;
/** Morris' grid ends at 0 and 1, which no draw has. */
const MIDDLE = 0.9;

const WORDS = {
  morris:
    "elementary effects (Morris 1991; mean of sizes, Campolongo 2007): change of the output when one parameter goes from its 5th to its 95th percentile, the others anywhere; spread: by where the others are",
  sobol:
    "Sobol indices: total (estimator of Jansen 1999) and first order (Saltelli 2010): shares of the variance between patients",
} as const;

/** Every parameter that varies between patients is an input; draws that could not be a patient are not left out, and correlations are not used. Throws `InputProblems` for unknown names. */
export function globalSensitivity(request: GlobalRequest): GlobalSensitivity {
  const { method, samples = SAMPLES[method], seed = 1, output, at, log = false } = request;
  const { parameters, values } = typicalRuns(request);
  const varied = parameters.filter(({ varies }) => varies !== undefined && varies.shape !== "fixed");
  const { unit, about } = symbolNamed(output)!;
  const run = (points: readonly Point[]): number[] => {
    const found = values(
      points.map((point) => new Map(varied.map((row, j) => [row.name, drawParameter(row, point[j]!)]))),
      RTOL,
    );
    if (!log) return found;
    const wrong = found.find((value) => value <= 0);
    if (wrong !== undefined) throw inputProblem("--log", `${output} is ${wrong} in a run`, "leave --log out");
    return found.map((value) => logarithm(value) / Math.LN10);
  };
  const random = stream(seed, 0, `${method} sensitivity`);
  const made =
    method === "morris" ? ofMorris(samples, varied.length, random, run) : ofSobol(samples, varied.length, random, run);
  const rows = varied.map(
    ({ name, about: words, level }, j): GlobalRow => ({ parameter: name, about: words, level, ...made.rows[j]! }),
  );
  rows.sort((a, b) => b.size - a.size || (a.parameter < b.parameter ? -1 : 1));
  return {
    method,
    words: WORDS[method],
    output,
    unit: method === "sobol" ? "share" : log ? "powers of ten" : unit,
    about,
    at,
    runs: made.values.length,
    failed: made.values.filter((value) => !Number.isFinite(value)).length,
    rows,
  };
}

interface Made {
  readonly values: readonly number[];
  readonly rows: readonly Pick<GlobalRow, "size" | "second" | "error">[];
}

function ofMorris(
  count: number,
  inputs: number,
  random: ReturnType<typeof stream>,
  run: (points: Point[]) => number[],
): Made {
  const paths = morrisPaths(count, inputs, random);
  const middle = (point: Point) => point.map((u) => (1 - MIDDLE) / 2 + MIDDLE * u);
  const values = run(paths.flatMap(({ points }) => points.map(middle)));
  const perPath = inputs + 1;
  const effects = elementaryEffects(
    paths,
    paths.map((_, p) => values.slice(p * perPath, (p + 1) * perPath)),
  );
  return { values, rows: effects.map(({ size, spread, error }) => ({ size, second: spread, error })) };
}

function ofSobol(
  count: number,
  inputs: number,
  random: ReturnType<typeof stream>,
  run: (points: Point[]) => number[],
): Made {
  const { a, b, mixed } = sobolDesign(count, inputs, random);
  const values = run([...a, ...b, ...mixed.flat()]);
  const part = (i: number) => values.slice(i * count, (i + 1) * count);
  const { indices } = sobolIndices(
    part(0),
    part(1),
    mixed.map((_, j) => part(2 + j)),
  );
  return {
    values,
    rows: indices.map(({ total, first, totalError }) => ({ size: total, second: first, error: totalError })),
  };
}
