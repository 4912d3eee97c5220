import type { TrialCase } from "../../trial/index.js";
import { type Comparable, comparables } from "../../trial/index.js";
import type { PublishedRow } from "../data.js";
import { ReplicateMean } from "./numbers.js";

/** A published figure that comes in as a value: the trial does not read evidence. */
export interface PublishedFigure {
  readonly record: string;
  readonly endpoint: string;
  /** A disease code, or `all`. */
  readonly population: string;
  readonly day: number | null;
  /** Proportions 0 … 1, days, points. */
  readonly value: number;
  readonly text: string;
  /** The study's own definition, where the record has one. */
  readonly definition: string;
  readonly verification: string;
}

const SHORT: Readonly<Record<string, string>> = { all: "all", sle: "SLE", iim: "IIM", ssc: "SSc" };

/** Median and 90 % interval of the first arm over replicates of the same size, against each published figure that the simulation has an endpoint for. */
export class PublishedComparison {
  private readonly compared: readonly {
    readonly figure: PublishedFigure;
    readonly comparable: Comparable;
    readonly day: number;
    readonly means: ReplicateMean;
  }[];
  private readonly missing: readonly string[];

  constructor(
    private readonly arm: string,
    until: number,
    figures: readonly PublishedFigure[],
  ) {
    this.compared = figures.flatMap((figure) => {
      const comparable = comparables[figure.endpoint];
      return comparable
        ? [{ figure, comparable, day: Math.min(figure.day ?? until, until), means: new ReplicateMean() }]
        : [];
    });
    this.missing = figures.filter(({ endpoint }) => !comparables[endpoint]).map(({ endpoint }) => endpoint);
  }

  add(c: TrialCase): void {
    if (c.run.arm !== this.arm) return;
    for (const { figure, comparable, day, means } of this.compared)
      if (figure.population === "all" || c.patient.disease === figure.population)
        means.add(c.replicate, comparable.value(c, day));
  }

  /** `without`: endpoints that could not be compared. */
  result(): { rows: PublishedRow[]; without: string[] } {
    const without = [...this.missing];
    const rows = this.compared.flatMap(({ figure, comparable, day, means }): PublishedRow[] => {
      const found = means.result();
      if (!found) {
        without.push(figure.endpoint);
        return [];
      }
      const factor = comparable.kind === "proportion" ? 100 : 1;
      const predicted = { median: found.median * factor, low: found.low * factor, high: found.high * factor };
      const value = figure.value * factor;
      return [
        {
          endpoint: figure.day === null ? comparable.about : `${comparable.about}, ${Math.round(day / 30.4375)} months`,
          population: SHORT[figure.population] ?? figure.population,
          arm: this.arm,
          unit: comparable.unit,
          predicted,
          published: { value, text: figure.text, verification: figure.verification, record: figure.record },
          inside: value >= predicted.low && value <= predicted.high,
          label: comparable.label,
          note: [comparable.note, figure.definition && `published definition: ${figure.definition}`]
            .filter(Boolean)
            .join("; "),
        },
      ];
    });
    return { rows, without: [...new Set(without)] };
  }
}
