/** What cannot be is refused with place, value and next move; what R defines at the edge is R's documented answer. */
import { describe, expect, it } from "vitest";
import {
  agrestiCoull,
  atRiskAt,
  binomialMass,
  binomialTails,
  chiSquareQuantile,
  chiSquareTails,
  clopperPearson,
  clopperPearsonOneSided,
  curveAt,
  deviance,
  fTails,
  gamma,
  geometricSum,
  incompleteBeta,
  inverseIncompleteBeta,
  inverseIncompleteGamma,
  jeffreys,
  kaplanMeier,
  logBinomialMass,
  logGamma,
  lognormal,
  logRank,
  median,
  normalCdf,
  normalQuantile,
  philox4x32,
  poissonMass,
  poissonTails,
  QuantileCounter,
  type QuantileType,
  quantile,
  restrictedMean,
  shares,
  stream,
  studentQuantile,
  studentTails,
  survivalQuantile,
  wald,
  wilson,
  wilsonCC,
} from "../../src/statistics/index.js";

/** What a program without types may hand over. */
const any = (value: unknown) => value as never;

describe("survival data", () => {
  const good = { time: [1, 2, 3], event: [1, 0, 1] };
  const grouped = { ...good, group: ["a", "b", "a"] };

  it.each<[string, object, RegExp]>([
    ["a negative time", { time: [1, -2, -3] }, /time\[1\] is -2 \(and 1 more\): times count from 0/],
    ["an infinite time", { time: [1, Number.POSITIVE_INFINITY, 3] }, /time\[1\] is Infinity/],
    ["a time as text", { time: [1, "2", 3] }, /time\[1\] is "2": give a finite number/],
    ["a missing time", { time: [1, null, 3] }, /time\[1\] is null/],
    ["events coded 1/2", { event: [1, 2, 1] }, /event\[1\] is 2: .*coded 1\/2: subtract 1/],
    ["a missing event", { event: [1, Number.NaN, 1] }, /event\[1\] is NaN: .*leave out/],
    ["an undefined event", { event: [1, undefined, 1] }, /event\[1\] is undefined/],
    ["events as text", { event: ["0", "1", "1"] }, /event\[0\] is "0" \(and 2 more\): .*text/],
    ["a competing event", { event: [0, 1, 2] }, /event\[2\] is 2: events are 1/],
    ["half an event", { event: [0, 0.5, 1] }, /event\[1\] is 0.5/],
    ["too many entries", { entry: [0, 0, 0, 0] }, /4 entries for 3 times/],
    ["a negative entry", { entry: [0, -1, 0] }, /entry\[1\] is -1/],
    ["a missing entry", { entry: [0, undefined, 0] }, /entry\[1\] is undefined/],
    ["an entry at the end", { entry: [0, 2, 0] }, /entry\[1\] is 2: time\[1\] is 2/],
    ["an entry after the end", { entry: [0, 5, 0] }, /entry\[1\] is 5: time\[1\] is 2/],
    ["a name that nobody reads", { weights: [1, 2, 1] }, /no "weights"/],
  ])("%s: refused by the curve and by the test", (_, change, words) => {
    expect(() => kaplanMeier({ ...good, ...change } as never)).toThrow(words);
    expect(() => logRank({ ...grouped, ...change } as never)).toThrow(words);
    expect(() => kaplanMeier({ ...good, ...change } as never)).toThrow(RangeError);
  });

  it.each<[string, object, RegExp]>([
    ["groups too few", { group: ["a", "b"] }, /2 group labels for 3 times/],
    ["an undefined group", { group: ["a", undefined, "b"] }, /group\[1\] is undefined: .*leave out/],
    ["an empty group", { group: ["a", " ", "b"] }, /group\[1\] is " "/],
    ["a group that is NaN", { group: [1, Number.NaN, 2] }, /group\[1\] is NaN/],
    ["a label of two types", { group: [1, "1", 2] }, /group\[1\] is "1": the same label/],
    ["short strata", { stratum: ["x", "x"] }, /2 stratum labels for 3 times/],
    ["an undefined stratum", { stratum: ["x", undefined, "x"] }, /stratum\[1\] is undefined/],
    ["strata under another name", { strata: ["x", "y", "x"] }, /no "strata".*stratum/],
    ["a single group", { group: [7, 7, 7] }, /group is 7 for everybody/],
  ])("%s: refused by the test", (_, change, words) => {
    expect(() => logRank({ ...grouped, ...change } as never)).toThrow(words);
  });

  it("tells all faults at once", () => {
    const bad = { time: [-1, 2], event: [3, 1], entry: [0], group: ["", "b"], stratum: [1] };
    for (const words of [/time\[0\]/, /event\[0\]/, /1 entries/, /group\[0\]/, /1 stratum labels/])
      expect(() => logRank(bad)).toThrow(words);
  });

  it("names a column that is absent", () => {
    expect(() => kaplanMeier(any({ time: [1], status: [1] }))).toThrow(/event is undefined.*no "status"/);
    expect(() => kaplanMeier(any({ time: [1], status: [1] }))).toThrow(TypeError);
    expect(() => logRank(any(good))).toThrow(/group is undefined/);
    expect(() => kaplanMeier(any({ ...good, entry: null }))).toThrow(/entry is null/);
  });

  it("refuses options that are not known", () => {
    expect(() => kaplanMeier(good, any({ scale: "loglog" }))).toThrow(/scale is "loglog": give one of plain, log/);
    expect(() => kaplanMeier(good, any({ confType: "log" }))).toThrow(/no "confType"/);
    expect(() => kaplanMeier(good, any({ timefix: "no" }))).toThrow(/timefix is "no"/);
    expect(() => logRank(grouped, 0, any({ timeFix: false }))).toThrow(/no "timeFix"/);
    for (const rho of [-1, Number.NaN, Number.POSITIVE_INFINITY, any("1")])
      expect(() => logRank(grouped, rho)).toThrow(/rho is/);
    for (const level of [0, 1, 95, Number.NaN, any("0.95")])
      expect(() => kaplanMeier(good, { level })).toThrow(/level/);
  });

  it("takes true and 1, false and 0, mixed labels and typed arrays", () => {
    expect(kaplanMeier({ time: new Float32Array([1, 2, 3]), event: [true, 0, 1] })).toEqual(kaplanMeier(good));
    expect(logRank({ ...good, group: ["a", 1, "a"] }).df).toBe(1);
  });
});

