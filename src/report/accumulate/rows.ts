import { diseases } from "../../disease/index.js";
import type { Study } from "../../study/index.js";
import type { Milestone, TrialCase, Visit } from "../../trial/index.js";
import { ABOVE_RETURNED, BELOW_DEPLETED, diseasesIn, followedTo, visitAt } from "../../trial/index.js";
import type { SummaryNumber } from "../data.js";
import { plainNumber, ReplicateMean, Spread } from "./numbers.js";

/** A row of a table, as data: what it reads of each case, and how it is summed up. */
export type RowPlan = { readonly row: string; readonly label: string; readonly note: string } & (
  | {
      readonly kind: "spread";
      readonly unit: string;
      readonly signed?: true;
      readonly value: (c: TrialCase) => number | null;
    }
  | { readonly kind: "percent"; readonly value: (c: TrialCase) => boolean | null }
  /** How many, of all replicates together. */
  | { readonly kind: "count"; readonly value: (c: TrialCase) => boolean }
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
const count = (row: string, label: string, value: (c: TrialCase) => boolean, note: string): RowPlan => ({
  kind: "count",
  row,
  label,
  note,
  value,
});
/** Days by which the study may end before a day that a curve is read on (`outcomes.ts`). */
const NEAR = 7;
const times100 = (value: number | null) => (value === null ? null : 100 * value);

/** A yes-or-no at the visit of a milestone; null for everybody where none was planned then. */
const at = (milestone: Milestone, test: (visit: Visit) => boolean) => (c: TrialCase) => {
  const visit = visitAt(c.run, c.schedule, milestone.day);
  if (visit === "not-planned") return null;
  return visit === "missed" ? (c.missing === "excluded" ? null : false) : test(visit);
};
const infused = (test: (c: TrialCase) => boolean) => (c: TrialCase) => (c.run.infusionDay === null ? null : test(c));
const hasResponded = ({ run }: TrialCase) => run.visits[run.visits.length - 1]?.confirmedResponse ?? false;
/** Seen by a day; where missing data are left out, of those who were followed that far. */
const seenBy = (day: number, test: (c: TrialCase) => boolean) => (c: TrialCase) =>
  c.missing === "excluded" && !followedTo(c.run, day) ? null : test(c);
const leftEarly = ({ run }: TrialCase) => run.status === "stopped";

/** What a study does with patients who leave: words for the rows that need them. */
function missingWords(study: Study) {
  const { dropout } = study;
  const fails = dropout?.missing === "counts-as-failure";
  const say = (failing: string, leaving: string) => (dropout === undefined ? "" : fails ? failing : leaving);
  return {
    fails,
    visit: say("who has left counts as not in remission", "who has left is left out"),
    response: say(
      "who leaves before counts as without a response",
      "who leaves before the end is left out, responders too",
    ),
    reached: say("who leaves before counts as not having reached it", "who leaves before the end is left out"),
    relapse: say("", "who leaves before the end is left out"),
    infection: say("counted when seen: who leaves is not assumed to have had one", "who leaves before is left out"),
  };
}

/** Which visit stands for a milestone. */
const visitWords = ({ key, visit, window }: Milestone): string =>
  visit === null
    ? `not assessed: no visit within ${Math.round(window)} days`
    : key === "last"
      ? "the last visit"
      : `visit of day ${Math.round(visit)}`;

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== "").join("; ");

