import { requireProbability } from "./interval.js";
import { type QuantileType, quantileOfOrdered } from "./quantile.js";

/** Values kept one by one; beyond, they are counted in bins. */
const EXACT = 3072;
/** Bits of the mantissa in a bin: 2^-8 relative width, so a quantile is off by at most 0.2 %. */
const MANTISSA_BITS = 8;

const bits = new DataView(new ArrayBuffer(8));

/** Bins of positive numbers: exponent and leading bits of the mantissa. */
function binOf(value: number): number {
  bits.setFloat64(0, value);
  return bits.getUint32(0) >>> (20 - MANTISSA_BITS);
}

/** The middle of a bin. */
function middleOf(bin: number): number {
  const shift = 20 - MANTISSA_BITS;
  bits.setUint32(0, ((bin << shift) | (1 << (shift - 1))) >>> 0);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** Counts of positive numbers by bin, over the range that was seen. */
class Bins {
  private first = 0;
  private counts = new Float64Array(0);
  total = 0;

  add(value: number): void {
    this.total++;
    const bin = binOf(value);
    if (this.counts.length === 0) {
      this.first = bin;
      this.counts = new Float64Array(64);
    } else if (bin < this.first || bin >= this.first + this.counts.length) {
      const low = Math.min(this.first, bin);
      const high = Math.max(this.first + this.counts.length, bin + 1);
      const grown = new Float64Array(Math.ceil((high - low) / 64) * 64);
      grown.set(this.counts, this.first - low);
      this.first = low;
      this.counts = grown;
    }
    this.counts[bin - this.first]!++;
  }

  /** The k-th smallest, k from 0. */
  at(k: number): number {
    let left = k;
    for (let i = 0; i < this.counts.length; i++) {
      left -= this.counts[i]!;
      if (left < 0) return middleOf(this.first + i);
    }
    throw new Error("more values asked for than were counted");
  }
}

/**
 * Quantiles of a growing set of numbers in bounded memory: exact up to 3,072 values, then from counts in bins of 0.4 % width.
 * The result depends on the values only, not on how they were split.
 */
export class QuantileCounter {
  private exact: Float64Array | null = new Float64Array(64);
  private ordered = false;
  private zeros = 0;
  private readonly above = new Bins();
  /** Of −value. */
  private readonly below = new Bins();
  private least = Number.POSITIVE_INFINITY;
  private most = Number.NEGATIVE_INFINITY;
  count = 0;

  add(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`);
    const place = this.count++;
    const { exact } = this;
    if (exact && place < exact.length) {
      exact[place] = value;
      this.ordered = false;
    } else this.addBeyond(value, place);
  }

  /** Where there is no room: more of it, or bins. */
  private addBeyond(value: number, place: number): void {
    const { exact } = this;
    if (exact && place < EXACT) {
      this.exact = new Float64Array(Math.min(EXACT, 2 * exact.length));
      this.exact.set(exact);
      this.exact[place] = value;
      this.ordered = false;
      return;
    }
    this.exact = null;
    if (exact) for (const each of exact) this.bin(each);
    this.bin(value);
  }

  private bin(value: number): void {
    if (value < this.least) this.least = value;
    if (value > this.most) this.most = value;
    if (value === 0) this.zeros++;
    else if (value > 0) this.above.add(value);
    else this.below.add(-value);
  }

  /** NaN of an empty set; p in 0 … 1. `type` is that of Hyndman & Fan. */
  quantile(p: number, type: QuantileType = 7): number {
    requireProbability(p);
    if (this.count === 0) return Number.NaN;
    if (this.exact) {
      const all = this.exact;
      // The order of what was kept does not matter, so it is sorted where it stands.
      if (!this.ordered) all.subarray(0, this.count).sort();
      this.ordered = true;
      return quantileOfOrdered(this.count, (k) => all[k]!, p, type);
    }
    if (type !== 7) return quantileOfOrdered(this.count, (k) => this.at(k), p, type);
    const place = p * (this.count - 1);
    const low = this.at(Math.floor(place));
    const high = this.at(Math.ceil(place));
    return low + (place - Math.floor(place)) * (high - low);
  }

  /** The k-th smallest value, k from 0. Never outside of what was seen: a share of 1 stays 1. */
  private at(k: number): number {
    const { below, above, zeros } = this;
    const within = (value: number) => Math.min(this.most, Math.max(this.least, value));
    if (k < below.total) return within(-below.at(below.total - 1 - k));
    return k < below.total + zeros ? 0 : within(above.at(k - below.total - zeros));
  }
}
