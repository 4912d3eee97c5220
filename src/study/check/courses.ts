/** Outputs, times, trajectories and measures of a study. docs/notes/courses.md */
import {
  type Check,
  choice,
  expected,
  type Found,
  formatNumber,
  type Node,
  nearest,
  number,
  optional,
  pattern,
  quantity,
  quote,
  type Reader,
  readList,
  readMap,
  reportDouble,
  required,
  type Spot,
  within,
} from "../../reading/index.js";
import { countDays, type GridPart, type Measure, type Measures, MOST_TIMES, TAKES, type Take } from "../courses.js";
import type { OutputUnits } from "../output-names.js";
import { EARLIEST_DAY } from "../words.js";

/** Read later, when it is known what its names may be. */
export interface Raw {
  readonly node: Node;
  readonly spot: Spot;
}
export const raw: Reader<Raw> = (node, spot) => ({ node, spot });

export const OUTPUTS_FORM = "a list of names such as [CARblood, C3]";
export const GRID_FORM = "times such as [0 day, { from: 1 day, to: 30 day, every: 12 h }]";
export const TRAJECTORIES_FORM = 'a number of patients, or "all"';
export const MEASURES_FORM = "{ peak: { of: CARblood, take: cmax } }";

const hint = "`immune-reset model equations` shows all names";

function known(name: string, spot: Spot, units: OutputUnits, check: Check): string | undefined {
  if (units.has(name)) return name;
  const near = nearest(name, [...units.keys()]);
  return check.report(spot, `no model of this study has ${quote(name)}`, near ? `did you mean "${near.name}"?` : hint);
}

const word = pattern("the name of an output", /^[A-Za-z_]\w*$/, hint);

export function readOutputs({ node, spot }: Raw, units: OutputUnits, check: Check): readonly string[] | undefined {
  const read = readList(node, spot, check, OUTPUTS_FORM, (item, at, c) => {
    const name = word(item, at, c);
    return name === undefined ? undefined : known(name, at, units, c);
  });
  if (node.kind === "list" && node.items.length === 0)
    check.report(spot, "the list of outputs is empty", `write ${OUTPUTS_FORM}, or leave it out`);
  const seen = new Set<string>();
  for (const { value, spot: at } of read ?? []) {
    if (seen.has(value)) check.report(at, `output ${quote(value)} stands twice`, "name it once");
    seen.add(value);
  }
  return read?.map(({ value }) => value);
}

/** A time with any unit of time: grids are finer than visits. */
const gridTime = quantity((check) => ({
  noun: "a time",
  unit: "day",
  example: "12 h",
  low: EARLIEST_DAY,
  high: check.until ?? Number.POSITIVE_INFINITY,
}));
const step = quantity({
  noun: "a step",
  unit: "day",
  example: "12 h",
  low: 0,
  high: Number.POSITIVE_INFINITY,
  above: true,
});

const gridPart: Reader<GridPart> = (node, spot, check) => {
  if (node.kind !== "map") return gridTime(node, spot, check);
  const found = readMap(node, spot, check, "a span of times", {
    from: required(gridTime, 'a time such as "0 day"', { alsoCalled: ["start"] }),
    to: required(gridTime, 'a time such as "30 day"', { alsoCalled: ["until", "end"] }),
    every: required(step, 'a step such as "12 h"', { alsoCalled: ["by", "step"] }),
  });
  if (!found?.from || !found.to || !found.every) return undefined;
  if (found.to.value < found.from.value)
    return check.report(found.to.spot, "the span ends before it begins", 'write the earlier time as "from"');
  return { from: found.from.value, to: found.to.value, every: found.every.value };
};

export const grid: Reader<readonly GridPart[]> = (node, spot, check) => {
  const read = readList(node, spot, check, GRID_FORM, gridPart);
  if (!read) return undefined;
  if (node.kind === "list" && node.items.length === 0)
    return check.report(spot, "the grid is empty", `write ${GRID_FORM}, or leave it out`);
  const parts = read.map(({ value }) => value);
  const times = parts.reduce<number>((sum, part) => sum + countDays(part), 0);
  if (times > MOST_TIMES)
    return check.report(spot, `${times} times`, `at most ${formatNumber(MOST_TIMES)}: make the steps longer`);
  return parts;
};

export const trajectories: Reader<number | "all"> = (node, spot, check) =>
  node.kind === "scalar" && node.value === "all"
    ? "all"
    : node.kind === "scalar" && typeof node.value === "string"
      ? expected(TRAJECTORIES_FORM, `write ${TRAJECTORIES_FORM}`, node, spot, check)
      : number(1, 100_000_000, { whole: true })(node, spot, check);

export function readMeasures({ node, spot }: Raw, units: OutputUnits, check: Check): Measures | undefined {
  if (node.kind !== "map") return expected("a map of measures", `write ${MEASURES_FORM}`, node, spot, check);
  const measures: Record<string, Measure> = {};
  const first = new Map<string, (typeof node.entries)[number]>();
  for (const entry of node.entries) {
    const before = first.get(entry.key);
    if (before) {
      reportDouble(entry, before, spot, check);
      continue;
    }
    first.set(entry.key, entry);
    const keySpot = within(spot, entry.key, entry.keyPlace);
    if (!/^[a-z][a-z0-9-]*$/.test(entry.key))
      check.report(keySpot, `${quote(entry.key)} is not the name of a measure`, "use a–z, 0–9 and -, such as auc-28");
    const at = within(spot, entry.key, entry.value.place ?? entry.keyPlace, entry.keyPlace);
    const measure = readMeasure(entry.value, at, units, check);
    if (measure) measures[entry.key] = measure;
  }
  return measures;
}

function readMeasure(node: Node, spot: Spot, units: OutputUnits, check: Check): Measure | undefined {
  const words = Object.keys(TAKES) as Take[];
  const found = readMap(node, spot, check, "a measure", {
    of: required(word, "the name of an output", { alsoCalled: ["output", "name"] }),
    take: required(choice("measure", words), words.join(", "), { alsoCalled: ["measure", "kind"] }),
    from: optional(gridTime, 'a time such as "0 day"'),
    to: optional(gridTime, 'a time such as "28 day"', { alsoCalled: ["until"] }),
    level: optional(raw, "a value with its unit", { alsoCalled: ["threshold"] }),
  });
  if (!found) return undefined;
  const { of, take, from, to } = found;
  const name = of && known(of.value, of.spot, units, check);
  if (from && to && to.value <= from.value)
    check.report(to.spot, "the time ends before it begins", 'write the earlier time as "from"');
  const level = found.level && name !== undefined ? levelOf(found.level, units.get(name)!, check) : undefined;
  if (take && TAKES[take.value].level && !found.level)
    check.report(spot, `"${take.value}" without a level`, 'add "level", such as 5 cell/uL');
  if (take && !TAKES[take.value].level && found.level)
    check.report(found.level.keySpot, `"${take.value}" takes no level`, 'remove "level"');
  if (!take || name === undefined) return undefined;
  return {
    of: name,
    take: take.value,
    ...(from ? { from: from.value } : {}),
    ...(to ? { to: to.value } : {}),
    ...(level === undefined ? {} : { level }),
  };
}

/** In the unit of the output; a plain number where it has none. */
function levelOf({ value: { node, spot } }: Found<Raw>, unit: string, check: Check): number | undefined {
  const all = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const plain = unit === "1" && node.kind === "scalar" && typeof node.value === "number";
  const read = plain
    ? number(all.low, all.high)
    : quantity({ noun: "a level", unit, example: unit === "1" ? "0.5" : `5 ${unit}`, ...all });
  return read(node, spot, check);
}
