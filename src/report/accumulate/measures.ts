import { describeMeasure, outputUnits, type Study, unitOfMeasure } from "../../study/index.js";
import { diseasesIn, givenIn } from "../../trial/index.js";
import { unitText } from "../number-format.js";
import type { RowPlan } from "./rows.js";

/** One row per measure of the study: median and the middle 90 % of the patients who have a value. */
export function measurePlans(study: Study): RowPlan[] {
  const units = outputUnits(diseasesIn(study), Object.values(study.arms).flatMap(givenIn));
  return Object.entries(study.measures ?? {}).map(
    ([name, measure], i): RowPlan => ({
      kind: "spread",
      row: `measure-${name}`,
      label: name,
      unit: unitOfMeasure(measure.take, units.get(measure.of) ?? "1"),
      note: describeMeasure(measure, unitText(units.get(measure.of) ?? "1") || "1", study.visits.until),
      signed: true,
      value: ({ run }) => run.measures?.[i] ?? null,
    }),
  );
}
