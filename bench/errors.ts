import type { Workload } from "./workload.js";

/** Errors of one run of all cases against the reference. */
export interface Errors {
  /** Root mean square over all numbers of all cases. One case in a hundred carries it: a clone that grows back from 1e-8 of a cell magnifies any error. */
  readonly rms: number;
  /** Of the cases, each by the root mean square of its numbers: the typical one, and the tail. */
  readonly median: number;
  readonly decile: number;
  readonly p95: number;
  readonly worst: number;
  /** The largest of all single errors. */
  readonly largest: number;
}

/**
 * Relative errors |x − ref|/max(|ref|, 1e-3·M), M the quantity's largest value in that case: small beside its own scale, a number counts by that scale.
 * A quantity that is always 0 in a case is left out. NaN counts as infinite.
 */
export function errorsOf(
  outputs: Float64Array,
  reference: Float64Array,
  { requests, outputDays, kernels }: Workload,
): Errors {
  const width = kernels.outputs.length;
  const rows = outputDays.length;
  const perCase: number[] = [];
  let total = 0;
  let count = 0;
  let largest = 0;
  for (let k = 0; k < requests.length; k++) {
    const base = k * rows * width;
    let sum = 0;
    let numbers = 0;
    for (let column = 0; column < width; column++) {
      let most = 0;
      for (let r = 0; r < rows; r++) most = Math.max(most, Math.abs(reference[base + r * width + column]!));
      if (most === 0) continue;
      for (let r = 0; r < rows; r++) {
        const truth = reference[base + r * width + column]!;
        const difference = Math.abs(outputs[base + r * width + column]! - truth);
        const error = Number.isNaN(difference)
          ? Number.POSITIVE_INFINITY
          : difference / Math.max(Math.abs(truth), 1e-3 * most);
        sum += error * error;
        numbers++;
        largest = Math.max(largest, error);
      }
    }
    perCase.push(Math.sqrt(sum / numbers));
    total += sum;
    count += numbers;
  }
  perCase.sort((a, b) => a - b);
  const quantile = (q: number) => perCase[Math.min(perCase.length - 1, Math.floor(q * perCase.length))]!;
  return {
    rms: Math.sqrt(total / count),
    median: quantile(0.5),
    decile: quantile(0.9),
    p95: quantile(0.95),
    worst: perCase[perCase.length - 1]!,
    largest,
  };
}

/**
 * Seconds at which a code reaches an error, between the points that it was measured at (straight on both logarithms). Null where its points do not reach.
 */
export function secondsAt(
  points: readonly { readonly error: number; readonly seconds: number }[],
  error: number,
): number | null {
  const sorted = [...points].sort((a, b) => a.error - b.error);
  for (let i = 0; i + 1 < sorted.length; i++) {
    const [a, b] = [sorted[i]!, sorted[i + 1]!];
    if (a.error <= error && error <= b.error) {
      const share = a.error === b.error ? 0 : Math.log(error / a.error) / Math.log(b.error / a.error);
      return Math.exp(Math.log(a.seconds) + share * Math.log(b.seconds / a.seconds));
    }
  }
  return null;
}
