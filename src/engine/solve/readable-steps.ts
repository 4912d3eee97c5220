import type { Backend } from "../compile/backend.js";
import { continues, type RosenbrockMethod, solutionWeights } from "./method.js";
import {
  type ControlField,
  type ControlProgram,
  controlIndex,
  FLUSH,
  judgeStep,
  judgeWatchedStep,
  placeOutput,
  planStep,
} from "./step-control.js";

/**
 * The integration as one reads it: Rosenbrock steps of one patient over the kernels of a backend. The interpreter runs it; the generated module does the
 * same operations in the same order (`compile/wasm-steps.ts`, `compile/wasm-run.ts`), and a change here is a change there.
 */
export class ReadableSteps {
  private readonly n: number;
  private readonly plan: () => void;
  private readonly judge: () => void;
  private readonly place: () => void;

  /** `compile` makes a program of the step control callable; `suspect`: says whether a step has to be looked at, null where nothing is watched; `pointers`: next output time, end of the times, next row, as indices into the memory. */
  constructor(
    private readonly backend: Backend,
    compile: (program: ControlProgram) => () => void,
    private readonly suspect: (() => void) | null,
    private readonly pointers: [number, number, number],
  ) {
    this.n = backend.kernels.states.length;
    this.plan = compile(planStep);
    this.judge = compile(suspect ? judgeWatchedStep : judgeStep);
    this.place = compile(placeOutput);
  }

  private get(name: ControlField): number {
    return this.backend.memory[this.backend.kernels.layout.control + controlIndex(name)]!;
  }
  private set(name: ControlField, value: number): void {
    this.backend.memory[this.backend.kernels.layout.control + controlIndex(name)] = value;
  }

  /** Until the lane stops. */
  run(method: RosenbrockMethod): void {
    const { backend } = this;
    const { layout, timeDerivative } = backend.kernels;
    while (this.get("running") !== 0) {
      if (this.get("rejected") === 0) {
        const time = this.get("time");
        backend.rates(layout.state, layout.rate, time);
        backend.jacobian(layout.state, time);
        if (timeDerivative) backend.timeDerivative(layout.state, layout.byTime, time);
        if (this.suspect) backend.watch(layout.state, layout.watched, time);
      }
      if (this.get("next") === 0) this.firstStep();
      this.plan();
      if (this.get("running") === 0) return;
      backend.factor(this.get("scale"));
      this.stages(method);
      this.error(method);
      if (this.suspect) {
        backend.watch(layout.trial, layout.watchedNext, this.get("end"));
        this.suspect();
      }
      this.judge();
      this.outputs(method);
      this.commit();
    }
  }

  /** U_1 … U_s and the argument of the last stage in `trial`. */
  private stages(method: RosenbrockMethod): void {
    const { a, C, c, d } = method;
    const { n, backend } = this;
    const { memory } = backend;
    const { layout, timeDerivative } = backend.kernels;
    const step = this.get("step");
    const begin = this.get("begin");
    const inverse = 1 / step;
    const U = (s: number) => layout.stages + s * n;
    for (let s = 0; s < c.length; s++) {
      const byTime = d[s]! * step;
      const simple = continues(method, s);
      for (let i = 0; i < n; i++) {
        let rest = s === 0 ? memory[layout.rate + i]! : 0;
        let sum = memory[layout.state + i]!;
        for (let j = 0; j < s; j++) {
          const u = memory[U(j) + i]!;
          sum += a[s]![j]! * u;
          const term = C[s]![j]! * inverse * u;
          rest = j === 0 ? term : rest + term;
        }
        if (s > 0) memory[layout.trial + i] = simple ? memory[layout.trial + i]! + memory[U(s - 1) + i]! : sum;
        if (timeDerivative && d[s] !== 0) rest += byTime * memory[layout.byTime + i]!;
        memory[U(s) + i] = rest;
      }
      if (s > 0) {
        backend.rates(layout.trial, layout.work, begin + c[s]! * step);
        for (let i = 0; i < n; i++) memory[U(s) + i] = memory[U(s) + i]! + memory[layout.work + i]!;
      }
      backend.solve(U(s));
    }
  }

