import { NoSuchPatient, type VirtualPatient } from "../population/index.js";
import type { Study } from "../study/index.js";
import { type ArmRun, type CurveOutput, curveOutputs, outputDays, TrialModels, TrialSite } from "../trial/index.js";
import { inputProblem } from "./failure.js";
import { type OnePatient, studyOfOne } from "./study-of-one.js";

export interface SimulatePatient extends OnePatient {
  /** The typical patient: no variation, no measurement error, no events by chance. */
  readonly nominal?: boolean;
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
}

/** Throws `InputProblems` for unknown names, and where no draw of the seed can be a patient. */
export function simulatePatient(options: SimulatePatient): Simulation {
  const study = studyOfOne(options);
  const nominal = options.nominal ?? false;
  const site = new TrialSite(study, new TrialModels(study, "wasm"));
  const days = outputDays(study);
  try {
    const { patient, runs } = site.treat(0, nominal);
    const curve = (run: ArmRun, name: CurveOutput): number[] =>
      days.map((_, row) => run.curves[row * curveOutputs.length + curveOutputs.indexOf(name)]!);
    return { study, patient, nominal, days, runs, curve };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    if (cause instanceof NoSuchPatient) throw inputProblem("simulate", cause.message, "choose another seed");
    throw error;
  }
}

/** Everything of a simulation as plain data, for JSON. */
export const simulationValue = ({ study, patient, nominal, days, runs, curve }: Simulation) => ({
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
    status: run.status,
    reason: run.reason,
    events: run.events,
    visits: run.visits,
    curves: Object.fromEntries(curveOutputs.map((name) => [name, curve(run, name)])),
  })),
});
