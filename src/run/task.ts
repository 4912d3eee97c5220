import {
  type BackendName,
  type PatientRuns,
  patientsPerReplicate,
  type Study,
  TrialSite,
  trialModel,
} from "../trial/index.js";

/** What every worker is told when it starts, on a thread of Node or in a browser: the study, and the model compiled once for all. */
export interface TaskSetup {
  readonly study: Study;
  readonly backend: BackendName;
  readonly module: WebAssembly.Module | null;
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

/** Makes shards: a pure function of setup and index. `treat` may be replaced in tests, to see what happens when it fails. */
export function shardMaker(
  setup: TaskSetup,
  treat?: (site: TrialSite, patient: number) => PatientRuns,
): (shard: number) => ShardResult {
  const { study, shardSize } = setup;
  const site = new TrialSite(study, trialModel(setup.backend, setup.module ?? undefined));
  const patients = patientsPerReplicate(study) * study.run.replicates;
  return (shard) => {
    const { from, to } = shardPatients(shard, shardSize, patients);
    const treated: PatientRuns[] = [];
    for (let patient = from; patient < to; patient++) {
      try {
        treated.push(treat ? treat(site, patient) : site.treat(patient));
      } catch (error) {
        return { kind: "poison", patient, reason: error instanceof Error ? error.message : String(error) };
      }
    }
    return { kind: "treated", treated };
  };
}
