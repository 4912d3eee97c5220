import { pow } from "../../statistics/index.js";
import type { Backend } from "../compile/backend.js";
import type { RosenbrockMethod } from "./method.js";
import { rodas5p } from "./rodas5p.js";

export interface SolveOptions {
  readonly rtol: number;
  /** Multiplies the states' own absolute tolerances; 1 unless stated. */
  readonly atolScale?: number;
  readonly norm?: "rms" | "max";
  readonly method?: RosenbrockMethod;
  /** Steps (accepted and rejected) in one call of `advance`. */
  readonly maxSteps?: number;
}

/** How an integration ends. */
export type SolveEnd =
  | { readonly kind: "completed" }
  | {
      readonly kind: "failed";
      readonly reason: "step budget" | "step too small" | "not finite";
      readonly time: number;
    };

export interface SolveCounts {
  accepted: number;
  rejected: number;
}

/** Magnitudes below this are set to zero when a step is accepted. */
const FLUSH = 1e-290;

/**
 * Integrates one patient in the memory of a backend. The state stands at `state` (an index into `backend.memory`);
 * callers read and write it there between calls. Times in the unit of the model (days).
 */
export class Integrator {
  readonly state: number;
  readonly counts: SolveCounts = { accepted: 0, rejected: 0 };
  private readonly n: number;
  private readonly stages: number;
  private readonly memory: Float64Array;
  private readonly tolerances: Float64Array;
  private readonly method: RosenbrockMethod;
  private readonly rtol: number;
  private readonly max: boolean;
  private readonly maxSteps: number;
  private readonly at: {
    old: number;
    trial: number;
    rate: number;
    byTime: number;
    scratch: number;
    U: number;
    K: number;
  };
  /** Step that the error control would take next; 0 after a restart. */
  private next = 0;

  constructor(
    readonly backend: Backend,
    options: SolveOptions,
  ) {
    const { kernels, memory } = backend;
    this.method = options.method ?? rodas5p;
    this.n = kernels.states.length;
    this.stages = this.method.c.length;
    this.memory = memory;
    this.rtol = options.rtol;
    this.max = options.norm === "max";
    this.maxSteps = options.maxSteps ?? 20_000;
    this.tolerances = kernels.tolerances.map((t) => t * (options.atolScale ?? 1));
    let place = kernels.layout.work;
    const vector = () => {
      const here = place;
      place += this.n;
      return here;
    };
    this.state = vector();
    this.at = { old: vector(), trial: vector(), rate: vector(), byTime: vector(), scratch: vector(), U: place, K: 0 };
    for (let i = 0; i < this.stages; i++) vector();
    this.at.K = place;
  }

  /** Forgets the step size: call after the state or a control has changed. */
  restart(): void {
    this.next = 0;
  }

  /** A scratch area of the size of the outputs, for `backend.observe`. */
  get outputs(): number {
    return this.at.K + 3 * this.n;
  }

  /**
   * From `from` to exactly `to`. For each time of `times` in (from, to], in ascending order, `onOutput(index, place)` is called with the place of the state
   * at that time (dense output; valid during the call).
   */
  advance(
    from: number,
    to: number,
    times: ArrayLike<number> = [],
    onOutput: (index: number, place: number) => void = () => {},
  ): SolveEnd {
    const { memory, n, backend, method, at } = this;
    const y = this.state;
    let time = from;
    let output = 0;
    while (output < times.length && times[output]! <= from) output++;
    if (to <= from) return { kind: "completed" };
    let h = this.next > 0 ? this.next : this.firstStep(from, to - from);
    let steps = 0;
    let afterRejection = false;
    let finite = true;
    while (true) {
      const rest = to - time;
      let step = h;
      let last = false;
      if (step >= rest * 0.999) {
        step = rest;
        last = true;
      } else if (step > rest * 0.5) step = rest * 0.5;
      if (++steps > this.maxSteps) return { kind: "failed", reason: "step budget", time };
      if (!(time + step * 1e-3 > time))
        return { kind: "failed", reason: finite ? "step too small" : "not finite", time };

      if (!afterRejection) {
        backend.jacobian(y, time);
        for (let i = 0; i < n; i++) memory[at.old + i] = memory[y + i]!;
        backend.rates(y, at.rate, time);
        if (backend.kernels.timeDerivative) backend.timeDerivative(y, at.byTime, time);
      }
      backend.factor(1 / (method.gamma * step));
      const error = this.stagesAndError(time, step);
      if (error <= 1) {
        const end = last ? to : time + step;
        if (output < times.length && times[output]! <= end) {
          this.prepareDense();
          while (output < times.length && times[output]! <= end) {
            this.interpolate((times[output]! - time) / step);
            onOutput(output, at.scratch);
            output++;
          }
        }
        for (let i = 0; i < n; i++) {
          const value = memory[at.trial + i]!;
          memory[y + i] = Math.abs(value) < FLUSH ? 0 : value;
        }
        this.counts.accepted++;
        time = end;
        let factor = error < 1e-8 ? 6 : 0.9 / pow(error, 1 / method.order);
        if (factor > 6) factor = 6;
        if (factor < 0.2) factor = 0.2;
        if (afterRejection && factor > 1) factor = 1;
        afterRejection = false;
        finite = true;
        const proposal = step * factor;
        // A step that was cut to land on `to` says little about the next one: keep the larger of the two.
        h = step < h ? Math.max(proposal, Math.min(h, proposal * 6)) : proposal;
        if (last) {
          this.next = h;
          return { kind: "completed" };
        }
      } else {
        this.counts.rejected++;
        finite = error < Number.POSITIVE_INFINITY;
        let factor = finite ? 0.9 / pow(error, 1 / method.order) : 0.2;
        if (factor < 0.2) factor = 0.2;
        h = step * factor;
        afterRejection = true;
        if (!finite && h < 1e-12) return { kind: "failed", reason: "not finite", time };
      }
    }
  }

