import {
  agrestiCoull,
  binomialMass,
  binomialTails,
  chiSquareQuantile,
  chiSquareTails,
  clopperPearson,
  clopperPearsonOneSided,
  fTails,
  incompleteBeta,
  incompleteGamma,
  inverseIncompleteBeta,
  inverseIncompleteGamma,
  jeffreys,
  log,
  logGamma,
  logNormalCdf,
  median,
  normalCdf,
  normalDensity,
  normalQuantile,
  poissonMass,
  poissonTails,
  type QuantileType,
  quantiles,
  studentQuantile,
  studentTails,
  type Tails,
  wald,
  wilson,
  wilsonCC,
} from "../../src/statistics/index.js";
import { expectClose, type ReferenceCase, referenceSuite } from "./harness.js";

const CLOSE = 1e-10;
/** The file has 0 where R had a number below the normal range. */
const UNDERFLOW = 2.3e-308;

interface BinomialCase extends Record<string, number> {
  x: number;
  n: number;
  level: number;
}

const METHODS = { clopperPearson, wilson, wilsonCC, agrestiCoull, jeffreys, wald };

referenceSuite<{ cases: BinomialCase[] }>("stats/binomial_ci", "stats/binomial_ci.json", (data) =>
  data.cases.map((one) => ({
    name: `${one.x} of ${one.n} at ${one.level}`,
    run: () => {
      for (const [method, interval] of Object.entries(METHODS)) {
        const { lower, upper } = interval(one.x, one.n, one.level);
        expectClose(`${method} lower`, lower, one[`${method}.lo`], CLOSE, 1e-14);
        expectClose(`${method} upper`, upper, one[`${method}.hi`], CLOSE, 1e-14);
      }
      const { lower, upper } = clopperPearsonOneSided(one.x, one.n, one.level);
      expectClose("one-sided lower", lower, one["cpOneSided.lower"], CLOSE);
      expectClose("one-sided upper", upper, one["cpOneSided.upper"], CLOSE);
    },
  })),
);

/** Probabilities that the file's header names. */
const PROBABILITIES = [0, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 1];

referenceSuite<{
  cases: ({ name: string; x: number | number[]; mad: number } & Record<`type${QuantileType}`, number[]>)[];
}>("stats/quantiles", "stats/quantiles.json", (data) =>
  data.cases.flatMap((one): ReferenceCase[] => {
    const x = [one.x].flat();
    return [
      ...([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((type) => ({
        name: `${one.name} type ${type}`,
        run: () => {
          const found = quantiles(x, PROBABILITIES, type);
          found.forEach((value, i) => {
            expectClose(`quantile ${PROBABILITIES[i]}`, value, one[`type${type}`][i], CLOSE);
          });
        },
      })),
      {
        name: `${one.name} median absolute deviation`,
        run: () => {
          const centre = median(x);
          const deviations = x.map((value) => Math.abs(value - centre));
          expectClose("mad", 1.4826 * median(deviations), one.mad, CLOSE);
        },
      },
    ];
  }),
);

const CUMULATIVE: Partial<Record<string, (...args: number[]) => Tails>> = {
  pnorm: (x, mean = 0, sd = 1) => ({ lower: normalCdf((x - mean) / sd), upper: normalCdf((mean - x) / sd) }),
  plnorm: (x, mean, sd) => ({ lower: normalCdf((log(x) - mean) / sd), upper: normalCdf((mean - log(x)) / sd) }),
  pt: studentTails,
  pchisq: chiSquareTails,
  pf: fTails,
  pbeta: (x, a, b) => incompleteBeta(a, b, x),
  pgamma: (x, a, rate = 1) => incompleteGamma(a, x * rate),
  pbinom: binomialTails,
  ppois: poissonTails,
};

const OTHERS: Partial<Record<string, (...args: number[]) => number>> = {
  qnorm: (p, mean = 0, sd = 1) => mean + sd * normalQuantile(p),
  qt: studentQuantile,
  qchisq: chiSquareQuantile,
  qbeta: (p, a, b) => inverseIncompleteBeta(a, b, p).x,
  qgamma: (p, a, rate = 1) => inverseIncompleteGamma(a, p) / rate,
  dnorm: (x, mean = 0, sd = 1) => normalDensity((x - mean) / sd) / sd,
  dbinom: binomialMass,
  dpois: poissonMass,
  lgamma: logGamma,
};

referenceSuite<{ cases: { cmd: string; value: number }[] }>("stats/distributions", "stats/distributions.json", (data) =>
  data.cases.map((one): ReferenceCase => {
    const value = evaluate(one.cmd);
    if (!value) return { name: one.cmd };
    return { name: one.cmd, run: () => expectClose(one.cmd, value(), one.value, CLOSE, UNDERFLOW) };
  }),
);

/** Our value of a call such as pchisq(20,1,lower.tail=FALSE); undefined where we have no such function. */
function evaluate(cmd: string): (() => number) | undefined {
  const match = /^(\w+)\(([^()]*)\)$/.exec(cmd);
  if (!match) return undefined;
  const parts = match[2].split(",").map((s) => s.trim());
  const options = parts.filter((part) => part.includes("="));
  const args = parts.filter((part) => !part.includes("=")).map(Number);
  const upper = options.includes("lower.tail=FALSE");
  const logged = options.includes("log.p=TRUE");
  if (args.some(Number.isNaN) || options.length !== Number(upper) + Number(logged)) return undefined;
  const tails = CUMULATIVE[match[1]];
  if (tails) {
    if (match[1] === "pnorm" && logged && args.length === 1) return () => logNormalCdf(upper ? -args[0] : args[0]);
    const tail = () => (upper ? tails(...args).upper : tails(...args).lower);
    return logged ? () => log(tail()) : tail;
  }
  const other = OTHERS[match[1]];
  return other && options.length === 0 ? () => other(...args) : undefined;
}
