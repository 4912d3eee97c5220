import type { Parameters } from "../../engine/index.js";
import { bernoulli, exp, log1p, lognormal, normalQuantile, stream } from "../../statistics/index.js";

/** Leukapheresis and manufacturing of an autologous product. No record gives these numbers; they are stated assumptions. */
export const manufacturingParameters = {
  seeded: {
    value: 1e8,
    unit: "cell",
    about: "T cells put into culture, at a normal T-cell count",
    bounds: [1e7, 1e9],
    level: "assumed",
    reason: "order of magnitude of automated small-scale manufacturing",
  },
  transduced: {
    value: 0.3,
    unit: "1",
    about: "share of cells that carry the CAR",
    bounds: [0.05, 0.8],
    varies: { shape: "lognormal", cv: 30 },
    level: "assumed",
    reason: "lentiviral products release above about a tenth",
  },
  fold: {
    value: 30,
    unit: "1",
    about: "expansion in culture",
    bounds: [3, 300],
    varies: { shape: "lognormal", cv: 60 },
    level: "assumed",
    reason: "about five doublings in a twelve-day process",
  },
  failure: {
    value: 0.03,
    unit: "1",
    about: "probability that a batch fails for another reason than yield",
    bounds: [0, 0.2],
    level: "assumed",
    reason: "contamination, viability or release tests; small series report none or one failure",
  },
  duration: {
    value: 16,
    unit: "day",
    about: "leukapheresis to released product",
    bounds: [10, 40],
    varies: { shape: "lognormal", cv: 15 },
    level: "assumed",
    reason: "twelve days of culture and release tests",
  },
  again: {
    value: 28,
    unit: "day",
    about: "from a failed batch to the next leukapheresis",
    bounds: [14, 60],
    level: "assumed",
    reason: "time to notice, plan and collect again",
  },
  most: {
    value: 0.9,
    unit: "1",
    about: "largest share of cells that can carry the CAR",
    bounds: [0.8, 1],
    level: "assumed",
    reason: "a draw above it would be no product of this process",
  },
  least: {
    value: 0.5,
    unit: "1",
    about: "share of the planned dose below which a batch has failed",
    bounds: [0.2, 1],
    level: "assumed",
    reason: "trials give somewhat less than planned rather than nothing; no record states the limit",
  },
  batches: {
    value: 2,
    unit: "1",
    about: "batches that are tried",
    bounds: [1, 4],
    level: "assumed",
    reason: "a second collection is usual after a failure, a third is not",
  },
} as const satisfies Parameters;

/** Share of batches that may suffice below which a dose counts as one that cannot be made. */
const HOPELESS = 0.01;

/** The largest dose, cell/kg, for which at least one batch in a hundred suffices for a patient of `weight` kg at a normal T-cell count. */
export function largestDose(weight: number): number {
  const p = manufacturingParameters;
  const spread = [p.transduced, p.fold].reduce((sum, { varies }) => sum + log1p((varies.cv / 100) ** 2), 0);
  const yieldPerKg = (p.seeded.value * p.transduced.value * p.fold.value) / weight;
  return (yieldPerKg * exp(Math.sqrt(spread) * normalQuantile(1 - HOPELESS))) / p.least.value;
}

/** What becomes of one patient's leukapheresis. */
export type Product =
  | {
      readonly kind: "released";
      /** Cells/kg that reach the patient: the planned dose, or what there is. */
      readonly cellsPerKg: number;
      /** Days by which the infusion is later than planned. */
      readonly delay: number;
      readonly veinToVein: number;
      readonly attempts: number;
    }
  | { readonly kind: "failed"; readonly attempts: number };

/**
 * A batch that yields less than a share (`least`) of the planned dose has failed; one between that and the whole is given as it is.
 * `key`: study seed and patient; `tCells`: T-cell count relative to normal at leukapheresis; `planned`: days from leukapheresis to infusion in the study.
 */
export function manufacture(
  key: { seed: number; patient: number },
  weight: number,
  tCells: number,
  dosePerKg: number,
  planned: number,
): Product {
  const p = manufacturingParameters;
  const random = stream(key.seed, key.patient, "manufacturing");
  let lost = 0;
  for (let attempts = 1; attempts <= p.batches.value; attempts++) {
    const transduced = Math.min(p.most.value, lognormal(random, p.transduced.value, p.transduced.varies.cv / 100));
    const fold = lognormal(random, p.fold.value, p.fold.varies.cv / 100);
    const duration = lognormal(random, p.duration.value, p.duration.varies.cv / 100);
    const lostBatch = bernoulli(random, p.failure.value) === 1;
    const perKg = (p.seeded.value * tCells * transduced * fold) / weight;
    if (!lostBatch && perKg >= p.least.value * dosePerKg) {
      const veinToVein = Math.max(planned, Math.ceil(duration));
      return {
        kind: "released",
        cellsPerKg: Math.min(dosePerKg, perKg),
        delay: lost + veinToVein - planned,
        veinToVein,
        attempts,
      };
    }
    lost += p.again.value;
  }
  return { kind: "failed", attempts: p.batches.value };
}
