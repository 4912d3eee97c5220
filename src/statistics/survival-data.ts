/** Times to an event, and what they must be: checked once, before anything is computed. */
import { firstFault, requireList, unknownNames } from "./faults.js";

/** One entry per person (or per interval of observation): all arrays have the same length. */
export interface SurvivalData {
  /** End of observation, in any unit of time, from 0. */
  time: ArrayLike<number>;
  /** Whether the end is the event (true, 1) or censoring (false, 0). */
  event: ArrayLike<boolean | number>;
  /** Start of observation, from 0: at risk in (entry, time]. Absent: from the beginning. */
  entry?: ArrayLike<number> | undefined;
}

export interface GroupedSurvival extends SurvivalData {
  /** Label of each person's group. */
  group: ArrayLike<string | number>;
  /** Label of each person's stratum; absent: one stratum. */
  stratum?: ArrayLike<string | number> | undefined;
}

const NAMES: readonly string[] = ["time", "event", "entry", "group", "stratum"];

/** Faults of times, events and entries: unequal lengths, missing or negative times, events that are not 0 or 1, no time between entry and end. */
export function survivalFaults(data: SurvivalData): string[] {
  const { time, event, entry } = data;
  const names = unknownNames("survival data", data, NAMES);
  requireList("time", time, names);
  requireList("event", event, names);
  if (entry !== undefined) requireList("entry", entry, names);
  if (time.length === 0) return [...names, "survival data of nobody: give at least one time"];
  const ordered = (start: number, i: number) => !isTime(start) || !isTime(time[i]) || start < time[i];
  return [
    ...names,
    ...unequal(event, "events", time),
    ...(entry === undefined ? [] : unequal(entry, "entries", time)),
    ...firstFault("time", time, isTime, timeHint),
    ...(entry === undefined ? [] : firstFault("entry", entry, isTime, timeHint)),
    ...(entry === undefined
      ? []
      : firstFault(
          "entry",
          entry,
          ordered,
          (_, i) => `time[${i}] is ${time[i]}, and a person enters before the end of observation`,
        )),
    ...firstFault(
      "event",
      event,
      (value) => value === 0 || value === 1 || value === true || value === false,
      eventHint(event),
    ),
  ];
}

/** The faults of `survivalFaults`, and of the labels. */
export function groupedFaults(data: GroupedSurvival): string[] {
  const faults = survivalFaults(data);
  for (const name of ["group", "stratum"] as const) {
    const labels = data[name];
    if (labels === undefined && name === "stratum") continue;
    requireList(name, labels, faults);
    faults.push(...labelFaults(name, labels as ArrayLike<string | number>, data.time));
  }
  return faults;
}

function labelFaults(name: string, labels: ArrayLike<string | number>, time: ArrayLike<number>): string[] {
  const typeOf = new Map<string, string>();
  const same = (label: string | number) => {
    const known = typeOf.get(String(label)) ?? typeof label;
    typeOf.set(String(label), known);
    return known === typeof label;
  };
  return [
    ...unequal(labels, `${name} labels`, time),
    ...firstFault(name, labels, isLabel, "a label is a text or a finite number; leave out a person without one"),
    ...firstFault(
      name,
      labels,
      (label) => !isLabel(label) || same(label),
      "the same label is a number and a text elsewhere: write it in one way",
    ),
  ];
}

function isTime(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY;
}

function isLabel(value: unknown): boolean {
  return typeof value === "number" ? Number.isFinite(value) : typeof value === "string" && value.trim() !== "";
}

function timeHint(first: unknown): string {
  return typeof first === "number" && first < 0
    ? "times count from 0; add the same to all times and entries, or leave the person out"
    : "give a finite number of at least 0, or leave the person out";
}

function eventHint(event: ArrayLike<unknown>): string {
  const kinds = new Set<unknown>(Array.from(event));
  kinds.delete(Number.NaN);
  if (kinds.size > 0 && kinds.has(2) && [...kinds].every((kind) => kind === 1 || kind === 2))
    return "events are 0 or 1; yours look coded 1/2: subtract 1";
  if ([...kinds].some((kind) => typeof kind === "string"))
    return "events are 0 or 1; yours are text: read them as numbers";
  return "events are 1 (true) for the event and 0 (false) for censoring; leave out a person of whom neither is known";
}

function unequal(values: ArrayLike<unknown>, what: string, time: ArrayLike<number>): string[] {
  return values.length === time.length
    ? []
    : [`${values.length} ${what} for ${time.length} times: give one of each per person`];
}
