/** What is given and when, as data. docs/notes/dosing.md */
import { type Problem, parseQuantity, parseUnit, valueIn } from "../../quantity/index.js";

/** Days, or a quantity such as `"12 h"`. */
export type Time = number | string;

export interface DoseEvent {
  readonly time: Time;
  /** The state that receives it. */
  readonly into: string;
  /** In the unit of the state. */
  readonly amount: number;
  /** Amount per day: an infusion, as long as the amount that arrives needs. Not together with `duration`. */
  readonly rate?: number;
  /** Length of an infusion; its rate follows. */
  readonly duration?: Time;
  readonly lag?: Time;
  /** Share of the amount that arrives; 1 where nothing is said. */
  readonly bioavailability?: number;
  /** Interval of further doses, and of the steady state. */
  readonly every?: Time;
  /** Number of further doses. */
  readonly additional?: number;
  /** As if doses had been given at this interval for ever: in place of what is there, or added to it. */
  readonly steadyState?: "reset" | "add";
  /** All states to their initial values before the dose. */
  readonly reset?: true;
}

export interface ResetEvent {
  readonly time: Time;
  readonly reset: true;
}

export type RegimenEvent = DoseEvent | ResetEvent;

/** A dose with everything as numbers in days; what arrives is amount times bioavailability. */
export interface Dosing {
  readonly time: number;
  readonly into: string;
  readonly arriving: number;
  /** 0 for a bolus. */
  readonly rate: number;
  /** Days; 0 for a bolus, Infinity for a constant rate without amount. */
  readonly duration: number;
  readonly lag: number;
  readonly every: number;
  readonly additional: number;
  readonly steadyState: "reset" | "add" | null;
}

export type Step = { readonly time: number; readonly reset: boolean; readonly dose: Dosing | null };

/** Thrown with every problem of a regimen. */
export class RegimenError extends Error {
  override readonly name = "RegimenError";
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ path, what, hint }) => `${path}: ${what}; ${hint}`).join("\n"));
  }
}

const DAY = parseUnit("day");

/** Days; NaN after reporting. */
export function inDays(time: Time, report: (what: string, hint: string) => void): number {
  if (typeof time === "number") {
    if (!Number.isFinite(time)) report(`${time} is no time`, "write days as a number, or a quantity");
    return Number.isFinite(time) ? time : Number.NaN;
  }
  const read = parseQuantity(time);
  if (!read.ok) {
    report(read.what, read.hint);
    return Number.NaN;
  }
  const days = valueIn(read.value, read.unit, DAY);
  if (days === undefined) report(`"${time}" is no time`, 'write a time such as "12 h"');
  return days ?? Number.NaN;
}

/** Events as numbers in the order of their times. Throws `RegimenError` with every problem. `infusible`: states with an input; `states`: all. */
export function readRegimen(
  events: readonly RegimenEvent[],
  states: readonly string[],
  infusible: ReadonlySet<string>,
): Step[] {
  const problems: Problem[] = [];
  const steps = events.map((event, i): Step => {
    const at = (key: string) => (what: string, hint: string) =>
      void problems.push({ path: `event ${i + 1} › ${key}`, what, hint });
    const time = inDays(event.time, at("time"));
    return {
      time,
      reset: event.reset === true,
      dose: "into" in event ? readDose(event, time, at, states, infusible) : null,
    };
  });
  if (problems.length > 0) throw new RegimenError(problems);
  return steps
    .map((step, i) => ({ step, i }))
    .sort((a, b) => a.step.time - b.step.time || a.i - b.i)
    .map(({ step }) => step);
}

function readDose(
  event: DoseEvent,
  time: number,
  at: (key: string) => (what: string, hint: string) => void,
  states: readonly string[],
  infusible: ReadonlySet<string>,
): Dosing {
  const span = (key: "lag" | "every" | "duration"): number => {
    const days = event[key] === undefined ? 0 : inDays(event[key], at(key));
    if (days < 0) at(key)(`${event[key]} is negative`, "write a length of time");
    return days;
  };
  const { into, amount, rate, bioavailability = 1, additional = 0, steadyState = null } = event;
  const [lag, every, given] = [span("lag"), span("every"), span("duration")];
  if (!states.includes(into)) at("into")(`no state "${into}"`, `one of ${states.join(", ")}`);
  if (!(amount >= 0 && amount < Number.POSITIVE_INFINITY))
    at("amount")(`${amount} is no amount`, "write a number, 0 or more");
  if (!(bioavailability >= 0 && bioavailability < Number.POSITIVE_INFINITY))
    at("bioavailability")(`${bioavailability} is no share`, "write a number, 0 or more");
  if (!(Number.isInteger(additional) && additional >= 0))
    at("additional")(`${additional} is no count`, "write a whole number, 0 or more");
  if (additional > 0 && !(every > 0)) at("every")("further doses without an interval", 'write "every"');
  const infused = rate !== undefined || event.duration !== undefined;
  if (rate !== undefined && event.duration !== undefined) at("rate")("both rate and duration", "leave one out");
  if (rate !== undefined && !(rate > 0 && rate < Number.POSITIVE_INFINITY))
    at("rate")(`${rate} is no rate`, "write an amount per day above 0");
  if (event.duration !== undefined && !(given > 0))
    at("duration")("an infusion of no length", "leave it out for a bolus");
  if (infused && states.includes(into) && !infusible.has(into))
    at("into")(`"${into}" has no input for an infusion`, "define its module with withInputs");
  const arriving = amount * bioavailability;
  const constant = amount === 0 && rate !== undefined;
  if (constant && steadyState === null)
    at("amount")("an infusion of nothing", "write an amount, or a steady state of a constant rate");
  if (steadyState !== null && !constant && !(every > 0))
    at("every")("a steady state without an interval", 'write "every", or amount 0 and a rate for a constant infusion');
  const duration = constant ? Number.POSITIVE_INFINITY : rate !== undefined ? arriving / rate : given;
  return {
    time,
    into,
    arriving,
    rate: !infused || (duration === 0 && !constant) ? 0 : (rate ?? arriving / given),
    duration: infused ? duration : 0,
    lag,
    every,
    additional,
    steadyState,
  };
}
