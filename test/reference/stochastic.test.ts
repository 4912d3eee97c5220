import { afterAll } from "vitest";
import {
  type ArrivalPoint,
  drawArrivals,
  drawDescendants,
  extinctionProbability,
  type LineageLaw,
  type Runner,
  survivalProbability,
} from "../../src/engine/index.js";
import { binomialTails, chiSquareTails, exp, expm1, poissonMass, stream } from "../../src/statistics/index.js";
import { runnerOf, state, tiny } from "../engine/tiny.js";
import { expectClose, type ReferenceCase, referenceSuite } from "./harness.js";

const SEED = 20240607;
/** Acceptance of the file for probabilities; for means |Z| < 4. */
const P_LEAST = 1e-4;
const Z_MEAN = 4;
const Z_VARIANCE = 5;

interface BirthDeath {
  birth: string;
  death: string;
  n0: number;
  t: string;
  pExtinctBy_t: number;
  mean: number;
  var: number;
}
interface Pmf {
  birth: string;
  death: string;
  t: string;
  pmf: number[];
}
interface PureDeath {
  n0: number;
  mu: string;
  t: string;
  mean: number;
  var: number;
  pExtinct: number;
}
interface ImmigrationDeath {
  alpha: string;
  mu: string;
  n0: number;
  t: string;
  mean: number;
  p0: number;
}
interface File {
  linearBirthDeath: { cases: BirthDeath[] };
  birthDeathPmf_n0_1: Pmf[];
  pureDeath: PureDeath[];
  immigrationDeath: ImmigrationDeath[];
  [other: string]: unknown;
}

/** Kendall's law with constant rates: m = e^{rt} with r = b − d, and W' = rW + d gives W = 1 + b·(e^{rt} − 1)/r, or 1 + bt where r = 0. */
function closedLaw(b: number, d: number, t: number): LineageLaw {
  const r = b - d;
  return { m: exp(r * t), W: 1 + b * (r === 0 ? t : expm1(r * t) / r) };
}

/** The law as the product gets it: integrated by the engine. */
const lawModule = tiny({ m: state(1, "(b - d)*m"), W: state(1, "(b - d)*W + d") }, { b: 0, d: 0 });
let runner: Runner | undefined;
function integratedLaw(b: number, d: number, t: number): LineageLaw {
  runner ??= runnerOf(lawModule, { rtol: 1e-10 });
  const { end, outputs } = runner.run({ parameters: { b, d }, from: 0, to: t, actions: [], outputDays: [t] });
  if (end.kind !== "completed") throw new Error(JSON.stringify(end));
  return { m: outputs[0]!, W: outputs[1]! };
}

function require(what: string, holds: boolean): void {
  if (!holds) throw new Error(what);
}

/** Two-sided exact binomial test: twice the smaller tail. */
function binomialP(successes: number, n: number, p: number): number {
  if (p <= 0 || p >= 1) return successes === n * p ? 1 : 0;
  const atMost = binomialTails(successes, n, p).lower;
  const atLeast = successes === 0 ? 1 : binomialTails(successes - 1, n, p).upper;
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}

/** Chi-square test of counts against probabilities; neighbouring classes are pooled to an expected count of at least 8. The last class is everything beyond. */
function chiSquareP(counts: number[], probabilities: number[]): number {
  const n = counts.reduce((a, b) => a + b, 0);
  const pooled: { seen: number; wanted: number }[] = [];
  let seen = 0;
  let wanted = 0;
  counts.forEach((count, i) => {
    seen += count;
    wanted += n * probabilities[i]!;
    if (wanted >= 8) {
      pooled.push({ seen, wanted });
      seen = 0;
      wanted = 0;
    }
  });
  const last = pooled[pooled.length - 1];
  if (!last) return 1;
  last.seen += seen;
  last.wanted += wanted;
  if (pooled.length === 1) return 1;
  const x = pooled.reduce((sum, c) => sum + (c.seen - c.wanted) ** 2 / c.wanted, 0);
  return chiSquareTails(x, pooled.length - 1).upper;
}

/** Fourth central moment of the sum of n0 lineages, each 0 with probability 1 − s, else geometric on {1, 2, …} with mean W. */
function fourthMoment(law: LineageLaw, n0: number): number {
  const s = survivalProbability(law);
  const u = 1 / law.W;
  const q = 1 - u;
  const mu = s / u;
  const m2 = (s * (1 + q)) / u ** 2;
  const m3 = (s * (1 + 4 * q + q * q)) / u ** 3;
  const m4 = (s * (1 + 11 * q + 11 * q * q + q ** 3)) / u ** 4;
  const variance = m2 - mu * mu;
  const central4 = m4 - 4 * mu * m3 + 6 * mu * mu * m2 - 3 * mu ** 4;
  return n0 * (central4 - 3 * variance * variance) + 3 * (n0 * variance) ** 2;
}

