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
  /** Deaths of workers since the last shard that was made. */
  let deaths = 0;
  /** Set once, for good: nothing is begun after it, and what comes in late is not counted. */
  let stopped: Error | null = null;
  const alive = new Set<Worker>();
  const ends = new Set<() => void>();
  const stop = (error: Error) => {
    stopped ??= error;
    for (const end of ends) end();
  };
  const onAbort = () => stop(new Interrupted("stopped"));
  if (options.signal?.aborted) throw new Interrupted("stopped");
  options.signal?.addEventListener("abort", onAbort, { once: true });

  /** One worker, until nothing waits, it dies, or the pool stops. Resolves with the shard that it died with and why. */
  const employ = (worker: Worker): Promise<{ readonly shard: number; readonly reason: string } | null> =>
    new Promise((resolve) => {
      let shard = -1;
      const end = () => resolve(null);
      ends.add(end);
      const died = (reason: string) => {
        ends.delete(end);
        resolve(shard < 0 || stopped ? null : { shard, reason });
      };
      const give = () => {
        const next = stopped ? undefined : waiting.shift();
        if (next === undefined) {
          ends.delete(end);
          return resolve(null);
        }
        shard = next;
        worker.postMessage({ shard } satisfies Task);
      };
      worker.on("message", (answer: Answer) => {
        if (stopped) return;
        shard = -1;
        if (answer.kind === "files") return stop(new StoreError(answer.problems));
        if (answer.kind === "poison")
          failed.push({ shard: answer.shard, patient: answer.patient, reason: answer.reason });
        else {
          deaths = 0;
          options.onDone?.(answer.shard, answer.patients);
        }
        give();
      });
      worker.on("error", (error: NodeJS.ErrnoException) =>
        died(
          error.code === "ERR_WORKER_OUT_OF_MEMORY"
            ? "the worker ran out of memory: raise --max-memory or use fewer --workers"
            : error.message || "the worker failed",
        ),
      );
      worker.on("exit", (code) => died(`the worker ended with code ${code}`));
      give();
    });

  /** One place in the pool: a worker, replaced when it dies, until nothing waits. */
  const place = async (): Promise<void> => {
    while (!stopped && waiting.length > 0) {
      const worker = new Worker(entry, {
        workerData: setup,
        ...(heap === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heap } }),
      });
      alive.add(worker);
      const death = await employ(worker);
      alive.delete(worker);
      await worker.terminate();
      if (!death) continue;
      const count = (attempts.get(death.shard) ?? 0) + 1;
      attempts.set(death.shard, count);
      options.onTrouble?.(`shard ${death.shard}: ${death.reason}; attempt ${count} of ${ATTEMPTS}`);
      if (count < ATTEMPTS) waiting.push(death.shard);
      else failed.push({ shard: death.shard, patient: null, reason: death.reason });
      // Where no worker lives long enough for a single shard, the fault is not in the shards.
      if (++deaths >= ATTEMPTS * 2 * workers) stop(new Error(`workers die one after another: ${death.reason}`));
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, place));
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    await Promise.all([...alive].map((worker) => worker.terminate()));
  }
  if (stopped) throw stopped;
  return failed.sort((a, b) => a.shard - b.shard);
}
