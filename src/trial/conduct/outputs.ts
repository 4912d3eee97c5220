import { FEW_CELLS_OUTPUTS } from "../../population/index.js";
import type { Study } from "../../study/index.js";
import { therapyOf } from "../../therapy/index.js";
import { studyStart } from "./planned-doses.js";

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

/** Days from an infusion of cells on which it is looked at closely, and less closely; later weekly. */
const CLOSE = 30;
const NEAR = 210;

/** Planned infusions of cells in any arm that get a window of their own: the first, and others that come when the month after the one before is over. Day 0 where there are none. */
function windowDays({ arms }: Study): number[] {
  const days = Object.values(arms).flatMap(({ give }) =>
    give.flatMap((step) => (therapyOf(step.give).course === "cells" ? step.at : [])),
  );
  const found = [0];
  for (const day of days.sort((a, b) => a - b)) if (day >= found[found.length - 1]! + CLOSE) found.push(day);
  return found;
}

/** Days at which curves are stored: weekly before day 0; from day 0, and from a later planned infusion, daily for a month, every third day to day 210, weekly after. */
export function outputDays(study: Study): number[] {
  const { until } = study.visits;
  const days = new Set<number>();
  for (let day = studyStart(study); day < 0; day += 7) days.add(day);
  const windows = windowDays(study);
  windows.forEach((from, i) => {
    const to = Math.min(until, windows[i + 1] ?? Number.POSITIVE_INFINITY);
    for (let day = 0; day <= CLOSE; day++) if (from + day <= to) days.add(from + day);
    for (let day = CLOSE + 3; day <= NEAR; day += 3) if (from + day <= to) days.add(from + day);
    for (let day = NEAR + 7; from + day <= to; day += 7) days.add(from + day);
  });
  days.add(until);
  return [...days].sort((a, b) => a - b);
}
