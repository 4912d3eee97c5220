import type { RunRequest, RunResult } from "../lane-run.js";
import type { Runner } from "../runner.js";
import type { Action } from "../timeline.js";
import { inputsOf } from "./inputs.js";
import { type Dosing, inDays, RegimenError, type RegimenEvent, readRegimen, type Time } from "./regimen.js";
import { type Infusion, periodicState, rateAction, setAction } from "./steady-state.js";

/**
 * The actions of a regimen for one set of parameters, which steady states are solved for. At one time: states are set, then doses arrive. Throws `RegimenError` with
 * every problem of the regimen, and an Error where a steady state does not exist. Not while the runner is running patients.
 */
export function regimenActions(
  runner: Runner,
  events: readonly RegimenEvent[],
  parameters?: RunRequest["parameters"],
): Action[] {
  const { kernels } = runner.backend;
  const { states } = kernels;
  const inputs = inputsOf(kernels);
  const steps = readRegimen(events, states, new Set(inputs.keys()));
  const initial = steps.some(({ reset }) => reset) ? runner.initial(parameters) : new Map<string, number>();
  const sets: Action[] = [];
  let pending: Pending = { boluses: [], infusions: [] };
  for (const { time, reset, dose } of steps) {
    if (reset) {
      pending = cancelled(pending, time);
      sets.push(
        setAction(
          time,
          states,
          states.map((name) => initial.get(name)!),
        ),
      );
    }
    if (!dose) continue;
    if (dose.steadyState !== null) {
      const { values, running, arrivals } = periodicState(runner, parameters, inputs, dose);
      const add = dose.steadyState === "add";
      if (!add) pending = cancelled(pending, time);
      sets.push(setAction(time, states, values, add));
      pending.infusions.push(...running);
      for (const at of arrivals) arrive(dose, at, pending);
    }
    deliver(dose, pending);
  }
  const boluses = pending.boluses.map(
    ({ at, into, amount }): Action => ({
      at,
      label: `${amount} into ${into}`,
      apply: (patient) => {
        patient.add(into, amount);
        return true;
      },
    }),
  );
  return [...sets, ...boluses, ...rateActions(inputs, pending.infusions)].sort((a, b) => a.at - b.at);
}

interface Pending {
  readonly boluses: { readonly at: number; readonly into: string; readonly amount: number }[];
  readonly infusions: Infusion[];
}

/** What is left of earlier doses after a reset: what has arrived, and infusions up to it. */
const cancelled = ({ boluses, infusions }: Pending, time: number): Pending => ({
  boluses: boluses.filter(({ at }) => at < time),
  infusions: infusions
    .filter(({ from }) => from < time)
    .map((each) => ({ ...each, until: Math.min(each.until, time) })),
});

function deliver(dose: Dosing, pending: Pending): void {
  // A constant rate that was brought to its steady state ends at the record.
  if (dose.duration === Number.POSITIVE_INFINITY) return;
  for (let k = 0; k <= dose.additional; k++) arrive(dose, dose.time + dose.lag + k * dose.every, pending);
}

function arrive({ into, arriving, rate, duration }: Dosing, at: number, { boluses, infusions }: Pending): void {
  if (rate === 0) boluses.push({ at, into, amount: arriving });
  else infusions.push({ from: at, until: at + duration, into, rate });
}

/** One action wherever the sum of the rates into a state changes; each sets the whole sum, so that nothing is left of many changes. */
function rateActions(inputs: ReadonlyMap<string, string>, infusions: readonly Infusion[]): Action[] {
  return [...new Set(infusions.map(({ into }) => into))].flatMap((into) => {
    const own = infusions.filter((each) => each.into === into && each.until > each.from);
    const times = [...new Set(own.flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b);
    return times.map((at) => {
      const rate = own.reduce((sum, each) => (each.from <= at && at < each.until ? sum + each.rate : sum), 0);
      return rateAction(inputs, into, at, rate);
    });
  });
}

export interface Observation {
  readonly time: Time;
  /** Where a dose arrives at the same time: before it, or after it. */
  readonly when?: "before" | "after";
}

export interface RegimenRun {
  readonly events: readonly RegimenEvent[];
  readonly observe: readonly Observation[];
  readonly parameters?: RunRequest["parameters"];
  /** Changes of other controls in time, such as a covariate. */
  readonly actions?: readonly Action[];
}

/** Runs a regimen from its first time to its last. `rows`: one per observation, in the order asked, with a number per output of the kernels; NaN where the run did not get. */
export function simulateRegimen(
  runner: Runner,
  { events, observe, parameters, actions = [] }: RegimenRun,
): { readonly end: RunResult["end"]; readonly rows: readonly (readonly number[])[] } {
  const { outputs } = runner.backend.kernels;
  const doses = regimenActions(runner, events, parameters);
  const problems: { path: string; what: string; hint: string }[] = [];
  const times = observe.map(({ time }, i) =>
    inDays(time, (what, hint) => void problems.push({ path: `observation ${i + 1}`, what, hint })),
  );
  if (problems.length > 0) throw new RegimenError(problems);
  const all = [...times, ...doses.map(({ at }) => at), ...actions.map(({ at }) => at)];
  const rows = observe.map(() => outputs.map(() => Number.NaN));
  const before = observe.flatMap(({ when }, i): Action[] =>
    when === "before"
      ? [
          {
            at: times[i]!,
            label: "observation before doses",
            apply: (patient) => {
              rows[i] = outputs.map((name) => patient.output(name));
              return false;
            },
          },
        ]
      : [],
  );
  const outputDays = [...new Set(times)].sort((a, b) => a - b);
  const from = Math.min(...all);
  const result = runner.run({
    ...(parameters ? { parameters } : {}),
    from,
    to: Math.max(...all, from),
    actions: [...before, ...actions, ...doses],
    outputDays,
  });
  observe.forEach(({ when }, i) => {
    if (when === "before") return;
    const row = outputDays.indexOf(times[i]!);
    rows[i] = [...result.outputs.subarray(row * outputs.length, (row + 1) * outputs.length)];
  });
  return { end: result.end, rows };
}
