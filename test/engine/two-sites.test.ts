import { describe, expect, test } from "vitest";
import { assemble, defineModule, instantiateWasm, planKernels, Runner } from "../../src/engine/index.js";
import { FEW_CELLS_OUTPUTS, fewCellsActions } from "../../src/population/index.js";
import { binomialTails, normalCdf } from "../../src/statistics/index.js";
import { bitsOf, parameter, state } from "./tiny.js";

/**
 * `fewCellsActions` as the product uses them, in a model of two sites with constant rates, against an exact simulation of every birth, death and move.
 *
 * Where the approximation shows: cells that move are drawn with the expected number of the source site, each on its own. Exactly, the movers of one interval
 * descend from the same few founders (they come in clumps, or not at all), and a mover that arrives is one that left. The mean is exact. Extinction is too rare where
 * a cell moves about once per interval, and too frequent where intervals are short, because leaving and arriving are then independent noise: short intervals do not heal it.
 * In the whole model kLS·28 d = 3e-4 and kSL·28 d = 0.3. With these, 60,000 runs give extinction 0.146 for 0.1565 (a shrinking clone), 0.172 for 0.185 (a growing one),
 * 0.524 for 0.526, and 0.270 for 0.273: too rare by up to 1.3 points. 6,000 runs, as here, cannot tell; movement ten times as fast is far off (last test).
 */
interface Rates {
  readonly birth: number;
  readonly deathL: number;
  readonly deathS: number;
  readonly kLS: number;
  readonly kSL: number;
  readonly seeding: number;
  readonly AL0: number;
  readonly AS0: number;
}
const VISITS = [28, 56, 84, 112, 140];
const UNTIL = 140;
const SEED = 86;

const model = defineModule("two-sites", {
  about: "two sites with constant rates",
  parameters: {
    one: parameter(1, "1/day"),
    birth: parameter(0, "1/day"),
    dL: parameter(0, "1/day"),
    dS: parameter(0, "1/day"),
    kLS: parameter(0, "1/day"),
    kSL: parameter(0, "1/day"),
    sdn: parameter(0, "1/day"),
    N0: parameter(4),
    L0: parameter(0),
    S0: parameter(0),
  },
  derived: {
    AL0: { unit: "1", formula: "L0" },
    AS0: { unit: "1", formula: "S0" },
  },
  quantities: {
    Nt: { unit: "1", formula: "Nb + Nl + Ns + Nm" },
    deathL: { unit: "1/day", formula: "dL + kLS" },
    deathS: { unit: "1/day", formula: "dS + kSL" },
    mL: { unit: "1", formula: "exp(lnmL)" },
    mS: { unit: "1", formula: "exp(lnmS)" },
  },
  states: {
    ...Object.fromEntries(["Nb", "Nl", "Ns", "Nm"].map((name) => [name, state(1, "0")])),
    AL: { ...state("AL0", "0"), rate: "sdn*Nt/N0 + (birth - deathL)*AL + kSL*AS" },
    AS: { ...state("AS0", "0"), rate: "(birth - deathS)*AS + kLS*AL" },
    lnmL: { ...state(0, "0"), rate: "birth - deathL" },
    WL: { ...state(1, "0"), rate: "(birth - deathL)*WL + deathL" },
    lnmS: { ...state(0, "0"), rate: "birth - deathS" },
    WS: { ...state(1, "0"), rate: "(birth - deathS)*WS + deathS" },
  },
});
const kernels = planKernels(assemble([model]), FEW_CELLS_OUTPUTS);
const backend = instantiateWasm(kernels);
const runner = new Runner(backend, { rtol: 1e-8 });
const OUTPUT_DAYS = Array.from({ length: 71 }, (_, k) => 2 * k);

const parametersOf = (r: Rates) => ({
  birth: r.birth,
  dL: r.deathL,
  dS: r.deathS,
  kLS: r.kLS,
  kSL: r.kSL,
  sdn: r.seeding,
  L0: r.AL0,
  S0: r.AS0,
});

/** Cells of both sites on the last visit, by the product's scheme. */
function scheme(rates: Rates, runs: number, visits = VISITS): number[] {
  const parameters = parametersOf(rates);
  const row = kernels.outputs.length * (OUTPUT_DAYS.length - 1);
  return Array.from({ length: runs }, (_, patient) => {
    const { end, outputs } = runner.run({
      parameters,
      from: 0,
      to: UNTIL,
      actions: fewCellsActions({ seed: SEED, patient }, 0, visits),
      outputDays: OUTPUT_DAYS,
    });
    expect(end.kind).toBe("completed");
    const at = (name: string) => outputs[row + kernels.outputs.indexOf(name)]!;
    return at("AL") + at("AS");
  });
}

