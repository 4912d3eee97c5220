import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { cleanRun, type RunState, runState } from "../run/index.js";
import {
  allTableSpecs,
  combineHashes,
  namedQueries,
  type QueryName,
  type QueryValue,
  queryRuns,
  readParquet,
  StoreError,
  sha256Hex,
  TableHasher,
  tableRows,
} from "../store/index.js";
import { buildVersion, inputProblem, runStudy } from "../workbench/index.js";
import { csvLine } from "./csv.js";
import { studyOf } from "./trial.js";

const print = (text: string) => process.stdout.write(`${text}\n`);

async function stateOf(path: string): Promise<RunState> {
  const state = await runState(path);
  if (!state) throw inputProblem(path, "is no folder of a run", "immune-reset runs list shows the runs of a folder");
  return state;
}

/** `runs list`: the runs in a folder, one line each. */
export async function listRuns(folder: string, json: boolean): Promise<number> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const states: RunState[] = [];
  for (const name of names.sort()) {
    const state = await runState(join(folder, name));
    if (state) states.push(state);
  }
  if (json) {
    print(JSON.stringify(states));
    return 0;
  }
  if (states.length === 0) print(`no runs in ${folder}`);
  for (const state of states) print(`${state.path.padEnd(36)} ${lineOf(state)}`);
  return 0;
}

function lineOf(state: RunState): string {
  switch (state.kind) {
    case "finished":
      return `finished    ${state.record.finishedAt.slice(0, 16)}  ${String(state.record.replicates).padStart(6)} replicates  seed ${state.record.seed}  ${state.record.resultHash.slice(0, 12)}`;
    case "unfinished":
      return `unfinished  ${state.finished} of ${state.manifest.shards} shards; continue: immune-reset runs resume ${state.path}`;
    case "broken":
      return `broken      ${state.what}`;
  }
}

/** `runs show`: everything that is known of one run. */
export async function showRun(path: string, json: boolean): Promise<number> {
  const state = await stateOf(path);
  if (json) {
    print(JSON.stringify(state));
    return 0;
  }
  print(`${path}: ${lineOf(state)}`);
  if (state.kind === "finished") {
    const { record } = state;
    for (const [name, value] of Object.entries({
      version: record.version,
      runtime: record.runtime,
      platform: record.platform,
      method: `${record.method}, tolerance ${record.tolerance}, ${record.backend}`,
      workers: record.workers,
      started: record.startedAt,
      finished: record.finishedAt,
      studyHash: record.studyHash,
      resultHash: record.resultHash,
      "failed runs": record.failed,
      "rejected draws": record.rejectedDraws,
      repeat: record.command.join(" "),
    }))
      print(`  ${name.padEnd(16)}${value}`);
    for (const { name, rows, file } of record.tables)
      print(`  ${file.padEnd(24)}${String(rows).padStart(10)} rows  ${name}`);
  }
  return state.kind === "broken" ? 1 : 0;
}

/** `runs resume`: continues an unfinished run. */
export async function resumeRun(
  path: string,
  options: { readonly workers?: number; readonly maxMemory?: number; readonly json?: boolean },
): Promise<number> {
  const state = await stateOf(path);
  if (state.kind === "finished") throw inputProblem(path, "the run is finished", "there is nothing to resume");
  if (state.kind === "broken") throw inputProblem(path, state.what, "start the study anew with --replace");
  const { manifest } = state;
  const version = buildVersion();
  if (manifest.version !== version)
    throw inputProblem(
      path,
      `the run was begun with version ${manifest.version}, this is ${version}`,
      "use that version, or start anew with --replace",
    );
  return runStudy(studyOf(manifest.study, join(path, "manifest.json")), {
    ...options,
    out: path,
    backend: manifest.backend,
  });
}

