import { continues, type RosenbrockMethod, solutionWeights } from "../solve/method.js";
import { type ControlField, controlIndex, FLUSH } from "../solve/step-control.js";
import type { Kernels } from "./kernels.js";
import type { LaneCode } from "./lane-code.js";

/**
 * Does `one` for every state, four to a turn of the loop. `base` puts the address on the stack to which an element's place is added; `k` is to be added to the
 * place.
 */
function forStates(code: LaneCode, n: number, one: (base: () => LaneCode, k: number) => void): void {
  const whole = n - (n % UNROLL);
  if (whole > 0) {
    const p = code.local("i32");
    code.i32(0).set(p);
    code.loop(() => {
      for (let k = 0; k < UNROLL; k++) one(() => code.get(p), k);
      code
        .get(p)
        .i32(UNROLL * code.bytesPerNumber)
        .op("i32.add")
        .tee(p)
        .i32(whole * code.bytesPerNumber)
        .op("i32.ne");
    });
  }
  for (let k = whole; k < n; k++) one(() => code.i32(0), k);
}
const UNROLL = 4;

const field = (code: LaneCode, { layout }: Kernels, name: ControlField): LaneCode =>
  code.at(layout.control + controlIndex(name));

/** Functions that the stages call, by their numbers in the module. */
export interface StageCalls {
  readonly addRates: number;
  readonly solve: number;
}

/**
 * () : U_1 … U_s and the new state in `trial`. One pass per stage makes the argument of the rates and Σ C_ij·U_j/h together, so that each U is loaded once.
 */
export function stagesBody(
  code: LaneCode,
  kernels: Kernels,
  method: RosenbrockMethod,
  { addRates, solve }: StageCalls,
): LaneCode {
  const { layout } = kernels;
  const { a, C, c, d } = method;
  const n = kernels.states.length;
  const timed = kernels.timeDerivative !== null;
  const U = (s: number) => layout.stages + s * n;
  const address = (place: number) => code.i32(place * code.bytesPerNumber);
  const [step, inverse, begin] = code.numbers(3);
  field(code, kernels, "step").set(step);
  field(code, kernels, "begin").set(begin);
  code.constant(1).get(step).do("div").set(inverse);
  /** Adds d·h·∂f/∂t to the number on the stack. */
  const byTime = (s: number, base: () => LaneCode, k: number, factor: number) => {
    if (!timed || d[s] === 0) return;
    code.get(factor);
    base()
      .load(layout.byTime + k)
      .do("mul")
      .do("add");
  };
  for (let s = 0; s < c.length; s++) {
    const factor = timed && d[s] !== 0 ? code.number() : -1;
    if (factor >= 0) code.constant(d[s]!).get(step).do("mul").set(factor);
    const weights = C[s]!.map((value) => {
      const local = code.number();
      code.constant(value).get(inverse).do("mul").set(local);
      return local;
    });
    const simple = continues(method, s);
    const arguments_ = simple
      ? []
      : a[s]!.map((value) => {
          const local = code.number();
          code.constant(value).set(local);
          return local;
        });
    const [u, sum, rest] = code.numbers(3);
    forStates(code, n, (base, k) => {
      const load = (place: number) => base().load(place + k);
      if (s === 0) {
        base();
        load(layout.rate);
        byTime(s, base, k, factor);
        code.store(U(0) + k);
        return;
      }
      if (!simple) load(layout.state).set(sum);
      for (let j = 0; j < s; j++) {
        load(U(j)).set(u);
        if (!simple) code.get(sum).get(arguments_[j]!).get(u).do("mul").do("add").set(sum);
        if (j > 0) code.get(rest);
        code.get(weights[j]!).get(u).do("mul");
        if (j > 0) code.do("add");
        code.set(rest);
      }
      base();
      if (simple) load(layout.trial).get(u).do("add");
      else code.get(sum);
      code.store(layout.trial + k);
      base().get(rest);
      byTime(s, base, k, factor);
      code.store(U(s) + k);
    });
    if (s > 0) {
      if (kernels.timed) code.i32(0).get(begin).constant(c[s]!).get(step).do("mul").do("add").store(layout.time);
      address(layout.trial);
      address(U(s)).call(addRates);
    }
    address(U(s)).call(solve);
  }
  return code;
}

/**
 * () : adds the last U to `trial` and writes the norm of it: root of the mean (or of the largest) square of U/(atol + rtol·max(|y|, |y1|)) over the states where
 * that is not exactly 0. One chain of additions in the order of the states: a state that nothing moves adds 0 and changes no bit, which it would by its place among
 * several chains. The divisions take as long.
 */
