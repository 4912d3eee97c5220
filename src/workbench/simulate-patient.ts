import { NoSuchPatient, type VirtualPatient } from "../population/index.js";
import { outputUnits, type Study } from "../study/index.js";
import { givenTherapies } from "../therapy/index.js";
import {
  type ArmRun,
  type Course,
  type CurveOutput,
  curveOutputs,
  outputDays,
  TrialModels,
  TrialSite,
  timesOf,
} from "../trial/index.js";
import { inputProblem } from "./failure.js";
import type { Observed } from "./observed.js";
import { type OnePatient, studyOfOne } from "./study-of-one.js";

export interface SimulatePatient extends OnePatient {
  /** The typical patient: no variation, no measurement error, no events by chance. */
  readonly nominal?: boolean;
  /** Years. */
  readonly age?: number;
}

/** One patient under one or more strategies. */
export interface Simulation {
  readonly study: Study;
  readonly patient: VirtualPatient;
  readonly nominal: boolean;
  /** Days of the curves. */
  readonly days: readonly number[];
  /** One per strategy. */
  readonly runs: readonly ArmRun[];
  readonly curve: (run: ArmRun, name: CurveOutput) => number[];
  /** Where outputs or times were asked for: days and units of the courses. */
  readonly asked: { readonly days: readonly number[]; readonly unit: (name: string) => string } | null;
}

/** Throws `InputProblems` for unknown names, and where no draw of the seed can be a patient. */
export function simulatePatient(options: SimulatePatient): Simulation {
  const study = studyOfOne(options);
  const nominal = options.nominal ?? false;
  const site = new TrialSite(study, new TrialModels(study, "wasm"));
  const days = outputDays(study);
  try {
    const { patient, runs } = site.treat(0, nominal, options.age);
    const curve = (run: ArmRun, name: CurveOutput): number[] =>
      days.map((_, row) => run.curves[row * curveOutputs.length + curveOutputs.indexOf(name)]!);
    const units = outputUnits([patient.disease], givenTherapies);
    const unit = (name: string) => units.get(name) ?? "1";
    const asked = study.trajectories === undefined ? null : { days: timesOf(study).courses, unit };
    return { study, patient, nominal, days, runs, curve, asked };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    if (cause instanceof NoSuchPatient) throw inputProblem("simulate", cause.message, "choose another seed");
    throw error;
  }
}

/** One column of a course. */
export const columnOf = ({ names, values }: Course, column: number): number[] =>
  Array.from({ length: values.length / names.length }, (_, row) => values[row * names.length + column]!);

/** Everything of a simulation as plain data, for JSON. `observed`: per strategy, until when people were watched. */
export const simulationValue = (
  { study, patient, nominal, days, runs, curve, asked }: Simulation,
  observed: Readonly<Record<string, Observed>>,
) => ({
  patient: {
    disease: patient.disease,
    nominal,
    changes: study.parameters ?? {},
    covariates: patient.covariates,
    background: patient.background,
    parameters: Object.fromEntries(patient.parameters),
  },
  days,
  runs: runs.map((run) => ({
    strategy: run.arm,
    observed: observed[run.arm]!,
    status: run.status,
    reason: run.reason,
    events: run.events,
    visits: run.visits,
    curves: Object.fromEntries(curveOutputs.map((name) => [name, curve(run, name)])),
    ...(asked && run.course
      ? {
          asked: {
            days: asked.days,
            ...Object.fromEntries(run.course.names.map((name, i) => [name, columnOf(run.course!, i)])),
          },
        }
      : {}),
  })),
});
