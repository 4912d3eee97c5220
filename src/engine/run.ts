import type { Backend } from "./compile/backend.js";
import { Integrator, type SolveEnd, type SolveOptions } from "./solve/solve.js";
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
}

/** Thrown by an action to end a run that is neither finished nor failed: death, withdrawal. */
export class StopRun extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Runs patients one after another in the memory of one backend. */
export class Runner {
  private readonly index: ReadonlyMap<string, number>;
  private readonly stateIndex: ReadonlyMap<string, number>;

  constructor(
    readonly backend: Backend,
    readonly options: SolveOptions,
  ) {
    this.index = new Map(backend.kernels.parameters.map((name, i) => [name, i]));
    this.stateIndex = new Map(backend.kernels.states.map((name, i) => [name, i]));
  }

  /** Sets parameters and controls and computes everything that depends on them only. */
  private prepare(parameters: RunRequest["parameters"]): void {
    const { memory, kernels } = this.backend;
    memory.set(kernels.nominal, kernels.layout.parameters);
    const given = parameters instanceof Map ? parameters : Object.entries(parameters ?? {});
    for (const [name, value] of given as Iterable<[string, number]>) {
      const index = this.parameterIndex(name);
      if (kernels.controls.some((c) => c.parameter === index))
        throw new Error(`"${name}" is a control: set it by an action`);
      memory[kernels.layout.parameters + index] = value;
    }
    this.backend.prepare();
    // A control may start from other controls, or from what is derived from them: once more until nothing changes.
    for (let changed = true; changed; ) {
      changed = false;
      for (const { parameter, from } of kernels.controls) {
        const place = kernels.layout.parameters + parameter;
        changed ||= !Object.is(memory[place], memory[from]);
        memory[place] = memory[from]!;
      }
      if (changed) this.backend.prepare();
    }
  }

  /** Values of all derived constants for a parameter set. */
  derive(parameters: RunRequest["parameters"]): Map<string, number> {
    this.prepare(parameters);
    const { memory, kernels } = this.backend;
    return new Map([...kernels.derived].map(([name, at]) => [name, memory[at]!]));
  }

  run(request: RunRequest): RunResult {
    const { memory, kernels } = this.backend;
    this.prepare(request.parameters);
    const integrator = new Integrator(this.backend, this.options);
    const state = integrator.state;
    for (let i = 0; i < kernels.states.length; i++) memory[state + i] = memory[kernels.layout.initial + i]!;
    const { outputDays } = request;
    const width = kernels.outputs.length;
    const outputs = new Float64Array(outputDays.length * width).fill(Number.NaN);
    const observe = (row: number, place: number) => {
      this.backend.observe(place, integrator.outputs, outputDays[row]!);
      for (let i = 0; i < width; i++) outputs[row * width + i] = memory[integrator.outputs + i]!;
    };
    const timeline = new Timeline(request.actions, request.from);
    let day = request.from;
    let row = 0;
    while (row < outputDays.length && outputDays[row]! < day) row++;
    const history = (output: string, since: number) => {
      const column = kernels.outputs.indexOf(output);
      if (column < 0) throw new Error(`unknown output "${output}"`);
      const found: { day: number; value: number }[] = [];
      for (let r = row - 1; r >= 0 && outputDays[r]! > since; r--)
        if (outputDays[r]! < day) found.push({ day: outputDays[r]!, value: outputs[r * width + column]! });
      return found.reverse();
    };
    const output = (name: string) => {
      const column = kernels.outputs.indexOf(name);
      if (column < 0) throw new Error(`unknown output "${name}"`);
      this.backend.observe(state, integrator.outputs, day);
      return memory[integrator.outputs + column]!;
    };
    const view: PatientView = {
      ...this.view(state, timeline),
      output,
      history,
      get day() {
        return day;
      },
    };
    const done = (end: RunResult["end"]): RunResult => ({ end, outputs, ...integrator.counts });
    while (true) {
      try {
        let changed = false;
        while (timeline.next <= day) changed = timeline.take()!.apply(view) || changed;
        if (changed) integrator.restart();
      } catch (error) {
        if (error instanceof StopRun) return done({ kind: "stopped", reason: error.reason, time: day });
        throw error;
      }
      while (row < outputDays.length && outputDays[row]! <= day) observe(row++, state);
      if (day >= request.to) return done({ kind: "completed" });
      const until = Math.min(timeline.next, request.to);
      const first = row;
      let count = row;
      while (count < outputDays.length && outputDays[count]! < until) count++;
      const end = integrator.advance(day, until, outputDays.slice(first, count), (i, place) =>
        observe(first + i, place),
      );
      row = count;
      if (end.kind === "failed") return done(end);
      day = until;
    }
  }

  private parameterIndex(name: string): number {
    const found = this.index.get(name);
    if (found === undefined) throw new Error(`unknown parameter "${name}"`);
    return found;
  }

  private view(state: number, timeline: Timeline): Omit<PatientView, "day" | "history" | "output"> {
    const { backend } = this;
    const { memory, kernels } = backend;
    const place = (name: string): number => {
      const found = this.stateIndex.get(name);
      if (found === undefined) throw new Error(`unknown state "${name}"`);
      return state + found;
    };
    return {
      get: (name) => memory[place(name)]!,
      set: (name, value) => {
        memory[place(name)] = value;
      },
      add: (name, amount) => {
        const at = place(name);
        memory[at] = memory[at]! + amount;
      },
      constant: (name) => {
        const derived = kernels.derived.get(name);
        return memory[derived ?? kernels.layout.parameters + this.parameterIndex(name)]!;
      },
      control: (name, value) => {
        memory[kernels.layout.parameters + this.parameterIndex(name)] = value;
        backend.prepare();
      },
      schedule: (action) => timeline.add(action),
    };
  }
}
