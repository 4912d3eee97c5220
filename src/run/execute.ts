import type { Study } from "../study/index.js";
import { type BackendName, type PatientRuns, patientsPerReplicate, TrialModels } from "../trial/index.js";
import { openRunFolder, type RunFolder } from "./folder.js";
import { makeManifest, manifestHash } from "./manifest.js";
import { memoryPlan } from "./memory-plan.js";
import { defaultWorkers, Interrupted, makeShards, type PoolOptions } from "./pool.js";
import { CorruptShard, readShard, removeShard } from "./shard.js";
import type { FailedShard } from "./shard-queue.js";
import { shardPatients } from "./task.js";

export interface ExecuteOptions extends Omit<PoolOptions, "workers" | "onDone"> {
  readonly version: string;
  readonly out: string;
  readonly backend: BackendName;
  readonly workers?: number;
  readonly replace?: boolean;
  readonly shardSize?: number;
  /** Patients treated, of all; `before` were there already when this process began. */
  readonly onProgress?: (done: number, total: number, before: number) => void;
}

/** A run on its way: all shards that can be made are there. */
export interface Execution {
  readonly folder: RunFolder;
  readonly workers: number;
  readonly failed: readonly FailedShard[];
  /** The treated patients in order. A corrupt shard is made again on the way. */
  patients(): AsyncGenerator<PatientRuns>;
}

/** Opens or continues the run and makes its shards. Close the folder at the end. */
export async function execute(study: Study, options: ExecuteOptions): Promise<Execution> {
  const manifest = makeManifest(study, options.version, options.backend, options.shardSize);
  // Everything that may be refused is refused before the folder is touched.
  const workers = options.workers ?? defaultWorkers();
  memoryPlan(workers, options.maxMemory);
  const models = new TrialModels(study, options.backend).compile();
  const folder = await openRunFolder(options.out, manifest, { replace: options.replace ?? false });
  try {
    const total = patientsPerReplicate(study) * study.run.replicates;
    const size = (shard: number) => {
      const { from, to } = shardPatients(shard, manifest.shardSize, total);
      return to - from;
    };
    const setup = {
      study,
      backend: options.backend,
      models,
      shards: folder.shards,
      shardSize: manifest.shardSize,
      run: manifestHash(manifest),
    };
    const missing = Array.from({ length: manifest.shards }, (_, shard) => shard).filter(
      (shard) => !folder.finished.has(shard),
    );
    const before = [...folder.finished].reduce((sum, shard) => sum + size(shard), 0);
    let done = before;
    const make = (shards: readonly number[]) =>
      makeShards(setup, shards, {
        ...options,
        workers,
        onDone: (_, patients) => {
          done += patients;
          options.onProgress?.(done, total, before);
        },
      });
    const failed = missing.length > 0 ? await make(missing) : [];
    return {
      folder,
      workers,
      failed,
      async *patients() {
        for (let shard = 0; shard < manifest.shards; shard++) {
          if (options.signal?.aborted) throw new Interrupted("stopped");
          const label = { run: setup.run, index: shard, ...shardPatients(shard, manifest.shardSize, total) };
          let treated: readonly PatientRuns[];
          try {
            treated = await readShard(folder.shards, label);
          } catch (error) {
            if (!(error instanceof CorruptShard)) throw error;
            options.onTrouble?.(`${error.message}; it is made again`);
            await removeShard(folder.shards, shard);
            done -= size(shard);
            const again = await make([shard]);
            if (again.length > 0)
              throw new Error(
                `shard ${shard}, patients ${label.from}–${label.to - 1}, seed ${study.run.seed}: ${again[0]!.reason}`,
              );
            treated = await readShard(folder.shards, label);
          }
          yield* treated;
        }
      },
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}