/** `runs verify`: every file against the record, every cell against the hash of the result. */
export async function verifyRun(path: string): Promise<number> {
  const state = await stateOf(path);
  if (state.kind !== "finished") throw inputProblem(path, "is not finished", "only a finished run can be verified");
  const faults: string[] = [];
  const hashers: TableHasher[] = [];
  for (const { name, rows, file, sha256 } of state.record.tables) {
    const bytes = await readFile(join(path, file)).catch(() => null);
    if (bytes === null) {
      faults.push(`${file}: is missing`);
      continue;
    }
    if (sha256Hex(bytes) !== sha256) {
      faults.push(`${file}: is not the file that was written (its SHA-256 differs)`);
      continue;
    }
    try {
      const table = await readParquet(bytes);
      if (table.rows !== rows) faults.push(`${file}: ${table.rows} rows, the record says ${rows}`);
      if (table.spec.name !== name) faults.push(`${file}: holds the table "${table.spec.name}"`);
      const hasher = new TableHasher(table.spec);
      hasher.add(table);
      hashers.push(hasher);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      faults.push(`${file}: ${error.message}`);
    }
  }
  if (faults.length === 0 && combineHashes(hashers) !== state.record.resultHash)
    faults.push("the cells do not have the resultHash of the record");
  for (const fault of faults) print(fault);
  if (faults.length === 0) print(`${path}: ${hashers.length} tables, every file and every cell as recorded`);
  return faults.length === 0 ? 0 : 1;
}

/** `runs clean`: removes what is left over. */
export async function cleanRunCommand(path: string, unfinished: boolean): Promise<number> {
  await stateOf(path);
  const removed = await cleanRun(path, { unfinished });
  print(removed.length === 0 ? `${path}: nothing to remove` : `${path}: removed ${removed.join(", ")}`);
  return 0;
}

/** `runs query`: SQL, or a named question, over one or many finished runs. */
export async function queryCommand(question: string, paths: readonly string[], json: boolean): Promise<number> {
  for (const path of paths)
    if ((await stateOf(path)).kind !== "finished")
      throw inputProblem(path, "is not finished", "only finished runs have tables");
  const sql = Object.hasOwn(namedQueries, question) ? namedQueries[question as QueryName].sql : question;
  const { columns, rows } = await queryRuns(paths, sql);
  if (json) {
    print(JSON.stringify(rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])))));
    return 0;
  }
  const text = [columns, ...rows.map((row) => row.map(cellText))];
  const widths = columns.map((_, i) => Math.max(...text.map((row) => row[i]!.length)));
  for (const row of text)
    print(
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    );
  return 0;
}

const cellText = (cell: QueryValue): string =>
  cell === null ? "–" : typeof cell === "object" ? JSON.stringify(cell) : String(cell);

/** `runs export`: a table of a finished run as CSV, or as JSON with one row per line; trajectories unless another is named. */
export async function exportCommand(
  path: string,
  { table = "trajectories", json = false }: { readonly table?: string; readonly json?: boolean },
): Promise<number> {
  const state = await stateOf(path);
  if (state.kind !== "finished") throw inputProblem(path, "is not finished", "only finished runs have tables");
  const names = state.record.tables.map(({ name }) => name);
  if (!names.includes(table)) {
    const asked = allTableSpecs.some(({ name }) => name === table);
    throw inputProblem(
      path,
      `the run has no table "${table}"`,
      asked ? `its study does not ask for ${table}; it has ${names.join(", ")}` : `one of ${names.join(", ")}`,
    );
  }
  const columns = allTableSpecs.find(({ name }) => name === table)!.columns.map(({ name }) => name);
  if (!json) print(csvLine(columns));
  for await (const rows of tableRows(path, table)) {
    const lines = rows.map((row) =>
      json
        ? JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, row[i]])))
        : csvLine(row.map((cell) => (typeof cell === "object" && cell !== null ? JSON.stringify(cell) : cell))),
    );
    // A slow reader is waited for.
    if (lines.length > 0 && !process.stdout.write(`${lines.join("\n")}\n`)) await once(process.stdout, "drain");
  }
  return 0;
}

/** `runs tables`: what every column means, and the named questions. */
export function describeTables(json: boolean): number {
  if (json) {
    print(JSON.stringify({ tables: allTableSpecs, queries: namedQueries }));
    return 0;
  }
  for (const { name, about, columns } of allTableSpecs) {
    print(`\n${name}: ${about}`);
    for (const column of columns)
      print(`  ${column.name.padEnd(20)}${column.type.padEnd(9)}${column.unit.padEnd(9)}${column.about}`);
  }
  print("\nnamed questions (immune-reset runs query NAME RUN…)");
  for (const [name, { about }] of Object.entries(namedQueries)) print(`  ${name.padEnd(20)}${about}`);
  return 0;
}
