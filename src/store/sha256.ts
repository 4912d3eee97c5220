import { encodeUtf8 } from "../reading/index.js";

/**
 * SHA-256 (FIPS 180-4), incremental: the platform's own where it can be had without waiting, which is Node; elsewhere in plain integer arithmetic, because the digest of a browser takes no pieces and engines
 * without `crypto` hash results too.
 * The round constants and the initial state are the first 32 bits of the fractions of the cube and square roots of the first primes;
 * they are computed here with integers and checked by the published vectors in the test.
 */
const BLOCK = 64;

/** floor(2^32 · frac(prime^(1/root))), exactly: the integer root of prime · 2^(32·root), modulo 2^32. */
function rootFraction(prime: number, root: 2 | 3): number {
  const target = BigInt(prime) << BigInt(32 * root);
  let low = 0n;
  let high = 1n << 36n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(root) <= target) low = middle;
    else high = middle;
  }
  return Number(BigInt.asIntN(32, low));
}

const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);
const ROUND = Int32Array.from(primes, (p) => rootFraction(p, 3));
const INITIAL = Int32Array.from(primes.slice(0, 8), (p) => rootFraction(p, 2));

/** Σ1(e) + Ch(e, f, g) and Σ0(a) + Maj(a, b, c) of the standard. */
const choose = (e: number, f: number, g: number): number =>
  ((((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + (g ^ (e & (f ^ g)))) | 0;
const majority = (a: number, b: number, c: number): number =>
  ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) | (c & (a | b)))) | 0;

export class PortableSha256 {
  private readonly state = Int32Array.from(INITIAL);
  private readonly schedule = new Int32Array(64);
  private readonly pending = new Uint8Array(BLOCK);
  private pendingBytes = 0;
  private totalBytes = 0;
  private finished = false;

  /** Adds bytes; the order of calls matters, where they are cut does not. */
  update(bytes: Uint8Array): this {
    if (this.finished) throw new Error("update after digest: start a new Sha256");
    this.totalBytes += bytes.length;
    let at = 0;
    if (this.pendingBytes > 0) {
      at = Math.min(BLOCK - this.pendingBytes, bytes.length);
      this.pending.set(bytes.subarray(0, at), this.pendingBytes);
      this.pendingBytes += at;
      if (this.pendingBytes < BLOCK) return this;
      this.compress(this.pending, 0, BLOCK);
      this.pendingBytes = 0;
    }
    const end = at + Math.floor((bytes.length - at) / BLOCK) * BLOCK;
    this.compress(bytes, at, end);
    if (end < bytes.length) {
      this.pending.set(bytes.subarray(end));
      this.pendingBytes = bytes.length - end;
    }
    return this;
  }

  /** The 32 bytes; nothing can be added afterwards. */
  digest(): Uint8Array {
    const total = this.totalBytes;
    const padding = new Uint8Array((this.pendingBytes < 56 ? 56 : 120) - this.pendingBytes + 8);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    // The length in bits as 64 bits: total · 8 does not fit 32-bit shifts.
    view.setUint32(padding.length - 8, Math.floor(total / 0x20000000));
    view.setUint32(padding.length - 4, (total % 0x20000000) * 8);
    this.update(padding);
    this.finished = true;
    const out = new Uint8Array(32);
    const words = new DataView(out.buffer);
    for (let i = 0; i < 8; i++) words.setInt32(4 * i, this.state[i]!);
    return out;
  }

