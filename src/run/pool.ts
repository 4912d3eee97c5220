import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { StoreError } from "../store/index.js";
import type { Answer, Task, WorkerSetup } from "./messages.js";

export interface PoolOptions {
  /** Threads; has no influence on the result. */
  readonly workers: number;
  /** Bound on the heaps of all workers together, MB. */
  readonly maxMemory?: number;
  readonly onDone?: (shard: number, patients: number) => void;
  /** Something went wrong but the rest goes on. */
  readonly onTrouble?: (text: string) => void;
  readonly signal?: AbortSignal;
  /** Another entry than `worker.js`, for tests. */
  readonly entry?: URL;
}

/** A shard that could not be made, with the patient at fault where one is known. */
export interface FailedShard {
  readonly shard: number;
  readonly patient: number | null;
  readonly reason: string;
}

/** Stopped by the signal. */
export class Interrupted extends Error {}

const ATTEMPTS = 3;
/** A worker needs about this much, MB. */
const LEAST_MEMORY = 128;

export const defaultWorkers = (): number => availableParallelism();

/** How many workers fit, and the heap of each in MB (undefined: Node's own limit). Throws a StoreError where not even one fits. */
export function memoryPlan(
  workers: number,
  maxMemory: number | undefined,
): { readonly workers: number; readonly heap: number | undefined } {
  if (maxMemory === undefined) return { workers, heap: undefined };
  const fitting = Math.min(workers, Math.floor(maxMemory / LEAST_MEMORY));
  if (fitting < 1)
    throw new StoreError({
      path: "--max-memory",
      what: `${maxMemory} MB are too little`,
      hint: `a worker needs at least ${LEAST_MEMORY} MB`,
    });
  return { workers: fitting, heap: Math.floor(maxMemory / fitting) };
}

/**
 * Makes the given shards on worker threads, one at a time each. Resolves with the shards that could not be made; rejects with a StoreError where the file system
 * refuses, and with `Interrupted` after the signal.
 */
export async function makeShards(
  setup: WorkerSetup,
  shards: readonly number[],
  options: PoolOptions,
): Promise<FailedShard[]> {
  const { workers, heap } = memoryPlan(Math.min(options.workers, Math.max(1, shards.length)), options.maxMemory);
  const entry = options.entry ?? new URL("./worker.js", import.meta.url);
  const waiting = [...shards];
  const attempts = new Map<number, number>();
  const failed: FailedShard[] = [];
  const alive = new Set<Worker>();
  const stop = async () => {
    await Promise.all([...alive].map((worker) => worker.terminate()));
  };

  /** One place in the pool: a worker, replaced when it dies, until nothing waits. */
  const place = async (): Promise<void> => {
    while (waiting.length > 0) {
      const worker = new Worker(entry, {
        workerData: setup,
        ...(heap === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heap } }),
      });
      alive.add(worker);
      let shard = -1;
      const reason = await new Promise<string | null>((resolve, reject) => {
        const give = () => {
          const next = waiting.shift();
          if (next === undefined) return resolve(null);
          shard = next;
          worker.postMessage({ shard } satisfies Task);
        };
        worker.on("message", (answer: Answer) => {
          if (answer.kind === "files") return reject(new StoreError(answer.problems));
          if (answer.kind === "poison")
            failed.push({ shard: answer.shard, patient: answer.patient, reason: answer.reason });
          else options.onDone?.(answer.shard, answer.patients);
          shard = -1;
          give();
        });
        worker.on("error", (error) => resolve(error.message || "the worker failed"));
        worker.on("exit", (code) => resolve(`the worker ended with code ${code}`));
        options.signal?.addEventListener("abort", () => reject(new Interrupted("stopped")), { once: true });
        give();
      });
      alive.delete(worker);
      await worker.terminate();
      if (reason === null || shard < 0) continue;
      const count = (attempts.get(shard) ?? 0) + 1;
      attempts.set(shard, count);
      options.onTrouble?.(`shard ${shard}: ${reason}; attempt ${count} of ${ATTEMPTS}`);
      if (count < ATTEMPTS) waiting.push(shard);
      else failed.push({ shard, patient: null, reason });
    }
  };
  if (options.signal?.aborted) throw new Interrupted("stopped");
  try {
    await Promise.all(Array.from({ length: workers }, place));
  } finally {
    await stop();
  }
  return failed.sort((a, b) => a.shard - b.shard);
}
