/** One record with everything that stands in it, or the list of them. */
import {
  type Cohort,
  cite,
  citeLine,
  describeFigure,
  type Evidence,
  figureWords,
  gaps,
  type Row,
} from "../../evidence/index.js";
import { inputProblem, modelReach, packagedEvidence } from "../../workbench/index.js";
import { type Common, print, printJson, table } from "./output.js";

export async function showCommand(id: string | undefined, options: Common): Promise<number> {
  const evidence = await packagedEvidence(options.dir);
  if (id === undefined) return list(evidence, options);
  const cohort = evidence.cohorts.get(id);
  if (!cohort) throw inputProblem("record", `no cohort record "${id}"`, "evidence show lists them");
  const lacks = gaps(cohort, modelReach());
  if (options.json) {
    printJson({ ...cohort, citation: cite(evidence, cohort.source) ?? null, gaps: lacks });
    return 0;
  }
  print(`${cohort.id}: ${cohort.about}`);
  print(citeLine(evidence, cohort.source) ?? cohort.source);
  print("");
  for (const [name, value] of facts(evidence, cohort)) print(`${name.padEnd(14)}${value}`);
  for (const arm of cohort.arms) printArm(arm, cohort);
  for (const each of cohort.primaryEndpoints ?? [])
    print(`\nprimary endpoint of ${each.trial}: ${fields(each, ["trial"])}`);
  for (const [head, rows] of [
    ["before treatment", cohort.baseline ?? []],
    ["what was seen", cohort.endpoints],
  ] as const) {
    if (rows.length === 0) continue;
    print(`\n${head}`);
    for (const row of rows) printRow(cohort, row);
  }
  for (const { about, used, others, why } of cohort.conflicts ?? []) {
    print(`\nconflict: ${about}`);
    print(`  used:   ${used.says} (${used.from}; ${used.verification})`);
    for (const other of others) print(`  other:  ${other.says} (${other.from}; ${other.verification})`);
    print(`  why:    ${why}`);
  }
  if (cohort.doubts) print("");
  for (const doubt of cohort.doubts ?? []) print(`doubt: ${doubt}`);
  print(
    lacks.simulatable
      ? "\ncan be simulated from its fields alone"
      : `\ncannot be simulated from its fields alone: ${[...lacks.missing.map((x) => `no ${x}`), ...lacks.beyondModel.map((x) => `not in the model: ${x}`)].join("; ")}`,
  );
  return 0;
}

function list(evidence: Evidence, options: Common): number {
  const all = [...evidence.cohorts.values()].map((c) => ({
    id: c.id,
    role: c.role,
    n: c.n ?? null,
    diseases: c.diseases.map((d) => d.disease),
    read: c.read,
    use: c.use ?? null,
    about: c.about,
  }));
  if (options.json) printJson(all);
  else
    print(
      table([
        ["record", "role", "n", "diseases", "read", "use", "about"],
        ...all.map((c) => [
          c.id,
          c.role,
          c.n === null ? "?" : String(c.n),
          c.diseases.join(" "),
          c.read,
          c.use ?? "",
          c.about,
        ]),
      ]),
    );
  return 0;
}

/** What is known of the record as a whole, one line each. */
function facts(evidence: Evidence, cohort: Cohort): [string, string][] {
  const { design, followup, overlap, contains, mayShare, subsets, registrations, registrationsChecked } = cohort;
  const source = evidence.sources.get(cohort.source);
  const lines: [string, string | undefined][] = [
    ["design", fields(design, [])],
    ["role", cohort.role],
    ["read", `${cohort.read}${source ? `: ${source.read}` : ""}`],
    ["use", cohort.use && "for prediction only: no number of the model may be set from it"],
    ["n", cohort.n === undefined ? "not stated" : String(cohort.n)],
    ["diseases", cohort.diseases.map((d) => fields(d, [])).join("; ")],
    [
      "registered as",
      registrations &&
        `${registrations.join(", ")} (${registrationsChecked ? `checked ${registrationsChecked}` : "not checked"})`,
    ],
    ["overlap group", overlap],
    ["contains", contains?.join(", ")],
    ["may share", mayShare?.join(", ")],
    ["under study", cohort.underStudy?.join(", ")],
    ["subsets", subsets?.map(({ id, about, n }) => `${id}: ${about}${n === undefined ? "" : `, n = ${n}`}`).join("; ")],
    ["follow-up", followup ? fields(followup, []) : "not stated"],
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]]));
}

function printArm(arm: Cohort["arms"][number], cohort: Cohort): void {
  const size = arm.n === undefined ? "n not stated" : `n = ${arm.n}${arm.except ? ` (${arm.except.n})` : ""}`;
  print(
    `\narm ${arm.id}: ${size}${arm.after ? `, after ${arm.after}` : ""}${cohort.underStudy?.includes(arm.id) ? ", under study" : ""}`,
  );
  print(`  product       ${fields(arm.product, [])}`);
  for (const [name, blocks] of [
    ["dose", arm.doses],
    ["conditioning", arm.conditioning],
    ["background", arm.background],
  ] as const) {
    if (blocks === undefined) continue;
    if (blocks.length === 0) print(`  ${name.padEnd(14)}none`);
    for (const block of blocks) print(`  ${name.padEnd(14)}${fields(block, [])}`);
  }
}

/** A figure in one line, and below it whatever else the row says. */
function printRow(cohort: Cohort, row: Row): void {
  const figure = describeFigure(cohort, row);
  const { usable } = figure;
  const { id, population, verification, timepoint, definition, versus } = row;
  const when = timepoint
    ? `, ${timepoint.at === "last-follow-up" ? "last follow-up, " : ""}${timepoint.value} ${timepoint.unit}`
    : ", time not stated";
  const whom = `${population}${versus ? ` against ${versus}` : ""}`;
  print(`  ${id} [${whom}${when}]: ${usable ? figureWords(figure) : "(from memory, not shown)"} (${verification})`);
  if (definition !== undefined) print(`      definition    ${definition}`);
  if (row.n === undefined) print("      denominator   not stated");
  else if (row.per === "event") print("      denominator   events, not patients");
  const more = usable ? (["cause", "p", "derived", "note", "read"] as const) : (["read"] as const);
  for (const name of more) if (row[name] !== undefined) print(`      ${name.padEnd(14)}${row[name]}`);
  if (row.except) print(`      ${"except".padEnd(14)}${fields(row.except, [])}`);
}

/** Every field of a block, `name value`, lists by commas. */
function fields(block: object, without: readonly string[]): string {
  return Object.entries(block)
    .filter(([name, value]) => value !== undefined && !without.includes(name))
    .map(([name, value]) => {
      const said = Array.isArray(value)
        ? value.join(", ")
        : typeof value === "object" && value !== null
          ? `(${fields(value, [])})`
          : String(value);
      return `${name} ${said}`;
    })
    .join("; ");
}
