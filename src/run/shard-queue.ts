/** A shard that could not be made, with the patient at fault where one is known. */
export interface FailedShard {
  readonly shard: number;
  readonly patient: number | null;
  readonly reason: string;
}

const ATTEMPTS = 3;

/** The shards that wait, and what became of the others: a shard whose worker dies is tried again, three times in all. */
export class ShardQueue {
  readonly #waiting: number[];
  readonly #attempts = new Map<number, number>();
  readonly #failed: FailedShard[] = [];
  /** Deaths of workers since the last shard that was made. */
  #deaths = 0;

  /** `workers`: how many may die at once without a fault that concerns them all. */
  constructor(
    shards: readonly number[],
    readonly workers: number,
  ) {
    this.#waiting = [...shards];
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  take = (): number | undefined => this.#waiting.shift();

  made(): void {
    this.#deaths = 0;
  }

  /** The shard was refused by its own code; it will be so again. */
  refused(failed: FailedShard): void {
    this.#failed.push(failed);
  }

  /** The worker died with the shard. Returns what to say of it. */
  lost(shard: number, reason: string): string {
    const count = (this.#attempts.get(shard) ?? 0) + 1;
    this.#attempts.set(shard, count);
    this.#deaths++;
    if (count < ATTEMPTS) this.#waiting.push(shard);
    else this.#failed.push({ shard, patient: null, reason });
    return `shard ${shard}: ${reason}; attempt ${count} of ${ATTEMPTS}`;
  }

  /** No worker lives long enough for a single shard: the fault is not in the shards. */
  get hopeless(): boolean {
    return this.#deaths >= ATTEMPTS * 2 * this.workers;
  }

  /** By number. */
  get failed(): FailedShard[] {
    return [...this.#failed].sort((a, b) => a.shard - b.shard);
  }
}
