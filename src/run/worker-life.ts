import { Worker } from "node:worker_threads";
import type { Answer, Task, WorkerSetup } from "./messages.js";

/** What a worker is asked and answers; it works at one shard at a time. */
export interface Employer {
  /** The next shard; undefined ends the work. */
  readonly next: () => number | undefined;
  readonly onAnswer: (answer: Answer) => void;
}

/** How a worker died; `shard` is undefined where it had none. */
export interface Death {
  readonly shard: number | undefined;
  readonly reason: string;
}

/** One worker thread, from its start to its end. */
export class WorkerLife {
  readonly #worker: Worker;
  #end: (death: Death | null) => void = () => {};

  /** `heap`: bound on its heap, MB. */
  constructor(entry: URL, setup: WorkerSetup, heap: number | undefined) {
    this.#worker = new Worker(entry, {
      workerData: setup,
      ...(heap === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heap } }),
    });
  }

  /** Gives it one shard after the other. Resolves with null when there is none left or it is dismissed, else with its death. */
  work({ next, onAnswer }: Employer): Promise<Death | null> {
    return new Promise((resolve) => {
      let shard: number | undefined;
      this.#end = resolve;
      const give = () => {
        shard = next();
        if (shard === undefined) resolve(null);
        else this.#worker.postMessage({ shard } satisfies Task);
      };
      this.#worker.on("message", (answer: Answer) => {
        shard = undefined;
        onAnswer(answer);
        give();
      });
      this.#worker.on("error", (error: NodeJS.ErrnoException) =>
        resolve({
          shard,
          reason:
            error.code === "ERR_WORKER_OUT_OF_MEMORY"
              ? "the worker ran out of memory: raise --max-memory or use fewer --workers"
              : error.message || "the worker failed",
        }),
      );
      this.#worker.on("exit", (code) => resolve({ shard, reason: `the worker ended with code ${code}` }));
      give();
    });
  }

  /** Its work is over, whatever it is at. */
  dismiss(): void {
    this.#end(null);
  }

  terminate = (): Promise<number> => this.#worker.terminate();
}
