import type { Study } from "../../study/index.js";
import type { TrialCase, Visit } from "../../trial/index.js";
import { months, visitAt } from "../../trial/index.js";
import type { SummaryNumber, SurvivalCurve } from "../data.js";
import { ReplicateMean, Spread } from "./numbers.js";
import { stepAt } from "./survival.js";

/** A row of a table, as data: what it reads of each case, and how it is summed up. */
export type RowPlan = { readonly row: string; readonly label: string; readonly note: string } & (
  | { readonly kind: "spread"; readonly unit: string; readonly value: (c: TrialCase) => number | null }
  | { readonly kind: "percent"; readonly value: (c: TrialCase) => boolean | null }
);

const spread = (
  row: string,
  label: string,
  unit: string,
  value: (c: TrialCase) => number | null,
  note = "",
): RowPlan => ({ kind: "spread", row, label, unit, note, value });
const percent = (row: string, label: string, value: (c: TrialCase) => boolean | null, note = ""): RowPlan => ({
  kind: "percent",
  row,
  label,
  note,
  value,
});
const times100 = (value: number | null) => (value === null ? null : 100 * value);

/** A yes-or-no at the visit nearest to a month. */
const at = (month: number, test: (visit: Visit) => boolean) => (c: TrialCase) => {
  const visit = visitAt(c.run, c.schedule, months(month));
  return visit ? test(visit) : c.missing === "excluded" ? null : false;
};
const infused = (test: (c: TrialCase) => boolean) => (c: TrialCase) => (c.run.infusionDay === null ? null : test(c));
const responded = ({ run }: TrialCase) => run.visits[run.visits.length - 1]?.responded ?? false;

/** Months at which remission is reported, as far as the study goes. */
export const reportMonths = (study: Study): number[] =>
  [6, 12, 24].filter((month) => months(month) <= study.visits.until + 1);

/** What is asked of every arm. */
export function headlinePlans(study: Study): RowPlan[] {
  const times = reportMonths(study);
  const lupus = study.population.some(({ disease }) => disease === "sle");
  return [
    spread(
      "car-t-peak-day",
      "CAR-T peak in blood, days after infusion",
      "days",
      ({ outcomes }) => outcomes.carTPeakDay,
    ),
    spread("car-t-peak", "CAR-T peak in blood", "cells/µL", ({ outcomes }) => outcomes.carTPeak),
    percent("depleted", "blood B cells below 1/µL at any time", ({ outcomes }) => outcomes.depletedDay !== null),
    spread("depleted-day", "first day below 1/µL", "days", ({ outcomes }) => outcomes.depletedDay),
    spread(
      "return-day",
      "day on which blood B cells are back above 5/µL",
      "days",
      ({ outcomes }) => outcomes.returnDay,
    ),
    spread("naive-share", "naive share of the returning B cells", "%", ({ outcomes }) => times100(outcomes.naiveShare)),
    spread("lymph-node-90", "lymph-node B cells at day 90", "% of baseline", ({ outcomes }) =>
      times100(outcomes.lymphNode90),
    ),
    ...(lupus
      ? [
          spread("dsdna-90", "anti-dsDNA at day 90, lupus", "% of baseline", ({ outcomes, patient }) =>
            patient.disease === "sle" ? outcomes.autoantibody90 : null,
          ),
        ]
      : []),
    spread(
      "autoantibody-90",
      "autoantibody at day 90, all diseases",
      "% of baseline",
      ({ outcomes }) => outcomes.autoantibody90,
    ),
    spread("vaccine-365", "vaccine antibody at 12 months", "% of baseline", ({ outcomes }) => outcomes.vaccine365),
    spread("igg-min", "lowest IgG", "g/L", ({ outcomes }) => outcomes.igGMin),
    ...times.map((month) =>
      percent(
        `remission-${month}`,
        `remission on any drugs, ${month} months`,
        at(month, ({ inactive }) => inactive),
      ),
    ),
    ...times.map((month) =>
      percent(
        `drug-free-remission-${month}`,
        `drug-free remission, ${month} months`,
        at(month, ({ remission }) => remission),
      ),
    ),
    percent("responded", "response at two visits in a row", responded),
    percent("relapse", "relapse after a response, of those who responded", (c) =>
      responded(c) ? c.outcomes.relapseDay !== null : null,
    ),
    spread("relapse-day", "day of relapse, of those who relapsed", "days", ({ outcomes }) => outcomes.relapseDay),
  ];
}

