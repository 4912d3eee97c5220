import { describeChanges } from "../study/index.js";
import type { ArmRun, CurveOutput } from "../trial/index.js";
import {
  columnOf,
  inRecords,
  NOT_OBSERVED,
  type Observed,
  observedOn,
  observedUntil,
  packagedEvidence,
  type SimulatePatient,
  type SimulatePeer,
  type Simulation,
  simulatePatient,
  simulatePeer,
  simulationValue,
} from "../workbench/index.js";
import { csvLine } from "./csv.js";
import { sparkline } from "./sparkline.js";

interface Showing {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly plot?: boolean;
}
export type SimulateOptions = SimulatePatient & Showing;

const SHOWN_DAYS = [-28, 0, 8, 14, 30, 90, 180, 365, 730, 1825, 3650];
const SHOWN: readonly { output: CurveOutput; label: string; log: boolean }[] = [
  { output: "CARblood", label: "CAR-T /µL", log: true },
  { output: "Bblood", label: "B cells /µL", log: true },
  { output: "Bln", label: "LN B cells, fraction", log: true },
  { output: "AAb", label: "autoantibody %", log: false },
  { output: "VAb", label: "vaccine ab %", log: false },
  { output: "IgG", label: "IgG g/L", log: false },
  { output: "INF", label: "activity", log: false },
];

/** `immune-reset simulate`: one patient under one or more strategies. Returns the exit code. */
export async function simulateCommand(options: SimulateOptions): Promise<number> {
  const evidence = await packagedEvidence();
  const simulation = simulatePatient(options);
  const { study, patient, days, runs, curve, asked } = simulation;
  const observed = Object.fromEntries(
    runs.map(({ arm }) => [arm, observedUntil(evidence, study, arm, patient.disease)]),
  );
  if (options.json) {
    process.stdout.write(`${JSON.stringify(simulationValue(simulation, observed))}\n`);
    return exitCode(runs);
  }
  if (options.csv) {
    writeCsv(
      runs.flatMap(({ arm, course }) =>
        (course?.names ?? []).map((name, i) => ({
          from: arm,
          name,
          values: columnOf(course!, i),
          observed: observed[arm]!.until,
        })),
      ),
      asked?.days ?? [],
    );
    return exitCode(runs);
  }
  const shown = SHOWN_DAYS.filter((day) => day <= options.until && days.some((d) => Math.abs(d - day) <= 4));
  for (const run of runs) {
    const { until, text: horizon } = observed[run.arm]!;
    const beyond = (day: number) => (day > until ? NOT_OBSERVED : "");
    process.stdout.write(
      `\n${run.arm}: ${study.arms[run.arm]!.label} (${run.status}${run.reason ? `, ${run.reason}` : ""})\n`,
    );
    if (options.until > until)
      process.stdout.write(`${NOT_OBSERVED} not observed: after day ${Math.round(until)}; ${horizon}\n`);
    if (asked && run.course) {
      const { names } = run.course;
      writeTable(
        asked.days,
        names.map((name, i) => ({ head: `${name} ${asked.unit(name)}`, values: columnOf(run.course!, i) })),
        beyond,
      );
      continue;
    }
    process.stdout.write(`${"day".padEnd(22)}${shown.map((day) => `${day}${beyond(day)}`.padStart(10)).join("")}\n`);
    for (const { output, label } of SHOWN) {
      const values = curve(run, output);
      const cells = shown.map((day) => {
        const nearest = days.reduce((best, d, i) => (Math.abs(d - day) < Math.abs(days[best]! - day) ? i : best), 0);
        return `${text(values[nearest]!)}${beyond(days[nearest]!)}`.padStart(10);
      });
      process.stdout.write(`${label.padEnd(22)}${cells.join("")}\n`);
    }
    const events = run.events.map(
      ({ day, event, value }) =>
        `${event}${value === 1 && !["crs", "icans"].includes(event) ? "" : ` ${text(value)}`} (day ${Math.round(day)}${beyond(day)})`,
    );
    process.stdout.write(`events: ${events.join(", ") || "none"}\n`);
    if (options.plot)
      for (const { output, label, log } of SHOWN)
        process.stdout.write(`${label.padEnd(22)}${sparkline(days, curve(run, output), log)}\n`);
  }
  if (options.set) writeEffects(options, simulation, observed);
  process.stdout.write("\nSimulated, for research and education; not medical advice.\n");
  return exitCode(runs);
}

