import type { EventPlan } from "./compile/watch.js";
import type { Lane } from "./solve/lane.js";
import { Locator } from "./solve/locate.js";
import type { PatientView, Timeline } from "./timeline.js";

/** What happened by itself: an event that made its assignments, or a comparison in a rate that became true or false. */
export interface Happening {
  readonly time: number;
  readonly kind: "event" | "switch";
  /** Of the event; of a switch its comparison as text. */
  readonly name: string;
  /** False where a comparison became false. */
  readonly on: boolean;
}

/** More events at one time than a model can mean. */
const MOST_AT_ONCE = 1000;

/** Events that trigger each other without end. */
export class EventsPileUp extends Error {}

interface Triggered {
  readonly event: EventPlan;
  /** Assigned values, where those of the trigger count. */
  readonly values: readonly number[] | null;
  forgotten: boolean;
}

/** Switches and events of one run. Order at one time: docs/notes/events.md */
export class EventQueue {
  readonly happenings: Happening[] = [];
  private readonly was: boolean[];
  private due: Triggered[] = [];
  private delayed: Triggered[] = [];

  /** The lane stands at its initial state. `assign` writes a state or a control. */
  constructor(
    private readonly lane: Lane,
    private readonly locator: Locator | null,
    private readonly timeline: Timeline,
    private readonly assign: (target: string, value: number) => void,
    private readonly onEvent: ((name: string) => boolean) | undefined,
    from: number,
  ) {
    this.switches.forEach((_, k) => {
      locator!.hold(k, false);
    });
    lane.backend.prepare();
    this.setSwitches(from);
    this.happenings.length = 0;
    const conditions = this.conditions(from);
    this.was = this.events.map(({ initially }, i) => initially ?? conditions[i]!);
  }

  private get events() {
    return this.lane.backend.kernels.events;
  }
  private get switches() {
    return this.lane.backend.kernels.watch?.switches ?? [];
  }
  private effect(place: number): number {
    return this.lane.get(this.lane.backend.kernels.layout.effects + place);
  }
  private evaluate(time: number): void {
    const { layout } = this.lane.backend.kernels;
    this.lane.backend.effects(layout.state, layout.effects, time);
  }
  private conditions(time: number): boolean[] {
    this.evaluate(time);
    return this.events.map(({ condition }) => this.effect(condition) !== 0);
  }

  /** After the state, a control or the time has changed: switches, then events until none is due. Whether that changed a rate or a state. */
  settle(time: number): boolean {
    let changed = false;
    for (let done = 0; done <= MOST_AT_ONCE; done++) {
      changed = this.setSwitches(time) || changed;
      this.lookAtConditions(time);
      const next = this.takeNext();
      if (!next) return changed;
      changed = this.carryOut(next, time) || changed;
    }
    throw new EventsPileUp();
  }

  /** Comparisons as they hold; one may read another. Whether a rate reads one that changed. */
  private setSwitches(time: number): boolean {
    const { lane, locator, switches } = this;
    if (!locator) return false;
    const { layout } = lane.backend.kernels;
    let changed = false;
    // They read each other without a circle, so there is an end.
    while (true) {
      locator.look(layout.state, time);
      const flipped = switches.flatMap((_, k) => (locator.holds(k) === locator.held(k) ? [] : [k]));
      if (flipped.length === 0) return changed;
      for (const k of flipped) {
        const on = !locator.held(k);
        locator.hold(k, on);
        const { text, inRates } = switches[k]!;
        if (!inRates) continue;
        changed = true;
        this.happenings.push({ time, kind: "switch", name: text, on });
      }
      lane.backend.prepare();
    }
  }

  private lookAtConditions(time: number): void {
    const conditions = this.conditions(time);
    this.events.forEach((event, i) => {
      const [was, is] = [this.was[i]!, conditions[i]!];
      this.was[i] = is;
      if (is && !was) this.trigger(event, time);
      if (!is && was && !event.persistent)
        for (const each of [...this.due, ...this.delayed]) if (each.event === event) each.forgotten = true;
    });
    this.due = this.due.filter(({ forgotten }) => !forgotten);
  }

  private trigger(event: EventPlan, time: number): void {
    const delay = event.delay < 0 ? 0 : this.effect(event.delay);
    if (!(delay >= 0 && delay < Number.POSITIVE_INFINITY))
      throw new Error(`event "${event.name}" at ${time}: a delay of ${delay}`);
    const values = event.fromTrigger ? event.assignments.map(({ value }) => this.effect(value)) : null;
    const triggered: Triggered = { event, values, forgotten: false };
    if (delay === 0) {
      this.due.push(triggered);
      return;
    }
    this.delayed.push(triggered);
    this.timeline.add({
      at: time + delay,
      label: `event ${event.name}`,
      apply: () => {
        this.delayed = this.delayed.filter((each) => each !== triggered);
        if (!triggered.forgotten) this.due.push(triggered);
        return false;
      },
    });
  }

  /** Of largest priority, by the numbers as they stand; among equals the first. */
  private takeNext(): Triggered | undefined {
    const priority = ({ event }: Triggered) => (event.priority < 0 ? 0 : this.effect(event.priority));
    let next: Triggered | undefined;
    for (const each of this.due) if (!next || priority(each) > priority(next)) next = each;
    if (next) this.due = this.due.filter((each) => each !== next);
    return next;
  }

  private carryOut({ event, values }: Triggered, time: number): boolean {
    const assigned = values ?? event.assignments.map(({ value }) => this.effect(value));
    event.assignments.forEach(({ target }, i) => {
      this.assign(target, assigned[i]!);
    });
    this.happenings.push({ time, kind: "event", name: event.name, on: true });
    const heard = this.onEvent?.(event.name) ?? false;
    return event.assignments.length > 0 || heard;
  }
}

/** What a run with switches or events needs; null where the model has none. */
export function eventQueueOf(
  lane: Lane,
  timeline: Timeline,
  view: PatientView,
  from: number,
  onEvent: ((name: string, patient: PatientView) => boolean) | undefined,
): { readonly queue: EventQueue; readonly locator: Locator | null } | null {
  const { watch, events, states } = lane.backend.kernels;
  if (!watch && events.length === 0) return null;
  const locator = watch ? new Locator(lane, watch) : null;
  const isState = new Set(states);
  const assign = (target: string, value: number) =>
    isState.has(target) ? view.set(target, value) : view.control(target, value);
  const hook = onEvent && ((name: string) => onEvent(name, view));
  return { queue: new EventQueue(lane, locator, timeline, assign, hook, from), locator };
}
