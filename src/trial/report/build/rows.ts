import { months, visitAt } from "../../endpoints/visit-at.js";
import type { TrialCase, TrialResults } from "../../results.js";
import type { Numbers } from "./numbers.js";
import { failureFree } from "./survival.js";

export interface TableRow {
  readonly row: string;
  readonly label: string;
  readonly note: string;
}

const asNumber = (test: boolean | null) => (test === null ? null : test ? 1 : 0);

/** Headline rows: what is asked of every arm. Adds `${arm}.${row}` for each arm. */
export function headlineRows(results: TrialResults, numbers: Numbers): TableRow[] {
  const { study, schedule, cases } = results;
  const rows: TableRow[] = [];
  const spread = (row: string, label: string, unit: string, value: (c: TrialCase) => number | null) => {
    rows.push({ row, label, note: "" });
    for (const [arm, list] of cases) numbers.spread(`${arm}.${row}`, label, unit, list.map(value));
  };
  const percent = (row: string, label: string, test: (c: TrialCase) => number | null) => {
    rows.push({ row, label, note: "" });
    for (const [arm, list] of cases) numbers.percent(`${arm}.${row}`, label, list, test);
  };
  const at = (month: number, test: (visit: TrialCase["run"]["visits"][number]) => boolean) => (c: TrialCase) => {
    const visit = visitAt(c.run, schedule, months(month));
    return visit ? asNumber(test(visit)) : c.missing === "excluded" ? null : 0;
  };
  const times = [6, 12, 24].filter((month) => months(month) <= study.visits.until + 1);
  const hasLupus = study.population.some(({ disease }) => disease === "sle");

  spread("car-t-peak-day", "CAR-T peak in blood, days after infusion", "days", ({ outcomes }) => outcomes.carTPeakDay);
  spread("car-t-peak", "CAR-T peak in blood", "cells/µL", ({ outcomes }) => outcomes.carTPeak);
  percent("depleted", "blood B cells below 1/µL at any time", ({ outcomes }) =>
    asNumber(outcomes.depletedDay !== null),
  );
  spread("depleted-day", "first day below 1/µL", "days", ({ outcomes }) => outcomes.depletedDay);
  spread("return-day", "day on which blood B cells are back above 5/µL", "days", ({ outcomes }) => outcomes.returnDay);
  spread("naive-share", "naive share of the returning B cells", "%", ({ outcomes }) =>
    outcomes.naiveShare === null ? null : 100 * outcomes.naiveShare,
  );
  spread("lymph-node-90", "lymph-node B cells at day 90", "% of baseline", ({ outcomes }) =>
    outcomes.lymphNode90 === null ? null : 100 * outcomes.lymphNode90,
  );
  if (hasLupus)
    spread("dsdna-90", "anti-dsDNA at day 90, lupus", "% of baseline", ({ outcomes, patient }) =>
      patient.disease === "sle" ? outcomes.autoantibody90 : null,
    );
  spread(
    "autoantibody-90",
    "autoantibody at day 90, all diseases",
    "% of baseline",
    ({ outcomes }) => outcomes.autoantibody90,
  );
  spread("vaccine-365", "vaccine antibody at 12 months", "% of baseline", ({ outcomes }) => outcomes.vaccine365);
  spread("igg-min", "lowest IgG", "g/L", ({ outcomes }) => outcomes.igGMin);
  for (const month of times)
    percent(
      `remission-${month}`,
      `remission on any drugs, ${month} months`,
      at(month, (visit) => visit.inactive),
    );
  for (const month of times)
    percent(
      `drug-free-remission-${month}`,
      `drug-free remission, ${month} months`,
      at(month, (visit) => visit.remission),
    );
  for (const month of times.filter((each) => each > 6)) {
    const row = `failure-free-${month}`;
    rows.push({ row, label: `Kaplan–Meier of drug-free remission, ${month} months`, note: "" });
    for (const [arm, list] of cases) {
      const { value, low, high } = failureFree(list, months(month));
      numbers.add({
        name: `${arm}.${row}`,
        about: rows[rows.length - 1]!.label,
        value: 100 * value,
        unit: "%",
        low: 100 * low,
        high: 100 * high,
        interval: "90 % of replicates",
      });
    }
  }
  percent("responded", "any response", (c) => asNumber(c.run.visits.some(({ day, response }) => day > 0 && response)));
  percent("relapse", "relapse after a response, of those who responded", (c) =>
    c.run.visits.some(({ day, response }) => day > 0 && response) ? asNumber(c.outcomes.relapseDay !== null) : null,
  );
  spread("relapse-day", "day of relapse, of those who relapsed", "days", ({ outcomes }) => outcomes.relapseDay);
  return rows;
}

/** Rows of the safety table. */
export function safetyRows({ cases }: TrialResults, numbers: Numbers): TableRow[] {
  const rows: TableRow[] = [];
  const percent = (row: string, label: string, note: string, test: (c: TrialCase) => boolean | null) => {
    rows.push({ row, label, note });
    for (const [arm, list] of cases) numbers.percent(`${arm}.${row}`, label, list, (c) => asNumber(test(c)));
  };
  const infused = (test: (c: TrialCase) => boolean) => (c: TrialCase) => (c.run.infusionDay === null ? null : test(c));
  percent(
    "crs-any",
    "CRS, any grade",
    "graded at daily rounds for 21 days",
    infused(({ outcomes }) => outcomes.crs >= 1),
  );
  percent(
    "crs-2",
    "CRS grade ≥ 2",
    "tocilizumab by rule",
    infused(({ outcomes }) => outcomes.crs >= 2),
  );
  percent(
    "crs-3",
    "CRS grade ≥ 3",
    "",
    infused(({ outcomes }) => outcomes.crs >= 3),
  );
  percent(
    "icans-any",
    "ICANS, any grade",
    "",
    infused(({ outcomes }) => outcomes.icans >= 1),
  );
  percent(
    "icans-3",
    "ICANS grade ≥ 3",
    "",
    infused(({ outcomes }) => outcomes.icans >= 3),
  );
  percent(
    "licats",
    "LICATS",
    "drawn with the published frequency: an input",
    infused(({ outcomes }) => outcomes.licats === 1),
  );
  percent(
    "tocilizumab",
    "tocilizumab given",
    "",
    infused(({ run }) => run.events.some(({ event }) => event === "tocilizumab")),
  );
  const spread = (row: string, label: string, unit: string, note: string, value: (c: TrialCase) => number | null) => {
    rows.push({ row, label, note });
    for (const [arm, list] of cases) numbers.spread(`${arm}.${row}`, label, unit, list.map(value));
  };
  spread(
    "neutropenia",
    "neutrophils below 0.5 × 10⁹/L, first 60 days",
    "days",
    "",
    ({ outcomes }) => outcomes.neutropeniaDays,
  );
  percent(
    "infection",
    "serious infection in the first year",
    "hazard of active disease on standard drugs × IgG, steroid, neutrophils, T cells",
    ({ outcomes }) => outcomes.infectionsFirstYear > 0,
  );
  percent(
    "immunoglobulin",
    "immunoglobulin given (IgG below 4 g/L)",
    "",
    ({ outcomes }) => outcomes.immunoglobulin > 0,
  );
  percent(
    "rescue",
    "background therapy taken up again",
    "rule: relapse, or no response by day 168",
    ({ outcomes }) => outcomes.rescueDay !== null,
  );
  spread(
    "prednisolone",
    "prednisolone taken from day 0",
    "g",
    "burden of suppression",
    ({ outcomes }) => outcomes.prednisolone,
  );
  return rows;
}
