/** What the model does in four arms of three diseases: before and after a change of the biology. bench/weak-points/README.md */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Cohort, type EndpointId, published } from "immune-reset/evidence";

const { values: options } = parseArgs({
  options: { patients: { type: "string", default: "1000" }, json: { type: "string" } },
});
const root = fileURLToPath(new URL("../../..", import.meta.url));
const cli = join(root, "dist/cli/main.js");
const DISEASES = ["sle", "iim", "ssc"] as const;
const ARMS = ["car-t", "car-t-alone", "rituximab", "continued"] as const;

/** One line of the table: SQL of one value per arm, how it is printed, and the published figure beside it. */
interface Line {
  readonly name: string;
  readonly sql: string;
  readonly digits: number;
  /** Of records that may be calibrated to. */
  readonly published?: readonly [record: string, endpoint: EndpointId, population: string];
  readonly diseases?: readonly string[];
}
const share = (condition: string, from: string) =>
  `select arm, 100.0*avg(case when ${condition} then 1 else 0 end) as value from ${from} group by arm`;
const middle = (column: string, from: string) => `select arm, median(${column}) as value from ${from} group by arm`;
const measure = (name: string) => middle("value", `(select * from measures where measure = '${name}') m`);
const seen = (column: string, day: number) => share(column, `(select * from visits where day = ${day}) v`);
/** Of all patients of an arm, those with such an event up to a day. */
const happened = (event: string, day: number) =>
  `select r.arm, 100.0*count(distinct e.patient)/count(distinct r.patient) as value from runs r left join events e on e.patient = r.patient and e.arm = r.arm and e.event = '${event}' and e.day <= ${day} group by r.arm`;
const grade = (column: string, test: string) => share(`o.${column} ${test}`, "outcomes o");

const LINES: readonly Line[] = [
  { name: "CAR-T peak in blood, cells/µL (median)", sql: middle("car_t_peak", "outcomes"), digits: 1 },
  {
    name: "day of the peak (median)",
    sql: middle("car_t_peak_day", "outcomes"),
    digits: 0,
    published: ["mackensen_2022", "car-t-peak-day", "all"],
  },
  { name: "CAR-T AUC, day 0 to 28, cells/µL × day (median)", sql: measure("auc-28"), digits: 0 },
  { name: "never below 1 B cell/µL, %", sql: share("depleted_day is null", "outcomes"), digits: 1 },
  {
    name: "B cells back above 5/µL, day (median)",
    sql: middle("return_day", "outcomes"),
    digits: 0,
    published: ["mackensen_2022", "b-cell-return-day", "all"],
  },
  {
    name: "lymph-node B cells at day 90, % of baseline (median)",
    sql: middle("100*lymph_node_90", "outcomes"),
    digits: 1,
  },
  ...[84, 168, 364, 728].map(
    (day): Line => ({
      name: `remission on any drugs, day ${day}, %`,
      sql: seen("inactive", day),
      digits: 0,
      ...(day === 84 ? { published: ["mackensen_2022", "doris-remission", "all"], diseases: ["sle"] } : {}),
    }),
  ),
  ...[168, 364, 728].map(
    (day): Line => ({ name: `drug-free remission, day ${day}, %`, sql: seen("remission", day), digits: 0 }),
  ),
  ...[365, 730].map(
    (day): Line => ({ name: `relapse by day ${day}, % of all`, sql: happened("relapse", day), digits: 1 }),
  ),
  {
    name: "CRS, any grade, %",
    sql: grade("crs", ">= 1"),
    digits: 0,
    published: ["muller_2024_nejm", "crs-any", "all"],
  },
  { name: "CRS grade ≥ 2, %", sql: grade("crs", ">= 2"), digits: 1 },
  {
    name: "CRS grade ≥ 3, %",
    sql: grade("crs", ">= 3"),
    digits: 1,
    published: ["muller_2024_nejm", "crs-grade-3-or-more", "all"],
  },
  {
    name: "ICANS, any grade, %",
    sql: grade("icans", ">= 1"),
    digits: 1,
    published: ["muller_2024_nejm", "icans-any", "all"],
  },
  { name: "ICANS grade ≥ 3, %", sql: grade("icans", ">= 3"), digits: 1 },
  ...[28, 91, 183, 365, 730].map(
    (day): Line => ({ name: `serious infection by day ${day}, %`, sql: happened("infection", day), digits: 1 }),
  ),
  { name: "lowest IgG, g/L (median)", sql: measure("igg-nadir"), digits: 1 },
  { name: "vaccine antibody at 12 months, % (median)", sql: middle("vaccine_365", "outcomes"), digits: 0 },
  { name: "lowest neutrophils to day 90, 10⁹/L (median)", sql: measure("neutrophil-nadir"), digits: 2 },
  { name: "lowest host T cells to day 90, of baseline (median)", sql: measure("t-cell-nadir"), digits: 2 },
];

const run = (...words: string[]) =>
  execFileSync(process.execPath, [cli, ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const result: Record<string, Record<string, Record<string, number | null>>> = {};
const folder = mkdtempSync(join(tmpdir(), "weak-points-"));
try {
  for (const disease of DISEASES) {
    const study = join(folder, `${disease}.yaml`);
    const text = readFileSync(new URL(`../../weak-points/${disease}.yaml`, import.meta.url), "utf8");
    writeFileSync(study, text.replace("n: 1000", `n: ${options.patients}`));
    run("trial", study, "--out", join(folder, disease));
    const own: Record<string, Record<string, number | null>> = {};
    for (const line of LINES) {
      const rows = JSON.parse(run("runs", "query", line.sql, join(folder, disease), "--json")) as {
        arm: string;
        value: number | null;
      }[];
      own[line.name] = Object.fromEntries(rows.map(({ arm, value }) => [arm, value]));
    }
    result[disease] = own;
    process.stdout.write(`${tableOf(disease, own)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (options.json)
  writeFileSync(
    options.json,
    `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), patients: Number(options.patients), seed: 2026, result }, null, 1)}\n`,
  );

function tableOf(disease: string, own: Record<string, Record<string, number | null>>): string {
  const cell = (value: number | null | undefined, digits: number) => (value == null ? "–" : value.toFixed(digits));
  return [
    `\n### ${disease}, ${options.patients} patients\n`,
    `| | ${ARMS.join(" | ")} | published, CAR-T |`,
    `| --- | ${ARMS.map(() => "---").join(" | ")} | --- |`,
    ...LINES.map(
      (line) =>
        `| ${line.name} | ${ARMS.map((arm) => cell(own[line.name]![arm], line.digits)).join(" | ")} | ${figure(line, disease)} |`,
    ),
  ].join("\n");
}

/** A record for prediction only is never printed here: nobody shall tune to it. */
function figure({ published: asked, diseases }: Line, disease: string): string {
  if (!asked || !(diseases ?? DISEASES).includes(disease as (typeof DISEASES)[number])) return "";
  const [record, endpoint, population] = asked;
  const cohort = JSON.parse(run("evidence", "show", record, "--json")) as Cohort;
  if (cohort.use === "validate") throw new Error(`${record} is for prediction only`);
  const found = published(cohort, endpoint, population).filter(({ usable }) => usable);
  return found.map(({ phrase }) => `${phrase}, ${record}`).join("; ");
}
