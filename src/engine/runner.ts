import type { Backend } from "./compile/backend.js";
import { LaneRun, type RunRequest, type RunResult } from "./lane-run.js";
import { Lane, type SolveOptions } from "./solve/lane.js";

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
  private readonly controls: ReadonlySet<number>;
  private readonly laneRuns: readonly LaneRun[];
  /** First element of the memory that no lane has taken. */
  private free: number;
  private busy = false;

  constructor(
    readonly backend: Backend,
    readonly options: SolveOptions,
  ) {
    const { kernels, lanes } = backend;
    this.index = new Map(kernels.parameters.map((name, i) => [name, i]));
    this.controls = new Set(kernels.controls.map(({ parameter }) => parameter));
    this.free = kernels.layout.size * lanes;
    const stateIndex = new Map(kernels.states.map((name, i) => [name, i]));
    this.laneRuns = Array.from(
      { length: lanes },
      (_, lane) => new LaneRun(new Lane(backend, lane, options), this.index, stateIndex),
    );
  }

  private allocate(numbers: number): number {
    const here = this.free;
    this.free += numbers;
    this.backend.ensureCapacity(this.free);
    return here;
  }

  /** Sets parameters and controls of a lane and computes everything that depends on them only. */
  private prepare(lane: Lane, parameters: RunRequest["parameters"]): void {
    const { kernels } = this.backend;
    const { layout } = kernels;
    const { memory, lanes } = this.backend;
    const first = layout.parameters * lanes + lane.lane;
    const { nominal } = kernels;
    for (let i = 0; i < nominal.length; i++) memory[first + i * lanes] = nominal[i]!;
    const given = parameters instanceof Map ? parameters : Object.entries(parameters ?? {});
    for (const [name, value] of given as Iterable<[string, number]>) {
      const index = this.index.get(name);
      if (index === undefined) throw new Error(`unknown parameter "${name}"`);
      if (this.controls.has(index)) throw new Error(`"${name}" is a control: set it by an action`);
      memory[first + index * lanes] = value;
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
    const { lane } = this.laneRuns[0]!;
    this.prepare(lane, parameters);
    return new Map([...this.backend.kernels.derived].map(([name, at]) => [name, lane.get(at)]));
  }

  /** Values of all states at the start of a run, for a parameter set. Not while `runAll` is on its way. */
  initial(parameters: RunRequest["parameters"]): Map<string, number> {
    if (this.busy) throw new Error("this runner is running patients");
    const { lane } = this.laneRuns[0]!;
    const { states, layout } = this.backend.kernels;
    this.prepare(lane, parameters);
    return new Map(states.map((name, i) => [name, lane.get(layout.initial + i)]));
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
        for (const run of this.laneRuns)
          while (run.index < 0) {
            const next = waiting.next();
            if (next.done) break;
            const request = next.value;
            run.index = ++index;
            attempt(index, () => {
              this.prepare(run.lane, request.parameters);
              run.lane.begin(request.outputDays, (numbers) => this.allocate(numbers));
              run.start(request);
            });
            if (run.result) yield run.release();
          }
        const active = this.laneRuns.filter((run) => run.index >= 0);
        if (active.length === 0) return;
        active[0]!.lane.run();
        for (const run of active)
          if (!run.lane.running) {
            attempt(run.index, () => run.proceed());
            if (run.result) yield run.release();
          }
      }
    } finally {
      for (const run of this.laneRuns) run.clear();
      this.busy = false;
    }
  }
}