function moments(draws: readonly number[]): { mean: number; variance: number } {
  const n = draws.length;
  const mean = draws.reduce((a, b) => a + b, 0) / n;
  return { mean, variance: draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1) };
}

/**
 * Mean and variance of draws. The file's test of the variance, |√(n/2)(s²/σ² − 1)| < 5, takes counts to be normal; lineages are not, so the standard error of s² is
 * the exact one of the fourth moment. A normal test of the mean needs enough surviving lineages; where there are few, the exact test of extinction is the test.
 */
function checkMoments(draws: number[], mean: number, variance: number, mu4: number, survivors: number): boolean {
  const n = draws.length;
  require("a drawn count is not an integer", draws.every((x) => Number.isInteger(x) && x >= 0));
  if (variance === 0) {
    require("draws differ where the variance is 0", draws.every((x) => x === mean));
    return true;
  }
  if (survivors < 400) return false;
  const found = moments(draws);
  const zMean = (Math.sqrt(n) * (found.mean - mean)) / Math.sqrt(variance);
  require(`mean ${found.mean}, expected ${mean}: Z = ${zMean}`, Math.abs(zMean) < Z_MEAN);
  const errorOfVariance = Math.sqrt((mu4 - (variance * variance * (n - 3)) / (n - 1)) / n);
  const zVariance = (found.variance - variance) / errorOfVariance;
  require(`variance ${found.variance}, expected ${variance}: Z = ${zVariance}`, Math.abs(zVariance) < Z_VARIANCE);
  return true;
}

const DRAWS = 4000;
/** Counts beyond this cannot be told apart in double precision; there only the law is tested. */
const COUNTABLE = 2 ** 50;

let worstClosed = 0;
let worstIntegrated = 0;
afterAll(() => {
  console.log(
    `largest error of an extinction probability: closed form ${worstClosed.toExponential(1)}, integrated at rtol 1e-10 ${worstIntegrated.toExponential(1)}`,
  );
});

function birthDeath(one: BirthDeath): void {
  const [b, d, t] = [Number(one.birth), Number(one.death), Number(one.t)];
  const closed = closedLaw(b, d, t);
  const p = extinctionProbability(closed, one.n0);
  expectClose("extinction by the closed form", p, one.pExtinctBy_t, 1e-10, 1e-14);
  expectClose("mean by the closed form", one.n0 * closed.m, one.mean, 1e-10);
  // One lineage: E[N] = m, E[N²] = m(2W − 1), so the variance is m(2W − 1 − m).
  const variance = one.n0 * closed.m * (2 * closed.W - 1 - closed.m);
  expectClose("variance by the closed form", variance, one.var, 1e-10);
  const integrated = integratedLaw(b, d, t);
  const pIntegrated = extinctionProbability(integrated, one.n0);
  // At rtol 1e-10 the largest error seen is 3e-13.
  expectClose("extinction by the integrated law", pIntegrated, one.pExtinctBy_t, 0, 1e-10);
  expectClose("mean by the integrated law", one.n0 * integrated.m, one.mean, 1e-8, 1e-10);
  worstClosed = Math.max(worstClosed, Math.abs(p - one.pExtinctBy_t));
  worstIntegrated = Math.max(worstIntegrated, Math.abs(pIntegrated - one.pExtinctBy_t));

  if (integrated.W * one.n0 > COUNTABLE) return;
  const random = stream(SEED, 1, `birth-death ${one.birth} ${one.death} ${one.n0} ${one.t}`);
  const draws = Array.from({ length: DRAWS }, () => drawDescendants(random, integrated, one.n0));
  const extinct = draws.filter((x) => x === 0).length;
  const pValue = binomialP(extinct, DRAWS, one.pExtinctBy_t);
  require(`${extinct} of ${DRAWS} extinct, expected ${one.pExtinctBy_t}: p = ${pValue}`, pValue > P_LEAST);
  const survivors = DRAWS * one.n0 * survivalProbability(closed);
  checkMoments(draws, one.mean, one.var, fourthMoment(closed, one.n0), survivors);
}

function pmf(one: Pmf): void {
  const [b, d, t] = [Number(one.birth), Number(one.death), Number(one.t)];
  const closed = closedLaw(b, d, t);
  const s = survivalProbability(closed);
  one.pmf.forEach((wanted, n) => {
    const mine = n === 0 ? 1 - s : (s / closed.W) * (1 - 1 / closed.W) ** (n - 1);
    expectClose(`P(${n})`, mine, wanted, 1e-10, 1e-13);
  });
  const law = integratedLaw(b, d, t);
  const random = stream(SEED, 2, `pmf ${one.birth} ${one.death} ${one.t}`);
  const counts = new Array<number>(one.pmf.length + 1).fill(0);
  for (let i = 0; i < 20_000; i++) counts[Math.min(one.pmf.length, drawDescendants(random, law, 1))]!++;
  const rest = 1 - one.pmf.reduce((a, x) => a + x, 0);
  const pValue = chiSquareP(counts, [...one.pmf, rest]);
  require(`chi-square of the drawn sizes: p = ${pValue}`, pValue > P_LEAST);
}

