/** engine: mathematics of models: expressions, units of expressions, derivatives, compilation to WebAssembly, stiff integration, few-cells chance. */

/** Elementary functions with the same bits everywhere, as formulas use them. */
export { exp, log, pow } from "../statistics/index.js";
export * from "./assemble.js";
export * from "./chance/lineage.js";
export type { Backend } from "./compile/backend.js";
export { interpret } from "./compile/interpreter.js";
export { type Kernels, planKernels } from "./compile/kernels.js";
export type { LaneCount } from "./compile/lane-code.js";
export { compileWasm, emitWasm, instantiateWasm, type WasmOptions } from "./compile/wasm.js";
export { printWasm } from "./compile/wasm-text.js";
export { type Correlation, correlationMatrix } from "./correlation.js";
export { withInputs } from "./dosing/inputs.js";
export { type DoseEvent, RegimenError, type RegimenEvent, type ResetEvent, type Time } from "./dosing/regimen.js";
export { type Observation, type RegimenRun, regimenActions, simulateRegimen } from "./dosing/simulate.js";
export type { Happening } from "./event-queue.js";
export { FUNCTIONS } from "./expression.js";
export { FormulaError, parseFormula } from "./formula.js";
export { type InstanceOptions, withSuffix } from "./instance.js";
export type { Contribution } from "./join-ports.js";
export { type RunRequest, type RunResult, StopRun } from "./lane-run.js";
export { latexName, toLatex } from "./latex.js";
export * from "./module.js";
export * from "./parameter.js";
export * from "./runner.js";
export { methodFor } from "./solve/choose-method.js";
export type { SolveEnd, SolveOptions } from "./solve/lane.js";
export type { RosenbrockMethod } from "./solve/method.js";
export { rodas4 } from "./solve/rodas4.js";
export { rodas5p } from "./solve/rodas5p.js";
export type { Action, PatientView } from "./timeline.js";
export { UnitMismatch, underline, unitOf } from "./unit-check.js";
