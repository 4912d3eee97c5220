import type { TaskSetup } from "./task.js";

/** What a thread of Node is told when it starts: the task, and where shards go. */
export interface WorkerSetup extends TaskSetup {
  readonly shards: string;
  /** Hash of the manifest: what shards are labelled with. */
  readonly run: string;
}

/** A unit of work: the index of a shard. */
export interface Task {
  readonly shard: number;
}

export type Answer =
  | { readonly kind: "done"; readonly shard: number; readonly patients: number }
  /** The model threw: repeating it would throw again. */
  | { readonly kind: "poison"; readonly shard: number; readonly patient: number; readonly reason: string }
  /** The file system refused: it concerns every shard. */
  | {
      readonly kind: "files";
      readonly shard: number;
      readonly problems: readonly {
        readonly file?: string;
        readonly path: string;
        readonly what: string;
        readonly hint: string;
      }[];
    };
