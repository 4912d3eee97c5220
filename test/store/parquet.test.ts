import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import {
  defineTable,
  hashTables,
  readParquet,
  rowsOf,
  StoreError,
  type Table,
  TableBuilder,
  writeParquet,
} from "../../src/store/index.js";
import { random, randomVisit, VISITS, visits } from "./sample.js";

/** What DuckDB, which shares no code with us, says of a table's file. */
async function ask(table: Table, sql: string): Promise<Record<string, unknown>[]> {
  const folder = mkdtempSync(join(tmpdir(), "immune-reset-parquet-"));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const file = join(folder, "t.parquet");
    writeFileSync(file, writeParquet(table));
    const result = await connection.runAndReadAll(sql.replaceAll("FILE", `'${file}'`));
    return result.getRowObjects();
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

/** One column as hyparquet alone reads it. */
async function cellsByHyparquet(table: Table, column: string): Promise<unknown[]> {
  const file = writeParquet(table).slice().buffer;
  const rows = (await parquetReadObjects({ file, columns: [column] })) as Record<string, unknown>[];
  return rows.map((row) => row[column]);
}

describe("Parquet round trip", () => {
  it.each([0, 1, 2, 7, 8, 9, 17, 999, 100_000, 200_001])("keeps every bit of %i rows", async (rows) => {
    const table = visits(rows, rows);
    const back = await readParquet(writeParquet(table), VISITS);
    expect(back.rows).toBe(rows);
    expect(hashTables([back])).toBe(hashTables([table]));
  });

  it("keeps every bit of random cells", async () => {
    const number = fc.double({ noNaN: false });
    const row = fc.record({
      patient: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      arm: fc.constantFrom("", "reset"),
      day: fc.oneof(number, fc.constantFrom(0, -0)),
      b_cells: number,
      in_remission: fc.boolean(),
      note: fc.string({ unit: "binary" }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 60 }), async (rows) => {
        const builder = new TableBuilder(VISITS);
        for (const cells of rows) builder.append(cells);
        const table = builder.build();
        const back = await readParquet(writeParquet(table));
        expect(back.spec).toEqual(VISITS);
        expect(hashTables([back])).toBe(hashTables([table]));
        expect([...rowsOf(back)]).toEqual([...rowsOf(table)]);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps columns in which every cell is the same", async () => {
    for (const day of [0, -0, Number.NaN, Infinity])
      for (const note of ["", "x"]) {
        const builder = new TableBuilder(VISITS);
        for (let i = 0; i < 1500; i++)
          builder.append({ patient: 0, arm: note, day, b_cells: day, in_remission: false, note });
        const table = builder.build();
        expect(hashTables([await readParquet(writeParquet(table), VISITS)])).toBe(hashTables([table]));
      }
  });

  it("writes the same bytes for the same cells, however they were put together", () => {
    const whole = visits(3000, 5);
    const copy = new TableBuilder(VISITS);
    for (const row of rowsOf(whole)) copy.append(row);
    expect(writeParquet(new TableBuilder(VISITS).appendTable(whole).build())).toEqual(writeParquet(whole));
    expect(writeParquet(copy.build())).toEqual(writeParquet(whole));
  });
});

describe("readParquet refuses", () => {
  const bytes = writeParquet(visits(50));
  const refused = async (given: Uint8Array) => {
    const error = await readParquet(given, VISITS).then(
      () => new Error("not refused"),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StoreError);
    return (error as StoreError).message;
  };

  it("another table, naming each difference", async () => {
    const columns = [
      ...VISITS.columns.filter((column) => column.name !== "note"),
      { name: "dose", type: "float64", unit: "cell/kg", about: "dose" } as const,
    ].map((column) => (column.name === "day" ? { ...column, unit: "week" } : column));
    const other = defineTable({ name: "visits", about: "older", columns });
    const message = await refused(writeParquet(new TableBuilder<typeof other>(other).build()));
    expect(message).toMatch(
      /visits › day: unit "week", expected "day".*\n.*note: column missing.*\n.*dose: unknown column/,
    );
  });

  it("a truncated file, an empty file, text", async () => {
    for (const length of [0, 3, 4, 100, bytes.length - 1])
      expect(await refused(bytes.slice(0, length))).toMatch(/visits: the Parquet file cannot/);
    expect(await refused(Uint8Array.from(Buffer.from("patient,arm\n1,reset\n")))).toMatch(
      /visits: the Parquet file cannot/,
    );
  });

  it("or reads, but never crashes on, a file with a flipped bit: hashes tell the two apart", async () => {
    const draw = random(11);
    const original = hashTables([visits(50)]);
    let silent = 0;
    for (let i = 0; i < 1500; i++) {
      const damaged = bytes.slice();
      damaged[Math.floor(draw() * bytes.length)]! ^= 1 << Math.floor(draw() * 8);
      const table = await readParquet(damaged, VISITS).catch((error: unknown) => {
        expect(error).toBeInstanceOf(StoreError);
      });
      if (table && hashTables([table]) === original) silent++;
    }
    // Bits that carry no cell: sizes for readers, ranges, padding, the writer's name.
    expect(silent).toBeLessThan(1500);
  });

  it("a file whose cells were changed, before any of them is decoded", async () => {
    // One bit of the levels that say which numbers are missing can make a reader write a thousand million of them.
    for (let at = 4; at < 400; at++) {
      const damaged = bytes.slice();
      damaged[at]! ^= 1;
      expect(await refused(damaged)).toMatch(/does not have the hash that was written with it/);
    }
  });
});

describe("DuckDB reads the same", () => {
  const table = visits(120_000, 77);
  const rows = [...rowsOf(table)];
  const count = (test: (row: (typeof rows)[number]) => boolean) => BigInt(rows.filter(test).length);

  it("counts, sums, extremes and texts", async () => {
    const [answer] = await ask(
      table,
      `SELECT count(*) AS n, sum(patient)::VARCHAR AS patients, count(*) FILTER (in_remission) AS remission,
         count(*) FILTER (day IS NULL) AS missing, count(*) FILTER (isnan(day)) AS nans, count(*) FILTER (isinf(day)) AS infinite,
         max(day) FILTER (isfinite(day)) AS latest, count(*) FILTER (arm = 'reset') AS reset,
         sum(b_cells) FILTER (b_cells IN (1, 2, 3))::BIGINT::VARCHAR AS cells,
         count(DISTINCT note) AS notes, count(*) FILTER (note = '') AS empty, count(*) FILTER (note IS NULL) AS nulls,
         count(*) FILTER (note = '🧬 CAR-T') AS dna, sum(strlen(note))::VARCHAR AS bytes
       FROM FILE`,
    );
    expect(answer).toEqual({
      n: 120_000n,
      patients: String(rows.reduce((sum, row) => sum + row.patient, 0)),
      remission: count((row) => row.in_remission),
      missing: count((row) => Number.isNaN(row.day)),
      nans: 0n,
      infinite: count((row) => Math.abs(row.day) === Infinity),
      latest: rows.reduce((max, row) => (Number.isFinite(row.day) ? Math.max(max, row.day) : max), 0),
      reset: count((row) => row.arm === "reset"),
      cells: String(rows.reduce((sum, row) => sum + ([1, 2, 3].includes(row.b_cells) ? row.b_cells : 0), 0)),
      notes: BigInt(new Set(rows.map((row) => row.note)).size),
      empty: count((row) => row.note === ""),
      nulls: 0n,
      dna: count((row) => row.note === "🧬 CAR-T"),
      bytes: String(rows.reduce((sum, row) => sum + Buffer.byteLength(row.note), 0)),
    });
  });

  it("every cell, to the bit", async () => {
    const draw = random(5);
    const builder = new TableBuilder(VISITS);
    const some = Array.from({ length: 3000 }, (_, row) => randomVisit(draw, row));
    for (const row of some) builder.append(row);
    const answer = await ask(builder.build(), "SELECT * REPLACE (hex(encode(note)) AS note) FROM FILE");
    expect(answer).toHaveLength(3000);
    answer.forEach((found, i) => {
      for (const [name, cell] of Object.entries({
        ...some[i]!,
        note: Buffer.from(some[i]!.note).toString("hex").toUpperCase(),
      }))
        if (!Object.is(found[name], Number.isNaN(cell) ? null : cell))
          throw new Error(`${name} ${i} ${JSON.stringify(cell)} ${JSON.stringify(found[name])}`);
    });
  });

  it("an empty table, with its columns", async () => {
    const answer = await ask(visits(0), 'SELECT column_name, column_type, "null" FROM (DESCRIBE SELECT * FROM FILE)');
    expect(answer.map((row) => `${String(row["column_name"])} ${String(row["column_type"])}`)).toEqual([
      "patient INTEGER",
      "arm VARCHAR",
      "day DOUBLE",
      "b_cells DOUBLE",
      "in_remission BOOLEAN",
      "note VARCHAR",
    ]);
    expect(await ask(visits(0), "SELECT count(*) AS n FROM FILE")).toEqual([{ n: 0n }]);
  });

  it("what did not happen is NULL: neither above a limit, nor in a sum, whole columns of it too", async () => {
    const builder = new TableBuilder(VISITS);
    for (let i = 0; i < 10; i++)
      builder.append({
        patient: i,
        arm: "",
        day: i === 3 ? Number.NaN : i,
        b_cells: Number.NaN,
        in_remission: true,
        note: "",
      });
    const [answer] = await ask(
      builder.build(),
      `SELECT count(*) FILTER (day > 5) AS above, sum(day) AS sum, max(day) AS latest, count(day) AS seen,
         (SELECT count(*) FROM FILE WHERE day > 1e300) AS beyond, (SELECT count(*) FROM FILE WHERE day IS NULL) AS missing,
         count(b_cells) AS cells FROM FILE`,
    );
    expect(answer).toEqual({ above: 4n, sum: 42, latest: 9, seen: 9n, beyond: 0n, missing: 1n, cells: 0n });
    expect([...new Set(await cellsByHyparquet(builder.build(), "b_cells"))]).toEqual([null]);
    expect(await cellsByHyparquet(builder.build(), "day")).toEqual([0, 1, 2, null, 4, 5, 6, 7, 8, 9]);
  });

  it("a missing number has one hash, written as NULL or, as 0.1.0 did, as NaN", async () => {
    const spec = defineTable({
      name: "t",
      about: "t",
      columns: [{ name: "x", type: "float64", unit: "1", about: "x" }],
    });
    const table = new TableBuilder(spec).append({ x: 1 }).append({ x: Number.NaN }).append({ x: -0 }).build();
    const bytes = new ByteWriter();
    const before = new ParquetWriter({
      writer: bytes,
      schema: [
        { name: "t", num_children: 1 },
        { name: "x", type: "DOUBLE", repetition_type: "REQUIRED" },
      ],
      kvMetadata: [{ key: "immune-reset.table", value: JSON.stringify(spec) }],
    });
    before.write({ columnData: [{ name: "x", data: Float64Array.of(1, Number.NaN, -0), encoding: "PLAIN" }] });
    before.finish();
    const old = await readParquet(new Uint8Array(bytes.getBytes()), spec);
    expect([...rowsOf(old)].map(({ x }) => x)).toEqual([1, Number.NaN, -0]);
    expect(hashTables([old])).toBe(hashTables([table]));
    expect(hashTables([await readParquet(writeParquet(table), spec)])).toBe(hashTables([table]));
  });

  it("names, units and meanings from the file itself", async () => {
    const [answer] = await ask(
      visits(1),
      "SELECT decode(value) AS spec FROM parquet_kv_metadata(FILE) WHERE decode(key) = 'immune-reset.table'",
    );
    expect(JSON.parse(answer!["spec"] as string)).toEqual(VISITS);
  });
});