export function errorBody(code: LaneCode, kernels: Kernels, method: RosenbrockMethod): LaneCode {
  const { layout } = kernels;
  const n = kernels.states.length;
  const last = layout.stages + (method.c.length - 1) * n;
  const [rtol, correction, value, e, square] = code.numbers(5);
  const [sum, worst, moved] = code.numbers(3);
  field(code, kernels, "rtol").set(rtol);
  code.constant(0).tee(sum).tee(worst).set(moved);
  forStates(code, n, (base, k) => {
    const load = (place: number) => base().load(place + k);
    load(last).set(correction);
    base();
    load(layout.trial)
      .get(correction)
      .do("add")
      .tee(value)
      .store(layout.trial + k);
    code.get(correction);
    load(layout.tolerances).get(rtol);
    load(layout.state).do("abs");
    code.get(value).do("abs").extreme("atLeast").do("mul").do("add").do("div").set(e);
    code.get(moved).get(e).constant(0).compare("ne").maskToNumber().do("add").set(moved);
    code.get(e).get(e).do("mul").tee(square).get(sum).do("add").set(sum);
    code.get(worst).get(square).extreme("atLeast").set(worst);
  });
  code.i32(0);
  // NaN gets lost in the largest square, but not in the sum: then the error is infinite.
  code.get(worst).get(sum).get(moved).constant(1).extreme("atLeast").do("div");
  code.constant(0);
  field(code, kernels, "maxNorm").compare("lt").select().do("sqrt");
  code.constant(Number.POSITIVE_INFINITY).get(sum).constant(Number.POSITIVE_INFINITY).compare("lt").select();
  return code.store(layout.control + controlIndex("error"));
}

/** () : the trial state becomes the state where the step was taken; what is too small to matter becomes 0 (denormals are slow for years). */
export function commitBody(code: LaneCode, kernels: Kernels): LaneCode {
  const { layout } = kernels;
  const n = kernels.states.length;
  const [taken, value, under] = [code.mask(), code.number(), code.number()];
  code.constant(0);
  field(code, kernels, "taken").compare("lt").set(taken);
  field(code, kernels, "undershoot").set(under);
  forStates(code, n, (base, k) => {
    const load = (place: number) => base().load(place + k);
    code.constant(0);
    load(layout.trial).tee(value);
    code.get(value).do("abs").constant(FLUSH).compare("lt").select().set(value);
    code.get(under).get(value);
    load(layout.floors).do("mul").extreme("atMost").set(under);
    base().get(value);
    load(layout.state)
      .get(taken)
      .select()
      .store(layout.state + k);
  });
  code.i32(0).get(under);
  field(code, kernels, "undershoot").get(taken).select();
  return code.store(layout.control + controlIndex("undershoot"));
}

/** () : sums for the first step after a restart: the size of the states that move, or of all where all that move are at 0. */
export function firstStepBody(code: LaneCode, kernels: Kernels): LaneCode {
  const { layout } = kernels;
  const [rtol, size, all, speed, value, rate, scale, ratio] = code.numbers(8);
  field(code, kernels, "rtol").set(rtol);
  forStates(code, kernels.states.length, (base, k) => {
    const load = (place: number) => base().load(place + k);
    load(layout.tolerances).get(rtol);
    load(layout.state).tee(value).do("abs").do("mul").do("add").set(scale);
    code.get(value).get(scale).do("div").tee(ratio).get(ratio).do("mul").tee(value);
    code.get(all).do("add").set(all);
    code.get(size).get(value).constant(0);
    load(layout.rate).tee(rate).constant(0).compare("ne").select().do("add").set(size);
    code.get(speed).get(rate).get(scale).do("div").tee(ratio).get(ratio).do("mul").do("add").set(speed);
  });
  code
    .i32(0)
    .get(all)
    .get(size)
    .get(size)
    .constant(0)
    .compare("eq")
    .select()
    .store(layout.control + controlIndex("size"));
  return code
    .i32(0)
    .get(speed)
    .store(layout.control + controlIndex("speed"));
}

/**
 * () : states within the step, at `theta`, for the states that outputs need. y(θ) = y0 + Σ w_j(θ)·U_j with w_j = θ·(b_j + (1 − θ)·(dense_1j + θ·(dense_2j + …))): the same as
 * the interpolation of the method, without vectors in between.
 */
export function interpolateBody(code: LaneCode, kernels: Kernels, method: RosenbrockMethod): LaneCode {
  const { layout } = kernels;
  const n = kernels.states.length;
  const [theta, rest] = code.numbers(2);
  field(code, kernels, "theta").set(theta);
  code.constant(1).get(theta).do("sub").set(rest);
  const weights = solutionWeights(method).map((b, j) => {
    const local = code.number();
    const rows = method.dense.map((row) => row[j]!);
    code.get(theta).constant(b).get(rest);
    const horner = ([first, ...others]: readonly number[]): void => {
      code.constant(first!);
      if (others.length === 0) return;
      code.get(theta);
      horner(others);
      code.do("mul").do("add");
    };
    horner(rows);
    code.do("mul").do("add").do("mul").set(local);
    return local;
  });
  for (const i of kernels.observedStates) {
    code.i32(0);
    code.at(layout.state + i);
    weights.forEach((weight, j) => {
      code
        .get(weight)
        .at(layout.stages + j * n + i)
        .do("mul")
        .do("add");
    });
    code.store(layout.dense + i);
  }
  return code;
}