describe("reading a curve", () => {
  const curve = kaplanMeier({ time: [1, 2, 3], event: [1, 0, 0] });

  it("refuses times that are NaN, other columns and other probabilities", () => {
    expect(() => curveAt(curve, "survival", [1, Number.NaN])).toThrow(/times\[1\] is NaN/);
    expect(() => atRiskAt(curve, [Number.NaN])).toThrow(/times\[0\] is NaN/);
    expect(() => curveAt(curve, any("surv"), [0])).toThrow(/column is "surv": give one of survival/);
    for (const p of [-0.1, 1.1, Number.NaN, 50]) expect(() => survivalQuantile(curve, p)).toThrow(/probability is/);
  });

  it("nobody is gone at time 0, as in R's quantile of a survfit", () => {
    expect(survivalQuantile(curve, 0)).toEqual({ time: 0, lower: 0, upper: 0 });
    expect(survivalQuantile(curve, 1).time).toBeNaN();
    expect(survivalQuantile(kaplanMeier({ time: [1, 2], event: [1, 1] }), 1).time).toBe(2);
  });

  it("a restricted mean past the follow-up says so, unless nobody is left", () => {
    expect(restrictedMean(curve, 3).beyondFollowUp).toBe(false);
    expect(restrictedMean(curve, 4)).toMatchObject({ beyondFollowUp: true, mean: expect.closeTo(1 + (3 * 2) / 3, 14) });
    expect(restrictedMean(kaplanMeier({ time: [1, 2], event: [1, 1] }), 9).beyondFollowUp).toBe(false);
    for (const tau of [Number.POSITIVE_INFINITY, 0, -1, Number.NaN])
      expect(() => restrictedMean(curve, tau)).toThrow(/tau is/);
  });
});

describe("intervals of proportions", () => {
  const methods = [wilson, wilsonCC, clopperPearson, clopperPearsonOneSided, agrestiCoull, jeffreys, wald];

  it.each(methods.map((method) => [method.name, method] as const))("%s refuses what is no count or level", (_, of) => {
    for (const [x, n] of [
      [3, 2],
      [-1, 2],
      [0.5, 2],
      [1, 2.5],
      [0, 0],
      [Number.NaN, 2],
      [1, Number.NaN],
      [any("1"), 2],
    ])
      expect(() => of(x, n, 0.95)).toThrow(/give integers/);
    for (const level of [0, 1, 95, -0.1, Number.NaN, any("0.95")]) expect(() => of(1, 2, level)).toThrow(/level/);
  });

  it("a level next to 1 has the deviate of its tail", () => {
    // R: qnorm(2^-54) is -8.20953615160139; from the upper tail it would be infinite.
    const { upper } = wald(1, 2, 1 - 2 ** -53);
    expect((upper - 0.5) / Math.sqrt(0.125)).toBeCloseTo(-normalQuantile(2 ** -54), 12);
    expect(Number.isFinite(agrestiCoull(1, 2, 1 - 2 ** -53).lower)).toBe(true);
  });
});

