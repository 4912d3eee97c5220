import type { Backend } from "./compile/backend.js";
import { Lane, type SolveEnd, type SolveOptions } from "./solve/lane.js";
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

/** Something was thrown while a run of `runAll` was on its way; `cause` says what. */
export class RunFault extends Error {
  constructor(
    readonly index: number,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Runs patients in the lanes of one backend. A patient's result depends on the request alone, not on who shares the instructions. */
export class Runner {
  private readonly index: ReadonlyMap<string, number>;
  private readonly beds: readonly Bed[];
  /** First element of the memory that no lane has taken. */
  private free: number;
  private busy = false;

  constructor(
    readonly backend: Backend,
    readonly options: SolveOptions,
  ) {
    const { kernels, lanes } = backend;
    this.index = new Map(kernels.parameters.map((name, i) => [name, i]));
    this.free = kernels.layout.size * lanes;
    const stateIndex = new Map(kernels.states.map((name, i) => [name, i]));
    this.beds = Array.from(
      { length: lanes },
      (_, lane) => new Bed(new Lane(backend, lane, options), this.index, stateIndex),
    );
  }

  private place(numbers: number): number {
    const here = this.free;
    this.free += numbers;
    this.backend.room(this.free);
    return here;
  }

  /** Sets parameters and controls of a lane and computes everything that depends on them only. */
  private prepare(lane: Lane, parameters: RunRequest["parameters"]): void {
    const { kernels } = this.backend;
    const { layout } = kernels;
    kernels.nominal.forEach((value, i) => {
      lane.set(layout.parameters + i, value);
    });
    const given = parameters instanceof Map ? parameters : Object.entries(parameters ?? {});
    for (const [name, value] of given as Iterable<[string, number]>) {
      const index = this.index.get(name);
      if (index === undefined) throw new Error(`unknown parameter "${name}"`);
      if (kernels.controls.some((c) => c.parameter === index))
        throw new Error(`"${name}" is a control: set it by an action`);
      lane.set(layout.parameters + index, value);
    }
    this.backend.prepare();
    // A control may start from other controls, or from what is derived from them: once more until nothing changes.
    for (let changed = true; changed; ) {
      changed = false;
      for (const { parameter, from } of kernels.controls) {
        const place = layout.parameters + parameter;
        changed ||= !Object.is(lane.get(place), lane.get(from));
        lane.set(place, lane.get(from));
      }
      if (changed) this.backend.prepare();
    }
  }

  /** Values of all derived constants for a parameter set. Not while `runAll` is on its way. */
  derive(parameters: RunRequest["parameters"]): Map<string, number> {
    if (this.busy) throw new Error("this runner is running patients");
    const { lane } = this.beds[0]!;
    this.prepare(lane, parameters);
    return new Map([...this.backend.kernels.derived].map(([name, at]) => [name, lane.get(at)]));
  }

  run(request: RunRequest): RunResult {
    try {
      for (const { result } of this.runAll([request])) return result;
    } catch (error) {
      throw error instanceof RunFault ? error.cause : error;
    }
    throw new Error("no result");
  }

  /** Runs all requests, as many at a time as there are lanes. Results come as they get ready, with the index of their request. A fault throws `RunFault`. */
  *runAll(requests: Iterable<RunRequest>): Generator<{ readonly index: number; readonly result: RunResult }> {
    if (this.busy) throw new Error("this runner is running patients");
    this.busy = true;
    let index = -1;
    const waiting = requests[Symbol.iterator]();
    const attempt = (of: number, what: () => void) => {
      try {
        what();
      } catch (error) {
        throw new RunFault(of, error);
      }
    };
    try {
      while (true) {
        for (const bed of this.beds)
          while (bed.index < 0) {
            const next = waiting.next();
            if (next.done) break;
            const request = next.value;
            bed.index = ++index;
            attempt(index, () => {
              this.prepare(bed.lane, request.parameters);
              bed.lane.begin(request.outputDays, (numbers) => this.place(numbers));
              bed.admit(request);
            });
            if (bed.result) yield bed.discharge();
          }
        const occupied = this.beds.filter((bed) => bed.index >= 0);
        if (occupied.length === 0) return;
        occupied[0]!.lane.run();
        for (const bed of occupied)
          if (!bed.lane.running) {
            attempt(bed.index, () => bed.round());
            if (bed.result) yield bed.discharge();
          }
      }
    } finally {
      for (const bed of this.beds) bed.clear();
      this.busy = false;
    }
  }
}

/** A lane with the patient in it: goes from action to action. */
class Bed {
  /** Index of the request; −1 while empty. */
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
  admit(request: RunRequest): void {
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
  round(): void {
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
    this.result = { end, outputs: this.lane.outputs(this.request.outputDays.length), ...this.lane.counts };
  }

  discharge(): { readonly index: number; readonly result: RunResult } {
    const discharged = { index: this.index, result: this.result! };
    this.clear();
    return discharged;
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
    const bed = this;
    const known = (kind: string, index: number | undefined, name: string): number => {
      if (index === undefined || index < 0) throw new Error(`unknown ${kind} "${name}"`);
      return index;
    };
    const state = (name: string) => layout.state + known("state", this.states.get(name), name);
    const parameter = (name: string) => layout.parameters + known("parameter", this.parameters.get(name), name);
    const column = (name: string) => known("output", kernels.outputs.indexOf(name), name);
    return {
      get day() {
        return bed.day;
      },
      get: (name) => lane.get(state(name)),
      set: (name, value) => lane.set(state(name), value),
      add: (name, amount) => lane.set(state(name), lane.get(state(name)) + amount),
      output: (name) => {
        const at = column(name);
        lane.backend.observe(layout.state, layout.observed, bed.day);
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
        for (let r = bed.row - 1; r >= 0 && outputDays[r]! > since; r--)
          if (outputDays[r]! < bed.day && outputDays[r]! >= request.from)
            found.push({ day: outputDays[r]!, value: lane.output(r, at) });
        return found.reverse();
      },
    };
  }
}
