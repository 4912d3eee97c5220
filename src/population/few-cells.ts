import { type Action, type ArrivalPoint, drawArrivals, drawDescendants, type PatientView } from "../engine/index.js";
import { exp, stream } from "../statistics/index.js";

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

/** Where the law of a site's interval begins: `log` m and W as they were then, 0 and 1 after a draw. */
interface Beginning {
  readonly log: number;
  readonly W: number;
}
const DRAWN: Beginning = { log: 0, W: 1 };

/**
 * One action per day of `days`: replaces small sites by whole numbers drawn from the law since the day before in the list. A day on which no site is small changes nothing. `from` is the start of the run.
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
  let begun: readonly Beginning[] = [];
  return days.map((at, visit) => ({
    at,
    label: "few cells",
    apply: (patient) => {
      if (visit === 0) {
        since = from;
        before = null;
        begun = SITES.map(() => DRAWN);
      }
      before ??= [patient.constant("AL0"), patient.constant("AS0")];
      const now = SITES.map(({ cells }) => patient.get(cells));
      const few = now.map((cells, i) => !(cells >= FEW && before![i]! >= FEW));
      if (!few.includes(true)) {
        since = at;
        before = [now[0]!, now[1]!];
        begun = SITES.map(({ log, W }) => ({ log: patient.get(log), W: patient.get(W) }));
        return false;
      }
      const random = stream(key.seed, key.patient, `few-cells ${at}`);
      const drawn = SITES.map((site, i) => {
        if (!few[i]) return now[i]!;
        // The law since the beginning of the interval, from the two that are counted since the last draw.
        const m = exp(patient.get(site.log) - begun[i]!.log);
        const law = { m, W: patient.get(site.W) + m * (1 - begun[i]!.W) };
        const founders = Math.round(before![i]!);
        const cells =
          drawDescendants(random, law, founders) +
          drawArrivals(random, arrivals(patient, site, begun[i]!, since, at, before!, now));
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
      begun = SITES.map(() => DRAWN);
      return true;
    },
  }));
}

/** Cells per day that enter a site over the interval: new clones (lymphoid only) and cells from the other site. */
function arrivals(
  patient: PatientView,
  site: (typeof SITES)[number],
  begun: Beginning,
  since: number,
  at: number,
  before: readonly [number, number],
  now: readonly number[],
): ArrivalPoint[] {
  const seeding = site.site === "lymphoid" ? patient.constant("sdn") / patient.constant("N0") : 0;
  const leaving = patient.constant(site.leaving);
  const other = site.site === "lymphoid" ? 1 : 0;
  const { days, values } = patient.history(["Nt", site.other, site.m, site.W], since);
  const [naive, source, m, W] = values as [readonly number[], readonly number[], readonly number[], readonly number[]];
  const points = days.map(
    (time, k): ArrivalPoint => ({ time, rate: seeding * naive[k]! + leaving * source[k]!, m: m[k]!, W: W[k]! }),
  );
  const total = ["Nb", "Nl", "Ns", "Nm"].reduce((sum, name) => sum + patient.get(name), 0);
  const start: ArrivalPoint = {
    time: since,
    rate: seeding * (naive[0] ?? total) + leaving * before[other]!,
    m: exp(begun.log),
    W: begun.W,
  };
  const end: ArrivalPoint = {
    time: at,
    rate: seeding * total + leaving * now[other]!,
    m: patient.output(site.m),
    W: patient.get(site.W),
  };
  return [start, ...points, end];
}
