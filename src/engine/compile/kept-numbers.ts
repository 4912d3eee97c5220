import type { LaneCode } from "./lane-code.js";

/**
 * Numbers of the memory that straight code reads again and again, kept in a few locals: those that are read again soonest stay (Belady's rule), the rest
 * is loaded where it is needed. All of them in locals would spill more than it saves; none costs a load per use.
 */
export class KeptNumbers {
  private readonly reads = new Map<number, number[]>();
  private readonly kept = new Map<number, number>();
  private readonly free: number[];

  /** `schedule`: which number is read, for every read in the order of the code. `count`: of the sixteen registers, some are for intermediate results. */
  constructor(
    private readonly code: LaneCode,
    schedule: readonly number[],
    count = 8,
  ) {
    this.free = code.numbers(count);
    schedule.forEach((which, time) => {
      const times = this.reads.get(which);
      if (times) times.push(time);
      else this.reads.set(which, [time]);
    });
  }

  /** Puts the number on the stack; `load` is called where it has to come from memory. Reads must follow the schedule. */
  read(which: number, load: () => void): void {
    this.reads.get(which)!.shift();
    const local = this.kept.get(which);
    if (local !== undefined) this.code.get(local);
    else {
      load();
      const room = this.roomFor(which);
      if (room >= 0) this.code.tee(room);
    }
    this.release(which);
  }

  /** The number has a new value, which stands on the stack and stays there. Call before it is stored. */
  write(which: number): void {
    const room = this.roomFor(which);
    if (room >= 0) this.code.tee(room);
    this.release(which);
  }

  private next(which: number): number {
    return this.reads.get(which)?.[0] ?? Number.POSITIVE_INFINITY;
  }

  /** A local for a number that is read again; −1 where those that are kept are all needed sooner. */
  private roomFor(which: number): number {
    const known = this.kept.get(which);
    if (known !== undefined) return known;
    if (this.next(which) === Number.POSITIVE_INFINITY) return -1;
    let local = this.free.pop();
    if (local === undefined) {
      const latest = [...this.kept.keys()].reduce((a, b) => (this.next(b) > this.next(a) ? b : a));
      if (this.next(latest) <= this.next(which)) return -1;
      local = this.kept.get(latest)!;
      this.kept.delete(latest);
    }
    this.kept.set(which, local);
    return local;
  }

  /** What is not read again makes room. */
  private release(which: number): void {
    const local = this.kept.get(which);
    if (local === undefined || this.next(which) < Number.POSITIVE_INFINITY) return;
    this.kept.delete(which);
    this.free.push(local);
  }
}
