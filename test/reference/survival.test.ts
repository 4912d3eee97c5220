import {
  kaplanMeier,
  type LogRank,
  logRank,
  medianSurvival,
  restrictedMean,
  type SurvivalScale,
  survivalQuantile,
} from "../../src/statistics/index.js";
import { expectClose, type ReferenceCase, referenceSuite } from "./harness.js";
import { readSurvivalCall, rowsOf, type SurvivalCall } from "./r-survival.js";

type RNumber = number | string | null;

/** Closed forms and Kaplan-Meier; values at 0 are compared absolutely. */
const CLOSE = [1e-12, 1e-14] as const;

interface KaplanMeierCase {
  cmd: string;
  "conf.type": string;
  curve: ({ stratum: string } & Record<string, RNumber>)[];
  quantiles?: {
    probs: number[];
    q: RNumber[] | RNumber[][];
    lower: RNumber[] | RNumber[][];
    upper: RNumber[] | RNumber[][];
  };
}

const SCALES = new Set(["plain", "log", "log-log", "logit", "arcsin"]);

referenceSuite<{ cases: KaplanMeierCase[] }>("survival/km", "survival/km.json", (data) =>
  data.cases.map((one): ReferenceCase => {
    const call = readSurvivalCall(one.cmd);
    if (!call || !SCALES.has(one["conf.type"])) return { name: one.cmd };
    return { name: one.cmd, run: () => checkKaplanMeier(one, call) };
  }),
);

function checkKaplanMeier(one: KaplanMeierCase, call: NonNullable<ReturnType<typeof readSurvivalCall>>): void {
  const level = Number(/conf\.int\s*=\s*([\d.]+)/.exec(one.cmd)?.[1] ?? 0.95);
  const strata = [...new Set(one.curve.map((row) => row.stratum))];
  strata.forEach((stratum, s) => {
    const rows = one.curve.filter((row) => row.stratum === stratum);
    const curve = kaplanMeier(rowsOf(call, stratum.trim()), { scale: one["conf.type"] as SurvivalScale, level });
    if (curve.time.length !== rows.length)
      throw new Error(`${stratum}: ${curve.time.length} steps, not ${rows.length}`);
    rows.forEach((row, i) => {
      const where = `${stratum} t=${row["time"]}`;
      expectClose(`${where} time`, curve.time[i], row["time"], 0);
      expectClose(`${where} at risk`, curve.atRisk[i], row["n.risk"], 0);
      expectClose(`${where} events`, curve.events[i], row["n.event"], 0);
      expectClose(`${where} censored`, curve.censored[i], row["n.censor"], 0);
      expectClose(`${where} survival`, curve.survival[i], row["surv"], ...CLOSE);
      expectClose(`${where} error of log`, curve.errorOfLog[i], row["std.err"], ...CLOSE);
      expectClose(`${where} lower`, curve.lower[i], row["lower"], ...CLOSE);
      expectClose(`${where} upper`, curve.upper[i], row["upper"], ...CLOSE);
      expectClose(`${where} cumulative hazard`, curve.cumulativeHazard[i], row["cumhaz"], ...CLOSE);
    });
    const quantiles = one.quantiles;
    quantiles?.probs.forEach((p, k) => {
      const found = survivalQuantile(curve, p);
      const of = (table: RNumber[] | RNumber[][]) =>
        (Array.isArray(table[0]) ? (table as RNumber[][])[s] : (table as RNumber[]))[k];
      expectClose(`${stratum} quantile ${p}`, found.time, of(quantiles.q), ...CLOSE);
      expectClose(`${stratum} quantile ${p} lower`, found.lower, of(quantiles.lower), ...CLOSE);
      expectClose(`${stratum} quantile ${p} upper`, found.upper, of(quantiles.upper), ...CLOSE);
    });
  });
}

interface LogRankCase {
  cmd: string;
  groups: string[];
  n: number[];
  obs: number[];
  exp: number[];
  var: number[][];
  chisq: number;
  df: number;
  p: number;
}

