import { ELEMENTARY, SIMPLE_POWERS } from "../../statistics/index.js";
import type { LaneCode } from "./lane-code.js";

/**
 * exp, log and pow of `statistics/elementary.ts` without branches, so that two patients can go through them together. The results are those of the
 * readable functions to the bit, which tests compare; where a branch there picks a special value, a `select` does so here at the end.
 */

const word = (value: number): bigint => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
};

/** c0 + t·(c1 + t·(c2 + …)) with t in a local. */
function horner(code: LaneCode, t: number, coefficients: readonly number[]): void {
  const [first, ...rest] = coefficients;
  code.constant(first!);
  if (rest.length === 0) return;
  code.get(t);
  horner(code, t, rest);
  code.do("mul").do("add");
}

/** Body of (x) → e^x. */
export function expBody(code: LaneCode): LaneCode {
  const c = code;
  const x = 0;
  const [shifted, k, hi, lo, r, t, s, half] = c.numbers(8);
  // k = x/ln 2 rounded: adding 1.5·2^52 leaves the whole number in the low bits.
  c.get(x).constant(ELEMENTARY.INV_LN2).do("mul").constant(ELEMENTARY.ROUND).do("add").tee(shifted);
  c.constant(ELEMENTARY.ROUND).do("sub").set(k);
  c.get(x).get(k).constant(ELEMENTARY.LN2_HI).do("mul").do("sub").set(hi);
  c.get(k).constant(ELEMENTARY.LN2_LO).do("mul").set(lo);
  c.get(hi).get(lo).do("sub").tee(r).get(r).do("mul").set(t);
  c.get(r).get(t);
  horner(c, t, ELEMENTARY.P);
  c.do("mul").do("sub").set(s);
  // y = 1 − (lo − r·s/(2 − s) − hi)
  c.constant(1).get(lo).get(r).get(s).do("mul").constant(2).get(s).do("sub").do("div").do("sub");
  c.get(hi).do("sub").do("sub");
  // y·2^half·2^(k − half): two factors, so that results near the ends of the range do not overflow on the way. How k is halved does not matter.
  c.get(k).constant(0.5).do("mul").constant(ELEMENTARY.ROUND).do("add").set(half);
  const bias = word(ELEMENTARY.ROUND) - 1023n;
  c.get(half).toWord().constantWord(bias).words("sub").shift("shl", 52).toNumber().do("mul");
  c.get(k)
    .get(half)
    .constant(ELEMENTARY.ROUND)
    .do("sub")
    .do("sub")
    .constant(ELEMENTARY.ROUND)
    .do("add")
    .toWord()
    .constantWord(bias)
    .words("sub")
    .shift("shl", 52)
    .toNumber()
    .do("mul")
    .set(t);
  c.constant(Number.POSITIVE_INFINITY);
  c.constant(0).get(t).get(x).constant(ELEMENTARY.EXP_MIN).compare("lt").select();
  c.constant(ELEMENTARY.EXP_MAX).get(x).compare("lt").select();
  return c;
}

/** Body of (x) → natural logarithm of x. */
export function logBody(code: LaneCode): LaneCode {
  const c = code;
  const x = 0;
  const [tiny, w] = [c.mask(), c.word()];
  const [v, k, f, s, z, z2, hfsq] = c.numbers(7);
  // A denormal is taken 54 doublings up.
  c.get(x).constant(2.2250738585072014e-308).compare("lt").set(tiny);
  c.get(x).constant(18014398509481984).do("mul").get(x).get(tiny).select().set(v);
  // Exponent and mantissa, the mantissa in [sqrt(1/2), sqrt(2)): the bits are moved so that the exponent changes there.
  const low = 0x3fe6a09en << 32n;
  const one = 0x3ff00000n << 32n;
  c.get(v)
    .toWord()
    .constantWord(one - low)
    .words("add")
    .set(w);
  // The exponent as a number: written into the low bits of 2^52, then 2^52 taken off.
  c.get(w).shift("shr_u", 52).constantWord(word(4503599627370496)).wordOr().toNumber();
  c.constant(4503599627370496).do("sub");
  c.constant(1023 + 54)
    .constant(1023)
    .get(tiny)
    .select()
    .do("sub")
    .set(k);
  c.get(w).constantWord(0xfffffffffffffn).wordAnd().constantWord(low).words("add").toNumber();
  c.constant(1).do("sub").set(f);
  c.get(f).constant(2).get(f).do("add").do("div").tee(s).get(s).do("mul").tee(z).get(z).do("mul").set(z2);
  c.constant(0.5).get(f).do("mul").get(f).do("mul").set(hfsq);
  const [L1, L2, L3, L4, L5, L6, L7] = ELEMENTARY.LG;
  // s·(hfsq + (t2 + t1)) + k·LN2_LO − hfsq + f + k·LN2_HI
  c.get(s).get(hfsq).get(z);
  horner(c, z2, [L1, L3, L5, L7]);
  c.do("mul").get(z2);
  horner(c, z2, [L2, L4, L6]);
  c.do("mul").do("add").do("add").do("mul");
  c.get(k).constant(ELEMENTARY.LN2_LO).do("mul").do("add").get(hfsq).do("sub").get(f).do("add");
  c.get(k).constant(ELEMENTARY.LN2_HI).do("mul").do("add").set(v);
  // 0 → −∞, ∞ → ∞, negative or NaN → NaN.
  c.constant(Number.NEGATIVE_INFINITY);
  c.get(x);
  c.get(v).constant(Number.NaN).constant(0).get(x).compare("le").select();
  c.constant(Number.POSITIVE_INFINITY).get(x).compare("le").select();
  return c.get(x).constant(0).compare("eq").select();
}

/** x^exponent from its factors x and, last, the root of x. */
export function simplePower(c: LaneCode, x: number, { roots, factors }: (typeof SIMPLE_POWERS)[number]): void {
  for (let i = 0; i < factors; i++) {
    c.get(x);
    if (i > 0) c.do("mul");
  }
  for (let i = 0; i < roots; i++) c.get(x).do("sqrt").do("mul");
}

/** Body of (x, y) → x^y. The exponents of both patients are nearly always the same, so the branches for simple powers are foreseen by the processor. */
export function powBody(code: LaneCode, expIndex: number, logIndex: number): LaneCode {
  const c = code;
  const [x, y, result] = [0, 1, c.number()];
  for (const power of SIMPLE_POWERS) {
    c.get(y).constant(power.exponent).compare("ne").any().op("i32.eqz");
    c.when(() => {
      simplePower(c, x, power);
      c.op("return");
    });
  }
  c.constant(1);
  c.constant(0).constant(Number.POSITIVE_INFINITY).constant(0).get(y).compare("lt").select();
  c.get(y).get(x).call(logIndex).do("mul").call(expIndex);
  c.get(x).constant(0).compare("eq").select();
  c.get(y).constant(0).compare("eq").select().set(result);
  if (c.lanes > 1) {
    // Two patients with different exponents, one of them simple.
    SIMPLE_POWERS.forEach(({ exponent }, i) => {
      c.get(y).constant(exponent).compare("eq");
      if (i > 0) c.both("or");
    });
    c.any();
    c.when(() => {
      for (const power of SIMPLE_POWERS) {
        simplePower(c, x, power);
        c.get(result).get(y).constant(power.exponent).compare("eq").select().set(result);
      }
    });
  }
  return c.get(result);
}
