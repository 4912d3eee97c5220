import type { Backend } from "../compile/backend.js";
import { METHODS, methodFor } from "./choose-method.js";
import type { RosenbrockMethod } from "./method.js";
import { type ControlField, controlIndex, LANE_ENDS } from "./step-control.js";

export interface SolveOptions {
  /** Relative tolerance; the absolute ones stand with the states. */
  readonly rtol: number;
  /** Multiplies the states' own absolute tolerances; 1 unless stated. */
  readonly atolScale?: number;
  /** Root mean square over the states that move (unless stated), or the worst state: with the first, one state may be worse than the tolerance says. */
  readonly norm?: "rms" | "max";
  /** Rodas5P for rtol ≤ 3e-5, else Rodas4, unless stated. */
  readonly method?: RosenbrockMethod;
  /** Steps (accepted and rejected) between two stops; 20,000 unless stated. */
  readonly maxSteps?: number;
}

/** How an integration ends. */
export type SolveEnd =
  | { readonly kind: "completed" }
  | {
      readonly kind: "failed";
      readonly reason: "step budget" | "step too small" | "not finite" | "events pile up";
      readonly time: number;
    };

/** A stretch ends also before a step that has to be looked at. */
export type StretchEnd = SolveEnd | { readonly kind: "crossing"; readonly from: number; readonly to: number };

/** One patient's place in a backend: its numbers, its clock, its rows of output. Times in the unit of the model (days). */
export class Lane {
  private readonly method: RosenbrockMethod;
  /** The lane's own first field of the control, as an index into the memory. */
  private readonly control: number;
  /** Output times and rows of this lane, as an index into the memory, and how many fit. */
  private times = 0;
  private rows = 0;
  private capacity = 0;

  constructor(
    readonly backend: Backend,
    readonly lane: number,
    private readonly options: SolveOptions,
  ) {
    this.method = options.method ?? methodFor(options.rtol);
    this.control = backend.kernels.layout.control * backend.lanes + lane;
    if (!METHODS.includes(this.method))
      throw new Error(`method ${this.method.name} is not compiled in: use rodas4 or rodas5p`);
    this.stop();
  }

  get(place: number): number {
    return this.backend.memory[place * this.backend.lanes + this.lane]!;
  }
  set(place: number, value: number): void {
    this.backend.memory[place * this.backend.lanes + this.lane] = value;
  }
  private field(name: ControlField): number {
    return this.backend.memory[this.control + controlIndex(name) * this.backend.lanes]!;
  }
  private setField(name: ControlField, value: number): void {
    this.backend.memory[this.control + controlIndex(name) * this.backend.lanes] = value;
  }

  /** A patient at the initial state of what `prepare` computed. `outputTimes` ascending; `allocate` is asked for memory where it does not suffice. */
  begin(outputTimes: readonly number[], allocate: (numbers: number) => number): void {
    const { kernels } = this.backend;
    const { layout } = kernels;
    const { options, method } = this;
    const n = kernels.states.length;
    const width = kernels.outputs.length;
    if (outputTimes.length > this.capacity) {
      // Doubled, so that ever larger runs do not leave ever more behind. One number more, because the loop looks at the time after the last.
      const capacity = Math.max(outputTimes.length, 2 * this.capacity);
      this.times = allocate(capacity * (width + 1) + 1);
      this.rows = this.times + capacity + 1;
      this.capacity = capacity;
    }
    this.backend.memory.set(outputTimes, this.times);
    this.backend.memory.fill(Number.NaN, this.rows, this.rows + outputTimes.length * width);
    const { memory, lanes } = this.backend;
    for (let i = 0; i < n; i++) {
      const tolerance = kernels.tolerances[i]! * (options.atolScale ?? 1);
      const at = (place: number) => (place + i) * lanes + this.lane;
      memory[at(layout.tolerances)] = tolerance;
      memory[at(layout.floors)] = kernels.signed[i] ? 0 : 1 / tolerance;
      memory[at(layout.state)] = memory[at(layout.initial)]!;
    }
    this.setField("running", 0);
    this.setField("acceptedSteps", 0);
    this.setField("rejectedSteps", 0);
    this.setField("undershoot", 0);
    this.setField("rtol", options.rtol);
    this.setField("maxNorm", options.norm === "max" ? 1 : 0);
    this.setField("gamma", method.gamma);
    this.setField("inverseOrder", 1 / method.order);
    this.restart();
  }

