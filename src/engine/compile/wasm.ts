import { METHODS } from "../solve/choose-method.js";
import type { RosenbrockMethod } from "../solve/method.js";
import { controlIndex, judgeStep, judgeWatchedStep, placeOutput, planStep } from "../solve/step-control.js";
import type { Backend } from "./backend.js";
import type { Kernels } from "./kernels.js";
import { ConstantPool, LaneCode, type LaneCount } from "./lane-code.js";
import { type FunctionSpec, moduleBytes, type ValueType } from "./wasm-bytes.js";
import {
  addRatesBody,
  controlBody,
  effectsBody,
  lineariseBody,
  observeBody,
  prepareBody,
  ratesBody,
  suspectBody,
  timeDerivativeBody,
  watchBody,
} from "./wasm-kernels.js";
import { factorBody, solveBody } from "./wasm-lu.js";
import { expBody, logBody, powBody } from "./wasm-math.js";
import { EXP, LOG, POW } from "./wasm-nodes.js";
import { runBody } from "./wasm-run.js";
import { commitBody, errorBody, firstStepBody, interpolateBody, stagesBody } from "./wasm-steps.js";

const PAGE = 65536;

/** Functions of the module in order; those after the elementary ones are exported by their names. */
function functionsOf(kernels: Kernels, lanes: LaneCount, pool: ConstantPool): FunctionSpec[] {
  const code = (...parameters: ValueType[]) => new LaneCode(lanes, pool, parameters);
  const number: ValueType = lanes === 1 ? "f64" : "v128";
  const functions: FunctionSpec[] = [];
  /** A function of numbers cannot be called from JavaScript and is not exported. */
  const add = (name: string, body: LaneCode, results: readonly ValueType[] = []): number => {
    functions.push(body.asFunction(name, results.length === 0, results));
    return functions.length - 1;
  };
  add("exp", expBody(code(number)), [number]);
  add("log", logBody(code(number)), [number]);
  add("pow", powBody(code(number, number), EXP, LOG), [number]);
  if (functions.length !== POW + 1) throw new Error("elementary functions out of order");
  add("prepare", prepareBody(code(), kernels));
  add("rates", ratesBody(code("i32", "i32"), kernels));
  const addRates = add("addRates", addRatesBody(code("i32", "i32"), kernels));
  const observe = add("observe", observeBody(code("i32", "i32"), kernels));
  const timeDerivative = add("timeDerivative", timeDerivativeBody(code("i32", "i32"), kernels));
  const linearise = add("linearise", lineariseBody(code("i32", "i32"), kernels));
  const factor = add("factor", factorBody(code(), kernels));
  const solve = add("solve", solveBody(code("i32"), kernels));
  const firstStep = add("firstStep", firstStepBody(code(), kernels));
  const plan = add("planStep", controlBody(code(), kernels, planStep));
  const judge = add("judgeStep", controlBody(code(), kernels, kernels.watch ? judgeWatchedStep : judgeStep));
  const place = add("placeOutput", controlBody(code(), kernels, placeOutput));
  const commit = add("commit", commitBody(code(), kernels));
  const watch = kernels.watch ? add("watch", watchBody(code("i32", "i32"), kernels)) : -1;
  const suspect = kernels.watch ? add("suspect", suspectBody(code(), kernels)) : -1;
  if (kernels.effects.length > 0) add("effects", effectsBody(code("i32", "i32"), kernels));
  for (const method of METHODS) {
    const stages = add(`stages${method.name}`, stagesBody(code(), kernels, method, { addRates, solve }));
    const error = add(`error${method.name}`, errorBody(code(), kernels, method));
    const interpolate = add(`interpolate${method.name}`, interpolateBody(code(), kernels, method));
    const ofStep = { planStep: plan, factor, stages, error, judgeStep: judge, commit, watch, suspect };
    const ofOutput = { placeOutput: place, interpolate, observe };
    add(runName(method), runBody(code(), kernels, { linearise, timeDerivative, firstStep, ...ofStep, ...ofOutput }));
  }
  return functions;
}

const runName = (method: RosenbrockMethod): string => `run${method.name}`;

