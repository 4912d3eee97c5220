import type { Study } from "../study/index.js";
import {
  type BackendName,
  type CompiledModels,
  PatientFault,
  type PatientRuns,
  patientsPerReplicate,
  TrialModels,
  TrialSite,
} from "../trial/index.js";

/** What every worker is told when it starts, on a thread of Node or in a browser: the study, and its models compiled once for all. */
export interface TaskSetup {
  readonly study: Study;
  readonly backend: BackendName;
  readonly models: CompiledModels;
  readonly shardSize: number;
}

/** Patients `from` … `to − 1` of a shard. */
export function shardPatients(
  index: number,
  size: number,
  patients: number,
): { readonly from: number; readonly to: number } {
  return { from: index * size, to: Math.min((index + 1) * size, patients) };
}

/** All patients of a shard, or the one at which the model threw. */
export type ShardResult =
  | { readonly kind: "treated"; readonly treated: readonly PatientRuns[] }
  | { readonly kind: "poison"; readonly patient: number; readonly reason: string };

/** Makes shards: a pure function of setup and index. `before` is called before each patient; tests let it fail. */
export function shardMaker(setup: TaskSetup, before?: (patient: number) => void): (shard: number) => ShardResult {
  const { study, shardSize } = setup;
  const site = new TrialSite(study, new TrialModels(study, setup.backend, setup.models));
  const patients = patientsPerReplicate(study) * study.run.replicates;
  return (shard) => {
    const { from, to } = shardPatients(shard, shardSize, patients);
    const indices = Array.from({ length: to - from }, (_, i) => from + i);
    try {
      return { kind: "treated", treated: site.treatAll(indices, before ? { before } : {}) };
    } catch (error) {
      if (!(error instanceof PatientFault)) throw error;
      return { kind: "poison", patient: error.patient, reason: error.message };
    }
  };
}