describe("quantiles", () => {
  it("refuse missing values, which are not 0, and types that are not known", () => {
    expect(() => median(any([3, null, 5]))).toThrow(/values\[1\] is null/);
    expect(() => median(any([3, "", undefined]))).toThrow(/values\[1\] is "" \(and 1 more\)/);
    for (const type of [0, 10, 2.5, Number.NaN])
      expect(() => quantile([1, 2], 0.5, type as QuantileType)).toThrow(/type is/);
    expect(() => quantile([1, 2], any("0.5"))).toThrow(/probability/);
    expect(quantile([1, 2, Number.POSITIVE_INFINITY], 0.5)).toBe(2);
  });

  it("of the counter: the same refusals before and after binning, and every type", () => {
    const few = new QuantileCounter();
    const many = new QuantileCounter();
    few.add(1);
    for (let i = 1; i <= 4000; i++) many.add(i % 2 ? 1 : 4);
    for (const counter of [few, many, new QuantileCounter()])
      for (const p of [-0.5, 1.5, Number.NaN]) expect(() => counter.quantile(p)).toThrow(/probability is/);
    expect(() => many.quantile(0.5, any(12))).toThrow(/type is 12/);
    // Half of the values are 1, half 4: type 1 takes the lower value, types 2 and 7 the middle.
    const at = ([1, 2, 7] as const).map((type) => many.quantile(0.5, type));
    expect(Math.abs(at[0] - 1)).toBeLessThan(0.004);
    expect(Math.abs(at[1] - 2.5)).toBeLessThan(0.01);
    expect(Math.abs(at[2] - 2.5)).toBeLessThan(0.01);
  });
});

it("rank regression names the value that is missing", () => {
  const column = () => Float64Array.from([1, 2, 3, 4, 5]);
  const gap = Float64Array.from([1, 2, Number.NaN, 4, 5]);
  expect(() => shares([column(), gap], column())).toThrow(/input 1\[2\] is NaN/);
  expect(() => shares([column()], gap)).toThrow(/outcome\[2\] is NaN/);
  expect(() => shares([any([1, undefined, 3, undefined, 5])], column())).toThrow(/input 0\[1\] is undefined/);
});

describe("binomial and Poisson probabilities", () => {
  it("of an x between counts are those of R: no mass, and the tails of the count below", () => {
    expect([binomialMass(2.5, 10, 0.3), poissonMass(0.5, 1)]).toEqual([0, 0]);
    expect(binomialTails(2.5, 10, 0.3)).toEqual(binomialTails(2, 10, 0.3));
    expect(poissonTails(2.5, 1).lower).toBeCloseTo(2.5 / Math.E, 14);
    // 0.1 · 30 is 3.0000000000000004, and 1 - 0.9 times 10 is 0.9999999999999998.
    expect(binomialMass(0.1 * 30, 10, 0.3)).toBe(binomialMass(3, 10, 0.3));
    expect(binomialTails((1 - 0.9) * 10, 10, 0.3)).toEqual(binomialTails(1, 10, 0.3));
    expect(poissonTails(Number.POSITIVE_INFINITY, 3)).toEqual({ lower: 1, upper: 0 });
    expect([logBinomialMass(3, 3, 1), logBinomialMass(2, 3, 1)]).toEqual([0, Number.NEGATIVE_INFINITY]);
  });

  it("refuse what is no count, probability or mean, whatever x is", () => {
    for (const of of [binomialMass, binomialTails, logBinomialMass]) {
      for (const n of [-3, 2.5, Number.NaN]) expect(() => of(0, n, 0.5)).toThrow(/number of trials is/);
      for (const p of [-0.1, 7, Number.NaN])
        for (const x of [-1, 0, 20]) expect(() => of(x, 10, p)).toThrow(/probability/);
      expect(() => of(Number.NaN, 10, 0.5)).toThrow(/successes is NaN/);
    }
    for (const of of [poissonMass, poissonTails]) {
      for (const mean of [-1, Number.NaN, Number.POSITIVE_INFINITY])
        for (const x of [-1, 0, 3]) expect(() => of(x, mean)).toThrow(/mean is/);
      expect(() => of(Number.NaN, 1)).toThrow(/count is NaN/);
    }
  });
});