  /** Forgets the step size: after the state or a control has changed. */
  restart(): void {
    this.setField("next", 0);
    this.setField("fresh", 1);
  }

  /** The step size that the error control would take next, 0 for a first step. */
  get next(): number {
    return this.field("next");
  }
  set next(step: number) {
    this.setField("next", step);
  }

  /**
   * Sets the lane going from `from` to exactly `until`; rows `first` … `end − 1` are written on the way. `resume`: within the same budget of steps. `blindly`: the next step is taken whatever
   * it crosses.
   */
  head(
    from: number,
    until: number,
    first: number,
    end: number,
    { resume = false, blindly = false }: { readonly resume?: boolean; readonly blindly?: boolean } = {},
  ): void {
    const width = this.backend.kernels.outputs.length;
    this.setField("time", from);
    this.setField("until", until);
    this.setField("running", 1);
    this.setField("rejected", 0);
    this.setField("finite", 1);
    this.setField("watching", blindly ? 0 : 1);
    if (!resume) this.setField("attempts", this.options.maxSteps ?? 20_000);
    this.setField("outputTime", first < end ? this.backend.memory[this.times + first]! : Number.POSITIVE_INFINITY);
    this.backend.pointers(this.lane, this.times + first, this.times + end, this.rows + first * width);
  }

  /** Leaves the lane idle. */
  stop(): void {
    this.setField("running", 0);
    this.setField("rejected", 0);
    // Not 0: an idle lane asks for no first step.
    this.setField("next", 1);
  }

  get running(): boolean {
    return this.field("running") !== 0;
  }

  /** How the last stretch ended. */
  end(): StretchEnd {
    const reason = LANE_ENDS[this.field("ended")]!;
    if (reason === "none") throw new Error("the lane has not moved");
    if (reason === "crossing") return { kind: "crossing", from: this.field("time"), to: this.field("end") };
    return reason === "arrived" ? { kind: "completed" } : { kind: "failed", reason, time: this.field("time") };
  }

  /** The state within a step that was made and not taken, 0 < theta < 1, to `layout.dense`. */
  interpolate(theta: number): void {
    this.setField("theta", theta);
    this.backend.interpolate(this.method);
  }

  /** Writes a row by hand: the outputs of the state as it stands. */
  observe(row: number, time: number): void {
    const { layout, outputs } = this.backend.kernels;
    this.backend.observe(layout.state, layout.observed, time);
    const { memory, lanes } = this.backend;
    const [from, to] = [layout.observed * lanes + this.lane, this.rows + row * outputs.length];
    for (let k = 0; k < outputs.length; k++) memory[to + k] = memory[from + k * lanes]!;
  }

  /** A number of a row that has been written. */
  output(row: number, column: number): number {
    return this.backend.memory[this.rows + row * this.backend.kernels.outputs.length + column]!;
  }
  /** A copy of the first rows. */
  outputs(rows: number): Float64Array {
    return this.backend.memory.slice(this.rows, this.rows + rows * this.backend.kernels.outputs.length);
  }

  get counts(): { readonly accepted: number; readonly rejected: number; readonly undershoot: number } {
    return {
      accepted: this.field("acceptedSteps"),
      rejected: this.field("rejectedSteps"),
      undershoot: Math.max(0, -this.field("undershoot")),
    };
  }

  /** Integrates all lanes of the backend until one of them stops. */
  run(): void {
    this.backend.run(this.method);
  }
}
