import { StoreError } from "../store/index.js";

/** A worker needs about this much, MB. */
const LEAST_MEMORY = 128;

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
