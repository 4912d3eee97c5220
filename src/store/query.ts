import type { DuckDBConnection } from "@duckdb/node-api";
import { type QueryValue, queryValue } from "./query-value.js";
import { StoreError } from "./store-error.js";
import { allTableSpecs, trialTableSpecs } from "./trial-table-specs.js";

/** The answer to a query: names of columns, each once, and rows of plain values. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly QueryValue[])[];
}

/**
 * SQL over the Parquet files of one or many finished runs, by DuckDB in this process. Each table is a view of its name, with the folder in the column `run`;
 * what did not happen is NULL, also in files of 0.1.0, which hold NaN. Throws a StoreError where the SQL is wrong.
 */
export async function queryRuns(folders: readonly string[], sql: string): Promise<QueryResult> {
  const duckdb = await import("@duckdb/node-api");
  const { join, resolve } = await import("node:path");
  const { existsSync } = await import("node:fs");
  const distinct = folders.filter((folder, i) => folders.findIndex((each) => resolve(each) === resolve(folder)) === i);
  const instance = await duckdb.DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    for (const { name } of allTableSpecs) {
      const parts: string[] = [];
      for (const folder of distinct) {
        // A table that no study of these asked for is no table.
        if (!trialTableSpecs.some((spec) => spec.name === name) && !existsSync(join(folder, `${name}.parquet`)))
          continue;
        const file = quoted(join(folder, `${name}.parquet`));
        parts.push(
          `SELECT ${quoted(folder)} AS run, *${await withoutNaN(connection, file)} FROM read_parquet(${file})`,
        );
      }
      if (parts.length > 0) await connection.run(`CREATE VIEW ${name} AS ${parts.join(" UNION ALL BY NAME ")}`);
    }
    // The query may read the tables and nothing else of this machine.
    await connection.run(`SET allowed_directories = [${folders.map(quoted).join(", ")}]`);
    await connection.run("SET enable_external_access = false");
    // As a subquery it can only read: COPY and the like are no expressions.
    const reader = await connection.runAndReadAll(`SELECT * FROM (${sql.trim().replace(/;+\s*$/, "")}\n)`);
    if (reader.columnTypes().some((type) => UNNAMED.test(String(type))))
      throw new Error(
        "a struct without names cannot be returned: use {'name': value} or [value, …] instead of (value, …)",
      );
    const rows = reader.getRows().map((row) => row.map((value) => queryValue(duckdb, value)));
    return { columns: reader.deduplicatedColumnNames(), rows };
  } catch (error) {
    const what = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    throw new StoreError({
      path: "query",
      what,
      hint: `tables: ${trialTableSpecs.map(({ name }) => name).join(", ")}; their columns: immune-reset runs tables`,
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Rows of one table of a finished run in pieces, in the order of the file: bounded memory. Throws a StoreError where the file cannot be read. */
export async function* tableRows(folder: string, name: string): AsyncGenerator<readonly (readonly QueryValue[])[]> {
  const duckdb = await import("@duckdb/node-api");
  const { join } = await import("node:path");
  const instance = await duckdb.DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const file = quoted(join(folder, `${name}.parquet`));
    const result = await connection.stream(`SELECT *${await withoutNaN(connection, file)} FROM read_parquet(${file})`);
    for await (const rows of result.yieldRows()) yield rows.map((row) => row.map((value) => queryValue(duckdb, value)));
  } catch (error) {
    const what = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    throw new StoreError({ path: `${name}.parquet`, what, hint: "immune-reset runs verify checks every file" });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** `(1, 2)`: the driver keeps one field of those that have no name. */
const UNNAMED = /\bSTRUCT\("" /;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Numbers of a column that cannot be NULL are of 0.1.0, where NaN said "did not happen". */
async function withoutNaN(connection: DuckDBConnection, file: string): Promise<string> {
  const reader = await connection.runAndReadAll(
    `SELECT name FROM parquet_schema(${file}) WHERE type = 'DOUBLE' AND repetition_type = 'REQUIRED'`,
  );
  const names = reader.getRows().map(([name]) => String(name));
  if (names.length === 0) return "";
  return ` REPLACE (${names.map((name) => `nullif(${name}, 'NaN'::DOUBLE) AS ${name}`).join(", ")})`;
}
