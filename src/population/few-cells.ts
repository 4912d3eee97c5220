import { type Action, type ArrivalPoint, drawArrivals, drawDescendants, type PatientView } from "../engine/index.js";
import { stream } from "../statistics/index.js";

/** From this many cells on a site follows the differential equation. docs/notes/few-cells.md */
export const FEW = 2000;

/** Outputs that a run must store so that arrivals between visits can be drawn. */
export const FEW_CELLS_OUTPUTS = ["mL", "WL", "mS", "WS", "AL", "AS", "Nt"] as const;

/** What was drawn at a visit, for tables and tests. */
export interface FewCellsDraw {
  readonly day: number;
  readonly site: "lymphoid" | "sanctuary";
  readonly founders: number;
  readonly cells: number;
}

const SITES = [
  { site: "lymphoid", cells: "AL", m: "mL", log: "lnmL", W: "WL", other: "AS", leaving: "kSL" },
  { site: "sanctuary", cells: "AS", m: "mS", log: "lnmS", W: "WS", other: "AL", leaving: "kLS" },
] as const;

/**
 * One action per day of `days`: replaces small sites by whole numbers drawn from the law since the day before in the list. `from` is the start of the run.
 * `key`: study seed and patient.
 */
export function fewCellsActions(
  key: { readonly seed: number; readonly patient: number },
  from: number,
  days: readonly number[],
  onDraw: (draw: FewCellsDraw) => void = () => {},
): Action[] {
  let since = from;
  /** Cells of each site just after the last draw. */
  let before: readonly [number, number] | null = null;
  return days.map((at, visit) => ({
    at,
    label: "few cells",
    apply: (patient) => {
      if (visit === 0) {
        since = from;
        before = null;
      }
      before ??= [patient.constant("AL0"), patient.constant("AS0")];
      const random = stream(key.seed, key.patient, `few-cells ${at}`);
      const now = SITES.map(({ cells }) => patient.get(cells));
      const drawn = SITES.map((site, i) => {
        if (now[i]! >= FEW && before![i]! >= FEW) return now[i]!;
        const law = { m: patient.output(site.m), W: patient.get(site.W) };
        const founders = Math.round(before![i]!);
        const cells =
          drawDescendants(random, law, founders) +
          drawArrivals(random, arrivals(patient, site, since, at, before!, now));
        onDraw({ day: at, site: site.site, founders, cells });
        return cells;
      });
      SITES.forEach((site, i) => {
        patient.set(site.cells, drawn[i]!);
        patient.set(site.log, 0);
        patient.set(site.W, 1);
      });
      since = at;
      before = [drawn[0]!, drawn[1]!];
      return true;
    },
  }));
}

/** Cells per day that enter a site over the interval: new clones (lymphoid only) and cells from the other site. */
function arrivals(
  patient: PatientView,
  site: (typeof SITES)[number],
  since: number,
  at: number,
  before: readonly [number, number],
  now: readonly number[],
): ArrivalPoint[] {
  const seeding = site.site === "lymphoid" ? patient.constant("sdn") / patient.constant("N0") : 0;
  const leaving = patient.constant(site.leaving);
  const other = site.site === "lymphoid" ? 1 : 0;
  const between = (name: string) => patient.history(name, since);
  const naive = between("Nt");
  const source = between(site.other);
  const m = between(site.m);
  const W = between(site.W);
  const points: ArrivalPoint[] = m.map(({ day, value }, k) => ({
    time: day,
    rate: seeding * naive[k]!.value + leaving * source[k]!.value,
    m: value,
    W: W[k]!.value,
  }));
  const total = ["Nb", "Nl", "Ns", "Nm"].reduce((sum, name) => sum + patient.get(name), 0);
  const start: ArrivalPoint = {
    time: since,
    rate: seeding * (naive[0]?.value ?? total) + leaving * before[other]!,
    m: 1,
    W: 1,
  };
  const end: ArrivalPoint = {
    time: at,
    rate: seeding * total + leaving * now[other]!,
    m: patient.output(site.m),
    W: patient.get(site.W),
  };
  return [start, ...points, end];
}
