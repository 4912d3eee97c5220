import { type AnyDisease, diseases } from "../../disease/index.js";
import { clopperPearson, stream } from "../../statistics/index.js";
import type { TrialCase } from "../../trial/index.js";
import { endpointCounterparts, months, type SimulatedEndpoint } from "../../trial/index.js";
import type { PublishedRow } from "../data.js";
import { type Composition, SimulatedValues } from "./cohort-draws.js";
import { ONE_REPLICATE } from "./numbers.js";

/** A published figure that comes in as a value: the trial does not read evidence. */
export interface PublishedFigure {
  readonly record: string;
  readonly endpoint: string;
  /** A disease code, or `all`. */
  readonly population: string;
  readonly day: number | null;
  /** Proportions 0 … 1, days, points. */
  readonly value: number;
  /** Patients with the event, where the record counts them. */
  readonly events: number | null;
  /** Patients that the figure speaks of; null where the record does not say. */
  readonly n: number | null;
  /** Patients of the cohort by disease; null where the record does not say. */
  readonly diseases: Composition | null;
  readonly text: string;
  /** The study's own definition, where the record has one. */
  readonly definition: string;
  readonly verification: string;
}

/** A population in a table: the disease's short name. */
const short = (population: string): string =>
  (diseases as Readonly<Record<string, AnyDisease>>)[population]?.short ?? population;
/** Level of the exact interval of a published proportion. */
const LEVEL = 0.95;
/** As a study has a month (`milestones.ts`), it reaches the day of a figure. */
const REACHED = 0.98;

interface Compared {
  readonly figure: PublishedFigure;
  readonly counterpart: SimulatedEndpoint;
  readonly day: number;
  readonly values: SimulatedValues;
}

/**
 * The first arm against each published figure that the simulation has an endpoint for: cohorts of the published size and diseases are drawn from its patients, whatever
 * the size of the study.
 */
export class PublishedComparison {
  private readonly compared: readonly Compared[];
  private readonly missing: readonly string[];
  private replicates = 0;
  private last = -1;

  constructor(
    private readonly arm: string,
    private readonly seed: number,
    until: number,
    figures: readonly PublishedFigure[],
  ) {
    const early = ({ day }: PublishedFigure) => day !== null && until < REACHED * day;
    this.compared = figures.flatMap((figure) => {
      const counterpart = endpointCounterparts[figure.endpoint];
      return counterpart && !early(figure)
        ? [{ figure, counterpart, day: figure.day ?? until, values: new SimulatedValues(counterpart.kind === "mean") }]
        : [];
    });
    this.missing = figures.flatMap((figure) => {
      if (!endpointCounterparts[figure.endpoint]) return [figure.endpoint];
      return early(figure) ? [`${figure.endpoint} (${timeWords(figure.day!)}, after the end of this study)`] : [];
    });
  }

  add(c: TrialCase): void {
    if (c.run.arm !== this.arm) return;
    if (c.replicate !== this.last) {
      this.last = c.replicate;
      this.replicates++;
    }
    for (const { figure, counterpart, day, values } of this.compared)
      if (figure.population === "all" || c.patient.disease === figure.population)
        values.add(c.patient.disease, counterpart.value(c, day));
  }

  /** `without`: endpoints that could not be compared. */
  result(): { rows: PublishedRow[]; without: string[] } {
    const without = [...this.missing];
    const rows: PublishedRow[] = [];
    const ids = new Map<string, number>();
    for (const compared of this.compared) {
      const { figure } = compared;
      if (compared.values.count === 0) {
        without.push(
          figure.day === null
            ? figure.endpoint
            : `${figure.endpoint} (${timeWords(figure.day)}: nothing was assessed then)`,
        );
        continue;
      }
      const name = [
        figure.endpoint,
        figure.population,
        ...(figure.day === null ? [] : [`day-${Math.round(figure.day)}`]),
      ].join(".");
      const again = (ids.get(name) ?? 0) + 1;
      ids.set(name, again);
      rows.push(this.row(compared, again === 1 ? name : `${name}.${again}`));
    }
    return { rows, without: [...new Set(without)] };
  }