/** `immune-reset simulate --model NAME`: one patient in a published model. Returns the exit code. */
export async function simulatePeerCommand(options: SimulatePeer & Showing): Promise<number> {
  const { peer, days, columns, happenings, failure, parameters } = simulatePeer(options);
  const observed = observedOn(await packagedEvidence(), inRecords([peer.therapy]), peer.diseases[0]!);
  const beyond = (day: number) => (day > observed.until ? NOT_OBSERVED : "");
  if (options.json) {
    const values = Object.fromEntries(columns.map(({ name, values: each }) => [name, each]));
    process.stdout.write(
      `${JSON.stringify({ model: peer.id, parameters: Object.fromEntries(parameters), failure, observed, days, values, happenings })}\n`,
    );
  } else if (options.csv)
    writeCsv(
      columns.map(({ name, values }) => ({ from: peer.id, name, values, observed: observed.until })),
      days,
    );
  else {
    const end = failure ? `failed on day ${failure.day}: ${failure.reason}` : "completed";
    process.stdout.write(`${peer.title}: ${peer.citation} (${end})\n`);
    if ((days.at(-1) ?? 0) > observed.until)
      process.stdout.write(`${NOT_OBSERVED} not observed: after day ${Math.round(observed.until)}; ${observed.text}\n`);
    writeTable(
      days,
      columns.map(({ name, unit, values }) => ({ head: `${name} ${unit}`, values })),
      beyond,
    );
    process.stdout.write("\n");
    for (const { name, about } of columns) process.stdout.write(`${name.padEnd(14)}${about}\n`);
    for (const { time, name, on } of happenings)
      process.stdout.write(`day ${time.toFixed(6)}: ${name}${on ? "" : " no longer"}\n`);
    process.stdout.write(`\nWhat to know about it:\n${peer.limits.map((limit) => `- ${limit}`).join("\n")}\n`);
    process.stdout.write("\nSimulated, for research and education; not medical advice.\n");
  }
  return failure ? 1 : 0;
}

/** Columns side by side; where there are more, the table goes on below. */
const MOST_COLUMNS = 7;

function writeTable(
  days: readonly number[],
  columns: readonly { readonly head: string; readonly values: readonly number[] }[],
  beyond: (day: number) => string,
): void {
  for (let first = 0; first < columns.length; first += MOST_COLUMNS) {
    const part = columns.slice(first, first + MOST_COLUMNS);
    const line = (day: string, cells: readonly string[]) =>
      process.stdout.write(
        `${day.padEnd(8)}${cells.map((cell, i) => cell.padStart(Math.max(10, part[i]!.head.length) + 2)).join("")}\n`,
      );
    process.stdout.write("\n");
    line(
      "day",
      part.map(({ head }) => head),
    );
    days.forEach((day, row) => {
      line(
        `${Number(day.toPrecision(6))}${beyond(day)}`,
        part.map(({ values }) => `${text(values[row]!)}${beyond(day)}`),
      );
    });
  }
}

function writeCsv(
  columns: readonly {
    readonly from: string;
    readonly name: string;
    readonly values: readonly number[];
    /** Last day on which people were watched. */
    readonly observed: number;
  }[],
  days: readonly number[],
): void {
  const lines = columns.flatMap(({ from, name, values, observed }) =>
    days.flatMap((day, row) =>
      Number.isNaN(values[row]!)
        ? []
        : [csvLine([from, day, name, values[row]!, day > observed ? "not observed" : ""])],
    ),
  );
  process.stdout.write(`${["strategy,day,name,value,horizon", ...lines].join("\n")}\n`);
}

/** What the changes do: for each strategy and curve the value at the end, and the lowest or highest, without and with them. */
function writeEffects(
  options: SimulateOptions,
  changed: Simulation,
  observed: Readonly<Record<string, Observed>>,
): void {
  const { set, ...rest } = options;
  const usual = simulatePatient(rest);
  const mark = (arm: string) => (options.until > observed[arm]!.until ? NOT_OBSERVED : "");
  process.stdout.write(`\nchanged: ${describeChanges(changed.study.parameters).join("; ")}\n`);
  changed.runs.forEach((run, k) => {
    for (const { output, label, log } of SHOWN) {
      const [before, after] = [usual.curve(usual.runs[k]!, output), changed.curve(run, output)];
      const [what, extreme] = log && output === "CARblood" ? ["highest", Math.max] : ["lowest", Math.min];
      const pairs = [
        [what, extreme(...before.filter(Number.isFinite)), extreme(...after.filter(Number.isFinite))],
        [`at the end${mark(run.arm)}`, before[before.length - 1]!, after[after.length - 1]!],
      ] as const;
      const words = pairs.map(([name, a, b]) => `${name} ${text(a)} → ${text(b)}${percent(a, b)}`);
      process.stdout.write(`${run.arm.padEnd(12)}${label.padEnd(22)}${words.join(", ")}\n`);
    }
  });
}

const percent = (before: number, after: number): string =>
  before > 0 && Number.isFinite(after)
    ? ` (${after >= before ? "+" : "−"}${text(Math.abs((100 * (after - before)) / before))} %)`
    : "";

const exitCode = (runs: readonly ArmRun[]) => (runs.some(({ status }) => status === "failed") ? 1 : 0);

const text = (value: number) =>
  Number.isNaN(value)
    ? "–"
    : value === 0
      ? "0"
      : Math.abs(value) >= 1e5 || Math.abs(value) < 0.01
        ? value.toExponential(1)
        : Math.abs(value) >= 1000
          ? String(Math.round(value))
          : String(Number(value.toPrecision(3)));
