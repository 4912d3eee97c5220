/** The periodic state under doses at an interval. docs/notes/dosing.md */
import type { RunRequest } from "../lane-run.js";
import type { Runner } from "../runner.js";
import type { Action } from "../timeline.js";
import type { Dosing } from "./regimen.js";

/** An infusion in time; `from` is cut to where it is looked at. */
export interface Infusion {
  readonly from: number;
  readonly until: number;
  readonly into: string;
  readonly rate: number;
}

/** What holds at the time of a record with a steady state: all states, before its own dose; what still runs in; and when earlier doses arrive that the lag holds back. */
export interface Periodic {
  readonly values: readonly number[];
  readonly running: readonly Infusion[];
  readonly arrivals: readonly number[];
}

const MOST_ROUNDS = 10;

/** Throws an Error that names a state that has no steady state, or says that none was found. */
export function periodicState(
  runner: Runner,
  parameters: RunRequest["parameters"],
  inputs: ReadonlyMap<string, string>,
  dose: Dosing,
): Periodic {
  const { states } = runner.backend.kernels;
  const { every, lag, time } = dose;
  const constant = dose.duration === Number.POSITIVE_INFINITY;
  // Any span finds the state under a constant rate.
  const period = constant ? every || 1 : every;
  const actions = constant ? [rateAction(inputs, dose.into, 0, dose.rate)] : intervalActions(inputs, dose);
  const flows = (starts: readonly (readonly number[])[], until: number): number[][] => {
    const ends = starts.map(() => [] as number[]);
    const requests = starts.map(
      (start, i): RunRequest => ({
        ...(parameters ? { parameters } : {}),
        from: 0,
        to: until,
        outputDays: [],
        actions: [
          setAction(0, states, start),
          ...actions.filter(({ at }) => at < until),
          {
            at: until,
            label: "end of the interval",
            apply: (patient) => {
              ends[i] = states.map((name) => patient.get(name));
              return false;
            },
          },
        ],
      }),
    );
    for (const { result } of runner.runAll(requests))
      if (result.end.kind !== "completed")
        throw new Error(`no steady state: the integration ended: ${result.end.reason}`);
    return ends;
  };
  const scale = constant ? dose.rate * period : dose.arriving;
  // A state that nothing moves keeps what it starts with: its initial value, or nothing where the result is added.
  const initial = dose.steadyState === "reset" ? runner.initial(parameters) : null;
  const start = states.map((name) => initial?.get(name) ?? 0);
  const x = fixedPoint((starts) => flows(starts, period), start, states, scale, runner.options.rtol);
  if (constant) return { values: x, running: [], arrivals: [] };
  // The last dose before the record that has arrived did so this long ago.
  const since = (every - (lag % every)) % every;
  const values = since > 0 ? flows([x], since)[0]! : x;
  const running: Infusion[] = [];
  if (dose.rate > 0)
    for (let end = dose.duration - (since || every); end > 0; end -= every)
      running.push({ from: time, until: time + end, into: dose.into, rate: dose.rate });
  const arrivals: number[] = [];
  for (let at = lag - every; at >= 0; at -= every) arrivals.push(time + at);
  return { values, running, arrivals };
}

/** One interval of the periodic state, from an arrival on: infusions longer than the interval overlap with those before. */
function intervalActions(
  inputs: ReadonlyMap<string, string>,
  { into, arriving, rate, duration, every }: Dosing,
): Action[] {
  if (rate === 0)
    return [
      {
        at: 0,
        label: "dose",
        apply: (patient) => {
          patient.add(into, arriving);
          return true;
        },
      },
    ];
  const whole = Math.floor(duration / every);
  const rest = duration - whole * every;
  return [
    rateAction(inputs, into, 0, rate * (whole + (rest > 0 ? 1 : 0))),
    ...(rest > 0 ? [rateAction(inputs, into, rest, rate * whole)] : []),
  ];
}

export const rateAction = (inputs: ReadonlyMap<string, string>, into: string, at: number, rate: number): Action => ({
  at,
  label: `infusion into ${into} at ${rate} a day`,
  apply: (patient) => {
    patient.control(inputs.get(into)!, rate);
    return true;
  },
});

export const setAction = (at: number, states: readonly string[], values: readonly number[], add = false): Action => ({
  at,
  label: add ? "steady state added" : "states set",
  apply: (patient) => {
    states.forEach((name, i) => {
      if (add) patient.add(name, values[i]!);
      else patient.set(name, values[i]!);
    });
    return true;
  },
});

/** x = map(x) by Newton's method with differences. */
function fixedPoint(
  map: (starts: readonly (readonly number[])[]) => number[][],
  start: readonly number[],
  states: readonly string[],
  scale: number,
  rtol: number,
): number[] {
  let x = [...start];
  let least = Number.POSITIVE_INFINITY;
  let best: number[] = x;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const steps = x.map((value) => Math.max(Math.abs(value), scale) * (round === 0 ? 1 : 0.01));
    const [here, ...moved] = map([x, ...x.map((_, i) => x.map((value, k) => (k === i ? value + steps[i]! : value)))]);
    const residual = here!.map((value, i) => value - x[i]!);
    const size = Math.max(...residual.map(Math.abs));
    if (!Number.isFinite(size)) throw new Error("no steady state: a state is not finite after an interval");
    if (size < least) [least, best] = [size, x];
    else return best;
    const largest = Math.max(scale, ...here!.map(Math.abs));
    if (size <= 1e-3 * rtol * largest) return x;
    // (1 − A)·d = residual, A the Jacobian of the map.
    const matrix = states.map((_, row) =>
      states.map((_, column) => (row === column ? 1 : 0) - (moved[column]![row]! - here![row]!) / steps[column]!),
    );
    states.forEach((name, column) => {
      if (!matrix.every((row) => Math.abs(row[column]!) < 1e-9)) return;
      if (Math.abs(residual[column]!) > 1e-9 * largest)
        throw new Error(`"${name}" has no steady state: it does not come back after an interval`);
      matrix[column] = states.map((_, k) => (k === column ? 1 : 0));
      residual[column] = 0;
    });
    const change = solve(matrix, residual);
    x = x.map((value, i) => value + change[i]!);
  }
  return best;
}

/** Gaussian elimination with row pivots; both arguments are overwritten. */
function solve(a: number[][], b: number[]): number[] {
  const n = b.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i]![k]!) > Math.abs(a[pivot]![k]!)) pivot = i;
    [a[k], a[pivot]] = [a[pivot]!, a[k]!];
    [b[k], b[pivot]] = [b[pivot]!, b[k]!];
    for (let i = k + 1; i < n; i++) {
      const factor = a[i]![k]! / a[k]![k]!;
      if (factor === 0) continue;
      for (let j = k; j < n; j++) a[i]![j]! -= factor * a[k]![j]!;
      b[i]! -= factor * b[k]!;
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) b[k]! -= a[k]![j]! * b[j]!;
    b[k]! /= a[k]![k]!;
  }
  return b;
}