  private row({ figure, counterpart, values }: Compared, id: string): PublishedRow {
    const factor = counterpart.kind === "proportion" ? 100 : 1;
    const cohort = cohortOf(figure, values);
    const refusal =
      this.replicates < 2 ? ONE_REPLICATE : "refusal" in cohort ? cohort.refusal : values.refusal(cohort.composition);
    const composition = "refusal" in cohort ? values.composition() : cohort.composition;
    const mean = values.mean(composition) ?? values.mean(values.composition())!;
    const drawn =
      refusal === null ? values.draw(composition, stream(this.seed, 0, `cohort ${figure.record} ${id}`)) : null;
    const predicted = {
      value: factor * (drawn?.median ?? mean),
      low: drawn && factor * drawn.low,
      high: drawn && factor * drawn.high,
      patients: values.count,
    };
    const events = counterpart.kind === "proportion" ? eventsOf(figure) : null;
    const exact = events === null ? null : clopperPearson(events, figure.n!, LEVEL);
    // A printed percentage is a rounded count: 26.7 % of 15 is 4, not a little more.
    const value = (events === null ? figure.value : events / figure.n!) * factor;
    return {
      id,
      endpoint: figure.day === null ? counterpart.about : `${counterpart.about}, ${timeWords(figure.day)}`,
      population: [
        short(figure.population),
        figure.n === null ? "" : `n = ${figure.n}`,
        "refusal" in cohort ? "" : cohort.words,
      ]
        .filter(Boolean)
        .join(", "),
      arm: this.arm,
      unit: counterpart.unit,
      predicted,
      published: {
        value,
        low: exact && factor * exact.lower,
        high: exact && factor * exact.upper,
        text: figure.text,
        verification: figure.verification,
        record: figure.record,
      },
      inside: drawn ? value >= factor * drawn.low && value <= factor * drawn.high : null,
      noInterval: refusal ?? "",
      label: counterpart.label,
      note: [counterpart.note, figure.definition && `published definition: ${figure.definition}`]
        .filter(Boolean)
        .join("; "),
    };
  }
}

const timeWords = (day: number): string =>
  day < 60 ? `day ${Math.round(day)}` : `${Math.round(day / months(1))} months`;

/** The cohort to draw: so many patients of each disease. */
function cohortOf(
  { population, n, diseases }: PublishedFigure,
  values: SimulatedValues,
): { readonly composition: Composition; readonly words: string } | { readonly refusal: string } {
  if (n === null) return { refusal: "no interval: the record does not say of how many patients" };
  if (population !== "all") return { composition: { [population]: n }, words: "" };
  const simulated = values.composition();
  const known = diseases ?? simulated;
  const absent = Object.keys(known).filter((disease) => known[disease]! > 0 && !simulated[disease]);
  if (absent.length > 0)
    return { refusal: `no interval: the cohort has patients with ${absent.join(", ")}, the simulation none` };
  const total = Object.values(known).reduce((a, b) => a + b, 0);
  return {
    composition: total === n ? known : apportion(known, n),
    words:
      diseases === null ? "diseases as simulated" : total === n ? "" : `diseases in the proportions of the ${total}`,
  };
}

/** n patients in given proportions, whole numbers, by largest remainder; ties by name. */
export function apportion(weights: Composition, n: number): Composition {
  const total = Object.values(weights).reduce((a, b) => a + b, 0);
  const parts = Object.entries(weights).map(([disease, weight]) => {
    const exact = (n * weight) / total;
    return { disease, whole: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let left = n - parts.reduce((sum, { whole }) => sum + whole, 0);
  for (const part of [...parts].sort((a, b) => b.rest - a.rest || (a.disease < b.disease ? -1 : 1)))
    if (left-- > 0) part.whole++;
  return Object.fromEntries(parts.map(({ disease, whole }) => [disease, whole]));
}

/** The count behind a proportion: as the record counts it, or where its percentage of n is a count. */
function eventsOf({ events, n, value }: PublishedFigure): number | null {
  if (n === null) return null;
  const k = events ?? Math.round(value * n);
  return k <= n && Math.abs(k / n - value) <= 0.006 ? k : null;
}