  /** Fills U_1 … U_s and the trial state; returns the norm of the error (Infinity where something is not finite). */
  private stagesAndError(time: number, h: number): number {
    const { memory, n, backend, method, at, stages } = this;
    const { a, C, c, d } = method;
    const timed = backend.kernels.timeDerivative !== null;
    const inverse = 1 / h;
    for (let s = 0; s < stages; s++) {
      const u = at.U + s * n;
      if (s === 0) for (let i = 0; i < n; i++) memory[u + i] = memory[at.rate + i]!;
      else {
        this.combine(at.trial, at.old, a[s]!, 1);
        backend.rates(at.trial, u, time + c[s]! * h);
        this.combine(u, u, C[s]!, inverse);
      }
      const dh = d[s]! * h;
      if (timed && dh !== 0) for (let i = 0; i < n; i++) memory[u + i] = memory[u + i]! + dh * memory[at.byTime + i]!;
      backend.solve(u);
    }
    const lastU = at.U + (stages - 1) * n;
    let sum = 0;
    let worst = 0;
    for (let i = 0; i < n; i++) {
      const correction = memory[lastU + i]!;
      const value = memory[at.trial + i]! + correction;
      memory[at.trial + i] = value;
      const before = Math.abs(memory[at.old + i]!);
      const after = Math.abs(value);
      const e = correction / (this.tolerances[i]! + this.rtol * Math.max(before, after));
      const square = e * e;
      sum += square;
      if (square > worst) worst = square;
    }
    const norm = Math.sqrt(this.max ? worst : sum / n);
    return !Number.isNaN(norm) && sum < Number.POSITIVE_INFINITY ? norm : Number.POSITIVE_INFINITY;
  }

  /** out = base + scale·Σ_j row[j]·U_j, summed from the first stage on. */
  private combine(out: number, base: number, row: readonly number[], scale: number): void {
    const { memory, n } = this;
    const U = this.at.U;
    const r0 = row[0]! * scale;
    if (row.length === 1) {
      for (let i = 0; i < n; i++) memory[out + i] = memory[base + i]! + r0 * memory[U + i]!;
      return;
    }
    const r1 = row[1]! * scale;
    if (row.length === 2) {
      for (let i = 0; i < n; i++) memory[out + i] = memory[base + i]! + r0 * memory[U + i]! + r1 * memory[U + n + i]!;
      return;
    }
    const r2 = row[2]! * scale;
    for (let i = 0; i < n; i++)
      memory[out + i] = memory[base + i]! + r0 * memory[U + i]! + r1 * memory[U + n + i]! + r2 * memory[U + 2 * n + i]!;
    for (let j = 3; j < row.length; j++) {
      const r = row[j]! * scale;
      const u = U + j * n;
      for (let i = 0; i < n; i++) memory[out + i] = memory[out + i]! + r * memory[u + i]!;
    }
  }

  private prepareDense(): void {
    const { memory, n, method, at, stages } = this;
    for (let k = 0; k < 3; k++) {
      const row = method.dense[k]!;
      const K = at.K + k * n;
      for (let i = 0; i < n; i++) memory[K + i] = 0;
      for (let s = 0; s < stages; s++) {
        const u = at.U + s * n;
        for (let i = 0; i < n; i++) memory[K + i] = memory[K + i]! + row[s]! * memory[u + i]!;
      }
    }
  }

  private interpolate(theta: number): void {
    const { memory, n, at } = this;
    const rest = 1 - theta;
    for (let i = 0; i < n; i++)
      memory[at.scratch + i] =
        rest * memory[at.old + i]! +
        theta *
          (memory[at.trial + i]! +
            rest * (memory[at.K + i]! + theta * (memory[at.K + n + i]! + theta * memory[at.K + 2 * n + i]!)));
  }

  /** A step whose first-order change is about a hundredth of the tolerance-weighted state (Hairer & Wanner II.4). */
  private firstStep(time: number, span: number): number {
    const { memory, n, at } = this;
    this.backend.rates(this.state, at.rate, time);
    let size = 0;
    let speed = 0;
    for (let i = 0; i < n; i++) {
      const value = memory[this.state + i]!;
      const scale = this.tolerances[i]! + this.rtol * Math.abs(value);
      const v = value / scale;
      const r = memory[at.rate + i]! / scale;
      size += v * v;
      speed += r * r;
    }
    const guess = speed > 0 && speed < Number.POSITIVE_INFINITY ? 0.01 * Math.sqrt(size / speed) : 1e-6 * span;
    return Math.min(span, Math.max(guess, 1e-10 * span, 1e-9));
  }
}
