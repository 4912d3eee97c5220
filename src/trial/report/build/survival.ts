import { atRiskAt, curveAt, kaplanMeier, quantiles } from "../../../statistics/index.js";
import { months } from "../../endpoints/visit-at.js";
import type { TrialCase, TrialResults } from "../../results.js";
import type { SurvivalCurve } from "../report-data.js";

const estimate = (cases: readonly TrialCase[]) =>
  kaplanMeier({
    time: cases.map(({ outcomes }) => outcomes.failure.day),
    event: cases.map(({ outcomes }) => outcomes.failure.failed),
  });

const value = (curve: ReturnType<typeof estimate>, day: number) => curveAt(curve, "survival", [day])[0]!;

/** Kaplan–Meier over all patients of an arm; the band is the 5th to 95th percentile of the curves of the replicates. */
export function survivalCurves({ cases, study }: TrialResults): SurvivalCurve[] {
  return [...cases].map(([arm, list]) => {
    const pooled = estimate(list);
    const byReplicate = new Map<number, TrialCase[]>();
    for (const c of list) byReplicate.set(c.replicate, [...(byReplicate.get(c.replicate) ?? []), c]);
    const replicates = [...byReplicate.values()].map(estimate);
    const days = [
      0,
      ...new Set(
        list.filter(({ outcomes }) => outcomes.failure.failed).map(({ outcomes }) => Math.ceil(outcomes.failure.day)),
      ),
    ].sort((a, b) => a - b);
    const until = study.visits.until;
    if (days[days.length - 1]! < until) days.push(until);
    const steps = [...new Set(days)].map((day) => {
      const [low, high] = quantiles(
        replicates.map((curve) => value(curve, day)),
        [0.05, 0.95],
      );
      return { day, value: value(pooled, day), low: low!, high: high! };
    });
    const ticks = [0, 3, 6, 9, 12, 15, 18, 21, 24].map(months).filter((day) => day <= until + 1);
    return { arm, steps, atRisk: ticks.map((day) => ({ day, n: atRiskAt(pooled, [day])[0]! })) };
  });
}

/** Survival at a day: pooled, and per replicate. */
export function failureFree(cases: readonly TrialCase[], day: number): { value: number; low: number; high: number } {
  const byReplicate = new Map<number, TrialCase[]>();
  for (const c of cases) byReplicate.set(c.replicate, [...(byReplicate.get(c.replicate) ?? []), c]);
  const [low, high] = quantiles(
    [...byReplicate.values()].map((list) => value(estimate(list), day)),
    [0.05, 0.95],
  );
  return { value: value(estimate(cases), day), low: low!, high: high! };
}
