/** A published figure as words and as a number. */
import { parseUnit, valueIn } from "../quantity/index.js";
import { type EndpointId, endpointOf, isEndpointId } from "./endpoints.js";
import type { Cohort, Row, Spread, Verification } from "./record.js";

export interface Published {
  readonly record: string;
  readonly endpoint: string;
  readonly population: string;
  /** `11/15 (73 %)`, `112 ± 47 d (SD, n = 15)`, `≤ 7 d (n = 3)`. */
  readonly phrase: string;
  /** In `unit`; a proportion is 0 to 1. Absent where the record has words, or one value per patient. */
  readonly value?: number;
  /** The unit of the endpoint; `1` for ratios. */
  readonly unit: string;
  /** Ends of the published interval, in `unit`; of a standard deviation, mean ± SD. */
  readonly low?: number;
  readonly high?: number;
  readonly verification: Verification;
  /** False for what is known from memory only: never shown as a fact, never a calibration target. */
  readonly usable: boolean;
  readonly row: Row;
}

/** The rows of a record for an endpoint, baseline first; of one population where it is named. */
export function published(record: Cohort, endpoint: EndpointId, population?: string): Published[] {
  return [...(record.baseline ?? []), ...record.endpoints]
    .filter((row) => row.id === endpoint && (population === undefined || row.population === population))
    .map((row) => describeFigure(record, row));
}

export function describeFigure(record: Cohort, row: Row): Published {
  const ratio = row.statistic?.endsWith("-ratio") ?? false;
  const unit = ratio || !isEndpointId(row.id) ? "1" : endpointOf(row.id).unit;
  const convert = (value: number) => {
    if (row.unit === undefined || row.unit === unit) return value;
    const converted = valueIn(value, parseUnit(row.unit), parseUnit(unit));
    return converted === undefined ? undefined : tidy(converted);
  };
  const shown = withoutMemory(row);
  const value = figureOf(shown, convert);
  const ends = row.spread && endsOf(row.spread, row.value);
  const low = ends && convert(ends.low);
  const high = ends && convert(ends.high);
  return {
    record: record.id,
    endpoint: row.id,
    population: row.population,
    phrase: phraseOf(shown),
    ...(value === undefined ? {} : { value }),
    unit,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    verification: row.verification,
    usable: row.verification !== "unverified",
    row,
  };
}

/** Figures of the row that are from memory are left out of its words, unless all of it is. */
function withoutMemory(row: Row): Row {
  if (row.verification === "unverified") return row;
  const doubtful = Object.entries(row.except ?? {}).filter(([, level]) => level === "unverified");
  const copy: Record<string, unknown> = { ...row };
  for (const [name] of doubtful) delete copy[name];
  return copy as Row;
}

function figureOf(row: Row, convert: (value: number) => number | undefined): number | undefined {
  if (row.k !== undefined && row.n !== undefined) return row.k / row.n;
  if (row.percent !== undefined) return tidy(row.percent / 100);
  return row.value === undefined ? undefined : convert(row.value);
}

/** 15 digits lose the rounding of a conversion and nothing that was printed. */
const tidy = (value: number): number => Number(value.toPrecision(15));

const endsOf = (spread: Spread, value: number | undefined): { low: number; high: number } | undefined =>
  "low" in spread
    ? { low: spread.low, high: spread.high }
    : spread.kind === "sd" && value !== undefined
      ? { low: value - spread.value, high: value + spread.value }
      : undefined;

const bounds = { "at-most": "≤ ", "at-least": "≥ ", about: "about " } as const;
const spreadNames = { sd: "SD", se: "SE", iqr: "IQR", range: "range", ci95: "95 % CI", interval: "interval" } as const;
const shortUnits: Readonly<Record<string, string>> = {
  day: "d",
  year: "years",
  "1": "",
  point: "points",
  event: "events",
};

function phraseOf(row: Row): string {
  const bound = row.bound ? bounds[row.bound] : "";
  if (row.finding !== undefined) return row.finding;
  if (row.k !== undefined && row.n !== undefined) {
    const counted = row.per === "event" ? " events" : "";
    return `${bound}${row.k}/${row.n}${counted} (${row.percent ?? Math.round((100 * row.k) / row.n)} %)`;
  }
  if (row.k !== undefined) return `${bound}${row.k}`;
  if (row.percent !== undefined) return `${bound}${row.percent} %${row.n === undefined ? "" : ` (n = ${row.n})`}`;
  const unit = row.unit === undefined ? "" : (shortUnits[row.unit] ?? row.unit);
  const withUnit = (text: string) => (unit === "" ? text : `${text} ${unit}`);
  if (row.values !== undefined) return withUnit(row.values.map(number).join(", "));
  const spread = row.spread;
  const ends =
    spread && "low" in spread ? `${number(spread.low)}${spread.low < 0 ? " to " : "–"}${number(spread.high)}` : "";
  if (row.value === undefined)
    return ends === ""
      ? "not stated"
      : `${withUnit(ends)} (${[spreadNames[spread!.kind], ...(row.n === undefined ? [] : [`n = ${row.n}`])].join(", ")})`;
  const remarks: string[] = [];
  let main = number(row.value);
  if (spread && "value" in spread) {
    main += ` ± ${number(spread.value)}`;
    remarks.push(spreadNames[spread.kind]);
  } else if (spread) {
    remarks.push(`${spreadNames[spread.kind]} ${ends}`);
  }
  if (row.n !== undefined) remarks.push(`n = ${row.n}`);
  const named =
    row.statistic && !(row.statistic === "mean" && spread) && row.statistic !== "single" && row.statistic !== "rate";
  const words = named ? `${row.statistic!.replace("-", " ")} ` : "";
  return `${words}${bound}${withUnit(main)}${remarks.length > 0 ? ` (${remarks.join(", ")})` : ""}`;
}

const number = (value: number): string => String(value).replace(/^-/, "−");