function pureDeath(one: PureDeath): void {
  const [mu, t] = [Number(one.mu), Number(one.t)];
  const closed = closedLaw(0, mu, t);
  expectClose("extinction by the closed form", extinctionProbability(closed, one.n0), one.pExtinct, 1e-10, 1e-14);
  const law = integratedLaw(0, mu, t);
  expectClose("extinction by the integrated law", extinctionProbability(law, one.n0), one.pExtinct, 0, 1e-10);
  const random = stream(SEED, 3, `pure death ${one.n0} ${one.mu} ${one.t}`);
  const draws = Array.from({ length: DRAWS }, () => drawDescendants(random, law, one.n0));
  const pValue = binomialP(draws.filter((x) => x === 0).length, DRAWS, one.pExtinct);
  require(`extinct draws: p = ${pValue}`, pValue > P_LEAST);
  require("a pure death process grew", draws.every((x) => x <= one.n0));
  // All founders of all draws are one binomial number.
  const alive = draws.reduce((a, x) => a + x, 0);
  const pAlive = binomialP(alive, DRAWS * one.n0, one.mean / one.n0);
  require(`${alive} alive of ${DRAWS * one.n0}: p = ${pAlive}`, pAlive > P_LEAST);
  checkMoments(draws, one.mean, one.var, fourthMoment(closed, one.n0), DRAWS * one.mean);
}

const GRID = 1000;

/** Founders and arrivals at a constant rate; the law on a grid of the interval, as outputs of a run would give it. */
function immigrationDeath(one: ImmigrationDeath): void {
  const [alpha, mu, t] = [Number(one.alpha), Number(one.mu), Number(one.t)];
  const points: ArrivalPoint[] = Array.from({ length: GRID + 1 }, (_, k) => {
    const time = (t * k) / GRID;
    return { time, rate: alpha, ...closedLaw(0, mu, time) };
  });
  const random = stream(SEED, 4, `immigration-death ${one.alpha} ${one.mu} ${one.n0} ${one.t}`);
  const law = points[GRID]!;
  const draws = Array.from(
    { length: DRAWS },
    () => drawDescendants(random, law, one.n0) + drawArrivals(random, points),
  );
  require("a drawn count is not an integer", draws.every((x) => Number.isInteger(x) && x >= 0));
  const z = (Math.sqrt(DRAWS) * (moments(draws).mean - one.mean)) / Math.sqrt(one.mean);
  require(`mean ${moments(draws).mean}, expected ${one.mean}: Z = ${z}`, Math.abs(z) < Z_MEAN);
  const pNone = binomialP(draws.filter((x) => x === 0).length, DRAWS, one.p0);
  require(`no cell: p = ${pNone}`, pNone > P_LEAST);
  if (one.n0 > 0) return;
  const classes = Math.ceil(one.mean + 8 * Math.sqrt(one.mean) + 3);
  const counts = new Array<number>(classes + 1).fill(0);
  for (const x of draws) counts[Math.min(classes, x)]!++;
  const wanted = Array.from({ length: classes }, (_, x) => poissonMass(x, one.mean));
  const pValue = chiSquareP(counts, [...wanted, Math.max(0, 1 - wanted.reduce((a, x) => a + x, 0))]);
  require(`chi-square against Poisson(${one.mean}): p = ${pValue}`, pValue > P_LEAST);
}

referenceSuite<File>("stochastic/analytic", "stochastic/analytic_stochastic.json", (file) => {
  const { linearBirthDeath, birthDeathPmf_n0_1, pureDeath: deaths, immigrationDeath: immigrations, ...others } = file;
  const label = (what: string, one: object) => `${what} ${JSON.stringify(one).slice(0, 70)}`;
  const cases: ReferenceCase[] = [
    ...linearBirthDeath.cases.map((one) => ({ name: label("birth-death", one), run: () => birthDeath(one) })),
    ...birthDeathPmf_n0_1.map((one) => ({ name: label("pmf", one), run: () => pmf(one) })),
    ...deaths.map((one) => ({ name: label("pure death", one), run: () => pureDeath(one) })),
    ...immigrations.map((one) => ({ name: label("immigration-death", one), run: () => immigrationDeath(one) })),
  ];
  // Processes of several species or with absorbing tops: the engine has no general jump simulator yet.
  for (const [name, value] of Object.entries(others)) {
    if (typeof value !== "object" || value === null) continue;
    const list = Array.isArray(value) ? value : (value as { cases?: unknown[] }).cases;
    for (const one of list ?? [value]) cases.push({ name: label(name, one as object) });
  }
  return cases;
});
