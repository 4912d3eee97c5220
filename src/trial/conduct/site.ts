import {
  compileWasm,
  instantiateWasm,
  interpret,
  type Kernels,
  planKernels,
  RunFault,
  Runner,
  type System,
} from "../../engine/index.js";
import { samplePatient, type VirtualPatient, wholeModel } from "../../population/index.js";
import type { Stratum, Study } from "../../study/index.js";
import { conduct } from "./conduct.js";
import { eligibility } from "./eligibility.js";
import { trialOutputs } from "./outputs.js";
import type { ArmRun } from "./records.js";

export type BackendName = "wasm" | "interpreter";

export interface PatientRuns {
  readonly patient: VirtualPatient;
  readonly runs: readonly ArmRun[];
}

/** Two patients share every instruction; docs/notes/speed.md. */
const LANES = 2;

/** Something was thrown while a patient was sampled or treated. */
export class PatientFault extends Error {
  constructor(
    readonly patient: number,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
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
  return { system, kernels, module: backend === "wasm" ? (module ?? compileWasm(kernels, LANES)) : null };
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

/** Where patients are treated: one backend, as many runs at a time as it has lanes. A patient's result depends on the study and its number only. */
export class TrialSite {
  private readonly runner: Runner;

  constructor(
    private readonly study: Study,
    private readonly model: TrialModel,
  ) {
    const backend = model.module
      ? instantiateWasm(model.kernels, { module: model.module, lanes: LANES })
      : interpret(model.kernels);
    this.runner = new Runner(backend, { rtol: study.tolerance });
  }

  /** One patient in every arm. */
  treat(index: number, nominal = false): PatientRuns {
    return this.treatAll([index], { nominal })[0]!;
  }

  /** Patients in every arm, in the order of `indices`. `before` is called before each is sampled. A fault throws `PatientFault`. */
  treatAll(
    indices: readonly number[],
    { nominal = false, before }: { readonly nominal?: boolean; readonly before?: (patient: number) => void } = {},
  ): PatientRuns[] {
    const { study, runner } = this;
    const arms = Object.keys(study.arms);
    const blaming = <T>(patient: number, what: () => T): T => {
      try {
        return what();
      } catch (error) {
        throw new PatientFault(patient, error);
      }
    };
    const patients = indices.map((index) =>
      blaming(index, () => {
        before?.(index);
        return this.sample(index, nominal);
      }),
    );
    const treatments = patients.flatMap((patient) =>
      arms.map((arm) => blaming(patient.index, () => conduct(study, arm, patient, nominal))),
    );
    const runs = new Array<ArmRun>(treatments.length);
    try {
      for (const { index, result } of runner.runAll(treatments.map(({ request }) => request)))
        runs[index] = blaming(indices[Math.floor(index / arms.length)]!, () => treatments[index]!.record(result));
    } catch (error) {
      if (!(error instanceof RunFault)) throw error;
      throw new PatientFault(indices[Math.floor(error.index / arms.length)]!, error.cause);
    }
    return patients.map((patient, i) => ({ patient, runs: runs.slice(i * arms.length, (i + 1) * arms.length) }));
  }

  private sample(index: number, nominal: boolean): VirtualPatient {
    const { study, model, runner } = this;
    const stratum = stratumOf(study, index);
    return samplePatient(model.system, runner, {
      seed: study.run.seed,
      index,
      disease: stratum.disease,
      eligible: nominal ? () => null : eligibility(stratum),
      nominal,
    });
  }
}