export const safetyPlans: readonly RowPlan[] = [
  percent(
    "crs-any",
    "CRS, any grade",
    infused(({ outcomes }) => outcomes.crs >= 1),
    "graded at daily rounds for 21 days",
  ),
  percent(
    "crs-2",
    "CRS grade ≥ 2",
    infused(({ outcomes }) => outcomes.crs >= 2),
    "tocilizumab by rule",
  ),
  percent(
    "crs-3",
    "CRS grade ≥ 3",
    infused(({ outcomes }) => outcomes.crs >= 3),
  ),
  percent(
    "icans-any",
    "ICANS, any grade",
    infused(({ outcomes }) => outcomes.icans >= 1),
  ),
  percent(
    "icans-3",
    "ICANS grade ≥ 3",
    infused(({ outcomes }) => outcomes.icans >= 3),
  ),
  percent(
    "licats",
    "LICATS",
    infused(({ outcomes }) => outcomes.licats === 1),
    "drawn with the published frequency: an input",
  ),
  percent(
    "tocilizumab",
    "tocilizumab given",
    infused(({ run }) => run.events.some(({ event }) => event === "tocilizumab")),
  ),
  spread(
    "neutropenia",
    "neutrophils below 0.5 × 10⁹/L, first 60 days",
    "days",
    ({ outcomes }) => outcomes.neutropeniaDays,
  ),
  percent(
    "infection",
    "serious infection in the first year",
    ({ outcomes }) => outcomes.infectionsFirstYear > 0,
    "hazard of active disease on standard drugs × IgG, steroid, neutrophils, T cells",
  ),
  percent("immunoglobulin", "immunoglobulin given (IgG below 4 g/L)", ({ outcomes }) => outcomes.immunoglobulin > 0),
  percent(
    "rescue",
    "background therapy taken up again",
    ({ outcomes }) => outcomes.rescueDay !== null,
    "rule: relapse, or no response by day 168",
  ),
  spread(
    "prednisolone",
    "prednisolone taken from day 0",
    "g",
    ({ outcomes }) => outcomes.prednisolone,
    "burden of suppression",
  ),
];

/** Sums up rows over the cases of all arms. Cases must come replicate by replicate. */
export class RowCounter {
  private readonly cells: ReadonlyMap<string, Spread | ReplicateMean>;

  constructor(
    readonly plans: readonly RowPlan[],
    private readonly arms: readonly string[],
  ) {
    this.cells = new Map(
      arms.flatMap((arm) =>
        plans.map(
          ({ row, kind }) => [`${arm}.${row}`, kind === "spread" ? new Spread() : new ReplicateMean()] as const,
        ),
      ),
    );
  }

  add(c: TrialCase): void {
    for (const plan of this.plans) {
      const cell = this.cells.get(`${c.run.arm}.${plan.row}`)!;
      if (plan.kind === "spread") (cell as Spread).add(plan.value(c));
      else {
        const found = plan.value(c);
        (cell as ReplicateMean).add(c.replicate, found === null ? null : Number(found));
      }
    }
  }

  /** Call after the last case. */
  numbers(): SummaryNumber[] {
    return this.arms.flatMap((arm) =>
      this.plans.map((plan) => {
        const name = `${arm}.${plan.row}`;
        const cell = this.cells.get(name)!;
        return cell instanceof Spread
          ? cell.number(name, plan.label, plan.kind === "spread" ? plan.unit : "")
          : cell.percent(name, plan.label);
      }),
    );
  }
}

/** Kaplan–Meier estimates at the later report months, as rows beside the others. */
export function survivalNumbers(
  study: Study,
  curves: readonly SurvivalCurve[],
): { rows: { row: string; label: string }[]; numbers: SummaryNumber[] } {
  const later = reportMonths(study).filter((month) => month > 6);
  const label = (month: number) => `Kaplan–Meier of drug-free remission, ${month} months`;
  return {
    rows: later.map((month) => ({ row: `failure-free-${month}`, label: label(month) })),
    numbers: curves.flatMap((curve) =>
      later.map((month) => {
        const { value, low, high } = stepAt(curve, months(month));
        return {
          name: `${curve.arm}.failure-free-${month}`,
          about: label(month),
          value: 100 * value,
          unit: "%",
          low: 100 * low,
          high: 100 * high,
          interval: "90 % of replicates",
        };
      }),
    ),
  };
}
