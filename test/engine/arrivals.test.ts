import { describe, expect, test } from "vitest";
import {
  type Action,
  type ArrivalPoint,
  drawArrivals,
  instantiateWasm,
  planKernels,
  Runner,
} from "../../src/engine/index.js";
import { wholeModel } from "../../src/population/index.js";
import { stream } from "../../src/statistics/index.js";
import { makeScenarios, START } from "../golden/scenarios.js";
import { anyPatient } from "../patients.js";
import { runnerOf, state, tiny } from "./tiny.js";

/**
 * Cells that arrive during an interval and their survivors at its end, on the output grids of a trial (1, 3 and 7 days), while cells are killed faster than the grid
 * can follow: most arrivals of the last hours live, all earlier ones are dead.
 */
const BIRTH = 0.06;
const INTERVAL = 28;
const DRAWS = 20_000;

interface Killing {
  readonly name: string;
  /** Death per day before and after `until`. */
  readonly strong: number;
  readonly until: number;
  readonly weak: number;
}

/** m by its logarithm: integrated as such it loses its digits, and its sign, once it is below its absolute tolerance. */
const module = tiny(
  { g: state(0, "b - d", 1e-6), W: state(1, "(b - d)*W + d", 1e-9) },
  { b: BIRTH },
  {
    controls: { d: { unit: "1", about: "death", initial: "0" } },
    quantities: { m: { unit: "1", formula: "exp(g)" } },
  },
);
/** The tolerance of a trial. */
const runner = runnerOf(module, { rtol: 1e-6 }, ["m", "W"]);

function points(killing: Killing, step: number, rate: number): ArrivalPoint[] {
  const days = Array.from({ length: INTERVAL / step + 1 }, (_, k) => k * step);
  const set = (at: number, value: number): Action => ({
    at,
    label: "killing",
    apply: (p) => {
      p.control("d", value);
      return true;
    },
  });
  const { end, outputs } = runner.run({
    from: 0,
    to: INTERVAL,
    actions: [set(0, killing.strong), set(killing.until, killing.weak)],
    outputDays: days,
  });
  expect(end.kind).toBe("completed");
  return days.map((time, k) => ({ time, rate, m: outputs[2 * k]!, W: outputs[2 * k + 1]! }));
}

/** ∫ rate·m_s ds in closed form: expected cells at the end. */
function expectedCells({ strong, until, weak }: Killing, rate: number): number {
  const late = INTERVAL - until;
  const grown = Math.exp((BIRTH - weak) * late);
  return rate * ((grown - 1) / (BIRTH - weak) + (grown * Math.expm1((BIRTH - strong) * until)) / (BIRTH - strong));
}

const killings: Killing[] = [
  { name: "no killing", strong: 0.05, until: 14, weak: 0.05 },
  { name: "killing 0.5/d", strong: 0.5, until: 14, weak: 0.5 },
  { name: "killing 3/d", strong: 3, until: 14, weak: 3 },
  { name: "killing 12/d", strong: 12, until: 14, weak: 12 },
  { name: "killing 3/d that ends after 14 days", strong: 3, until: 14, weak: 0.05 },
];

describe.each(killings)("$name", (killing) => {
  test.each([1, 3.5, 7])("outputs every %f days: the mean number of cells is ∫ rate·m", (step) => {
    const rate = 2;
    const list = points(killing, step, rate);
    const random = stream(31, Math.round(step * 10), killing.name);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < DRAWS; i++) {
      const cells = drawArrivals(random, list);
      sum += cells;
      squares += cells * cells;
    }
    const mean = sum / DRAWS;
    const error = Math.sqrt((squares / DRAWS - mean * mean) / DRAWS);
    const wanted = expectedCells(killing, rate);
    console.log(
      `${killing.name}, grid ${step} d: drawn mean ${mean.toFixed(4)} ± ${error.toFixed(4)}, exact ${wanted.toFixed(4)}`,
    );
    // Between points the law is exponential in time up to terms of W: 4 % at 7 days.
    expect(Math.abs(mean - wanted)).toBeLessThan(4 * error + 0.04 * wanted);
  });
});

test("a law that lost its digits is never a negative or a certain survival", () => {
  // m at the end is rounding noise, larger than m at the point before.
  const noisy: ArrivalPoint[] = [
    { time: 0, rate: 5, m: 1, W: 1 },
    { time: 14, rate: 5, m: 1e-27, W: 1.02 },
    { time: 27.9, rate: 5, m: -3e-20, W: 1.02 },
    { time: 28, rate: 0, m: 4e-17, W: 1.02 },
  ];
  const random = stream(31, 0, "noise");
  for (let i = 0; i < 1000; i++) expect(drawArrivals(random, noisy)).toBe(0);
});

/**
 * KNOWN DEFECT, to be lifted when `biology/modules/few-cells.ts` carries the logarithm of m: mL is integrated with an absolute tolerance of 1e-12, and CAR-T cells push it
 * to 1e-30 within one interval between visits; there it is rounding noise of either sign at the tolerance of a trial, m/m(s) is too, and cells that arrive after the killing
 * are lost or live for ever until the next visit.
 */
test("whole model at a trial's tolerance: the expected size of a lineage keeps its digits and its sign", () => {
  const system = wholeModel();
  const backend = instantiateWasm(planKernels(system, ["mL", "grow", "deathL"]));
  const { actions } = makeScenarios([]).find((s) => s.name === "SLE CART")!;
  const step = 1 / 16;
  const days = Array.from({ length: 16 * 728 }, (_, k) => step * k);
  const visits = Array.from(
    { length: 26 },
    (_, k): Action => ({
      at: 28 * k,
      label: "visit",
      apply: (p) => {
        p.set("lnmL", 0);
        return true;
      },
    }),
  );
  for (const index of [3, 12, 30]) {
    const loose = new Runner(backend, { rtol: 1e-6 });
    const { parameters } = anyPatient(5, index, "sle");
    const request = { parameters, from: START, to: 728, actions: [...actions, ...visits], outputDays: days };
    const found = loose.run(request).outputs;
    const tight = new Runner(backend, { rtol: 1e-9 }).run(request);
    expect(tight.end.kind).toBe("completed");
    // The judge: ln m is the integral of birth less loss since the visit, by the trapezoid rule.
    const net = (k: number) => tight.outputs[3 * k + 1]! - tight.outputs[3 * k + 2]!;
    let wanted = 0;
    days.forEach((day, k) => {
      wanted = day % 28 === 0 ? 0 : wanted + 0.5 * step * (net(k - 1) + net(k));
      const m = found[3 * k]!;
      const place = `patient ${index}, day ${day}: m = ${m}, expected ${Math.exp(wanted)}`;
      expect(m, place).toBeGreaterThan(0);
      expect(Math.abs(Math.log(m) - wanted), place).toBeLessThan(0.02 + 0.002 * Math.abs(wanted));
    });
  }
});