  private compress(bytes: Uint8Array, start: number, end: number): void {
    const w = this.schedule;
    const K = ROUND;
    const s = this.state;
    let h0 = s[0]!;
    let h1 = s[1]!;
    let h2 = s[2]!;
    let h3 = s[3]!;
    let h4 = s[4]!;
    let h5 = s[5]!;
    let h6 = s[6]!;
    let h7 = s[7]!;
    for (let at = start; at < end; at += BLOCK) {
      for (let i = 0, p = at; i < 16; i++, p += 4)
        w[i] = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!;
      for (let i = 16; i < 64; i++) {
        const x = w[i - 15]!;
        const y = w[i - 2]!;
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (((s0 + s1) | 0) + ((w[i - 16]! + w[i - 7]!) | 0)) | 0;
      }
      let a = h0;
      let b = h1;
      let c = h2;
      let d = h3;
      let e = h4;
      let f = h5;
      let g = h6;
      let h = h7;
      // Eight rounds a turn: the names rotate instead of the values. `| 0` after each sum keeps it a 32-bit add.
      for (let i = 0; i < 64; i += 8) {
        h = (((((h + choose(e, f, g)) | 0) + K[i]!) | 0) + w[i]!) | 0;
        d = (d + h) | 0;
        h = (h + majority(a, b, c)) | 0;
        g = (((((g + choose(d, e, f)) | 0) + K[i + 1]!) | 0) + w[i + 1]!) | 0;
        c = (c + g) | 0;
        g = (g + majority(h, a, b)) | 0;
        f = (((((f + choose(c, d, e)) | 0) + K[i + 2]!) | 0) + w[i + 2]!) | 0;
        b = (b + f) | 0;
        f = (f + majority(g, h, a)) | 0;
        e = (((((e + choose(b, c, d)) | 0) + K[i + 3]!) | 0) + w[i + 3]!) | 0;
        a = (a + e) | 0;
        e = (e + majority(f, g, h)) | 0;
        d = (((((d + choose(a, b, c)) | 0) + K[i + 4]!) | 0) + w[i + 4]!) | 0;
        h = (h + d) | 0;
        d = (d + majority(e, f, g)) | 0;
        c = (((((c + choose(h, a, b)) | 0) + K[i + 5]!) | 0) + w[i + 5]!) | 0;
        g = (g + c) | 0;
        c = (c + majority(d, e, f)) | 0;
        b = (((((b + choose(g, h, a)) | 0) + K[i + 6]!) | 0) + w[i + 6]!) | 0;
        f = (f + b) | 0;
        b = (b + majority(c, d, e)) | 0;
        a = (((((a + choose(f, g, h)) | 0) + K[i + 7]!) | 0) + w[i + 7]!) | 0;
        e = (e + a) | 0;
        a = (a + majority(b, c, d)) | 0;
      }
      h0 = (h0 + a) | 0;
      h1 = (h1 + b) | 0;
      h2 = (h2 + c) | 0;
      h3 = (h3 + d) | 0;
      h4 = (h4 + e) | 0;
      h5 = (h5 + f) | 0;
      h6 = (h6 + g) | 0;
      h7 = (h7 + h) | 0;
    }
    s[0] = h0;
    s[1] = h1;
    s[2] = h2;
    s[3] = h3;
    s[4] = h4;
    s[5] = h5;
    s[6] = h6;
    s[7] = h7;
  }
}

/** Node's hashes, and nothing elsewhere; asked for at run time so that a browser's bundle has no import that it cannot resolve. */
const node: typeof import("node:crypto") | undefined = globalThis.process?.getBuiltinModule?.("node:crypto");

export class Sha256 {
  private readonly own = node ? node.createHash("sha256") : new PortableSha256();
  private finished = false;

  /** Adds bytes; the order of calls matters, where they are cut does not. */
  update(bytes: Uint8Array): this {
    if (this.finished) throw new Error("update after digest: start a new Sha256");
    this.own.update(bytes);
    return this;
  }

  /** The 32 bytes; nothing can be added afterwards. */
  digest(): Uint8Array {
    if (this.finished) throw new Error("update after digest: start a new Sha256");
    this.finished = true;
    return new Uint8Array(this.own.digest());
  }

  hex = (): string => hexOf(this.digest());
}

/** Bytes as hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (byte < 16 ? "0" : "") + byte.toString(16);
  return text;
}

/** SHA-256 of bytes, or of a string's UTF-8, as 64 hexadecimal digits. */
export const sha256Hex = (content: Uint8Array | string): string =>
  new Sha256().update(typeof content === "string" ? encodeUtf8(content) : content).hex();
