import { type EventQueue, EventsPileUp, eventQueueOf, type Happening } from "./event-queue.js";
import type { Lane, SolveEnd } from "./solve/lane.js";
import { crossingWidth, type Locator } from "./solve/locate.js";
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
  /** Output days at which `PatientView.history` may look; all unless stated. What is stored for others then changes nothing that an action sees. */
  readonly historyDays?: ReadonlySet<number>;
  /** Called when an event of the model has made its assignments; returns whether it changed a state or a control itself. */
  readonly onEvent?: (name: string, patient: PatientView) => boolean;
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
  /** Events and switches, in order of time. */
  readonly happenings: readonly Happening[];
}

/** Thrown by an action to end a run that is neither finished nor failed: death, withdrawal. */
export class StopRun extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Looks for the crossing of one comparison before it is given up as lost in the error of the integration; crossings without time between them before a run is given up. */
const MOST_LOOKS = 6;
const MOST_PILED = 200;

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
  /** Where the lane is heading: the next action or the end, a time just before or just behind a crossing, or across one. */
  private leg: "target" | "before" | "behind" | "across" = "target";
  private until = 0;
  private queue: EventQueue | null = null;
  private locator: Locator | null = null;
  /** Looks in search of the crossing of each comparison, and the end of the step in which the search began. */
  private readonly looks = new Map<number, number>();
  private searchedTo = Number.NEGATIVE_INFINITY;
  /** Time of the last crossing, and how many have come without time between them. */
  private lastCrossing = Number.NEGATIVE_INFINITY;
  private piled = 0;
  /** The step size before the search for a crossing. */
  private usualStep = 0;

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
    this.piled = 0;
    this.lastCrossing = Number.NEGATIVE_INFINITY;
    this.leg = "target";
    const found = eventQueueOf(this.lane, this.timeline, this.view, request.from, request.onEvent);
    this.queue = found?.queue ?? null;
    this.locator = found?.locator ?? null;
    while (this.row < request.outputDays.length && request.outputDays[this.row]! < this.day) this.row++;
    this.goOn();
  }

  private get target(): number {
    return Math.min(this.timeline.next, this.request.to);
  }

  /** The lane has stopped: the patient is where it was heading, a step has to be looked at, or the integration failed. */
  proceed(): void {
    const end = this.lane.end();
    const { outputDays } = this.request;
    if (end.kind === "failed") {
      this.finish(end);
      return;
    }
    if (end.kind === "crossing") {
      this.day = end.from;
      while (this.row < outputDays.length && outputDays[this.row]! <= this.day) this.row++;
      this.lookInto(end.from, end.to);
      return;
    }
    while (this.row < outputDays.length && outputDays[this.row]! < this.until) this.row++;
    this.day = this.until;
    // A step that was cut to land near a crossing says nothing about the next one.
    if (this.leg !== "target") this.lane.next = this.usualStep;
    if (this.leg === "before") this.head("behind", Math.min(this.day + crossingWidth(this.day), this.target));
    else if (this.leg === "behind" && this.day < this.target) this.head("target", this.target);
    else this.goOn();
  }

  /** A step from `from` to `to` may cross something: go to just before the crossing, then across. */
  private lookInto(from: number, to: number): void {
    if (from >= this.searchedTo) {
      this.looks.clear();
      this.searchedTo = to;
      this.usualStep = this.lane.next;
    }
    const width = crossingWidth(to);
    let crossing = this.locator!.find(from, to, this.lost);
    while (crossing && to - from > 1.5 * width) {
      const looks = (this.looks.get(crossing.index) ?? 0) + 1;
      this.looks.set(crossing.index, looks);
      if (looks <= MOST_LOOKS) break;
      crossing = this.locator!.find(from, to, this.lost);
    }
    if (!crossing) {
      if (this.looks.size === 0) this.head(this.leg, this.until, true);
      else this.head("across", to, true);
    } else if (crossing.exact) this.head("across", crossing.time, true);
    else if (to - from <= 1.5 * width) this.head("across", to, true);
    else if (crossing.time - width / 2 > from) this.head("before", crossing.time - width / 2);
    else this.head("behind", Math.min(from + width, to));
  }

  /** A comparison whose crossing was not where the interpolation said, too often: its numbers are smaller than the error of the integration. It changes where the step ends. */
  private readonly lost = (index: number): boolean => (this.looks.get(index) ?? 0) > MOST_LOOKS;

  private head(leg: LaneRun["leg"], until: number, blindly = false): void {
    this.leg = leg;
    this.setOff(until, { resume: true, blindly });
  }

  private setOff(until: number, how?: { readonly resume: boolean; readonly blindly: boolean }): void {
    const { outputDays } = this.request;
    this.until = until;
    let end = this.row;
    while (end < outputDays.length && outputDays[end]! < until) end++;
    this.lane.head(this.day, until, this.row, end, how);
  }

  /** Does what is due today, then heads for the next action or the end. */
  private goOn(): void {
    const { lane, timeline, request } = this;
    const { outputDays } = request;
    try {
      let changed = false;
      while (timeline.next <= this.day) changed = timeline.take()!.apply(this.view) || changed;
      if (this.queue?.settle(this.day)) changed = true;
      if (changed) lane.restart();
    } catch (error) {
      if (error instanceof EventsPileUp) this.finish({ kind: "failed", reason: "events pile up", time: this.day });
      else if (error instanceof StopRun) this.finish({ kind: "stopped", reason: error.reason, time: this.day });
      else throw error;
      return;
    }
    if (this.leg === "across" && this.pilesUp()) {
      this.finish({ kind: "failed", reason: "events pile up", time: this.day });
      return;
    }
    while (this.row < outputDays.length && outputDays[this.row]! <= this.day) lane.observe(this.row++, this.day);
    if (this.day >= request.to) {
      this.finish({ kind: "completed" });
      return;
    }
    this.leg = "target";
    this.searchedTo = Number.NEGATIVE_INFINITY;
    this.setOff(this.target);
  }

  /** Whether crossing follows crossing and time stands still. */
  private pilesUp(): boolean {
    this.piled = this.day - this.lastCrossing <= 10 * crossingWidth(this.day) ? this.piled + 1 : 0;
    this.lastCrossing = this.day;
    return this.piled > MOST_PILED;
  }

  private finish(end: RunResult["end"]): void {
    const { lane, request } = this;
    const outputNames = lane.backend.kernels.outputs;
    const happenings = this.queue?.happenings ?? [];
    this.result = { end, outputs: lane.outputs(request.outputDays.length), outputNames, ...lane.counts, happenings };
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
      history: (outputs, since) => {
        const { outputDays, historyDays } = request;
        const rows: number[] = [];
        for (let r = run.row - 1; r >= 0 && outputDays[r]! > since; r--) {
          const day = outputDays[r]!;
          if (day < run.day && day >= request.from && historyDays?.has(day) !== false) rows.push(r);
        }
        rows.reverse();
        return {
          days: rows.map((r) => outputDays[r]!),
          values: outputs.map((name) => {
            const at = column(name);
            return rows.map((r) => lane.output(r, at));
          }),
        };
      },
    };
  }
}
