import { describe, expect, test } from "vitest";
import {
  type Action,
  drawDescendants,
  extinctionProbability,
  instantiateWasm,
  type LineageLaw,
  planKernels,
  Runner,
} from "../../src/engine/index.js";
import { FEW, FEW_CELLS_OUTPUTS, type FewCellsDraw, fewCellsActions, wholeModel } from "../../src/population/index.js";
import { clopperPearson, exp, log, pow, stream } from "../../src/statistics/index.js";
import { type Scenario, START, sanctuaryAccess } from "../golden/scenarios.js";
import { planScenarios, runScenario, extinctionProbability as trapezoid } from "../golden/summarise.js";

/** Extinction of the sanctuary clone after one CAR-T infusion, in the whole model, at three accesses of CAR-T cells to the sanctuary. */
const SEED = 4711;
const WINDOW = 120;
const LEVEL = 0.999;
const ACCESSES = [0.003, 0.0035, 0.004];

const system = wholeModel();
const scenarioKernels = planScenarios(system);
const OUTPUTS = [...FEW_CELLS_OUTPUTS, "grow", "deathS"];
const kernels = planKernels(system, OUTPUTS);
const backend = instantiateWasm(kernels);

const newLaw: Action = {
  at: 0,
  label: "lineages start at the infusion",
  apply: (p) => {
    for (const [name, value] of Object.entries({ lnmL: 0, WL: 1, lnmS: 0, WS: 1 })) p.set(name, value);
    return true;
  },
};
const column = (outputs: Float64Array, name: string) =>
  outputs.filter((_, i) => i % OUTPUTS.length === OUTPUTS.indexOf(name));

/** Curves of the mean field from day 0 to `to` on a grid of `step` days. */
function curves(scenario: Scenario, to: number, step: number, rtol = 1e-8) {
  const days = Array.from({ length: Math.round(to / step) + 1 }, (_, k) => k * step);
  const { end, outputs } = new Runner(backend, { rtol, atolScale: rtol / 1e-6 }).run({
    parameters: scenario.parameters,
    from: START,
    to,
    actions: [...scenario.actions, newLaw],
    outputDays: days,
  });
  expect(end.kind).toBe("completed");
  const of = (name: string) => column(outputs, name);
  const last = days.length - 1;
  const law: LineageLaw = { m: of("mS")[last]!, W: of("WS")[last]! };
  return { days, of, law, founders: Math.round(of("AS")[0]!) };
}

