import { ELEMENTARY } from "../../statistics/index.js";
import { Body, type FunctionSpec } from "./wasm-bytes.js";

/** exp, log and pow of `statistics/elementary.ts`, operation for operation. `pow` calls the other two by their function numbers. */
export function mathFunctions(
  expIndex: number,
  logIndex: number,
): { exp: FunctionSpec; log: FunctionSpec; pow: FunctionSpec } {
  return { exp: expFunction(), log: logFunction(), pow: powFunction(expIndex, logIndex) };
}

const spec = (parameters: number, body: Body): FunctionSpec => ({
  name: null,
  parameters: Array.from({ length: parameters }, () => "f64" as const),
  results: ["f64"],
  body,
});

/** c0 + t·(c1 + t·(c2 + …)) with t in a local. */
function horner(body: Body, t: number, coefficients: readonly number[]): void {
  const [first, ...rest] = coefficients;
  body.f64(first!);
  if (rest.length === 0) return;
  body.get(t);
  horner(body, t, rest);
  body.op("f64.mul").op("f64.add");
}

function expFunction(): FunctionSpec {
  const b = new Body(1);
  const x = 0;
  const k = b.local("f64");
  const hi = b.local("f64");
  const lo = b.local("f64");
  const r = b.local("f64");
  const t = b.local("f64");
  const c = b.local("f64");
  const half = b.local("f64");
  b.get(x)
    .get(x)
    .op("f64.ne")
    .when(() => b.get(x).op("return"));
  b.get(x)
    .f64(ELEMENTARY.EXP_MAX)
    .op("f64.gt")
    .when(() => b.f64(Number.POSITIVE_INFINITY).op("return"));
  b.get(x)
    .f64(ELEMENTARY.EXP_MIN)
    .op("f64.lt")
    .when(() => b.f64(0).op("return"));
  b.get(x)
    .f64(ELEMENTARY.INV_LN2)
    .op("f64.mul")
    .f64(ELEMENTARY.ROUND)
    .op("f64.add")
    .f64(ELEMENTARY.ROUND)
    .op("f64.sub")
    .set(k);
  b.get(x).get(k).f64(ELEMENTARY.LN2_HI).op("f64.mul").op("f64.sub").set(hi);
  b.get(k).f64(ELEMENTARY.LN2_LO).op("f64.mul").set(lo);
  b.get(hi).get(lo).op("f64.sub").set(r);
  b.get(r).get(r).op("f64.mul").set(t);
  b.get(r).get(t);
  horner(b, t, ELEMENTARY.P);
  b.op("f64.mul").op("f64.sub").set(c);
  // y = 1 − (lo − r·c/(2 − c) − hi)
  b.f64(1)
    .get(lo)
    .get(r)
    .get(c)
    .op("f64.mul")
    .f64(2)
    .get(c)
    .op("f64.sub")
    .op("f64.div")
    .op("f64.sub")
    .get(hi)
    .op("f64.sub")
    .op("f64.sub");
  b.get(k).f64(0.5).op("f64.mul").op("f64.trunc").set(half);
  const powerOfTwo = (exponent: () => void) => {
    exponent();
    b.op("i64.trunc_f64_s").i64(1023n).op("i64.add").i64(52n).op("i64.shl").op("f64.reinterpret_i64").op("f64.mul");
  };
  powerOfTwo(() => b.get(half));
  powerOfTwo(() => b.get(k).get(half).op("f64.sub"));
  return spec(1, b);
}

function logFunction(): FunctionSpec {
  const b = new Body(1);
  const x = 0;
  const k = b.local("f64");
  const v = b.local("f64");
  const f = b.local("f64");
  const s = b.local("f64");
  const z = b.local("f64");
  const w = b.local("f64");
  const hfsq = b.local("f64");
  const shifted = b.local("i32");
  const word = b.local("i64");
  b.get(x)
    .get(x)
    .op("f64.ne")
    .when(() => b.f64(Number.NaN).op("return"));
  b.get(x)
    .f64(0)
    .op("f64.lt")
    .when(() => b.f64(Number.NaN).op("return"));
  b.get(x)
    .f64(0)
    .op("f64.eq")
    .when(() => b.f64(Number.NEGATIVE_INFINITY).op("return"));
  b.get(x)
    .f64(Number.POSITIVE_INFINITY)
    .op("f64.eq")
    .when(() => b.get(x).op("return"));
  b.get(x).set(v);
  b.get(v)
    .f64(2.2250738585072014e-308)
    .op("f64.lt")
    .when(() => {
      b.get(v).f64(18014398509481984).op("f64.mul").set(v);
      b.f64(-54).set(k);
    });
  b.get(v).op("i64.reinterpret_f64").set(word);
  b.get(word)
    .i64(32n)
    .op("i64.shr_u")
    .op("i32.wrap_i64")
    .i32(0x3ff00000 - 0x3fe6a09e)
    .op("i32.add")
    .set(shifted);
  b.get(k).get(shifted).i32(20).op("i32.shr_s").i32(1023).op("i32.sub").op("f64.convert_i32_s").op("f64.add").set(k);
  b.get(word).i64(0xffffffffn).op("i64.and");
  b.get(shifted).i32(0xfffff).op("i32.and").i32(0x3fe6a09e).op("i32.add").op("i64.extend_i32_u").i64(32n).op("i64.shl");
  b.op("i64.or").op("f64.reinterpret_i64").f64(1).op("f64.sub").set(f);
  b.get(f).f64(2).get(f).op("f64.add").op("f64.div").set(s);
  b.get(s).get(s).op("f64.mul").set(z);
  b.get(z).get(z).op("f64.mul").set(w);
  b.f64(0.5).get(f).op("f64.mul").get(f).op("f64.mul").set(hfsq);
  const [L1, L2, L3, L4, L5, L6, L7] = ELEMENTARY.LG;
  // s·(hfsq + (t2 + t1)) + k·LN2_LO − hfsq + f + k·LN2_HI
  b.get(s).get(hfsq);
  b.get(z);
  horner(b, w, [L1, L3, L5, L7]);
  b.op("f64.mul").get(w);
  horner(b, w, [L2, L4, L6]);
  b.op("f64.mul").op("f64.add");
  b.op("f64.add").op("f64.mul");
  b.get(k).f64(ELEMENTARY.LN2_LO).op("f64.mul").op("f64.add").get(hfsq).op("f64.sub").get(f).op("f64.add");
  b.get(k).f64(ELEMENTARY.LN2_HI).op("f64.mul").op("f64.add");
  return spec(1, b);
}

function powFunction(expIndex: number, logIndex: number): FunctionSpec {
  const b = new Body(2);
  const x = 0;
  const y = 1;
  b.get(y)
    .f64(0)
    .op("f64.eq")
    .when(() => b.f64(1).op("return"));
  b.get(x)
    .f64(0)
    .op("f64.eq")
    .when(() => b.f64(0).f64(Number.POSITIVE_INFINITY).get(y).f64(0).op("f64.gt").op("select").op("return"));
  b.get(y).get(x).call(logIndex).op("f64.mul").call(expIndex);
  return spec(2, b);
}
