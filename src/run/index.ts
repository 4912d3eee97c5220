/** run: where work is done: shards on a local pool of worker threads, resume after any end; the same answer at any number of workers. */
export { type ExecuteOptions, type Execution, execute, ShardsMissing } from "./execute.js";
export { cleanRun, type RunState, runState } from "./folder.js";
export { type Manifest, makeManifest, manifestDifferences, studyFromValue, studyValue } from "./manifest.js";
export { defaultWorkers, Interrupted, type PoolOptions } from "./pool.js";
export type { FailedShard } from "./shard-queue.js";
