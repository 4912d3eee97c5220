import { parentPort, workerData } from "node:worker_threads";
import { TrialSite, trialModel } from "../trial/index.js";
import type { Answer, Task, WorkerSetup } from "./messages.js";

/** A worker thread: treats the patients of one task after another. */
const setup = workerData as WorkerSetup;
const site = new TrialSite(setup.study, trialModel(setup.backend, setup.module ?? undefined));
const port = parentPort!;

port.on("message", (task: Task) => {
  let answer: Answer;
  try {
    const treated = Array.from({ length: task.to - task.from }, (_, i) => site.treat(task.from + i));
    answer = { kind: "done", task, treated };
  } catch (error) {
    answer = { kind: "error", task, message: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(
    answer,
    answer.kind === "done"
      ? answer.treated.flatMap(({ runs }) => runs.map(({ curves }) => curves.buffer as ArrayBuffer))
      : [],
  );
});
