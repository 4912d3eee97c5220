import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type BackendName, type PatientRuns, patientsPerReplicate, type Study, trialModel } from "../trial/index.js";
import type { Answer, Task, WorkerSetup } from "./messages.js";

export interface PoolOptions {
  /** Threads; the number of processors unless stated. Has no influence on the result. */
  readonly workers?: number;
  readonly backend?: BackendName;
  /** Patients treated so far, of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Patients per task: enough to hide messages, few enough for progress. */
const TASK = 15;

/** A worker that could not do its task: which patients, and why. */
export class TaskError extends Error {
  constructor(
    readonly task: Task,
    reason: string,
  ) {
    super(`patients ${task.from}–${task.to - 1}: ${reason}`);
  }
}

export const defaultWorkers = (): number => availableParallelism();

/** Treats all patients of all replicates on worker threads. The result is in the order of patients, whatever the number of workers. */
export async function treatAll(study: Study, options: PoolOptions = {}): Promise<PatientRuns[]> {
  const backend = options.backend ?? "wasm";
  const total = patientsPerReplicate(study) * study.run.replicates;
  const tasks: Task[] = [];
  for (let from = 0; from < total; from += TASK) tasks.push({ from, to: Math.min(from + TASK, total) });
  const count = Math.max(1, Math.min(options.workers ?? defaultWorkers(), tasks.length));
  const setup: WorkerSetup = { study, backend, module: trialModel(backend).module };
  const results: PatientRuns[] = new Array(total);
  let next = 0;
  let done = 0;
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL("./worker.js", import.meta.url), { workerData: setup }),
  );
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            let current: Task | undefined;
            const give = () => {
              current = tasks[next++];
              if (current) worker.postMessage(current);
              else resolve();
            };
            worker.on("message", (answer: Answer) => {
              if (answer.kind === "error") return reject(new TaskError(answer.task, answer.message));
              answer.treated.forEach((treated, i) => {
                results[answer.task.from + i] = treated;
              });
              done += answer.treated.length;
              options.onProgress?.(done, total);
              give();
            });
            worker.on("error", (error) => reject(current ? new TaskError(current, error.message) : error));
            worker.on("exit", (code) => {
              if (code !== 0)
                reject(
                  current
                    ? new TaskError(current, `the worker ended with code ${code}`)
                    : new Error(`a worker ended with code ${code}`),
                );
            });
            give();
          }),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}
