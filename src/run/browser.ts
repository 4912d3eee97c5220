/** The second door of the room, for browsers: the same task on web workers. Nothing here asks Node for anything. */

import type { Study } from "../study/index.js";
import { type BackendName, type PatientRuns, patientsPerReplicate, TrialModels } from "../trial/index.js";
import { usualShardSize } from "./manifest.js";
import { type ShardResult, shardPatients, type TaskSetup } from "./task.js";

export { type ShardResult, shardMaker, shardPatients, type TaskSetup } from "./task.js";

export interface BrowserPoolOptions {
  readonly backend?: BackendName;
  readonly workers: number;
  readonly shardSize?: number;
  /** Makes a web worker whose script is `web-worker.js`; the page knows where its bundle put it. */
  readonly spawn: () => Worker;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Shards that may be made ahead of the reader, per worker: what bounds the memory. */
const AHEAD = 2;

/** Treats all patients on web workers; yields them in order. A poisonous patient ends it with an error that names patient and seed. */
export async function* treatInBrowser(study: Study, options: BrowserPoolOptions): AsyncGenerator<PatientRuns> {
  const backend = options.backend ?? "wasm";
  const shardSize = options.shardSize ?? usualShardSize(study);
  const total = patientsPerReplicate(study) * study.run.replicates;
  const shards = Math.ceil(total / shardSize);
  const setup: TaskSetup = { study, backend, models: new TrialModels(study, backend).compile(), shardSize };
  const ready = new Map<number, ShardResult>();
  const idle: Worker[] = [];
  let next = 0;
  let wanted = 0;
  let done = 0;
  let failure: Error | null = null;
  let wake: () => void = () => {};
  const workers = Array.from({ length: Math.max(1, Math.min(options.workers, shards)) }, options.spawn);
  const give = () => {
    while (idle.length > 0 && next < shards && next < wanted + AHEAD * workers.length) idle.pop()!.postMessage(next++);
  };
  for (const worker of workers) {
    worker.onmessage = ({ data }: MessageEvent<{ shard: number; result: ShardResult }>) => {
      ready.set(data.shard, data.result);
      const { from, to } = shardPatients(data.shard, shardSize, total);
      done += to - from;
      options.onProgress?.(done, total);
      idle.push(worker);
      give();
      wake();
    };
    worker.onerror = (event) => {
      failure = new Error(`a web worker failed: ${event.message}`);
      wake();
    };
    worker.postMessage(setup);
    idle.push(worker);
  }
  try {
    give();
    for (; wanted < shards; wanted++, give()) {
      while (!ready.has(wanted)) {
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const result = ready.get(wanted)!;
      ready.delete(wanted);
      if (result.kind === "poison")
        throw new Error(`shard ${wanted}: patient ${result.patient}, seed ${study.run.seed}: ${result.reason}`);
      yield* result.treated;
    }
  } finally {
    for (const worker of workers) worker.terminate();
  }
}
