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

/** A run on its way: its shards are being made. */
export interface Execution {
  readonly folder: RunFolder;
  readonly workers: number;
  /** Settles when no shard is being made any more: with those that could not be made, or with what ended it. */
  readonly made: Promise<readonly FailedShard[]>;
  /** The treated patients in order, each as soon as its shard is there. A corrupt shard is made again on the way. Throws `ShardsMissing` where one could not be made, once the others are. */
  patients(): AsyncGenerator<PatientRuns>;
}

/** Shards that could not be made; the others are kept. */
export class ShardsMissing extends Error {
  constructor(readonly failed: readonly FailedShard[]) {
    super(`${failed.length} shards could not be made`);
  }
}

/** Opens or continues the run and begins to make its shards. Wait for `made`, and close the folder at the end. */
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
    const advance = (patients: number) => {
      done += patients;
      options.onProgress?.(done, total, before);
    };
    const make = (shards: readonly number[]) =>
      makeShards(setup, shards, { ...options, workers, onDone: (_, patients) => advance(patients) });
    const there = new Set(folder.finished);
    let wake = () => {};
    const onDone = (shard: number, patients: number) => {
      there.add(shard);
      advance(patients);
      wake();
    };
    const made: Promise<readonly FailedShard[]> =
      missing.length > 0 ? makeShards(setup, missing, { ...options, workers, onDone }) : Promise.resolve([]);
    let settled = false;
    const settle = () => {
      settled = true;
      wake();
    };
    // What ended it is told to whoever collects, or waits for `made`.
    made.then(settle, settle);
    return {
      folder,
      workers,
      made,
      async *patients() {
        for (let shard = 0; shard < manifest.shards; shard++) {
          while (!there.has(shard) && !settled)
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          if (options.signal?.aborted) throw new Interrupted("stopped");
          if (!there.has(shard)) throw new ShardsMissing(await made);
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
