import { quantiles } from "../../../statistics/index.js";
import { comparables } from "../../endpoints/comparable.js";
import type { TrialResults } from "../../results.js";
import type { PublishedRow } from "../report-data.js";
import { overReplicates } from "./numbers.js";

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
export function publishedRows(
  results: TrialResults,
  figures: readonly PublishedFigure[],
): { rows: PublishedRow[]; without: string[] } {
  const arm = Object.keys(results.study.arms)[0]!;
  const list = results.cases.get(arm)!;
  const rows: PublishedRow[] = [];
  const without: string[] = [];
  for (const figure of figures) {
    const comparable = comparables[figure.endpoint];
    const day = Math.min(figure.day ?? results.study.visits.until, results.study.visits.until);
    const chosen = list.filter(({ patient }) => figure.population === "all" || patient.disease === figure.population);
    if (!comparable || chosen.length === 0) {
      without.push(figure.endpoint);
      continue;
    }
    const factor = comparable.kind === "proportion" ? 100 : 1;
    const { means } = overReplicates(chosen, (c) => comparable.value(c, day));
    if (means.length === 0) {
      without.push(figure.endpoint);
      continue;
    }
    const [low, median, high] = quantiles(means, [0.05, 0.5, 0.95]).map((x) => x * factor) as [number, number, number];
    const value = figure.value * factor;
    rows.push({
      endpoint: figure.day === null ? comparable.about : `${comparable.about}, ${Math.round(day / 30.4375)} months`,
      population: SHORT[figure.population] ?? figure.population,
      arm,
      unit: comparable.unit,
      predicted: { median, low, high },
      published: { value, text: figure.text, verification: figure.verification, record: figure.record },
      inside: value >= low && value <= high,
      label: comparable.label,
      note: [comparable.note, figure.definition && `published: ${figure.definition}`].filter(Boolean).join("; "),
    });
  }
  return { rows, without };
}
