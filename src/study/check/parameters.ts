/** Changed parameters: one grammar for the study, a part of its population, an arm, and `simulate --set`. docs/notes/changed-parameters.md */
import {
  changeParameter,
  type ParameterChange,
  type ParameterChanges,
  type ParameterDeclaration,
  parameterFaults,
} from "../../engine/index.js";
import {
  type Check,
  type Entry,
  expected,
  type MapNode,
  type Node,
  nearest,
  number,
  optional,
  quantity,
  quote,
  type Reader,
  readMap,
  reportDouble,
  type Spot,
  within,
} from "../../reading/index.js";
import type { Rows } from "../parameter-rows.js";

export const PARAMETERS_FORM = "{ rho: { times: 1.2 } }";

/** What a map of changes may name: rows by disease (a change must fit in each), and why another name is not among them. */
export interface Nameable {
  readonly rows: readonly Rows[];
  /** A reason and a hint for a name that is known elsewhere; undefined for one that nobody knows. */
  readonly elsewhere: (name: string) => { readonly what: string; readonly hint: string } | undefined;
}

/** A map that is read later, when it is known what its names may be. */
export interface RawChanges {
  readonly node: MapNode;
  readonly spot: Spot;
}

export const rawChanges: Reader<RawChanges> = (node, spot, check) =>
  node.kind === "map"
    ? { node, spot }
    : expected("a map of parameters", "write name: value with unit, { times: 1.2 } or fixed", node, spot, check);

export function readChanges({ node, spot }: RawChanges, { rows, elsewhere }: Nameable, check: Check): ParameterChanges {
  const known = [...new Set(rows.flatMap((each) => [...each.keys()]))];
  const first = new Map<string, Entry>();
  const changes: Record<string, ParameterChange> = {};
  for (const entry of node.entries) {
    const keySpot = within(spot, entry.key, entry.keyPlace);
    const before = first.get(entry.key);
    if (before) {
      reportDouble(entry, before, spot, check);
      continue;
    }
    first.set(entry.key, entry);
    const own = rows.flatMap((each) => each.get(entry.key) ?? []);
    if (own.length === 0) {
      const other = elsewhere(entry.key);
      const near = nearest(entry.key, known);
      if (other) check.report(keySpot, other.what, other.hint);
      else
        check.report(
          keySpot,
          `unknown parameter ${quote(entry.key)}`,
          near ? `did you mean "${near.name}"?` : "`immune-reset model parameters` lists all",
        );
      continue;
    }
    const valueSpot = within(spot, entry.key, entry.value.place ?? entry.keyPlace, entry.keyPlace);
    const change = changeOf(own[0]!)(entry.value, valueSpot, check);
    if (!change) continue;
    changes[entry.key] = change;
    const faults = new Set(own.flatMap((row) => parameterFaults(changeParameter(row, change))));
    for (const fault of faults)
      check.report(valueSpot, `${entry.key}: ${fault}`, `${own[0]!.about}: ${rangeOf(own[0]!)}`);
  }
  return changes;
}

const rangeOf = ({ bounds: [low, high], unit, value }: ParameterDeclaration): string =>
  `${low} … ${high}${unit === "1" ? "" : ` ${unit}`}, ${value} unless changed`;

/** One change, in the unit of its row. */
const changeOf =
  (row: ParameterDeclaration): Reader<ParameterChange> =>
  (node, spot, check) => {
    const form = `${exampleOf(row)}, { times: 1.2 }, { median: …, cv: 40 % } or fixed`;
    if (node.kind === "scalar" && node.value === "fixed") return { fixed: true };
    if (node.kind === "scalar" && (check.spelling === "text" || typeof node.value !== "number")) {
      const value = amount(row)(node, spot, check);
      return value === undefined ? undefined : { value };
    }
    if (node.kind !== "map") return expected("a change of a parameter", `write ${form}`, node, spot, check);
    const found = readMap(node, spot, check, "a change of a parameter", {
      value: optional(amount(row), exampleOf(row)),
      times: optional(number(1e-6, 1e6), "a number such as 1.2", { alsoCalled: ["factor"] }),
      median: optional(amount(row), exampleOf(row)),
      cv: optional(
        quantity({ noun: "a coefficient of variation", unit: "%", example: "40 %", low: 0, high: 500, above: true }),
        "40 %",
      ),
      fixed: optional(fixedAt(row), `true or ${exampleOf(row)}`),
    });
    if (!found) return undefined;
    const { value, times, median, cv, fixed } = found;
    const written = Object.keys(found).sort().join(" and ");
    if (value && written === "value") return { value: value.value };
    if (times && written === "times") return { times: times.value };
    if (fixed && written === "fixed") return { fixed: fixed.value };
    if (median && cv && written === "cv and median") return { median: median.value, cv: cv.value };
    // Parts that were refused have been reported.
    if (node.entries.every(({ key }) => key in found))
      check.report(
        spot,
        `${written === "" ? "an empty map" : quote(written)} is no change of a parameter`,
        `write ${form}`,
      );
    return undefined;
  };

/** A plain number where the parameter has no unit. */
const amount =
  (row: ParameterDeclaration): Reader<number> =>
  (node, spot, check) => {
    const plain = node.kind === "scalar" && typeof node.value === "number" && row.unit === "1";
    const read = plain
      ? number(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
      : quantity({ noun: "a value", unit: row.unit, example: exampleOf(row), low: -Infinity, high: Infinity });
    return read(node, spot, check);
  };

const fixedAt =
  (row: ParameterDeclaration): Reader<number | true> =>
  (node: Node, spot, check) =>
    node.kind === "scalar" && node.value === true ? true : amount(row)(node, spot, check);

const exampleOf = ({ value, unit }: ParameterDeclaration): string => (unit === "1" ? `${value}` : `${value} ${unit}`);
