/** Reads the calls of R's survival package by which the reference data were made, and the data sets that they name. */
import { isMissing, readTable } from "./harness.js";

export interface SurvivalCall {
  time: number[];
  event: boolean[];
  entry: number[] | undefined;
  /** Label as R writes it, such as "sex=1"; "all" for a single curve. */
  group: string[];
  stratum: string[];
}

const CALL = /Surv\(([^)]*)\)\s*~\s*([^,]+?)\s*,\s*data\s*=\s*(\w+)(?:\[\3\$(\w+)==(\w+),\])?/;

/** The rows of the call without missing values, or undefined for a call that this reader does not know. */
export function readSurvivalCall(cmd: string): SurvivalCall | undefined {
  const match = CALL.exec(cmd);
  if (!match || /\b(weights|subset|id|cluster|stype|ctype|start\.time)\s*=/.test(cmd)) return undefined;
  const [, response, terms, table, filter, value] = match;
  const times = response.split(",").map((s) => s.trim());
  const covariates = terms === "1" ? [] : terms.split("+").map((s) => s.trim());
  const stratifiers = covariates.flatMap((t) => /^strata\((\w[\w.]*)\)$/.exec(t)?.[1] ?? []);
  const groupers = covariates.filter((t) => !t.startsWith("strata("));
  const columns = [...times, ...groupers, ...stratifiers];

  const rows = readTable(`survival/data/${table}.csv`).filter((row) => filter === undefined || row[filter] === value);
  if (!columns.every((column) => column in rows[0])) return undefined;
  const complete = rows.filter((row) => columns.every((column) => !isMissing(row[column])));
  const status = complete.map((row) => Number(row[times[times.length - 1]]));
  // R takes a status that goes up to 2 as 1 = censored, 2 = event.
  const eventCode = Math.max(...status) === 2 ? 2 : 1;
  const label = (names: string[]) => (row: Record<string, string>) =>
    names.map((name) => `${name}=${row[name]}`).join(", ") || "all";
  return {
    time: complete.map((row) => Number(row[times[times.length - 2]])),
    event: status.map((s) => s === eventCode),
    entry: times.length === 3 ? complete.map((row) => Number(row[times[0]])) : undefined,
    group: complete.map(label(groupers)),
    stratum: complete.map(label(stratifiers)),
  };
}

/** The rows of one group. */
export function rowsOf(call: SurvivalCall, group: string): { time: number[]; event: boolean[]; entry?: number[] } {
  const keep = <T>(column: readonly T[]) => column.filter((_, i) => call.group[i] === group);
  return {
    time: keep(call.time),
    event: keep(call.event),
    ...(call.entry && { entry: keep(call.entry) }),
  };
}
