import { type Action, type PatientView, type RunRequest, type RunResult, StopRun } from "../../engine/index.js";
import { fewCellsActions, type VirtualPatient } from "../../population/index.js";
import { bernoulli, log, lognormal, stream } from "../../statistics/index.js";
import { dropoutPerDay, type Study, visitDays } from "../../study/index.js";
import { curveOutputs, outputDays, trialOutputs } from "./outputs.js";
import type { ArmRun, TrialEvent, Visit } from "./records.js";
import { stepsOf, studyStart } from "./steps.js";
import { visitActions } from "./visits.js";
import { wardRounds } from "./ward-rounds.js";

/** LICATS: frequency 30 of 39 and onset median 10 days (hagen_2025_licats); the spread of onset is assumed. */
const LICATS = { frequency: 30 / 39, onset: 10, cv: 0.36 };

/** One patient in one arm, to be run: what the engine is asked, and what becomes of its answer. */
export interface Treatment {
  readonly request: RunRequest;
  readonly record: (result: RunResult) => ArmRun;
}

/** One patient in one arm. The kernels that run it must give `trialOutputs`. `nominal`: no measurement error, no events by chance, no dropout. docs/notes/conduct.md */
export function conduct(study: Study, armId: string, patient: VirtualPatient, nominal = false): Treatment {
  const arm = study.arms[armId]!;
  const { seed } = study.run;
  const start = studyStart(study);
  const { until } = study.visits;
  const visits: Visit[] = [];
  const events: TrialEvent[] = [];
  const write = (event: TrialEvent) => events.push(event);
  const { actions, background, product, infusions } = stepsOf(study, arm, patient);
  const days = visitDays(study);
  const rescue = { done: false };
  const ward = wardRounds(infusions, arm.rules, write);
  const all: Action[] = [
    // Order among equal times: count the few cells, see the patient, then treat.
    ...fewCellsActions({ seed, patient: patient.index }, start, days),
    ...visitActions(seed, patient, days, arm.rules, nominal, {
      visit: (visit) => visits.push(visit),
      event: write,
      rescue,
    }),
    ...background.map((action) => ({
      ...action,
      apply: (view: PatientView) => (rescue.done ? false : action.apply(view)),
    })),
    ...actions,
    ...ward.actions,
  ].filter((action) => action.at <= until);
  if (product?.kind === "failed") write({ day: 0, event: "manufacturing-failure", value: 1 });
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
    if (infusions.length > 0) {
      const random = stream(seed, patient.index, "licats");
      const onset = lognormal(random, LICATS.onset, LICATS.cv);
      if (bernoulli(random, LICATS.frequency) === 1) write({ day: infusions[0]! + onset, event: "licats", value: 1 });
    }
  }
  const grid = outputDays(start, until);
  const record = ({ end, outputs, accepted, rejected, undershoot }: RunResult): ArmRun => {
    ward.finish();
    const endDay = end.kind === "completed" ? until : end.time;
    if (end.kind === "stopped") write({ day: endDay, event: "dropout", value: 1 });
    return {
      patient: patient.index,
      arm: armId,
      status: end.kind,
      reason: end.kind === "completed" ? "" : end.reason,
      endDay,
      cellsPlanned: product !== null || infusions.length > 0,
      product,
      infusionDay: infusions.find((day) => day <= Math.min(endDay, until)) ?? null,
      visits,
      events: events.filter(({ day }) => day <= endDay).sort((a, b) => a.day - b.day),
      curves: narrow(outputs, grid.length),
      accepted,
      rejected,
      undershoot,
    };
  };
  return {
    request: { parameters: patient.parameters, from: start, to: until, actions: all, outputDays: grid },
    record,
  };
}

/** Exponential with the study's hazard, counted from day 0; Infinity without dropout. */
function dropoutDay(study: Study, patient: number): number {
  const hazard = dropoutPerDay(study);
  return hazard > 0 ? -log(stream(study.run.seed, patient, "dropout").uniform()) / hazard : Number.POSITIVE_INFINITY;
}

/** Only the columns of the curves. */
function narrow(outputs: Float64Array, rows: number): Float64Array {
  const columns = curveOutputs.map((name) => trialOutputs.indexOf(name));
  const curves = new Float64Array(rows * columns.length);
  for (let row = 0; row < rows; row++)
    columns.forEach((column, i) => {
      curves[row * columns.length + i] = outputs[row * trialOutputs.length + column]!;
    });
  return curves;
}
