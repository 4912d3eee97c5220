/** One published figure: its counts, its unit, its spread, and the form that its endpoint asks for. */
import { isDimensionless, parseUnit, sameDimension } from "../quantity/index.js";
import { checkTimeUnit, type Report, readUnit, suggest } from "./check.js";
import { endpointIds, endpointOf, isEndpointId } from "./endpoints.js";
import type { Row } from "./record.js";

export function checkRow(row: Row, populations: ReadonlyMap<string, number | undefined>, report: Report): void {
  const names = [...populations.keys()];
  for (const field of ["population", "versus"] as const) {
    const name = row[field];
    if (name !== undefined && !populations.has(name))
      report([field], `unknown population "${name}"`, suggest(name, names));
  }
  if (row.versus !== undefined && row.versus === row.population)
    report(["versus"], `"${row.versus}" is compared with itself`, "name the other population");
  if (row.timepoint) {
    if (row.timepoint.value < 0)
      report(["timepoint", "value"], `timepoint ${row.timepoint.value}`, "times are not negative");
    checkTimeUnit(row.timepoint.unit, (path, what, hint) => report(["timepoint", ...path], what, hint));
  }
  checkCounts(row, populations.get(row.population), report);
  checkCause(row, report);
  checkSpread(row, report);
  if (!isEndpointId(row.id)) {
    report(["id"], `unknown endpoint "${row.id}"`, suggest(row.id, endpointIds));
    return;
  }
  if (endpointOf(row.id).definedByStudy && row.definition === undefined)
    report(
      ["id"],
      `"${row.id}" is defined differently from study to study`,
      'add definition: as the study defines it, or "not stated"',
    );
  checkPayload(row, report);
}

const ratios: ReadonlySet<string> = new Set(["risk-ratio", "rate-ratio", "hazard-ratio"]);

function checkPayload(row: Row, report: Report): void {
  const carried = [
    row.k !== undefined ? "k" : row.percent !== undefined ? "percent" : undefined,
    row.value !== undefined ? "value" : undefined,
    row.values !== undefined ? "values" : undefined,
    row.finding !== undefined ? "finding" : undefined,
  ].filter((name) => name !== undefined);
  // Only the two ends were printed: "11–59 %".
  if (carried.length === 0 && row.spread && "low" in row.spread) carried.push("spread");
  if (carried.length !== 1) {
    report(
      [],
      carried.length === 0 ? "a row without a figure" : `${carried.join(" and ")} in one row`,
      "write one of: k with n, percent, value with unit, values with unit, spread with unit, finding",
    );
    return;
  }
  const [payload] = carried;
  const endpoint = endpointOf(row.id as Parameters<typeof endpointOf>[0]);
  const ratio = row.statistic !== undefined && ratios.has(row.statistic);
  const compares = ratio || row.statistic === "difference";
  if (row.spread !== undefined && payload !== "value" && payload !== "spread")
    report(["spread"], `a spread beside ${payload}`, "a spread belongs to a value");
  if (compares !== (row.versus !== undefined) && payload === "value")
    report(
      compares ? ["statistic"] : ["versus"],
      compares ? `a ${row.statistic} of what against what?` : "a comparison without its kind",
      compares ? "add versus" : "write statistic: difference, risk-ratio, rate-ratio or hazard-ratio",
    );
  if (!compares) {
    const expected =
      endpoint.kind === "proportion"
        ? ["k", "percent"]
        : endpoint.kind === "finding"
          ? ["finding"]
          : ["value", "values", "spread"];
    if (!expected.includes(payload!) && payload !== "finding")
      report(
        [payload!],
        `"${row.id}" is a ${endpoint.kind}, and the row has ${payload}`,
        `write ${expected.join(" or ")}`,
      );
  }
  if (payload !== "value" && payload !== "values" && payload !== "spread") {
    if (row.unit !== undefined) report(["unit"], `a unit beside ${payload}`, "a unit belongs to a value");
    return;
  }
  if (payload === "value" && row.statistic === undefined && row.bound === undefined)
    report(["value"], "is it a mean, a median, one patient?", "add statistic, or bound");
  if (row.unit === undefined) {
    report([payload], `${payload} without unit`, `add unit: ${ratio ? "1" : endpoint.unit}`);
    return;
  }
  const unit = readUnit(row.unit, ["unit"], report);
  if (!unit) return;
  const right = ratio ? isDimensionless(unit) : sameDimension(unit, parseUnit(endpoint.unit));
  if (!right)
    report(
      ["unit"],
      `"${row.unit}" is no unit of "${row.id}"`,
      `write ${ratio ? "1" : endpoint.unit}, or a unit of the same dimension`,
    );
}

function checkCounts(row: Row, size: number | undefined, report: Report): void {
  const { k, n, percent } = row;
  if (k !== undefined && n === undefined) report(["k"], `${k} of how many?`, "add n");
  if (k !== undefined && n !== undefined && k > n) report(["k"], `${k} of ${n}`, "k cannot be greater than n");
  if (percent !== undefined && (percent < 0 || percent > 100)) report(["percent"], `${percent} %`, "write 0 to 100");
  if (k !== undefined && n !== undefined && k <= n && percent !== undefined) {
    const decimals = (/\.(\d+)$/.exec(String(percent))?.[1] ?? "").length;
    if (Math.abs((100 * k) / n - percent) > 0.5001 * Number(`1e-${decimals}`))
      report(
        ["percent"],
        `${k} of ${n} is ${((100 * k) / n).toFixed(decimals + 1)} %, not ${percent} %`,
        "correct k, n or percent",
      );
  }
  if (row.per !== "event" && n !== undefined && size !== undefined && n > size)
    report(
      ["n"],
      `n = ${n}, and "${row.population}" has ${size} patients`,
      "correct n, name another population, or add per: event",
    );
  if (row.values !== undefined && n !== undefined && row.values.length > n)
    report(["values"], `${row.values.length} values of ${n} patients`, "correct n or the values");
}

const deaths: ReadonlySet<string> = new Set(["death", "treatment-related-mortality", "non-relapse-mortality"]);

/** Nobody dies of nothing: a death says of what, or that the text does not. */
function checkCause(row: Row, report: Report): void {
  const died = deaths.has(row.id) && ((row.k ?? row.percent ?? 0) > 0 || row.finding !== undefined);
  if (died && row.cause === undefined) report(["id"], "a death without its cause", 'add cause, or cause: "not stated"');
  if (!deaths.has(row.id) && row.cause !== undefined)
    report(["cause"], `a cause of death beside "${row.id}"`, "write it as a note");
}

function checkSpread(row: Row, report: Report): void {
  const spread = row.spread;
  if (!spread) return;
  if ("value" in spread) {
    if (spread.value < 0) report(["spread", "value"], `a ${spread.kind} of ${spread.value}`, "it cannot be negative");
    return;
  }
  if (spread.low > spread.high) report(["spread"], `from ${spread.low} to ${spread.high}`, "put the lower end first");
  else if (row.value !== undefined && (row.value < spread.low || row.value > spread.high))
    report(["spread"], `${row.value} lies outside ${spread.low} to ${spread.high}`, "correct one of them");
}
