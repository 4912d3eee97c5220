import { FEW_CELLS_OUTPUTS } from "../../population/index.js";

/** Curves that are kept of every run, with the words and units under which reports show them. */
export const CURVE_OUTPUTS = {
  Bblood: { title: "B cells in blood", unit: "cells/µL" },
  naiveBlood: { title: "Naive B cells in blood", unit: "cells/µL" },
  Bln: { title: "B cells in lymph node", unit: "fraction of baseline" },
  CARblood: { title: "CAR-T cells in blood", unit: "cells/µL" },
  AAb: { title: "Autoantibody", unit: "% of baseline" },
  VAb: { title: "Vaccine antibody", unit: "% of baseline" },
  IgG: { title: "Total IgG", unit: "g/L" },
  INF: { title: "Disease activity (inflammation)", unit: "relative to baseline" },
  ANC: { title: "Neutrophils", unit: "10⁹/L" },
} as const;
export type CurveOutput = keyof typeof CURVE_OUTPUTS;
export const curveOutputs = Object.keys(CURVE_OUTPUTS) as CurveOutput[];

/** Everything the kernels of a trial must give: curves, what ward rounds look at, and what the few-cells draws need. */
export const trialOutputs: readonly string[] = [
  ...new Set([...curveOutputs, "Temp", "sig", "EA", "il6Left", ...FEW_CELLS_OUTPUTS]),
];

/** Days at which curves are stored: weekly before infusion, daily for a month, every third day to day 210, weekly after. */
export function outputDays(start: number, until: number): number[] {
  const days = new Set<number>();
  for (let day = start; day < 0; day += 7) days.add(day);
  for (let day = 0; day <= Math.min(30, until); day++) days.add(day);
  for (let day = 33; day <= Math.min(210, until); day += 3) days.add(day);
  for (let day = 217; day <= until; day += 7) days.add(day);
  days.add(until);
  return [...days].sort((a, b) => a - b);
}
