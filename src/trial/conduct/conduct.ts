import { diseases } from "../../disease/index.js";
import { type Action, type RunRequest, type RunResult, StopRun } from "../../engine/index.js";
import { fewCellsActions, type VirtualPatient } from "../../population/index.js";
import { bernoulli, log, lognormal, stream } from "../../statistics/index.js";
import { dropoutPerDay, type Study, visitDays } from "../../study/index.js";
import { applyDose, backgroundTherapies, type Recipient, resume } from "../../therapy/index.js";
import { conductConstants } from "./constants.js";
import { askedOf, columnsAt } from "./courses.js";
import { curveOutputs } from "./outputs.js";
import { actionsOf, plannedDoses } from "./planned-doses.js";
import type { ArmRun, TrialEvent, Visit } from "./records.js";
import { RuleDesk } from "./rule-desk.js";
import { timesOf } from "./study-times.js";
import { levelNow, visitActions } from "./visits.js";
import { wardRounds } from "./ward-rounds.js";

/** One patient in one arm, to be run: what the engine is asked, and what becomes of its answer. */
export interface Treatment {
  readonly request: RunRequest;
  readonly record: (result: RunResult) => ArmRun;
}

/** One patient in one arm. The kernels that run it must give `trialOutputs`, and may give more. `who` answers for all parameters of the arm's model. `nominal`: no measurement error, no events by chance, no dropout. docs/notes/conduct.md */
export function conduct(
  study: Study,
  armId: string,
  patient: VirtualPatient,
  who: Recipient,
  nominal = false,
): Treatment {
  const arm = study.arms[armId]!;
  const { seed } = study.run;
  const { start, all: outputDays, curveRows, history } = timesOf(study);
  const { until } = study.visits;
  const visits: Visit[] = [];
  const events: TrialEvent[] = [];
  const write = (event: TrialEvent) => events.push(event);
  const plan = plannedDoses(study, arm, patient, who);
  const days = visitDays(study);
  let resumed = false;
  const desk = new RuleDesk(arm, write, (now) => {
    resumed = true;
    for (const therapy of backgroundTherapies) {
      const level = patient.background[therapy.id]!;
      applyDose(now.patient, resume(therapy.background, now.day, levelNow(now.patient, therapy), level));
    }
  });
  const ward = wardRounds(plan.infusions, who, desk, write);
  const all: Action[] = [
    // Order among equal times: count the few cells, see the patient, then treat.
    ...fewCellsActions({ seed, patient: patient.index }, start, days),
    ...visitActions(
      {
        seed,
        patient,
        disease: diseases[patient.disease],
        who,
        desk,
        underTreatment: (day) =>
          [...plan.taken, ...desk.taken].some((dose) => dose.day <= day && day < dose.day + dose.days),
        nominal,
        visit: (visit) => visits.push(visit),
        event: write,
      },
      days,
    ),
    ...actionsOf(plan.background).map(
      (action): Action => ({
        ...action,
        apply: (view) => (resumed ? false : action.apply(view)),
      }),
    ),
    ...actionsOf(plan.doses),
    ...ward.actions,
  ].filter((action) => action.at <= until);
  if (plan.product?.kind === "failed") write({ day: 0, event: "manufacturing-failure", value: 1 });
  if (!nominal) {
    const dropout = dropoutDay(study, patient.index);
    if (dropout <= until)
      all.push({
        at: dropout,
        label: "dropout",
        apply: () => {
          throw new StopRun("dropped out");
        },
      });
    if (plan.infusions.length > 0) writeLicats(seed, patient.index, plan.infusions[0]!, write);
  }
  const record = ({ end, outputs, outputNames, accepted, rejected, undershoot }: RunResult): ArmRun => {
    ward.finish();
    const endDay = end.kind === "completed" ? until : end.time;
    if (end.kind === "stopped") write({ day: endDay, event: "dropout", value: 1 });
    return {
      patient: patient.index,
      arm: armId,
      status: end.kind,
      reason: end.kind === "completed" ? "" : end.reason,
      endDay,
      product: plan.product,
      cells: plan.cells,
      infusionDay: plan.infusions.find((day) => day <= Math.min(endDay, until)) ?? null,
      visits,
      events: events.filter(({ day }) => day <= endDay).sort((a, b) => a.day - b.day),
      curves: columnsAt(outputs, outputNames, curveRows, curveOutputs),
      ...askedOf(study, patient.index, outputs, outputNames),
      accepted,
      rejected,
      undershoot,
    };
  };
  return {
    request: {
      parameters: patient.parameters,
      from: start,
      to: until,
      actions: all,
      outputDays,
      ...(history ? { historyDays: history } : {}),
    },
    record,
  };
}

/** LICATS: with the published frequency after the first infusion; an input, not a result of the mechanism. */
function writeLicats(seed: number, patient: number, infusion: number, write: (event: TrialEvent) => void): void {
  const { licatsFrequency, licatsOnset, licatsSpread } = conductConstants;
  const random = stream(seed, patient, "licats");
  const onset = lognormal(random, licatsOnset.value, licatsSpread.value / 100);
  if (bernoulli(random, licatsFrequency.value) === 1) write({ day: infusion + onset, event: "licats", value: 1 });
}

/** Exponential with the study's hazard, counted from day 0; Infinity without dropout. */
function dropoutDay(study: Study, patient: number): number {
  const hazard = dropoutPerDay(study);
  return hazard > 0 ? -log(stream(study.run.seed, patient, "dropout").uniform()) / hazard : Number.POSITIVE_INFINITY;
}
