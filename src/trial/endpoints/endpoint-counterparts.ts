import { type AnyDisease, diseases, type EndpointCounterpart, type Observation } from "../../disease/index.js";
import type { ArmRun, Visit } from "../conduct/records.js";
import { ABOVE_RETURNED, BELOW_DEPLETED } from "./constants.js";
import type { Outcomes } from "./outcomes.js";
import { followedTo, visitAt } from "./visit-at.js";

/** What an endpoint reads of one patient in one arm. */
export interface Case {
  readonly run: ArmRun;
  readonly outcomes: Outcomes;
  readonly baseline: Observation;
  readonly schedule: readonly number[];
  /** After dropout: count as a failure, or leave out. docs/notes/conduct.md */
  readonly missing: "counts-as-failure" | "excluded";
}

/**
 * An endpoint of the published records that the simulation has too. `value`: per patient, 0/1 for a proportion; null leaves the patient out.
 * `label`: `fitted` where the endpoint was among the targets to which the document's parameters were tuned by hand, else `predicted`.
 */
export interface SimulatedEndpoint {
  readonly about: string;
  readonly kind: "proportion" | "mean";
  readonly unit: string;
  readonly label: "fitted" | "predicted";
  readonly value: (c: Case, day: number) => number | null;
  readonly note: string;
}

const share = (
  about: string,
  label: SimulatedEndpoint["label"],
  value: SimulatedEndpoint["value"],
  note = "",
): SimulatedEndpoint => ({
  about,
  kind: "proportion",
  unit: "%",
  label,
  value,
  note,
});
const mean = (
  about: string,
  unit: string,
  label: SimulatedEndpoint["label"],
  value: SimulatedEndpoint["value"],
  note = "",
): SimulatedEndpoint => ({ about, kind: "mean", unit, label, value, note });

/** A yes-or-no at the visit of the day; null where no visit was planned then. */
const atVisit =
  (test: (visit: Visit, previous: Visit | null, baseline: Observation) => boolean) =>
  ({ run, schedule, baseline, missing }: Case, day: number): number | null => {
    const visit = visitAt(run, schedule, day);
    if (visit === "not-planned") return null;
    if (visit === "missed") return missing === "excluded" ? null : 0;
    const previous = run.visits[run.visits.indexOf(visit) - 1] ?? null;
    return test(visit, previous, baseline) ? 1 : 0;
  };
const happened = (test: (outcomes: Outcomes, day: number) => boolean) => (c: Case, day: number) =>
  test(c.outcomes, day) ? 1 : 0;
/** Something seen by a day. Where missing data are left out, so is everybody who was not followed that far, whatever was seen before: else only the event would keep a leaver in. */
const seenBy = (test: (c: Case, day: number) => boolean) => (c: Case, day: number) =>
  c.missing === "excluded" && !followedTo(c.run, day) ? null : test(c, day) ? 1 : 0;
const LEAVERS =
  "counted when seen: who dropped out before counts as without it, or is left out where the study leaves out missing data";

/** Counterparts that a disease declares. */
const ofDisease = ({ endpoints }: AnyDisease): [string, SimulatedEndpoint][] =>
  Object.entries<EndpointCounterpart>(endpoints).map(([id, each]) => [
    id,
    "holds" in each
      ? share(each.about, each.label, atVisit(each.holds), each.note)
      : mean(
          each.about,
          each.unit,
          each.label,
          ({ run, schedule }, day) => {
            const visit = visitAt(run, schedule, day);
            return typeof visit === "string" ? null : each.value(visit);
          },
          each.note,
        ),
  ]);

/** By the endpoint ids of the evidence records (strings: the model does not read evidence). */
export const endpointCounterparts: Readonly<Record<string, SimulatedEndpoint>> = {
  ...Object.fromEntries((Object.values(diseases) as readonly AnyDisease[]).flatMap(ofDisease)),
  "drug-free": share(
    "no immunosuppressive drug",
    "predicted",
    atVisit((visit) => visit.drugFree),
    "drugs are withdrawn by protocol and return only by the rescue rule",
  ),
  relapse: share(
    "relapse",
    "fitted",
    seenBy(({ outcomes: { relapseDay } }, day) => relapseDay !== null && relapseDay <= day),
    `pooled relapse frequency was an order-of-magnitude target; ${LEAVERS}`,
  ),
  "b-cell-aplasia-onset-day": mean(
    `B cells ${BELOW_DEPLETED}`,
    "day",
    "fitted",
    ({ outcomes }) => outcomes.depletedDay,
  ),
  "b-cell-aplasia-duration": mean(
    "B-cell aplasia",
    "days",
    "fitted",
    ({ outcomes }) => outcomes.aplasia,
    `from ${BELOW_DEPLETED} to ${ABOVE_RETURNED}; of those who were depleted and returned within the study`,
  ),
  "b-cell-return-day": mean(
    "B cells return",
    "day",
    "fitted",
    ({ outcomes }) => outcomes.returnDay,
    `${ABOVE_RETURNED} after depletion`,
  ),
  "car-t-peak-day": mean("CAR-T peak", "day", "fitted", ({ outcomes }) => outcomes.carTPeakDay),
  "crs-any": share(
    "CRS, any grade",
    "fitted",
    happened(({ crs }) => crs >= 1),
  ),
  "crs-grade-1": share(
    "CRS grade 1",
    "fitted",
    happened(({ crs }) => crs === 1),
  ),
  "crs-grade-2": share(
    "CRS grade 2",
    "fitted",
    happened(({ crs }) => crs === 2),
  ),
  "crs-grade-3-or-more": share(
    "CRS grade ≥ 3",
    "fitted",
    happened(({ crs }) => crs >= 3),
  ),
  "icans-any": share(
    "ICANS, any grade",
    "fitted",
    happened(({ icans }) => icans >= 1),
  ),
  "licats-any": share(
    "LICATS",
    "fitted",
    happened(({ licats }) => licats === 1),
    "an input, not a result",
  ),
  "infection-hospitalised": share(
    "serious infection",
    "predicted",
    seenBy(({ run }, day) => run.events.some((e) => e.event === "infection" && e.day <= day)),
    `the record counts one pneumonia with hospital stay; ${LEAVERS}`,
  ),
};
