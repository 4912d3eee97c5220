import { COMMON, type CommonQuantity, commonQuantities, type Peer } from "../../peers/index.js";
import { QuantileCounter } from "../../statistics/index.js";
import { followedBy, hasOwnModel, OWN_MODEL, peersOf, type Study } from "../../study/index.js";
import type { PatientRuns } from "../../trial/index.js";
import type { Curve, ReportData } from "../data.js";

const SCALES: Readonly<Record<CommonQuantity, Pick<Curve, "scale" | "floor">>> = {
  carT: { scale: "log", floor: 0.01 },
  bCells: { scale: "log", floor: 0.1 },
  antiDsDna: { scale: "log", floor: 0.01 },
  c3: { scale: "linear", floor: null },
  sledaiByC3: { scale: "linear", floor: null },
};

/** What our own model has beside the common quantities. */
const OURS_ALONE = [
  "arms without cells, second infusions, other drugs, background therapy and rules",
  "B cells of lymph nodes, autoreactive clones, and with them relapse",
  "SLEDAI from all its items, remission, response",
  "total IgG and vaccine antibody, infection",
  "CRS, ICANS, LICATS, manufacture, dropout",
];

/** Medians and bands of what our own model and its peers both speak of, arm by arm, over patients still observed. Nothing is averaged over structures. */
export class StructureComparison {
  private readonly peers: readonly Peer[];
  private readonly arms: readonly string[];
  private readonly counters = new Map<string, readonly QuantileCounter[]>();
  private readonly failed = new Map<string, number>();
  private readonly rows: readonly number[];

  constructor(
    private readonly study: Study,
    private readonly days: readonly number[],
  ) {
    this.peers = peersOf(study);
    this.arms = Object.keys(study.arms).filter((arm) => this.peers.some((peer) => this.follows(peer, arm)));
    this.rows = days.flatMap((day, row) => (day >= 0 ? [row] : []));
  }

  private follows(peer: Peer, arm: string): boolean {
    return "dose" in followedBy(peer, this.study.arms[arm]!);
  }

  add({ runs, peers }: PatientRuns): void {
    if (this.peers.length === 0) return;
    for (const { arm, status, common } of runs)
      if (common && status !== "failed" && this.arms.includes(arm)) this.count(OWN_MODEL, arm, common);
    for (const { peer, arm, status, common } of peers) {
      if (status === "failed") this.failed.set(peer, (this.failed.get(peer) ?? 0) + 1);
      else this.count(peer, arm, common);
    }
  }

  private count(structure: string, arm: string, common: Float64Array): void {
    commonQuantities.forEach((quantity, column) => {
      const counters = this.of(structure, arm, quantity);
      this.rows.forEach((row, i) => {
        const value = common[row * commonQuantities.length + column]!;
        if (!Number.isNaN(value)) counters[i]!.add(value);
      });
    });
  }

  private of(structure: string, arm: string, quantity: CommonQuantity): readonly QuantileCounter[] {
    const key = `${structure} ${arm} ${quantity}`;
    let counters = this.counters.get(key);
    if (!counters) {
      counters = this.rows.map(() => new QuantileCounter());
      this.counters.set(key, counters);
    }
    return counters;
  }

  result(): ReportData["structures"] {
    if (this.peers.length === 0) return null;
    const own = hasOwnModel(this.study);
    const structures = [
      ...(own ? [{ id: OWN_MODEL, label: "our own model" }] : []),
      ...this.peers.map(({ id, title, citation }) => ({ id, label: `${title}: ${citation}` })),
    ];
    return {
      structures,
      own,
      arms: this.arms.map((arm) => ({
        arm,
        label: this.study.arms[arm]!.label,
        curves: this.curvesOf(arm, structures),
      })),
      peers: this.peers.map((peer) => ({
        id: peer.id,
        title: peer.title,
        failed: this.failed.get(peer.id) ?? 0,
        notFollowed: Object.entries(this.study.arms).flatMap(([arm, plan]) => {
          const found = followedBy(peer, plan);
          return "why" in found ? [`${arm}: ${found.why}`] : [];
        }),
        alone: Object.values(peer.alone),
        limits: peer.limits,
      })),
      oursAlone: own ? OURS_ALONE : [],
    };
  }

  private curvesOf(arm: string, structures: readonly { readonly id: string }[]): Curve[] {
    return commonQuantities.map((quantity) => {
      const { title, unit } = COMMON[quantity];
      return {
        id: `${arm}-${quantity}`,
        title,
        unit,
        ...SCALES[quantity],
        note: "",
        band: "5–95 % of virtual patients",
        days: this.rows.map((row) => this.days[row]!),
        arms: structures.map(({ id }) => {
          const at = (p: number) => this.of(id, arm, quantity).map((counter) => counter.quantile(p));
          return { arm: id, median: at(0.5), low: at(0.05), high: at(0.95) };
        }),
      };
    });
  }
}
