import { type CurveOutput, curveOutputs } from "../conduct/outputs.js";
import type { ArmRun, EventName } from "../conduct/records.js";
import { outcomeConstants as limits } from "./constants.js";

/** The numbers of one patient in one arm that tables and endpoints read. Days from the infusion of cells, or from day 0 in arms without; null where it did not happen or was not seen. */
export interface Outcomes {
  readonly carTPeak: number | null;
  readonly carTPeakDay: number | null;
  readonly depletedDay: number | null;
  readonly returnDay: number | null;
  /** From depletion to return. */
  readonly aplasia: number | null;
  /** Share of naive cells among blood B cells on the day of return. */
  readonly naiveShare: number | null;
  readonly lymphNodeMin: number | null;
  readonly lymphNode90: number | null;
  readonly autoantibody90: number | null;
  readonly vaccine365: number | null;
  readonly igGMin: number | null;
  readonly neutropeniaDays: number | null;
  readonly crs: number;
  readonly icans: number;
  readonly licats: number;
  readonly infections: number;
  readonly infectionsFirstYear: number;
  readonly immunoglobulin: number;
  readonly relapseDay: number | null;
  readonly rescueDay: number | null;
  /** Prednisolone taken between visits, g. */
  readonly prednisolone: number;
  /** The relapse rule held at the last visit seen and not at the one before: neither a relapse nor none. */
  readonly relapseUnconfirmed: boolean;
  /** Null where drug-free remission was seen at no visit after day 0. */
  readonly remission: RemissionSpell | null;
}

/** From the first visit in drug-free remission to its loss (relapse, rescue, restarted drugs), or to the end of observation. Days of the study. */
export interface RemissionSpell {
  readonly from: number;
  readonly until: number;
  readonly lost: boolean;
}

/** `days`: the grid of the curves. */
export function outcomesOf(run: ArmRun, days: readonly number[], dropoutFails: boolean): Outcomes {
  const width = curveOutputs.length;
  const curve = (name: CurveOutput) => {
    const column = curveOutputs.indexOf(name);
    return (row: number) => run.curves[row * width + column]!;
  };
  const seen = days
    .map((day, row) => ({ day, row }))
    .filter(({ day, row }) => day >= 0 && !Number.isNaN(run.curves[row * width]!));
  const smallest = (name: CurveOutput) =>
    seen.length > 0 ? Math.min(...seen.map(({ row }) => curve(name)(row))) : null;
  const near = (name: CurveOutput, at: number): number | null => {
    let best: { day: number; row: number } | null = null;
    for (const point of seen) if (best === null || Math.abs(point.day - at) < Math.abs(best.day - at)) best = point;
    return best !== null && Math.abs(best.day - at) <= 7 ? curve(name)(best.row) : null;
  };
  let peak: { day: number; value: number } | null = null;
  if (run.infusionDay !== null)
    for (const { day, row } of seen.filter((point) => point.day >= run.infusionDay!)) {
      const value = curve("CARblood")(row);
      if (peak === null || value > peak.value) peak = { day: day - run.infusionDay, value };
    }
  const start = run.infusionDay ?? 0;
  const blood = curve("Bblood");
  const depleted = seen.find(({ day, row }) => day >= start && blood(row) < limits.depleted.value);
  const back =
    depleted &&
    seen.find(({ day, row }) => day > depleted.day + limits.returnAfter.value && blood(row) > limits.returned.value);
  const anc = curve("ANC");
  const early = seen.filter(({ day }) => day <= limits.neutropeniaUntil.value);
  let neutropenia = 0;
  early.forEach(({ day, row }, i) => {
    const next = early[i + 1];
    if (next && anc(row) < limits.neutropenia.value) neutropenia += next.day - day;
  });
  const events = (name: EventName) => run.events.filter(({ event }) => event === name);
  const worst = (name: EventName) => Math.max(0, ...events(name).map(({ value }) => value));
  const total = (name: EventName, until = Number.POSITIVE_INFINITY) =>
    events(name).reduce((sum, { day, value }) => sum + (day <= until ? value : 0), 0);
  const relapseDay = events("relapse")[0]?.day ?? null;
  const rescueDay = events("rescue")[0]?.day ?? null;
  const taken = (visit: ArmRun["visits"][number] | undefined) => visit?.prednisoloneTaken ?? 0;
  const prednisolone = (taken(run.visits[run.visits.length - 1]) - taken(run.visits[0])) / 1000;
  return {
    carTPeak: peak?.value ?? null,
    carTPeakDay: peak?.day ?? null,
    depletedDay: depleted ? depleted.day - start : null,
    returnDay: back ? back.day - start : null,
    aplasia: depleted && back ? back.day - depleted.day : null,
    naiveShare: back ? curve("naiveBlood")(back.row) / blood(back.row) : null,
    lymphNodeMin: smallest("Bln"),
    lymphNode90: near("Bln", 90),
    autoantibody90: near("AAb", 90),
    vaccine365: near("VAb", 365),
    igGMin: smallest("IgG"),
    neutropeniaDays: early.length > 1 ? neutropenia : null,
    crs: worst("crs"),
    icans: worst("icans"),
    licats: events("licats").length > 0 ? 1 : 0,
    infections: total("infection"),
    infectionsFirstYear: total("infection", 365),
    immunoglobulin: events("immunoglobulin").length,
    relapseDay,
    rescueDay,
    prednisolone,
    relapseUnconfirmed: relapseDay === null && (run.visits[run.visits.length - 1]?.relapsing ?? false),
    remission: remissionOf(run, rescueDay, dropoutFails),
  };
}

/** A visit without remission alone is no loss; a relapse is, from the first of two visits in a row at which its rule holds. `dropoutFails`: leaving the study is a loss too. */
function remissionOf(run: ArmRun, rescueDay: number | null, dropoutFails: boolean): RemissionSpell | null {
  const from = run.visits.find(({ day, drugFreeRemission }) => day > 0 && drugFreeRemission)?.day;
  if (from === undefined) return null;
  const later = run.visits.filter(({ day }) => day > from);
  const relapse = later.find(({ relapsing }, i) => relapsing && later[i + 1]?.relapsing)?.day;
  const restart = later.find(({ drugFree }) => !drugFree)?.day;
  const rescue = rescueDay !== null && rescueDay > from ? rescueDay : undefined;
  const loss = Math.min(...[relapse, restart, rescue].map((day) => day ?? Number.POSITIVE_INFINITY));
  if (loss <= run.endDay) return { from, until: loss, lost: true };
  return { from, until: run.endDay, lost: run.status === "stopped" && dropoutFails };
}