referenceSuite<{ cases: LogRankCase[] }>("survival/logrank", "survival/logrank.json", (data) =>
  data.cases.map((one): ReferenceCase => {
    const call = readSurvivalCall(one.cmd);
    if (!call) return { name: one.cmd };
    return {
      name: one.cmd,
      run: () => {
        const result = logRank(call, rhoOf(one));
        one.groups.forEach((label, i) => {
          expectClose(`${label} n`, result.groups.find((g) => g.label === label.trim())?.n ?? Number.NaN, one.n[i], 0);
        });
        checkLogRank(one, result);
      },
    };
  }),
);

/** R's survdiff takes no delayed entry; but one person is also several, observed one after the other, and the test must not see it. */
referenceSuite<{ cases: LogRankCase[] }>("survival/logrank, follow-up in pieces", "survival/logrank.json", (data) =>
  data.cases.map((one): ReferenceCase => {
    const call = readSurvivalCall(one.cmd);
    if (!call || call.entry) return { name: one.cmd };
    return { name: one.cmd, run: () => checkLogRank(one, logRank(inPieces(call), rhoOf(one))) };
  }),
);

function inPieces(call: SurvivalCall): SurvivalCall {
  const whole = Math.max(...call.time);
  const pieces = call.time.flatMap((time, i) => {
    const cuts = [0.11, 0.3 + 0.02 * (i % 9), 0.8]
      .map((part) => Math.floor(part * whole))
      .filter((at) => at > 0 && at < time);
    return [...cuts, time].map((end, k) => ({ i, entry: [0, ...cuts][k], end, last: k === cuts.length }));
  });
  return {
    entry: pieces.map(({ entry }) => entry),
    time: pieces.map(({ end }) => end),
    event: pieces.map(({ i, last }) => last && call.event[i]),
    group: pieces.map(({ i }) => call.group[i]),
    stratum: pieces.map(({ i }) => call.stratum[i]),
  };
}

const rhoOf = (one: LogRankCase): number => Number(/rho\s*=\s*([\d.]+)/.exec(one.cmd)?.[1] ?? 0);

function checkLogRank(one: LogRankCase, result: LogRank): void {
  const place = one.groups.map((label) => result.groups.findIndex((g) => g.label === label.trim()));
  place.forEach((g, i) => {
    expectClose(`${one.groups[i]} observed`, result.groups[g].observed, one.obs[i], ...CLOSE);
    expectClose(`${one.groups[i]} expected`, result.groups[g].expected, one.exp[i], ...CLOSE);
    place.forEach((h, j) => {
      expectClose(`variance ${i},${j}`, result.variance[g][h], one.var[i][j], ...CLOSE);
    });
  });
  expectClose("chi-square", result.chiSquare, one.chisq, ...CLOSE);
  expectClose("df", result.df, one.df, 0);
  expectClose("p", result.p, one.p, ...CLOSE);
}

interface RestrictedMeanCase {
  cmd: string;
  tau: number;
  table: Record<string, RNumber>[];
  rownames?: string[];
}

referenceSuite<{ cases: RestrictedMeanCase[] }>("survival/rmst", "survival/rmst.json", (data) =>
  data.cases.map((one): ReferenceCase => {
    const call = readSurvivalCall(one.cmd);
    if (!call) return { name: one.cmd };
    return {
      name: one.cmd,
      run: () => {
        for (const row of [one.table].flat()) {
          const curve = kaplanMeier(rowsOf(call, String(row["_row"] ?? "all").trim()), { scale: "log" });
          const { mean, error } = restrictedMean(curve, one.tau);
          const median = medianSurvival(curve);
          expectClose(`${row["_row"]} mean`, mean, row["rmean"], ...CLOSE);
          expectClose(`${row["_row"]} error`, error, row["se(rmean)"], ...CLOSE);
          expectClose(`${row["_row"]} median`, median.time, row["median"], ...CLOSE);
          expectClose(`${row["_row"]} lower limit of the median`, median.lower, row["0.95LCL"], ...CLOSE);
          expectClose(`${row["_row"]} upper limit of the median`, median.upper, row["0.95UCL"], ...CLOSE);
        }
      },
    };
  }),
);
