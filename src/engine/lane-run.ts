import type { Lane, SolveEnd } from "./solve/lane.js";
import { type Action, type PatientView, Timeline } from "./timeline.js";

export interface RunRequest {
  /** Values by parameter name; those not named are nominal. Unknown names throw. */
  readonly parameters?: ReadonlyMap<string, number> | Readonly<Record<string, number>>;
  readonly from: number;
  readonly to: number;
  /** None before `from`; those after `to` are not done. */
  readonly actions: readonly Action[];
  /** Ascending times at which the outputs of the kernels are stored; NaN outside the run. A time of an action gives the values after it. */
  readonly outputDays: readonly number[];
}

export interface RunResult {
  readonly end: SolveEnd | { readonly kind: "stopped"; readonly reason: string; readonly time: number };
  /** Row-major, one row per output day, one column per output of the kernels; NaN where the run did not get. */
  readonly outputs: Float64Array;
  /** Names of the columns of `outputs`. */
  readonly outputNames: readonly string[];
  readonly accepted: number;
  readonly rejected: number;
  /** How far a state that should not be negative fell below zero, in units of its absolute tolerance. */
  readonly undershoot: number;
}

/** Thrown by an action to end a run that is neither finished nor failed: death, withdrawal. */
export class StopRun extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** The run that a lane is busy with: goes from action to action. A `LaneRun` serves one request after another. */
export class LaneRun {
  /** Index of the request; −1 while there is none. */
  index = -1;
  result: RunResult | null = null;
  private request!: RunRequest;
  private timeline!: Timeline;
  private view!: PatientView;
  private day = 0;
  /** The next row of output. */
  private row = 0;

  constructor(
    readonly lane: Lane,
    private readonly parameters: ReadonlyMap<string, number>,
    private readonly states: ReadonlyMap<string, number>,
  ) {}

  /** Begins a run whose parameters are prepared. */
  start(request: RunRequest): void {
    request.outputDays.forEach((day, i) => {
      if (!(i === 0 ? !Number.isNaN(day) : day >= request.outputDays[i - 1]!))
        throw new RangeError(
          `output day ${day} does not follow ${request.outputDays[i - 1]}: give them in ascending order`,
        );
    });
    this.request = request;
    this.timeline = new Timeline(request.actions, request.from);
    this.view = this.makeView();
    this.day = request.from;
    this.row = 0;
    while (this.row < request.outputDays.length && request.outputDays[this.row]! < this.day) this.row++;
    this.goOn();
  }

  /** The lane has stopped: the patient is where it was heading, or the integration failed. */
  proceed(): void {
    const end = this.lane.end();
    if (end.kind === "failed") {
      this.finish(end);
      return;
    }
    const { outputDays, to } = this.request;
    const until = Math.min(this.timeline.next, to);
    while (this.row < outputDays.length && outputDays[this.row]! < until) this.row++;
    this.day = until;
    this.goOn();
  }

  /** Does what is due today, then heads for the next action or the end. */
  private goOn(): void {
    const { lane, timeline, request } = this;
    const { outputDays } = request;
    try {
      let changed = false;
      while (timeline.next <= this.day) changed = timeline.take()!.apply(this.view) || changed;
      if (changed) lane.restart();
    } catch (error) {
      if (!(error instanceof StopRun)) throw error;
      this.finish({ kind: "stopped", reason: error.reason, time: this.day });
      return;
    }
    while (this.row < outputDays.length && outputDays[this.row]! <= this.day) lane.observe(this.row++, this.day);
    if (this.day >= request.to) {
      this.finish({ kind: "completed" });
      return;
    }
    const until = Math.min(timeline.next, request.to);
    let end = this.row;
    while (end < outputDays.length && outputDays[end]! < until) end++;
    lane.head(this.day, until, this.row, end);
  }

  private finish(end: RunResult["end"]): void {
    const { lane, request } = this;
    const outputNames = lane.backend.kernels.outputs;
    this.result = { end, outputs: lane.outputs(request.outputDays.length), outputNames, ...lane.counts };
  }

  /** Hands the result over; the lane is free again. */
  release(): { readonly index: number; readonly result: RunResult } {
    const released = { index: this.index, result: this.result! };
    this.clear();
    return released;
  }

  clear(): void {
    this.index = -1;
    this.result = null;
    this.lane.stop();
  }

  private makeView(): PatientView {
    const { lane, timeline, request } = this;
    const { kernels } = lane.backend;
    const { layout } = kernels;
    const run = this;
    const known = (kind: string, index: number | undefined, name: string): number => {
      if (index === undefined || index < 0) throw new Error(`unknown ${kind} "${name}"`);
      return index;
    };
    const state = (name: string) => layout.state + known("state", this.states.get(name), name);
    const parameter = (name: string) => layout.parameters + known("parameter", this.parameters.get(name), name);
    const column = (name: string) => known("output", kernels.outputs.indexOf(name), name);
    return {
      get day() {
        return run.day;
      },
      get: (name) => lane.get(state(name)),
      set: (name, value) => lane.set(state(name), value),
      add: (name, amount) => lane.set(state(name), lane.get(state(name)) + amount),
      output: (name) => {
        const at = column(name);
        lane.backend.observe(layout.state, layout.observed, run.day);
        return lane.get(layout.observed + at);
      },
      constant: (name) => lane.get(kernels.derived.get(name) ?? parameter(name)),
      control: (name, value) => {
        lane.set(parameter(name), value);
        lane.backend.prepare();
      },
      schedule: (action) => timeline.add(action),
      history: (output, since) => {
        const at = column(output);
        const found: { day: number; value: number }[] = [];
        const { outputDays } = request;
        for (let r = run.row - 1; r >= 0 && outputDays[r]! > since; r--)
          if (outputDays[r]! < run.day && outputDays[r]! >= request.from)
            found.push({ day: outputDays[r]!, value: lane.output(r, at) });
        return found.reverse();
      },
    };
  }
}