/** What is asked of every arm. */
export function headlinePlans(study: Study, milestones: readonly Milestone[]): RowPlan[] {
  const { until } = study.visits;
  const words = missingWords(study);
  const ids = diseasesIn(study);
  const reaches = (day: number, rows: RowPlan[]) => (until >= day - NEAR ? rows : []);
  return [
    spread(
      "car-t-peak-day",
      "CAR-T peak in blood, days after infusion",
      "days",
      ({ outcomes }) => outcomes.carTPeakDay,
    ),
    spread("car-t-peak", "CAR-T peak in blood", "cells/µL", ({ outcomes }) => outcomes.carTPeak),
    percent("depleted", `blood B cells ${BELOW_DEPLETED} at any time`, ({ outcomes }) => outcomes.depletedDay !== null),
    spread("depleted-day", `first day ${BELOW_DEPLETED}`, "days", ({ outcomes }) => outcomes.depletedDay),
    spread(
      "return-day",
      `day on which blood B cells are back ${ABOVE_RETURNED}`,
      "days",
      ({ outcomes }) => outcomes.returnDay,
      "of those seen to return",
    ),
    spread("naive-share", "naive share of the returning B cells", "%", ({ outcomes }) => times100(outcomes.naiveShare)),
    ...reaches(90, [
      spread("lymph-node-90", "lymph-node B cells at day 90", "% of baseline", ({ outcomes }) =>
        times100(outcomes.lymphNode90),
      ),
      // With one disease the row of all diseases is its own.
      ...(ids.length > 1 ? ids : []).map((id) =>
        spread(
          `autoantibody-90-${id}`,
          `${diseases[id].autoantibody.label} at day 90, ${diseases[id].short}`,
          "% of baseline",
          ({ outcomes, patient }) => (patient.disease === id ? outcomes.autoantibody90 : null),
        ),
      ),
      spread(
        "autoantibody-90",
        ids.length > 1 ? "autoantibody at day 90, all diseases" : `${diseases[ids[0]!].autoantibody.label} at day 90`,
        "% of baseline",
        ({ outcomes }) => outcomes.autoantibody90,
      ),
    ]),
    ...reaches(365, [
      spread("vaccine-365", "vaccine antibody at 12 months", "% of baseline", ({ outcomes }) => outcomes.vaccine365),
    ]),
    spread("igg-min", "lowest IgG", "g/L", ({ outcomes }) => outcomes.igGMin),
    ...milestones.map((milestone) =>
      percent(
        `remission-${milestone.key}`,
        `remission on any drugs, ${milestone.label}`,
        at(milestone, ({ remission }) => remission),
        joined(visitWords(milestone), milestone.visit === null ? "" : words.visit),
      ),
    ),
    ...milestones.map((milestone) =>
      percent(
        `drug-free-remission-${milestone.key}`,
        `drug-free remission, ${milestone.label}`,
        at(milestone, ({ drugFreeRemission }) => drugFreeRemission),
        joined(visitWords(milestone), milestone.visit === null ? "" : words.visit),
      ),
    ),
    ...milestones.map((milestone) =>
      count(
        `not-assessed-${milestone.key}`,
        `not assessed, ${milestone.label}`,
        (c) => typeof visitAt(c.run, c.schedule, milestone.day) === "string",
        "patients of all replicates without that visit",
      ),
    ),
    percent(
      "reached-remission",
      "drug-free remission at any visit",
      seenBy(until, ({ outcomes }) => outcomes.remission !== null),
      words.reached,
    ),
    percent("responded", "response at two visits in a row", seenBy(until, hasResponded), words.response),
    percent(
      "relapse",
      words.fails
        ? "relapse, or lost to follow-up, after a response; of those who responded"
        : "relapse after a response, of those who responded",
      (c) =>
        hasResponded(c)
          ? seenBy(until, ({ outcomes }) => outcomes.relapseDay !== null || (words.fails && leftEarly(c)))(c)
          : null,
      words.relapse,
    ),
    spread("relapse-day", "day of relapse, of those seen to relapse", "days", ({ outcomes }) => outcomes.relapseDay),
    percent(
      "relapse-unconfirmed",
      "signs of relapse at the last visit, of those who responded",
      (c) => (hasResponded(c) ? c.outcomes.relapseUnconfirmed : null),
      "not among the relapses: no visit came after it to confirm them",
    ),
  ];
}

export function safetyPlans(study: Study): RowPlan[] {
  const { until } = study.visits;
  const words = missingWords(study);
  const year = Math.min(365, until);
  return [
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
      `neutrophils below 0.5 × 10⁹/L${until < 60 ? "" : ", first 60 days"}`,
      "days",
      ({ outcomes }) => outcomes.neutropeniaDays,
    ),
    percent(
      "infection",
      until < 360 ? `serious infection by day ${Math.round(until)}` : "serious infection in the first year",
      seenBy(year, ({ outcomes }) => outcomes.infectionsFirstYear > 0),
      joined("hazard of active disease on standard drugs × IgG, steroid, neutrophils, T cells", words.infection),
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
      "burden of suppression, up to the end or until the patient leaves",
    ),
  ];
}

/** Patients of all replicates for whom something holds. */
class Tally {
  private total = 0;

  add(holds: boolean): void {
    if (holds) this.total++;
  }

  number = (name: string, about: string): SummaryNumber => plainNumber(name, about, this.total, "patients");
}

type Cell =
  | { readonly kind: "spread"; readonly sum: Spread; readonly unit: string }
  | { readonly kind: "percent"; readonly sum: ReplicateMean }
  | { readonly kind: "count"; readonly sum: Tally };

function cellFor(plan: RowPlan): Cell {
  if (plan.kind === "spread") return { kind: "spread", sum: new Spread(plan.signed), unit: plan.unit };
  return plan.kind === "percent" ? { kind: "percent", sum: new ReplicateMean() } : { kind: "count", sum: new Tally() };
}

/** Sums up rows over the cases of all arms. Cases must come replicate by replicate. */
export class RowCounter {
  private readonly cells: ReadonlyMap<string, readonly { readonly plan: RowPlan; readonly cell: Cell }[]>;

  constructor(
    readonly plans: readonly RowPlan[],
    private readonly arms: readonly string[],
  ) {
    this.cells = new Map(arms.map((arm) => [arm, plans.map((plan) => ({ plan, cell: cellFor(plan) }))]));
  }

  add(c: TrialCase): void {
    for (const { plan, cell } of this.cells.get(c.run.arm)!) {
      const found = plan.value(c);
      if (cell.kind === "spread") cell.sum.add(found as number | null);
      else if (cell.kind === "percent") cell.sum.add(c.replicate, found === null ? null : Number(found));
      else cell.sum.add(found as boolean);
    }
  }

  /** Call after the last case. */
  numbers(): SummaryNumber[] {
    return this.arms.flatMap((arm) =>
      this.cells.get(arm)!.map(({ plan, cell }) => {
        const name = `${arm}.${plan.row}`;
        if (cell.kind === "spread") return cell.sum.number(name, plan.label, cell.unit);
        return cell.kind === "percent" ? cell.sum.percent(name, plan.label) : cell.sum.number(name, plan.label);
      }),
    );
  }
}
