import type { WatchPlan } from "../compile/watch.js";
import type { Lane } from "./lane.js";

/** Parts into which a step is cut to look for turning points. */
const PARTS = 8;
/** Halvings until neighbouring doubles. */
const HALVINGS = 60;

/** How far a step across a crossing may go: 1e-12 of the time. */
export const crossingWidth = (time: number): number => Math.max(1e-12 * Math.abs(time), 1e-15);

export interface Crossing {
  /** Of the comparison. */
  readonly index: number;
  readonly time: number;
  /** A comparison of time alone: `time` is the first double behind the crossing. */
  readonly exact: boolean;
}

/** Looks into a step that a lane has made and not taken. docs/notes/events.md */
export class Locator {
  private readonly count: number;
  private from = 0;
  private to = 0;

  constructor(
    private readonly lane: Lane,
    private readonly plan: WatchPlan,
  ) {
    this.count = plan.switches.length;
  }

  private get layout() {
    return this.lane.backend.kernels.layout;
  }

  /** Whether the comparison counts as true in the rates. */
  held(k: number): boolean {
    return this.lane.get(this.layout.parameters + this.plan.switches[k]!.place) !== 0;
  }

  hold(k: number, value: boolean): void {
    this.lane.set(this.layout.parameters + this.plan.switches[k]!.place, value ? 1 : 0);
  }

  /** Evaluates all comparisons at a state; `holds` and `slope` tell. */
  look(state: number, time: number): void {
    this.lane.backend.watch(state, this.layout.watchedNext, time);
  }
  holds(k: number): boolean {
    const value = this.lane.get(this.layout.watchedNext + k);
    return this.plan.switches[k]!.strict ? value > 0 : value >= 0;
  }
  private slope(k: number): number {
    return this.lane.get(this.layout.watchedNext + this.count + k);
  }
  private changed(k: number): boolean {
    return this.holds(k) !== this.held(k);
  }
  /** Goes towards its crossing. */
  private nears(k: number, slope: number): boolean {
    return this.held(k) ? slope < 0 : slope > 0;
  }

  /** A part of the step: 0 its beginning, 1 its end. */
  private lookAt(theta: number): void {
    const { lane, layout } = this;
    if (theta === 0 || theta === 1)
      this.look(theta === 0 ? layout.state : layout.trial, theta === 0 ? this.from : this.to);
    else {
      lane.interpolate(theta);
      this.look(layout.dense, this.timeAt(theta));
    }
  }
  private timeAt(theta: number): number {
    return theta === 1 ? this.to : this.from + theta * (this.to - this.from);
  }

  /** The first crossing within the step of the lane from `from` to `to`, of a comparison that is not `lost`; null where there is none. */
  find(from: number, to: number, lost: (index: number) => boolean): Crossing | null {
    [this.from, this.to] = [from, to];
    const all = Array.from({ length: this.count }, (_, k) => k).filter((k) => !lost(k));
    this.lookAt(0);
    const slopesHere = () => Float64Array.from({ length: this.count }, (_, k) => this.slope(k));
    let before = slopesHere();
    for (let part = 1; part <= PARTS; part++) {
      const [left, right] = [(part - 1) / PARTS, part / PARTS];
      this.lookAt(right);
      const slopes = slopesHere();
      const changed = new Set(all.filter((k) => this.changed(k)));
      let first: Crossing | null = null;
      for (const k of all) {
        const turns = this.nears(k, before[k]!) && !this.nears(k, slopes[k]!);
        const behind = changed.has(k) ? right : turns ? this.beyondTurn(k, left, right) : null;
        if (behind === null) continue;
        const crossing = this.plan.switches[k]!.timeOnly
          ? { index: k, time: this.firstDouble(k, this.timeAt(left), this.timeAt(behind)), exact: true }
          : { index: k, time: this.timeAt(this.root(k, left, behind)), exact: false };
        if (first === null || crossing.time < first.time) first = crossing;
      }
      if (first) return first;
      before = slopes;
    }
    return null;
  }

  /** Where a comparison has changed, near its turning point; null where it stays. */
  private beyondTurn(k: number, left: number, right: number): number | null {
    for (let i = 0; i < HALVINGS && left < right; i++) {
      const middle = (left + right) / 2;
      this.lookAt(middle);
      if (this.changed(k)) return middle;
      if (this.nears(k, this.slope(k))) left = middle;
      else right = middle;
    }
    return null;
  }

  private root(k: number, left: number, right: number): number {
    for (let i = 0; i < HALVINGS && left < right; i++) {
      const middle = (left + right) / 2;
      if (middle === left || middle === right) break;
      this.lookAt(middle);
      if (this.changed(k)) right = middle;
      else left = middle;
    }
    return right;
  }

  private firstDouble(k: number, left: number, right: number): number {
    while (true) {
      const middle = left + (right - left) / 2;
      if (middle <= left || middle >= right) return right;
      this.look(this.layout.state, middle);
      if (this.changed(k)) right = middle;
      else left = middle;
    }
  }
}
