import { StoreError } from "../store/index.js";
import { patientsPerReplicate } from "../trial/index.js";
import type { Answer, Task, WorkerSetup } from "./messages.js";
import { writeShard } from "./shard.js";
import { shardMaker, shardPatients } from "./task.js";

/** The work of a thread of Node: makes shards and writes them itself. */
export function shardWorker(setup: WorkerSetup, before?: (patient: number) => void): (task: Task) => Promise<Answer> {
  const make = shardMaker(setup, before);
  return async ({ shard }) => {
    const result = make(shard);
    if (result.kind === "poison") return { ...result, shard };
    try {
      const patients = patientsPerReplicate(setup.study) * setup.study.run.replicates;
      await writeShard(
        setup.shards,
        { run: setup.run, index: shard, ...shardPatients(shard, setup.shardSize, patients) },
        result.treated,
      );
    } catch (error) {
      if (error instanceof StoreError)
        return { kind: "files", shard, problems: error.problems.map((problem) => ({ ...problem })) };
      throw error;
    }
    return { kind: "done", shard, patients: result.treated.length };
  };
}
