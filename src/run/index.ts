/** run: where work is done: local pool of worker threads; the same answer at any number of them. */
export { defaultWorkers, type PoolOptions, TaskError, treatAll } from "./pool.js";
