/** Parameters that go together between patients. docs/notes/changed-parameters.md */
import { type Correlation, changeParameter, correlationMatrix, type ParameterChanges } from "../../engine/index.js";
import {
  type Check,
  expected,
  type Node,
  nearest,
  number,
  pattern,
  quote,
  readList,
  readMap,
  required,
  type Spot,
} from "../../reading/index.js";
import type { Rows } from "../parameter-rows.js";
import type { Raw } from "./courses.js";

export const CORRELATIONS_FORM = "[{ between: [rho, KT], is: 0.5 }]";

const name = pattern("the name of a parameter", /^[A-Za-z_]\w*$/, "`immune-reset model parameters` lists all");

/** `changes`: those of the study, which may make a parameter vary or not. */
export function readCorrelations(
  { node, spot }: Raw,
  rows: readonly Rows[],
  changes: ParameterChanges,
  check: Check,
): readonly Correlation[] | undefined {
  const seen = new Set<string>();
  const read = readList(node, spot, check, "a list of correlations", (item, at) =>
    readOne(item, at, rows, changes, seen, check),
  );
  if (!read || node.kind !== "list" || read.length < node.items.length) return undefined;
  const found = read.map(({ value }) => value);
  if (found.length === 0) return check.report(spot, "the list of correlations is empty", `write ${CORRELATIONS_FORM}`);
  if (!correlationMatrix(found))
    return check.report(
      spot,
      "no numbers can have these correlations at once",
      "where a goes with b and b with c, a goes with c: make some weaker, or name the missing pairs",
    );
  return found;
}

function readOne(
  node: Node,
  spot: Spot,
  rows: readonly Rows[],
  changes: ParameterChanges,
  seen: Set<string>,
  check: Check,
): Correlation | undefined {
  const found = readMap(node, spot, check, "a correlation", {
    between: required(pair, "two names such as [rho, KT]", { alsoCalled: ["of", "parameters"] }),
    is: required(number(-0.999, 0.999), "a number between −1 and 1", { alsoCalled: ["value", "rho", "r"] }),
  });
  if (!found?.between) return undefined;
  const { value: between, spot: at } = found.between;
  const fit = between.map((each) => varies(each, rows, changes, at, check)).every((each) => each);
  const [a, b] = between;
  if (a === b) return check.report(at, `${quote(a)} with itself`, "name two parameters");
  const key = [a, b].sort().join(" ");
  if (seen.has(key)) return check.report(at, `${quote(a)} and ${quote(b)} stand in two entries`, "keep one");
  seen.add(key);
  return fit && found.is ? { between: [a, b], is: found.is.value } : undefined;
}

function pair(node: Node, spot: Spot, check: Check): readonly [string, string] | undefined {
  if (node.kind !== "list" || node.items.length !== 2)
    return expected("two names", "write two names such as [rho, KT]", node, spot, check);
  const read = readList(node, spot, check, "two names", name) ?? [];
  return read.length === 2 ? [read[0]!.value, read[1]!.value] : undefined;
}

/** Whether it is known, and differs between patients. */
function varies(named: string, rows: readonly Rows[], changes: ParameterChanges, spot: Spot, check: Check): boolean {
  const own = rows.flatMap((each) => each.get(named) ?? []);
  if (own.length === 0) {
    const near = nearest(named, [...new Set(rows.flatMap((each) => [...each.keys()]))]);
    check.report(
      spot,
      `no model of this study has the parameter ${quote(named)}`,
      near ? `did you mean "${near.name}"?` : "`immune-reset model parameters` lists all",
    );
    return false;
  }
  const change = changes[named];
  const row = change ? changeParameter(own[0]!, change) : own[0]!;
  if (row.varies !== undefined && row.varies.shape !== "fixed") return true;
  check.report(
    spot,
    `${quote(named)} is the same in all patients`,
    `let it vary: parameters: { ${named}: { median: …, cv: 30 % } }`,
  );
  return false;
}