/**
 * Emits a WebAssembly module: one memory, no imports. `lanes`: patients per instruction. Both modules give the same bits for a patient, whatever stands in
 * the other lane.
 */
export function emitWasm(kernels: Kernels, lanes: LaneCount = 1): Uint8Array<ArrayBuffer> {
  const { layout } = kernels;
  const pool = new ConstantPool(layout.constants);
  const functions = functionsOf(kernels, lanes, pool);
  if (layout.constants + pool.size > layout.size) throw new Error(`${pool.size} constants do not fit`);
  const data = [{ at: layout.constants * 8 * lanes, bytes: pool.bytes(lanes) }];
  return moduleBytes(functions, Math.ceil((layout.size * 8 * lanes) / PAGE), data);
}

/** Compiles once; instances have a memory each. A compiled module can be sent to a worker. */
export function compileWasm(kernels: Kernels, lanes: LaneCount = 1): WebAssembly.Module {
  return new WebAssembly.Module(emitWasm(kernels, lanes));
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly prepare: () => void;
  readonly rates: (state: number, out: number) => void;
  readonly observe: (state: number, out: number) => void;
  readonly timeDerivative: (state: number, out: number) => void;
  readonly linearise: (state: number, out: number) => void;
  /** Absent where nothing is watched, where there are no events. */
  readonly watch?: (state: number, out: number) => void;
  readonly effects?: (state: number, out: number) => void;
  readonly factor: () => void;
  readonly solve: (vector: number) => void;
}

export interface WasmOptions {
  readonly lanes?: LaneCount;
  /** Compiled before from the same kernels with as many lanes. */
  readonly module?: WebAssembly.Module;
}

/** An instance with its memory. One lane unless stated: `lanes: 2` is the fast one for many patients. */
export function instantiateWasm(kernels: Kernels, options: WasmOptions = {}): Backend {
  const lanes = options.lanes ?? 1;
  const instance = new WebAssembly.Instance(options.module ?? compileWasm(kernels, lanes));
  const exports = instance.exports as unknown as Exports;
  const named = (name: string) => (instance.exports as Record<string, () => void>)[name]!;
  const runs = new Map(METHODS.map((m) => [m, named(runName(m))]));
  const interpolations = new Map(METHODS.map((m) => [m, named(`interpolate${m.name}`)]));
  const nothing = () => {};
  const { layout } = kernels;
  const bytes = 8 * lanes;
  let memory = new Float64Array(exports.memory.buffer);
  /** The same value for every lane. */
  const set = (place: number, value: number) => {
    for (let lane = 0; lane < lanes; lane++) memory[place * lanes + lane] = value;
  };
  const atTime =
    (kernel: (state: number, out: number) => void) =>
    (state: number, out: number, time: number): void => {
      set(layout.time, time);
      kernel(state * bytes, out * bytes);
    };
  const linearise = atTime(exports.linearise);
  const backend: Backend = {
    name: "wasm",
    lanes,
    kernels,
    get memory() {
      return memory;
    },
    prepare: exports.prepare,
    rates: atTime(exports.rates),
    observe: atTime(exports.observe),
    timeDerivative: atTime(exports.timeDerivative),
    watch: atTime(exports.watch ?? nothing),
    effects: atTime(exports.effects ?? nothing),
    interpolate: (method) => interpolations.get(method)!(),
    jacobian: (state, time) => linearise(state, layout.rate, time),
    factor(scale) {
      set(layout.control + controlIndex("scale"), scale);
      exports.factor();
    },
    solve: (vector) => exports.solve(vector * bytes),
    run: (method) => runs.get(method)!(),
    pointers: (lane, nextTime, endOfTimes, nextRow) =>
      new Int32Array(exports.memory.buffer).set(
        [nextTime * 8, endOfTimes * 8, nextRow * 8],
        (layout.pointers * bytes + lane * 12) / 4,
      ),
    ensureCapacity(numbers) {
      const missing = numbers * 8 - exports.memory.buffer.byteLength;
      if (missing > 0) {
        exports.memory.grow(Math.ceil(missing / PAGE));
        memory = new Float64Array(exports.memory.buffer);
      }
    },
  };
  return backend;
}
