import { describeChanges } from "../study/index.js";
import type { ArmRun, CurveOutput } from "../trial/index.js";
import { type SimulatePatient, type Simulation, simulatePatient, simulationValue } from "../workbench/index.js";
import { sparkline } from "./sparkline.js";

export interface SimulateOptions extends SimulatePatient {
  readonly json?: boolean;
  readonly plot?: boolean;
}

const SHOWN_DAYS = [-28, 0, 8, 14, 30, 90, 180, 365, 730];
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
export function simulateCommand(options: SimulateOptions): number {
  const simulation = simulatePatient(options);
  const { study, days, runs, curve } = simulation;
  if (options.json) {
    process.stdout.write(`${JSON.stringify(simulationValue(simulation))}\n`);
    return exitCode(runs);
  }
  const shown = SHOWN_DAYS.filter((day) => day <= options.until && days.some((d) => Math.abs(d - day) <= 4));
  for (const run of runs) {
    process.stdout.write(
      `\n${run.arm}: ${study.arms[run.arm]!.label} (${run.status}${run.reason ? `, ${run.reason}` : ""})\n`,
    );
    process.stdout.write(`${"day".padEnd(22)}${shown.map((day) => String(day).padStart(10)).join("")}\n`);
    for (const { output, label } of SHOWN) {
      const values = curve(run, output);
      const cells = shown.map((day) => {
        const nearest = days.reduce((best, d, i) => (Math.abs(d - day) < Math.abs(days[best]! - day) ? i : best), 0);
        return text(values[nearest]!).padStart(10);
      });
      process.stdout.write(`${label.padEnd(22)}${cells.join("")}\n`);
    }
    const events = run.events.map(
      ({ day, event, value }) =>
        `${event}${value === 1 && !["crs", "icans"].includes(event) ? "" : ` ${text(value)}`} (day ${Math.round(day)})`,
    );
    process.stdout.write(`events: ${events.join(", ") || "none"}\n`);
    if (options.plot)
      for (const { output, label, log } of SHOWN)
        process.stdout.write(`${label.padEnd(22)}${sparkline(days, curve(run, output), log)}\n`);
  }
  if (options.set) writeEffects(options, simulation);
  process.stdout.write("\nSimulated, for research and education; not medical advice.\n");
  return exitCode(runs);
}

/** What the changes do: for each strategy and curve the value at the end, and the lowest or highest, without and with them. */
function writeEffects(options: SimulateOptions, changed: Simulation): void {
  const { set, ...rest } = options;
  const usual = simulatePatient(rest);
  process.stdout.write(`\nchanged: ${describeChanges(changed.study.parameters).join("; ")}\n`);
  changed.runs.forEach((run, k) => {
    for (const { output, label, log } of SHOWN) {
      const [before, after] = [usual.curve(usual.runs[k]!, output), changed.curve(run, output)];
      const [what, extreme] = log && output === "CARblood" ? ["highest", Math.max] : ["lowest", Math.min];
      const pairs = [
        [what, extreme(...before.filter(Number.isFinite)), extreme(...after.filter(Number.isFinite))],
        ["at the end", before[before.length - 1]!, after[after.length - 1]!],
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
      : Math.abs(value) >= 1000 || Math.abs(value) < 0.01
        ? value.toExponential(1)
        : String(Number(value.toPrecision(3)));