/** The same by Gillespie's direct method, with random numbers of its own (mulberry32). */
function gillespie(r: Rates, runs: number): number[] {
  let x = 987654321;
  const random = () => {
    x = (x + 0x6d2b79f5) | 0;
    let z = Math.imul(x ^ (x >>> 15), 1 | x);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return (((z ^ (z >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  return Array.from({ length: runs }, () => {
    let L = r.AL0;
    let S = r.AS0;
    let t = 0;
    while (true) {
      const rates = [r.seeding, r.birth * L, r.deathL * L, r.kLS * L, r.birth * S, r.deathS * S, r.kSL * S];
      const total = rates.reduce((a, b) => a + b, 0);
      if (total === 0) return 0;
      t -= Math.log(random()) / total;
      if (t > UNTIL) return L + S;
      let left = random() * total;
      let event = 0;
      while (event < 6 && left >= rates[event]!) left -= rates[event++]!;
      if (event < 2) L++;
      else if (event === 2) L--;
      else if (event === 3) {
        L--;
        S++;
      } else if (event === 4) S++;
      else if (event === 5) S--;
      else {
        S--;
        L++;
      }
    }
  });
}

/** Exact probability that nothing is left and exact mean: Kolmogorov's backward equations of the branching process, by Runge–Kutta. */
function exact(r: Rates): { extinct: number; mean: number } {
  // q: extinction of one founder in L and in S; seeded: ∫ (1 − q_L); m: mean descendants of one founder; seededMean: ∫ m_L.
  const rate = ([qL, qS, , mL, mS]: number[]) => [
    r.deathL - (r.birth + r.deathL + r.kLS) * qL! + r.birth * qL! * qL! + r.kLS * qS!,
    r.deathS - (r.birth + r.deathS + r.kSL) * qS! + r.birth * qS! * qS! + r.kSL * qL!,
    1 - qL!,
    (r.birth - r.deathL - r.kLS) * mL! + r.kLS * mS!,
    (r.birth - r.deathS - r.kSL) * mS! + r.kSL * mL!,
    mL!,
  ];
  let y = [0, 0, 0, 1, 1, 0];
  const h = 0.01;
  const along = (k: number[], by: number) => y.map((v, i) => v + by * k[i]!);
  for (let n = 0; n < Math.round(UNTIL / h); n++) {
    const k1 = rate(y);
    const k2 = rate(along(k1, h / 2));
    const k3 = rate(along(k2, h / 2));
    const k4 = rate(along(k3, h));
    y = y.map((v, i) => v + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
  }
  const [qL, qS, seeded, mL, mS, seededMean] = y as [number, number, number, number, number, number];
  return {
    extinct: qL ** r.AL0 * qS ** r.AS0 * Math.exp(-r.seeding * seeded),
    mean: r.AL0 * mL + r.AS0 * mS + r.seeding * seededMean,
  };
}

const summary = (sizes: number[]) => {
  const n = sizes.length;
  const mean = sizes.reduce((a, b) => a + b, 0) / n;
  const variance = sizes.reduce((s, v) => s + (v - mean) ** 2, 0) / (n - 1);
  return { n, extinct: sizes.filter((v) => v === 0).length, mean, variance, error: Math.sqrt(variance / n) };
};
const twoSided = (z: number) => 2 * normalCdf(-Math.abs(z));
function binomialP(x: number, n: number, p: number): number {
  const atLeast = x === 0 ? 1 : binomialTails(x - 1, n, p).upper;
  return Math.min(1, 2 * Math.min(binomialTails(x, n, p).lower, atLeast));
}

const RUNS = 6000;
const P_LEAST = 1e-4;

/** Movement as in the whole model or stronger, in a clone that dies out, one that grows, and one that lives by new founders. */
const cases: [string, Rates][] = [
  [
    "a shrinking clone",
    { birth: 0.06, deathL: 0.08, deathS: 0.075, kLS: 0.001, kSL: 0.01, seeding: 0, AL0: 30, AS0: 60 },
  ],
  [
    "a growing clone of few cells",
    { birth: 0.06, deathL: 0.045, deathS: 0.05, kLS: 0.0005, kSL: 0.01, seeding: 0, AL0: 2, AS0: 4 },
  ],
  [
    "no cell but new founders",
    { birth: 0.06, deathL: 0.04, deathS: 0.04, kLS: 0.001, kSL: 0.01, seeding: 0.01, AL0: 0, AS0: 0 },
  ],
  [
    "killing in one site only",
    { birth: 0.06, deathL: 0.5, deathS: 0.05, kLS: 0.001, kSL: 0.01, seeding: 0.02, AL0: 500, AS0: 10 },
  ],
];

describe.each(cases)("%s", (name, rates) => {
  const wanted = exact(rates);
  const ours = summary(scheme(rates, RUNS));
  const theirs = summary(gillespie(rates, RUNS));

  test("the exact simulation agrees with the exact law (the judge is sound)", () => {
    expect(binomialP(theirs.extinct, RUNS, wanted.extinct)).toBeGreaterThan(P_LEAST);
    expect(twoSided((theirs.mean - wanted.mean) / theirs.error)).toBeGreaterThan(P_LEAST);
  });
  test("the scheme agrees with both: extinction and mean total size", () => {
    const pooled = (ours.extinct + theirs.extinct) / (2 * RUNS);
    const zExtinct = (ours.extinct - theirs.extinct) / Math.sqrt(2 * RUNS * pooled * (1 - pooled));
    const zMean = (ours.mean - theirs.mean) / Math.hypot(ours.error, theirs.error);
    console.log(
      `${name}: extinct ${(ours.extinct / RUNS).toFixed(4)}, Gillespie ${(theirs.extinct / RUNS).toFixed(4)}, exact ${wanted.extinct.toFixed(4)}; mean ${ours.mean.toFixed(2)}, Gillespie ${theirs.mean.toFixed(2)}, exact ${wanted.mean.toFixed(2)}; sd ${Math.sqrt(ours.variance).toFixed(2)}, ${Math.sqrt(theirs.variance).toFixed(2)}`,
    );
    expect(twoSided(zExtinct)).toBeGreaterThan(P_LEAST);
    expect(binomialP(ours.extinct, RUNS, wanted.extinct)).toBeGreaterThan(P_LEAST);
    expect(twoSided(zMean)).toBeGreaterThan(P_LEAST);
    expect(twoSided((ours.mean - wanted.mean) / ours.error)).toBeGreaterThan(P_LEAST);
  });
});

describe("where the approximation shows", () => {
  const rates: Rates = {
    birth: 0.1,
    deathL: 0.1,
    deathS: 0.1,
    kLS: 0.1,
    kSL: 0.1,
    seeding: 0,
    AL0: 10,
    AS0: 0,
  };
  const wanted = exact(rates);
  test("movement three times an interval: the mean stays, extinction is far too rare; at short intervals it is too frequent", () => {
    const coarse = summary(scheme(rates, RUNS / 3));
    const fine = summary(
      scheme(
        rates,
        RUNS / 6,
        Array.from({ length: 70 }, (_, k) => 2 * (k + 1)),
      ),
    );
    console.log(
      `kLS = kSL = 0.1/d: exact extinct ${wanted.extinct.toFixed(3)}; visits every 28 d ${(coarse.extinct / coarse.n).toFixed(3)}, every 2 d ${(fine.extinct / fine.n).toFixed(3)}; mean ${coarse.mean.toFixed(2)} (exact ${wanted.mean.toFixed(2)})`,
    );
    expect(twoSided((coarse.mean - wanted.mean) / coarse.error)).toBeGreaterThan(P_LEAST);
    expect(twoSided((fine.mean - wanted.mean) / fine.error)).toBeGreaterThan(P_LEAST);
    expect(coarse.extinct / coarse.n).toBeLessThan(wanted.extinct - 0.1);
    expect(fine.extinct / fine.n).toBeGreaterThan(wanted.extinct + 0.05);
  });
});

test("draws do not depend on what ran before: the same actions run twice give the same cells", () => {
  const rates = cases[1]![1];
  const actions = fewCellsActions({ seed: SEED, patient: 5 }, 0, VISITS);
  const request = {
    parameters: parametersOf({ ...rates, AL0: 100, AS0: 50 }),
    from: 0,
    to: UNTIL,
    actions,
    outputDays: OUTPUT_DAYS,
  };
  const first = runner.run(request).outputs;
  expect(bitsOf(runner.run(request).outputs).join()).toBe(bitsOf(first).join());
});
