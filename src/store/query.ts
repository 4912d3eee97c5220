import { StoreError } from "./store-error.js";
import { trialTableSpecs } from "./trial-table-specs.js";

/** The answer to a query: names of columns and rows of plain values. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

/**
 * SQL over the Parquet files of one or many finished runs, by DuckDB in this process. Each table is a view of its name, with the folder in the column `run`.
 * Throws a StoreError where the SQL is wrong.
 */
export async function queryRuns(folders: readonly string[], sql: string): Promise<QueryResult> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const { join, resolve } = await import("node:path");
  const distinct = folders.filter((folder, i) => folders.findIndex((each) => resolve(each) === resolve(folder)) === i);
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    for (const { name } of trialTableSpecs) {
      const parts = distinct.map(
        (folder) => `SELECT ${quoted(folder)} AS run, * FROM read_parquet(${quoted(join(folder, `${name}.parquet`))})`,
      );
      await connection.run(`CREATE VIEW ${name} AS ${parts.join(" UNION ALL BY NAME ")}`);
    }
    // The query may read the tables and nothing else of this machine.
    await connection.run(`SET allowed_directories = [${folders.map(quoted).join(", ")}]`);
    await connection.run("SET enable_external_access = false");
    // As a subquery it can only read: COPY and the like are no expressions.
    const reader = await connection.runAndReadAll(`SELECT * FROM (${sql.trim().replace(/;+\s*$/, "")}\n)`);
    return { columns: reader.columnNames(), rows: reader.getRowsJson() as QueryResult["rows"] };
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
