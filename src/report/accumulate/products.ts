import type { ArmRun } from "../../trial/index.js";
import type { ReportData, SummaryNumber } from "../data.js";
import { plainNumber } from "./numbers.js";

interface Counts {
  planned: number;
  leukapheresis: number;
  released: number;
  failed: number;
  infused: number;
}

/** What became of the cells, over all runs of an arm: planned, manufactured, infused, failed. Runs that failed numerically count too. */
export class ProductCounter {
  private readonly arms: ReadonlyMap<string, Counts>;

  constructor(arms: readonly string[]) {
    this.arms = new Map(arms.map((arm) => [arm, { planned: 0, leukapheresis: 0, released: 0, failed: 0, infused: 0 }]));
  }

  add({ arm, cells, product, infusionDay }: ArmRun): void {
    const counts = this.arms.get(arm)!;
    if (!cells) return;
    counts.planned++;
    if (product !== null) counts.leukapheresis++;
    if (product?.kind === "released") counts.released++;
    if (product?.kind === "failed") counts.failed++;
    if (infusionDay !== null) counts.infused++;
  }

  /** Null in arms that plan no cells; manufacture also where there is no leukapheresis. */
  numbers(): SummaryNumber[] {
    return [...this.arms].flatMap(([arm, { planned, leukapheresis, released, failed, infused }]) => {
      const count = (row: string, value: number, applies: boolean) =>
        plainNumber(`${arm}.${row}`, LABELS[row]!, applies ? value : null, "patients");
      return [
        count("cells-planned", planned, planned > 0),
        count("product-released", released, leukapheresis > 0),
        count("product-failed", failed, leukapheresis > 0),
        count("cells-infused", infused, planned > 0),
        plainNumber(
          `${arm}.product-failed-share`,
          LABELS["product-failed-share"]!,
          leukapheresis > 0 ? (100 * failed) / leukapheresis : null,
          "%",
        ),
      ];
    });
  }

  rows(): ReportData["products"] {
    if (![...this.arms.values()].some(({ planned }) => planned > 0)) return [];
    return Object.entries(LABELS).map(([row, label]) => ({ row, label, note: NOTES[row] ?? "" }));
  }
}

const LABELS: Readonly<Record<string, string>> = {
  "cells-planned": "cells planned",
  "product-released": "product manufactured and released",
  "product-failed": "manufacture failed",
  "product-failed-share": "manufacture failed, of those planned",
  "cells-infused": "cells infused",
};
const NOTES: Readonly<Record<string, string>> = {
  "product-failed":
    "two batches below half of the planned dose or lost: no Flu/Cy and no cells, and still analysed in the arm",
  "cells-infused": "fewer than released where a patient leaves before a delayed infusion",
};