describe("continuous distributions", () => {
  it("Student's t with infinitely many degrees of freedom is normal, as in R", () => {
    expect(studentTails(2, Number.POSITIVE_INFINITY).lower).toBe(normalCdf(2));
    expect(studentQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.975));
  });

  it("far tails of few degrees of freedom: 1 / (π t) for one, 1 / (2 t²) for two", () => {
    for (const t of [1e60, 1e120, 1e200, 1e300]) {
      expect(studentTails(t, 1).upper * Math.PI * t).toBeCloseTo(1, 12);
      expect(studentTails(-t, 1).lower).toBe(studentTails(t, 1).upper);
    }
    expect(studentTails(1e150, 2).upper * 2e300).toBeCloseTo(1, 12);
  });

  it("outside of the support nothing or everything lies below", () => {
    expect([chiSquareTails(-1, 3), fTails(-1, 2, 3)]).toEqual(Array(2).fill({ lower: 0, upper: 1 }));
    expect([chiSquareTails(Number.POSITIVE_INFINITY, 3), fTails(Number.POSITIVE_INFINITY, 2, 3)]).toEqual(
      Array(2).fill({ lower: 1, upper: 0 }),
    );
  });

  it("are NaN where they are not defined, never a number", () => {
    expect(chiSquareTails(-1, -3).lower).toBeNaN();
    expect(chiSquareTails(Number.NaN, 3).lower).toBeNaN();
    expect(studentTails(1e200, -1).lower).toBeNaN();
    expect(studentTails(Number.NaN, 3).lower).toBeNaN();
    for (const p of [-0.1, 1.1, Number.NaN]) {
      expect(studentQuantile(p, 3)).toBeNaN();
      expect(chiSquareQuantile(p, 3)).toBeNaN();
    }
    expect(chiSquareQuantile(0.5, Number.POSITIVE_INFINITY)).toBeNaN();
    expect(inverseIncompleteBeta(Number.POSITIVE_INFINITY, 2, 0.5).x).toBeNaN();
    // Tails, and x and y, that do not sum to 1.
    expect(inverseIncompleteGamma(2, 0.5, 0.9)).toBeNaN();
    expect(inverseIncompleteBeta(2, 3, 0.5, 0.1).x).toBeNaN();
    expect(incompleteBeta(2, 3, 0.5, 0.9).lower).toBeNaN();
    expect(incompleteBeta(2, 3, 1.5, 0).lower).toBeNaN();
    expect(deviance(-1, -1.1)).toBeNaN();
    expect(logGamma(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("draws and streams", () => {
  const s = stream(1, 1, "refusals");

  it("refuse what is not finite", () => {
    expect(() => gamma(s, Number.POSITIVE_INFINITY)).toThrow(/shape is Infinity/);
    expect(() => geometricSum(s, 2, Number.POSITIVE_INFINITY)).toThrow(/mean is Infinity/);
    expect(() => lognormal(s, Number.POSITIVE_INFINITY, 1)).toThrow(/finite/);
    expect(() => lognormal(s, 1, Number.POSITIVE_INFINITY)).toThrow(/finite/);
    expect(() => lognormal(s, 1, 1e200)).toThrow(/finite/);
  });

  it("a stream has a purpose: no text, a number and nothing would share their numbers", () => {
    for (const purpose of ["", any(5), any(undefined), any({})]) expect(() => stream(1, 1, purpose)).toThrow();
    expect(() => stream(1, 1, any(5))).toThrow(/purpose is 5/);
  });

  it("philox refuses words that would be cut off, and an answer without room", () => {
    const out = new Uint32Array(4);
    expect(() => philox4x32(-1, 0, 0, 0.5, 2 ** 32, Number.NaN, out)).toThrow(
      /counter0 is -1.*counter3 is 0.5.*key0 is 4294967296.*key1 is NaN/,
    );
    expect(() => philox4x32(0, 0, 0, 0, 0, 0, new Uint32Array(3))).toThrow(/3 words: give 4/);
  });
});
