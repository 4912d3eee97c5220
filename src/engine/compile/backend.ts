import type { RosenbrockMethod } from "../solve/method.js";
import type { Kernels } from "./kernels.js";
import type { LaneCount } from "./lane-code.js";

/**
 * A compiled model with the memory of its lanes: one patient, or two that share every instruction. Places count numbers; number `p` of lane `l` is
 * `memory[p * lanes + l]`. Kernels work on all lanes at once; what they write for a lane depends on that lane only.
 */
export interface Backend {
  readonly name: "wasm" | "interpreter";
  readonly lanes: LaneCount;
  readonly kernels: Kernels;
  /** Fetch it anew after `ensureCapacity`. */
  readonly memory: Float64Array;
  /** Everything that depends on parameters and controls only; also writes the initial state to `layout.initial`. */
  prepare(): void;
  rates(state: number, out: number, time: number): void;
  /** Values of the Jacobian to `jacobianAt`. */
  jacobian(state: number, time: number): void;
  /** LU of the linear system with `scale` on the diagonal of the states, to `layout.lu`. */
  factor(scale: number): void;
  /** Solves in place. */
  solve(vector: number): void;
  observe(state: number, out: number, time: number): void;
  timeDerivative(state: number, out: number, time: number): void;
  /** Numbers of the switches and their slopes; numbers of the events. Nothing where the kernels have none. */
  watch(state: number, out: number, time: number): void;
  effects(state: number, out: number, time: number): void;
  /** The state within the last step, at the field `theta` of each lane, to `layout.dense`: for the observed states. */
  interpolate(method: RosenbrockMethod): void;
  /** Integrates all running lanes until one of them stops. What they do stands in the fields of the control. */
  run(method: RosenbrockMethod): void;
  /** Where a lane finds its next output time, where its times end, and where it writes its next row: indices into `memory`, without lanes. */
  pointers(lane: number, nextTime: number, endOfTimes: number, nextRow: number): void;
  /** Makes the memory hold at least so many elements. */
  ensureCapacity(numbers: number): void;
}
