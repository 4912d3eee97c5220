import { parentPort, workerData } from "node:worker_threads";
import type { Task, WorkerSetup } from "./messages.js";
import { shardWorker } from "./work.js";

/** Entry of a worker thread. */
const work = shardWorker(workerData as WorkerSetup);
const port = parentPort!;
port.on("message", async (task: Task) => port.postMessage(await work(task)));
