import type { ArmRun, CurveOutput } from "../trial/index.js";
import { type SimulatePatient, simulatePatient, simulationValue } from "../workbench/index.js";
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
  process.stdout.write("\nSimulated, for research and education; not medical advice.\n");
  return exitCode(runs);
}

const exitCode = (runs: readonly ArmRun[]) => (runs.some(({ status }) => status === "failed") ? 1 : 0);

const text = (value: number) =>
  Number.isNaN(value)
    ? "–"
    : value === 0
      ? "0"
      : Math.abs(value) >= 1000 || Math.abs(value) < 0.01
        ? value.toExponential(1)
        : String(Number(value.toPrecision(3)));
