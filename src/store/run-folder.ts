import { fileError, isPartFile, writeWhole } from "./files.js";
import { writeParquet } from "./parquet.js";
import { parseRunRecord, type TableFile } from "./run-record.js";
import { sha256Hex } from "./sha256.js";
import { StoreError } from "./store-error.js";
import type { Table } from "./table.js";

/** The folder of one run. `run.json` is written last: a folder that has it has everything that it lists. */
export interface RunFolder {
  readonly path: string;
  /** Writes a file whole. */
  write(name: string, content: Uint8Array | string): Promise<void>;
  /** Writes `<table>.parquet` and says what the run record says of it. */
  writeTable(table: Table): Promise<TableFile>;
}

export const RUN_RECORD = "run.json";
/** Marks a folder as ours from the moment when it is made, so that a run that was killed can be started again. */
const MARK = ".immune-reset";

/**
 * Makes the folder for a run, with the folders above it. A folder with other things in it is refused. A folder of an earlier run is
 * refused too, unless `replace`: then that run's record, its tables and what a killed process left are removed, and nothing else.
 * Throws a StoreError.
 */
export async function createRunFolder(path: string, options: { readonly replace?: boolean } = {}): Promise<RunFolder> {
  const { mkdir, readdir, rm } = await import("node:fs/promises");
  const { join } = await import("node:path");
  try {
    await mkdir(path, { recursive: true });
    const names = await readdir(path);
    const complain = (what: string, hint: string) => new StoreError({ file: path, path: "", what, hint });
    if (!names.every(isPartFile) && !names.includes(MARK))
      throw complain("the folder is not empty", "choose another folder");
    if (names.includes(RUN_RECORD) && !options.replace)
      throw complain("the folder holds a finished run", "choose another folder, or ask to replace the run");
    // The record goes first: at no time does it list tables of another run.
    const tables = names.includes(RUN_RECORD) ? await tablesOf(join(path, RUN_RECORD)) : [];
    for (const name of [RUN_RECORD, ...tables, ...names.filter(isPartFile)])
      await rm(join(path, name), { force: true });
    await writeWhole(join(path, MARK), "This folder belongs to one run of immune-reset.\n");
  } catch (error) {
    throw fileError(path, error);
  }
  const write = (name: string, content: Uint8Array | string) => writeWhole(join(path, name), content);
  return {
    path,
    write,
    async writeTable(table) {
      const bytes = writeParquet(table);
      const file = `${table.spec.name}.parquet`;
      await write(file, bytes);
      return { name: table.spec.name, rows: table.rows, file, sha256: sha256Hex(bytes) };
    },
  };
}

/** Files of the tables that a record lists; none where the record cannot be read. */
async function tablesOf(path: string): Promise<string[]> {
  const { readFile } = await import("node:fs/promises");
  const parsed = parseRunRecord(await readFile(path, "utf8"));
  return parsed.ok ? parsed.record.tables.map((table) => table.file) : [];
}
