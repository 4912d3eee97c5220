import {
  compileWasm,
  instantiateWasm,
  interpret,
  type Kernels,
  planKernels,
  Runner,
  type System,
} from "../../engine/index.js";
import { samplePatient, type VirtualPatient, wholeModel } from "../../population/index.js";
import type { Stratum, Study } from "../study.js";
import { conduct } from "./conduct.js";
import { eligibility } from "./eligibility.js";
import { trialOutputs } from "./outputs.js";
import type { ArmRun } from "./records.js";

export type BackendName = "wasm" | "interpreter";

export interface PatientRuns {
  readonly patient: VirtualPatient;
  readonly runs: readonly ArmRun[];
}

/** The model, planned and compiled once; a worker can be handed the compiled module. */
export interface TrialModel {
  readonly system: System;
  readonly kernels: Kernels;
  readonly module: WebAssembly.Module | null;
}

export function trialModel(backend: BackendName = "wasm", module?: WebAssembly.Module): TrialModel {
  const system = wholeModel();
  const kernels = planKernels(system, trialOutputs);
  return { system, kernels, module: backend === "wasm" ? (module ?? compileWasm(kernels)) : null };
}

/** Patients of one replicate. */
export const patientsPerReplicate = (study: Study): number => study.population.reduce((sum, { n }) => sum + n, 0);

/** The stratum of a patient: strata follow one another within a replicate. */
export function stratumOf(study: Study, patient: number): Stratum {
  let place = patient % patientsPerReplicate(study);
  for (const stratum of study.population) {
    if (place < stratum.n) return stratum;
    place -= stratum.n;
  }
  throw new Error("no stratum");
}

/** Where patients are treated: one backend, one patient after another. A patient's result depends on the study and its number only. */
export class TrialSite {
  private readonly runner: Runner;

  constructor(
    private readonly study: Study,
    private readonly model: TrialModel,
  ) {
    const backend = model.module ? instantiateWasm(model.kernels, model.module) : interpret(model.kernels);
    this.runner = new Runner(backend, { rtol: study.tolerance });
  }

  treat(index: number, nominal = false): PatientRuns {
    const { study, model, runner } = this;
    const stratum = stratumOf(study, index);
    const patient = samplePatient(model.system, runner, {
      seed: study.run.seed,
      index,
      disease: stratum.disease,
      eligible: nominal ? () => null : eligibility(stratum),
      nominal,
    });
    return { patient, runs: Object.keys(study.arms).map((arm) => conduct(study, arm, patient, runner, nominal)) };
  }
}
