/**
 * Philox4x32-10: random numbers by key, not by order of drawing.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011).
 *
 * Layout of one block of 128 random bits:
 *   key     0: study seed, low 32 bits     1: study seed, high 21 bits
 *   counter 0: number of the block         1: hash of the purpose
 *           2: patient, low 32 bits        3: patient, high 21 bits
 * The purpose is hashed by 32-bit FNV-1a over its UTF-16 code units, low byte first.
 */
import { refuse, written } from "./faults.js";
import { normalQuantile } from "./normal.js";

const TWO_32 = 4294967296;
/** Every block is read at once into the stream that asked for it. */
const block = new Uint32Array(4);

/** High 32 bits of a·b, where m0 and m1 are the low and high halves of a. */
function multiplyHigh(m0: number, m1: number, b: number): number {
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const low = Math.imul(m0, b0) >>> 0;
  const middle = m1 * b0 + (low >>> 16);
  const carry = m0 * b1 + (middle % 65536);
  return m1 * b1 + Math.floor(middle / 65536) + Math.floor(carry / 65536);
}

/**
 * One block: four counter words and two key words (unsigned 32-bit) to four random words in `out`. Other words, and an `out` that is too
 * short, throw RangeError.
 */
export function philox4x32(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  const words = { counter0, counter1, counter2, counter3, key0, key1 };
  const faults = Object.entries(words)
    .filter(([, word]) => word >>> 0 !== word)
    .map(([name, word]) => `${name} is ${word}: give an unsigned 32-bit integer`);
  if (out.length < 4) faults.push(`out has ${out.length} words: give 4`);
  refuse(faults);
  encrypt(counter0, counter1, counter2, counter3, key0, key1, out);
}

/** `philox4x32` unchecked: for the streams. */
function encrypt(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  let c0 = counter0;
  let c1 = counter1;
  let c2 = counter2;
  let c3 = counter3;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0x1f53, 0xd251, c0);
    const high1 = multiplyHigh(0x8d57, 0xcd9e, c2);
    const low0 = Math.imul(0xd2511f53, c0);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1 >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** 32-bit FNV-1a over the UTF-16 code units of `purpose`, low byte first (Fowler, Noll, Vo). */
export function hashPurpose(purpose: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < purpose.length; i++) {
    const unit = purpose.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

/** Random numbers of one patient for one purpose; only the next block's number changes. Made by `stream`. */
export class Stream {
  private readonly key0: number;
  private readonly key1: number;
  private readonly patient0: number;
  private readonly patient1: number;
  private readonly purpose: number;
  private nextBlock = 0;
  private waiting = Number.NaN;

  constructor(seed: number, patient: number, purpose: string) {
    this.key0 = seed >>> 0;
    this.key1 = Math.floor(seed / TWO_32);
    this.patient0 = patient >>> 0;
    this.patient1 = Math.floor(patient / TWO_32);
    this.purpose = hashPurpose(purpose);
  }

  /** A number in (0, 1): a multiple of 2^-53, where 2^-54 stands for 0. One block gives two. */
  uniform(): number {
    const kept = this.waiting;
    if (!Number.isNaN(kept)) {
      this.waiting = Number.NaN;
      return kept;
    }
    if (this.nextBlock === TWO_32) throw new RangeError("stream is used up after 2^33 numbers: use another purpose");
    encrypt(this.nextBlock, this.purpose, this.patient0, this.patient1, this.key0, this.key1, block);
    this.nextBlock++;
    this.waiting = toUnit(block[2], block[3]);
    return toUnit(block[0], block[1]);
  }

  /** A standard normal number, by the inverse distribution function of one `uniform`. */
  normal(): number {
    return normalQuantile(this.uniform());
  }
}

/** 53 of 64 random bits as a number in (0, 1). */
function toUnit(high: number, low: number): number {
  const k = (high >>> 5) * 67108864 + (low >>> 6);
  return k === 0 ? 2 ** -54 : k * 2 ** -53;
}

/**
 * The random numbers of `patient` for `purpose` in the study with `seed`: always the same, whatever is drawn elsewhere.
 * Seed and patient are integers in 0 … 2^53 - 1, the purpose a text with something in it; another value throws RangeError.
 */
export function stream(seed: number, patient: number, purpose: string): Stream {
  requireKey("seed", seed);
  requireKey("patient", patient);
  // Whatever has no characters would share one hash, and so its numbers, with everything else that has none.
  if (typeof purpose !== "string" || purpose === "")
    throw new RangeError(`purpose is ${written(purpose)}: say what the numbers are for`);
  return new Stream(seed, patient, purpose);
}

function requireKey(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name} is ${value}: give an integer from 0 to 2^53 - 1`);
  }
}
