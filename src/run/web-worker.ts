import { type ShardResult, shardMaker, type TaskSetup } from "./task.js";

/** Entry of a web worker: the first message is the setup, each later one the index of a shard. */
interface WorkerScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: { readonly shard: number; readonly result: ShardResult }): void;
}
const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data }) => {
  const make = shardMaker(data as TaskSetup);
  scope.onmessage = (event) => {
    const shard = event.data as number;
    scope.postMessage({ shard, result: make(shard) });
  };
};
