import { availableParallelism } from "node:os";
import { StoreError } from "../store/index.js";
import { memoryPlan } from "./memory-plan.js";
import type { Answer, WorkerSetup } from "./messages.js";
import { type FailedShard, ShardQueue } from "./shard-queue.js";
import { WorkerLife } from "./worker-life.js";

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

/** Stopped by the signal. */
export class Interrupted extends Error {}

export const defaultWorkers = (): number => availableParallelism();

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
  const queue = new ShardQueue(shards, workers);
  const alive = new Set<WorkerLife>();
  /** Set once, for good: nothing is begun after it, and what comes in late is not counted. */
  let stopped: Error | null = null;
  const stop = (error: Error) => {
    stopped ??= error;
    for (const worker of alive) worker.dismiss();
  };
  const onAbort = () => stop(new Interrupted("stopped"));
  if (options.signal?.aborted) throw new Interrupted("stopped");
  options.signal?.addEventListener("abort", onAbort, { once: true });

  const onAnswer = (answer: Answer): void => {
    if (stopped) return;
    if (answer.kind === "files") stop(new StoreError(answer.problems));
    else if (answer.kind === "poison")
      queue.refused({ shard: answer.shard, patient: answer.patient, reason: answer.reason });
    else {
      queue.made();
      options.onDone?.(answer.shard, answer.patients);
    }
  };
  const next = () => (stopped ? undefined : queue.take());

  /** One place in the pool: a worker, replaced when it dies, until nothing waits. */
  const place = async (): Promise<void> => {
    while (!stopped && !queue.isEmpty) {
      const worker = new WorkerLife(entry, setup, heap);
      alive.add(worker);
      const death = await worker.work({ next, onAnswer });
      alive.delete(worker);
      await worker.terminate();
      if (stopped || death?.shard === undefined) continue;
      const trouble = queue.lost(death.shard, death.reason);
      options.onTrouble?.(trouble);
      if (queue.hopeless) stop(new Error(`workers die one after another: ${death.reason}`));
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, place));
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    await Promise.all([...alive].map((worker) => worker.terminate()));
  }
  if (stopped) throw stopped;
  return queue.failed;
}
