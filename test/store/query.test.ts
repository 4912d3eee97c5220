import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { queryRuns, StoreError, TableBuilder, trialTableSpecs, writeParquet } from "../../src/store/index.js";

/** A run of two patients, of whom one relapsed on day 200 and the other, seen for a year, did not. */
const folder = mkdtempSync(join(tmpdir(), "immune-reset-query-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const spec of trialTableSpecs) {
  const builder = new TableBuilder(spec);
  if (spec.name === "outcomes")
    for (const patient of [0, 1]) {
      const cells = spec.columns.map(({ name, type }) => {
        const value = name === "patient" ? patient : name === "relapse_day" && patient === 0 ? 200 : Number.NaN;
        if (type === "float64") return [name, value];
        return [name, type === "int32" ? Math.trunc(value) || 0 : type === "boolean" ? false : "car-t"];
      });
      builder.append(Object.fromEntries(cells));
    }
  writeFileSync(join(folder, `${spec.name}.parquet`), writeParquet(builder.build()));
}
/** Of 15 patients, written by 0.1.0 with NaN where something did not happen. */
const old = fileURLToPath(new URL("../fixtures/run-0.1.0", import.meta.url));

const ask = async (sql: string, folders = [folder]) => (await queryRuns(folders, sql)).rows;
const one = async (expression: string) => (await ask(`SELECT ${expression} AS x`))[0]![0];

describe("what did not happen", () => {
  it("is no late relapse", async () => {
    expect(
      await ask("SELECT count(*) FILTER (relapse_day > 365), count(relapse_day), max(relapse_day) FROM outcomes"),
    ).toEqual([[0, 1, 200]]);
  });

  it("is NULL in runs of 0.1.0 as well, alone and beside a new one", async () => {
    const question = "SELECT count(*) FILTER (relapse_day > 1e9), count(*) FILTER (isnan(relapse_day)) FROM outcomes";
    expect(await ask(question, [old])).toEqual([[0, 0]]);
    expect(await ask(question, [old, folder])).toEqual([[0, 0]]);
    const [[all, relapses]] = (await ask("SELECT count(*), count(relapse_day) FROM outcomes", [old])) as [
      [number, number],
    ];
    expect(all).toBe(15);
    expect(relapses).toBeLessThan(15);
  });
});

describe("values of a query, as JSON", () => {
  // The right-hand side is what the SQL standard or DuckDB's manual says the expression is.
  it.each<[string, unknown]>([
    ["42::TINYINT", 42],
    ["42::BIGINT", 42],
    ["count(*)", 1],
    ["(SELECT sum(x) FROM (SELECT 2::INT AS x))", 2],
    ["42::UHUGEINT", 42],
    ["42::BIGNUM", 42],
    ["9007199254740991", 9007199254740991],
    ["-9007199254740991", -9007199254740991],
    ["9007199254740992", "9007199254740992"],
    ["9007199254740993", "9007199254740993"],
    ["'-170141183460469231731687303715884105728'::HUGEINT", "-170141183460469231731687303715884105728"],
    ["0.1", 0.1],
    ["-1.50::DECIMAL(5,2)", -1.5],
    ["0.000000000000001::DECIMAL(20,15)", 1e-15],
    ["12345678901234567.8::DECIMAL(18,1)", "12345678901234567.8"],
    ["1e300::DOUBLE", 1e300],
    ["0.5::FLOAT", 0.5],
    ["'nan'::DOUBLE", null],
    ["'inf'::DOUBLE", null],
    ["'-inf'::FLOAT", null],
    ["NULL", null],
    ["true", true],
    ["'42'", "42"],
    ["'b'::ENUM('a', 'b')", "b"],
    ["DATE '2024-02-29'", "2024-02-29"],
    ["DATE 'infinity'", null],
    ["TIMESTAMP '2024-02-29 10:11:12.5'", "2024-02-29 10:11:12.5"],
    ["TIMESTAMP_NS '2024-02-29 10:11:12.123456789'", "2024-02-29 10:11:12.123456789"],
    ["TIME '10:11:12'", "10:11:12"],
    ["INTERVAL 14 MONTH", "1 year 2 months"],
    ["'00000000-0000-0000-0000-000000000001'::UUID", "00000000-0000-0000-0000-000000000001"],
    ["'101'::BIT", "101"],
    ["[1::BIGINT, NULL, 3]", [1, null, 3]],
    ["[1.5, 'nan'::DOUBLE]::DOUBLE[2]", [1.5, null]],
    ["[[1::HUGEINT]]", [[1]]],
    ["{'n': 7::BIGINT, 'd': 0.25, 's': {'t': DATE '2024-01-01'}}", { n: 7, d: 0.25, s: { t: "2024-01-01" } }],
    ["map(['a'], [7::BIGINT])", [{ key: "a", value: 7 }]],
    ["union_value(k := 7::BIGINT)", { tag: "k", value: 7 }],
    ["(SELECT list(x) FROM (VALUES (1::BIGINT), (2)) AS t(x))", [1, 2]],
  ])("%s", async (expression, value) => {
    const found = await one(expression);
    expect(found).toEqual(value);
    expect(JSON.parse(JSON.stringify(found))).toEqual(value);
  });

  it("gives columns of one name a number, and refuses what would lose a field", async () => {
    expect((await queryRuns([folder], "SELECT 1 AS a, 2 AS a")).columns).toEqual(["a", "a_1"]);
    await expect(one("(1, 2)")).rejects.toThrow(StoreError);
    await expect(one("[(1, 2)]")).rejects.toThrow(/struct without names/);
  });
});
