import type { TrialCase } from "../../trial/index.js";
import type { ShareCurve } from "../data.js";
import { tickPlaces } from "../tick-days.js";
import { ReplicateMean } from "./numbers.js";

/** Share in drug-free remission at each visit, per arm, with the number seen there. Cases must come replicate by replicate. */
export class RemissionShare {
  private readonly days: readonly number[];
  private readonly arms: ReadonlyMap<
    string,
    readonly { readonly share: ReplicateMean; seen: number; readonly day: number }[]
  >;
  private replicates = 0;
  private last = -1;

  constructor(visits: readonly number[], arms: readonly string[]) {
    this.days = visits;
    this.arms = new Map(arms.map((arm) => [arm, visits.map((day) => ({ day, share: new ReplicateMean(), seen: 0 }))]));
  }

  add({ run, replicate, missing }: TrialCase): void {
    if (replicate !== this.last) {
      this.last = replicate;
      this.replicates++;
    }
    const seen = new Map(run.visits.map((visit) => [visit.day, visit.drugFreeRemission]));
    for (const visit of this.arms.get(run.arm)!) {
      const found = seen.get(visit.day);
      if (found !== undefined) visit.seen++;
      visit.share.add(replicate, found === undefined ? (missing === "excluded" ? null : 0) : Number(found));
    }
  }

  /** Days of the visits that a table shows. */
  tableDays = (): number[] => tickPlaces(this.days).map((i) => this.days[i]!);

  /** Call after the last case. `n`: seen at the visit, mean per replicate. */
  curves(): ShareCurve[] {
    return [...this.arms].map(([arm, visits]) => ({
      arm,
      points: visits.flatMap(({ day, share, seen }) => {
        const { mean, low, high } = share.result();
        return mean === null ? [] : [{ day, value: mean, low, high, n: seen / this.replicates }];
      }),
    }));
  }
}