  /** The new state in `trial`, and the norm of its error: over the states whose error is not exactly 0, so that those that nothing moves do not dilute it. */
  private error(method: RosenbrockMethod): void {
    const { n, backend } = this;
    const { memory } = backend;
    const { layout } = backend.kernels;
    const last = layout.stages + (method.c.length - 1) * n;
    const rtol = this.get("rtol");
    const larger = (x: number, y: number) => (x < y ? y : x);
    let sum = 0;
    let worst = 0;
    let moved = 0;
    for (let i = 0; i < n; i++) {
      const correction = memory[last + i]!;
      const value = memory[layout.trial + i]! + correction;
      memory[layout.trial + i] = value;
      const size = larger(Math.abs(memory[layout.state + i]!), Math.abs(value));
      const e = correction / (memory[layout.tolerances + i]! + rtol * size);
      if (e !== 0) moved++;
      sum += e * e;
      worst = larger(worst, e * e);
    }
    const square = this.get("maxNorm") > 0 ? worst : sum / larger(moved, 1);
    this.set("error", sum < Number.POSITIVE_INFINITY ? Math.sqrt(square) : Number.POSITIVE_INFINITY);
  }

  /** Stores the outputs whose times lie within the step that was taken. */
  private outputs(method: RosenbrockMethod): void {
    const { backend, pointers } = this;
    const { memory, kernels } = backend;
    const width = kernels.outputs.length;
    for (this.place(); this.get("due") !== 0; this.place()) {
      this.interpolate(method);
      backend.observe(kernels.layout.dense, pointers[2], this.get("outputTime"));
      pointers[2] += width;
      pointers[0]++;
      this.set("outputTime", pointers[0] < pointers[1] ? memory[pointers[0]]! : Number.POSITIVE_INFINITY);
    }
  }

  /** y(θ) = y0 + Σ w_j(θ)·U_j with w_j = θ·(b_j + (1 − θ)·(dense_1j + θ·(dense_2j + …))). */
  interpolate(method: RosenbrockMethod): void {
    const { n, backend } = this;
    const { memory } = backend;
    const { layout, observedStates } = backend.kernels;
    const theta = this.get("theta");
    const weights = solutionWeights(method).map((b, j) => {
      const horner = ([first, ...others]: readonly number[]): number =>
        others.length === 0 ? first! : first! + theta * horner(others);
      return theta * (b + (1 - theta) * horner(method.dense.map((row) => row[j]!)));
    });
    for (const i of observedStates) {
      let value = memory[layout.state + i]!;
      weights.forEach((weight, j) => {
        value += weight * memory[layout.stages + j * n + i]!;
      });
      memory[layout.dense + i] = value;
    }
  }

  private commit(): void {
    const { n, backend } = this;
    const { memory } = backend;
    const { layout } = backend.kernels;
    if (this.get("taken") === 0) return;
    let under = this.get("undershoot");
    for (let i = 0; i < n; i++) {
      const value = memory[layout.trial + i]!;
      const kept = Math.abs(value) < FLUSH ? 0 : value;
      const below = kept * memory[layout.floors + i]!;
      if (below < under) under = below;
      memory[layout.state + i] = kept;
    }
    this.set("undershoot", under);
  }

  private firstStep(): void {
    const { n, backend } = this;
    const { memory } = backend;
    const { layout } = backend.kernels;
    const rtol = this.get("rtol");
    let size = 0;
    let all = 0;
    let speed = 0;
    for (let i = 0; i < n; i++) {
      const value = memory[layout.state + i]!;
      const rate = memory[layout.rate + i]!;
      const scale = memory[layout.tolerances + i]! + rtol * Math.abs(value);
      const square = (value / scale) * (value / scale);
      all += square;
      if (rate !== 0) size += square;
      speed += (rate / scale) * (rate / scale);
    }
    this.set("size", size === 0 ? all : size);
    this.set("speed", speed);
  }
}
