import { bernoulli, lognormal, stream } from "../statistics/index.js";
import { manufacturingParameters } from "../therapy/index.js";

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
 * At most two batches. A batch that yields less than half of the planned dose has failed; one between half and the whole is given as it is.
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
  for (let attempts = 1; attempts <= 2; attempts++) {
    const transduced = Math.min(0.9, lognormal(random, p.transduced.value, p.transduced.varies.cv / 100));
    const fold = lognormal(random, p.fold.value, p.fold.varies.cv / 100);
    const duration = lognormal(random, p.duration.value, p.duration.varies.cv / 100);
    const lostBatch = bernoulli(random, p.failure.value) === 1;
    const perKg = (p.seeded.value * tCells * transduced * fold) / weight;
    if (!lostBatch && perKg >= dosePerKg / 2) {
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
  return { kind: "failed", attempts: 2 };
}
