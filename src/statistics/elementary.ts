/**
 * exp, log and pow with the same bits in every engine.
 *
 * Only + - * / and moves of bits are used; `Math.exp`, `Math.log` and `Math.pow` differ in the last bit between engines.
 * The polynomials are the published minimax coefficients of FreeBSD's msun (e_exp.c, e_log.c; Copyright (C) 1993 by Sun Microsystems,
 * Inc., "Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved").
 * exp and log are below 1 ulp; pow(x, y) = exp(y·log x) has a relative error of about |y·log x|·2^-53.
 * `engine/compile/wasm-math.ts` emits the same operations in the same order: a change here is a change there.
 */

const bits = new DataView(new ArrayBuffer(8));

export const ELEMENTARY = {
  LN2_HI: 6.9314718036912381649e-1,
  LN2_LO: 1.90821492927058770002e-10,
  INV_LN2: Math.LOG2E,
  P: [
    1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.6533902205465251539e-6,
    4.13813679705723846039e-8,
  ],
  LG: [
    6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
    1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
  ],
  EXP_MAX: 709.782712893384,
  EXP_MIN: -745.1332191019411,
  /** 1.5·2^52: adding and subtracting it rounds to the nearest integer, ties to even. */
  ROUND: 6755399441055744,
} as const;

const [P1, P2, P3, P4, P5] = ELEMENTARY.P;
const [L1, L2, L3, L4, L5, L6, L7] = ELEMENTARY.LG;

/** 2^k for integer k in [-1022, 1023]. */
function powerOfTwo(k: number): number {
  bits.setInt32(0, (k + 1023) << 20);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}

/** e^x. Overflow gives Infinity, underflow 0, NaN stays NaN. */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > ELEMENTARY.EXP_MAX) return Number.POSITIVE_INFINITY;
  if (x < ELEMENTARY.EXP_MIN) return 0;
  const k = x * ELEMENTARY.INV_LN2 + ELEMENTARY.ROUND - ELEMENTARY.ROUND;
  const hi = x - k * ELEMENTARY.LN2_HI;
  const lo = k * ELEMENTARY.LN2_LO;
  const r = hi - lo;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  const y = 1 - (lo - (r * c) / (2 - c) - hi);
  // Two factors, so that results near the ends of the range do not overflow on the way.
  const half = k > 0 ? Math.floor(k / 2) : Math.ceil(k / 2);
  return y * powerOfTwo(half) * powerOfTwo(k - half);
}

/** Natural logarithm. log(0) = -Infinity, log of a negative number is NaN. */
export function log(x: number): number {
  if (x !== x || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  let v = x;
  if (v < 2.2250738585072014e-308) {
    v *= 18014398509481984;
    k -= 54;
  }
  bits.setFloat64(0, v);
  const high = bits.getInt32(0);
  // The mantissa is taken into [sqrt(1/2), sqrt(2)).
  const shifted = high + (0x3ff00000 - 0x3fe6a09e);
  k += (shifted >> 20) - 1023;
  bits.setInt32(0, (shifted & 0xfffff) + 0x3fe6a09e);
  const f = bits.getFloat64(0) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 = w * (L2 + w * (L4 + w * L6));
  const t2 = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const R = t2 + t1;
  const hfsq = 0.5 * f * f;
  return s * (hfsq + R) + k * ELEMENTARY.LN2_LO - hfsq + f + k * ELEMENTARY.LN2_HI;
}

/** Exponents for which `pow` multiplies: exponents of rate laws are mostly among them, and exp and log are spared. */
export const SIMPLE_POWERS = [
  { exponent: 1.5, roots: 1, factors: 1 },
  { exponent: 1, roots: 0, factors: 1 },
  { exponent: 2, roots: 0, factors: 2 },
  { exponent: 3, roots: 0, factors: 3 },
] as const;

/**
 * x^y for x ≥ 0. 0^y = 0 for y > 0, 1 for y = 0. A negative base is NaN but for the whole exponents 1, 2 and 3: guard the base, not the result.
 * Some exponents are products of x and of its root (`SIMPLE_POWERS`).
 */
export function pow(x: number, y: number): number {
  if (y === 1.5) return x * Math.sqrt(x);
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 3) return x * x * x;
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  return exp(y * log(x));
}
