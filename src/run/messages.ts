import type { BackendName, PatientRuns, Study } from "../trial/index.js";

/** What a worker is told when it starts: the study, and the model compiled once for all. */
export interface WorkerSetup {
  readonly study: Study;
  readonly backend: BackendName;
  readonly module: WebAssembly.Module | null;
}

/** A unit of work: patients `from` … `to − 1`, all arms. */
export interface Task {
  readonly from: number;
  readonly to: number;
}

export type Answer =
  | { readonly kind: "done"; readonly task: Task; readonly treated: readonly PatientRuns[] }
  | { readonly kind: "error"; readonly task: Task; readonly message: string };