/** Fast random numbers of the test's own (mulberry32), so that the judge shares nothing with the judged. */
function ownRandom(seed: number): () => number {
  let x = seed | 0;
  return () => {
    x = (x + 0x6d2b79f5) | 0;
    let z = Math.imul(x ^ (x >>> 15), 1 | x);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return (((z ^ (z >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

/** Jump by jump (Gillespie): every division and death of every cell; rates are constant within a cell of the grid. Returns the number of cells at the end. */
function simulateFate(founders: number, birth: Float64Array, death: Float64Array, step: number, random: () => number) {
  let cells = founders;
  for (let k = 0; k + 1 < birth.length && cells > 0; k++) {
    const b = 0.5 * (birth[k]! + birth[k + 1]!);
    const both = b + 0.5 * (death[k]! + death[k + 1]!);
    for (let left = step; cells > 0; ) {
      left += Math.log(random()) / (cells * both);
      if (left <= 0) break;
      cells += random() * both < b ? 1 : -1;
    }
  }
  return cells;
}

describe.each(ACCESSES)("sanctuary access %f", (access) => {
  const scenario = sanctuaryAccess(access);
  const step = 0.05;
  const { of, law, founders } = curves(scenario, WINDOW, step);
  const p = extinctionProbability(law, founders);

  test("the law equals the trapezoid formula within 0.5 %, also at the tolerance of a trial", () => {
    const golden = runScenario(scenarioKernels, scenario);
    const byTrapezoid = trapezoid(
      golden.curves,
      golden.constant,
      WINDOW,
      "sanctuary",
      (i) => golden.constant("dA") + golden.curves.of.hAS[i]! + golden.constant("kSL"),
    );
    expect(p).toBeGreaterThan(0.05);
    expect(p).toBeLessThan(0.99);
    expect(Math.abs(p / byTrapezoid - 1)).toBeLessThan(0.005);
    const loose = curves(scenario, WINDOW, step, 1e-6);
    const pLoose = extinctionProbability(loose.law, loose.founders);
    console.log(
      `access ${access}: ${founders} founders, law ${p.toFixed(6)}, trapezoid ${byTrapezoid.toFixed(6)}, law at rtol 1e-6 ${pLoose.toFixed(6)}`,
    );
    expect(Math.abs(pLoose / p - 1)).toBeLessThan(0.005);
  });

  test("10,000 drawn fates: the law's probability lies in the exact interval of the fraction extinct", () => {
    const fates = 10_000;
    const random = stream(SEED, 0, `fates ${access}`);
    let extinct = 0;
    for (let i = 0; i < fates; i++) {
      const cells = drawDescendants(random, law, founders);
      expect(Number.isInteger(cells) && cells >= 0).toBe(true);
      if (cells === 0) extinct++;
    }
    const { lower, upper } = clopperPearson(extinct, fates, LEVEL);
    console.log(`access ${access}: ${extinct} of ${fates} extinct [${lower.toFixed(4)}, ${upper.toFixed(4)}]`);
    expect(p).toBeGreaterThan(lower);
    expect(p).toBeLessThan(upper);
  });

  test("400 fates simulated jump by jump: the law's probability lies in the exact interval", () => {
    const fates = 400;
    const random = ownRandom(SEED + Math.round(access * 1e6));
    let extinct = 0;
    for (let i = 0; i < fates; i++) if (simulateFate(founders, of("grow"), of("deathS"), step, random) === 0) extinct++;
    const { lower, upper } = clopperPearson(extinct, fates, LEVEL);
    console.log(
      `access ${access}: Gillespie ${extinct} of ${fates} extinct [${lower.toFixed(3)}, ${upper.toFixed(3)}]`,
    );
    expect(p).toBeGreaterThan(lower);
    expect(p).toBeLessThan(upper);
  });
});

describe("runs of the whole model with few-cells draws", () => {
  const scenario = sanctuaryAccess(0.0035);
  const VISITS = [0, 28, 56, 84, 112];
  /** Outputs as dense as a trial keeps them. */
  const DAYS = [
    ...Array.from({ length: 31 }, (_, k) => k),
    ...Array.from({ length: 30 }, (_, k) => 33 + 3 * k),
    112,
  ].filter((d, i, all) => d <= 112 && all.indexOf(d) === i);

  function play(patient: number, until = 112, visits = VISITS, days = DAYS) {
    const draws: FewCellsDraw[] = [];
    const { end, outputs } = new Runner(backend, { rtol: 1e-6 }).run({
      parameters: scenario.parameters,
      from: START,
      to: until,
      actions: [
        ...scenario.actions,
        ...fewCellsActions({ seed: SEED, patient }, START, visits, (draw) => draws.push(draw)),
      ],
      outputDays: days,
    });
    expect(end.kind).toBe("completed");
    return { draws, AL: column(outputs, "AL"), AS: column(outputs, "AS") };
  }

  test("after a draw every small count is an integer, the one that was drawn; large sites are left alone", () => {
    const until = 728;
    const visits = Array.from({ length: 27 }, (_, k) => 28 * k);
    let died = 0;
    let lived = 0;
    for (let patient = 0; patient < 20; patient++) {
      const { draws, AL, AS } = play(patient, until, visits, visits);
      expect(draws.length).toBeGreaterThan(0);
      visits.forEach((day, row) => {
        for (const [site, count] of [
          ["lymphoid", AL[row]!],
          ["sanctuary", AS[row]!],
        ] as const) {
          const draw = draws.find((d) => d.day === day && d.site === site);
          if (draw) {
            expect(Number.isInteger(draw.cells) && Number.isInteger(draw.founders)).toBe(true);
            expect(count).toBe(draw.cells);
          } else expect(count).toBeGreaterThanOrEqual(FEW);
        }
      });
      if (AL[26]! + AS[26]! === 0) died++;
      else if (AL[26]! + AS[26]! > 100) lived++;
    }
    console.log(
      `of 20 patients at access 0.0035, ${died} have no autoreactive cell at two years, ${lived} more than 100`,
    );
    expect(died).toBeGreaterThan(0);
    expect(lived).toBeGreaterThan(0);
  });

  test("draws at five visits have the law of one draw, arrivals from lymphoid tissue included", () => {
    // Cells that enter from lymphoid tissue at rate kLS·AL found lineages with the law from their arrival on; their survivors are Poisson.
    const step = 0.25;
    const { of, law, founders } = curves(scenario, 112, step);
    const [mS, WS, AL] = [of("mS"), of("WS"), of("AL")];
    const kLS = new Runner(backend, { rtol: 1e-6 }).derive(scenario.parameters).get("kLS")!;
    const survivors = mS.map((m, k) => {
      const ratio = law.m / m;
      return (kLS * AL[k]! * ratio) / (law.W + ratio * (1 - WS[k]!));
    });
    let expected = 0;
    for (let k = 0; k + 1 < survivors.length; k++) expected += 0.5 * step * (survivors[k]! + survivors[k + 1]!);
    const founding = pow(1 - law.m / law.W, founders);
    const p = founding * exp(-expected);
    const runs = 400;
    let extinct = 0;
    let total = 0;
    for (let patient = 0; patient < runs; patient++) {
      const { AS } = play(1000 + patient);
      const cells = AS[AS.length - 1]!;
      total += cells;
      if (cells === 0) extinct++;
    }
    const { lower, upper } = clopperPearson(extinct, runs, LEVEL);
    const mean = of("AS")[of("AS").length - 1]!;
    // Survivors are nearly a compound Poisson of geometric sizes: variance = rate·(2W² − W).
    const lineages = -log(p);
    const sd = Math.sqrt((lineages * (2 * law.W * law.W - law.W)) / runs);
    console.log(
      `day 112: law ${p.toFixed(4)} (founders alone ${founding.toFixed(4)}), ${extinct} of ${runs} extinct [${lower.toFixed(3)}, ${upper.toFixed(3)}]; mean ${(total / runs).toFixed(2)} ± ${sd.toFixed(2)}, mean field ${mean.toFixed(2)}`,
    );
    expect(p).toBeGreaterThan(lower);
    expect(p).toBeLessThan(upper);
    expect(Math.abs(total / runs - mean)).toBeLessThan(4 * sd);
  });
});
