/**
 * Actions in time: doses, visits, draws. Sorted by time, and among equal times by the order in which they were added.
 * An action may add later ones; adding one to the past is an error.
 */
export interface Action {
  /** Day. */
  readonly at: number;
  readonly label: string;
  /** Returns whether it changed a state or a control. */
  readonly apply: (patient: PatientView) => boolean;
}

/** What an action may see and change: values by name, at the time of the action. Unknown names throw. */
export interface PatientView {
  readonly day: number;
  get(name: string): number;
  set(name: string, value: number): void;
  add(name: string, amount: number): void;
  /** An output of the kernels at this moment. */
  output(name: string): number;
  /** Parameters, controls and derived constants. */
  constant(name: string): number;
  control(name: string, value: number): void;
  schedule(action: Action): void;
  /** Values of outputs stored after day `since` and before now, in order of time: the days, and a list per output. */
  history(
    outputs: readonly string[],
    since: number,
  ): { readonly days: readonly number[]; readonly values: readonly (readonly number[])[] };
}

export class Timeline {
  private readonly waiting: Action[];
  private now: number;

  constructor(actions: readonly Action[], start = Number.NEGATIVE_INFINITY) {
    this.now = start;
    for (const action of actions) this.check(action);
    // Stable: equal times keep the order in which they are given.
    this.waiting = [...actions].sort((a, b) => a.at - b.at);
  }

  private check(action: Action): void {
    if (!Number.isFinite(action.at)) throw new Error(`${action.label}: time ${action.at} is not finite`);
    if (action.at < this.now) throw new Error(`${action.label}: day ${action.at} lies before day ${this.now}`);
  }

  add(action: Action): void {
    this.check(action);
    let place = this.waiting.length;
    while (place > 0 && this.waiting[place - 1]!.at > action.at) place--;
    this.waiting.splice(place, 0, action);
  }

  /** Day of the next action; Infinity where none is left. */
  get next(): number {
    return this.waiting[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  take(): Action | undefined {
    const action = this.waiting.shift();
    if (action) this.now = action.at;
    return action;
  }
}
