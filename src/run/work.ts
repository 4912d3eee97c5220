import { StoreError } from "../store/index.js";
import { type PatientRuns, patientsPerReplicate, TrialSite, trialModel } from "../trial/index.js";
import type { Answer, Task, WorkerSetup } from "./messages.js";
import { shardPatients, writeShard } from "./shard.js";

/** The work of one thread: makes one shard after another. `treat` may be replaced in tests, to see what happens when it fails. */
export function shardWorker(
  setup: WorkerSetup,
  treat?: (site: TrialSite, patient: number) => PatientRuns,
): (task: Task) => Promise<Answer> {
  const { study, shardSize } = setup;
  const site = new TrialSite(study, trialModel(setup.backend, setup.module ?? undefined));
  const patients = patientsPerReplicate(study) * study.run.replicates;
  return async ({ shard }) => {
    const { from, to } = shardPatients(shard, shardSize, patients);
    const treated: PatientRuns[] = [];
    for (let patient = from; patient < to; patient++) {
      try {
        treated.push(treat ? treat(site, patient) : site.treat(patient));
      } catch (error) {
        return { kind: "poison", shard, patient, reason: error instanceof Error ? error.message : String(error) };
      }
    }
    try {
      await writeShard(setup.shards, shard, treated);
    } catch (error) {
      if (error instanceof StoreError)
        return { kind: "files", shard, problems: error.problems.map((problem) => ({ ...problem })) };
      throw error;
    }
    return { kind: "done", shard, patients: treated.length };
  };
}
