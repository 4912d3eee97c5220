import type { Kernels } from "./kernels.js";

/** A compiled model with the memory of one patient. Places are indices into `memory`. */
export interface Backend {
  readonly name: "wasm" | "interpreter";
  readonly kernels: Kernels;
  readonly memory: Float64Array;
  /** Everything that depends on parameters and controls only; also writes the initial state to `layout.initial`. */
  prepare(): void;
  rates(state: number, out: number, time: number): void;
  /** Values of the Jacobian to `layout.jacobian`. */
  jacobian(state: number, time: number): void;
  /** LU of `scale·I − J` to `layout.lu`. */
  factor(scale: number): void;
  /** Solves in place. */
  solve(vector: number): void;
  observe(state: number, out: number, time: number): void;
  timeDerivative(state: number, out: number, time: number): void;
}
