import type { Problem } from "../quantity/index.js";
import { CanonicalJsonError, type CanonicalValue, canonicalJson } from "../reading/index.js";
import { hashValue } from "./hash-value.js";
import { StoreError } from "./store-error.js";

/** Name of the record in the folder of a run. */
export const RUN_RECORD = "run.json";

/** A table of a run as it lies in the run's folder. */
export interface TableFile {
  readonly name: string;
  readonly rows: number;
  /** Name in the folder, without a path. */
  readonly file: string;
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
}

/**
 * What a run was and what came out: enough to repeat it (`immune-reset trial --from run.json`) and to prove that the repetition gave
 * the same result. `resultHash` is over cells and not over files: it does not change with the Parquet writer.
 */
export interface RunRecord {
  readonly format: 1;
  /** Version of immune-reset. */
  readonly version: string;
  /** Version of Node, or of the browser. */
  readonly runtime: string;
  readonly platform: string;
  /** The study as plain data; what was asked, whole. */
  readonly study: CanonicalValue;
  /** SHA-256 of the study's canonical JSON. */
  readonly studyHash: string;
  readonly seed: number;
  readonly replicates: number;
  /** Relative tolerance of the integration. */
  readonly tolerance: number;
  /** Method of integration. */
  readonly method: string;
  /** What ran the model: WebAssembly or the interpreter. */
  readonly backend: string;
  /** Workers used: of interest for time, of no effect on the result. */
  readonly workers: number;
  /** ISO 8601 in UTC, by the clock of the machine: the second may lie before the first. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** `hashTables` of all tables. */
  readonly resultHash: string;
  readonly tables: readonly TableFile[];
  /** Runs of a patient in an arm that did not end. */
  readonly failed: number;
  /** Sampled patients that were refused as implausible. */
  readonly rejectedDraws: number;
  /** The words of the command, as given. */
  readonly command: readonly string[];
}

type Check = (value: unknown) => { readonly what: string; readonly hint: string } | null;

const shown = (value: unknown) =>
  value === undefined ? "nothing" : (JSON.stringify(value)?.slice(0, 60) ?? typeof value);
const must =
  (test: (value: unknown) => boolean, hint: string): Check =>
  (value) =>
    test(value) ? null : { what: `found ${shown(value)}`, hint };
const integer = (from: number) =>
  must((value) => Number.isSafeInteger(value) && (value as number) >= from, `write a whole number from ${from} on`);
const text = must((value) => typeof value === "string" && value.trim() !== "", "write some text");
const hash = must(
  (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
  "write a SHA-256 as 64 lower-case hexadecimal digits",
);
const time = must(
  (value) =>
    typeof value === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
  'write a time in UTC such as "2026-11-21T09:30:00Z"',
);
const list = must(Array.isArray, "write a list");

/** Every field of a record, in the order in which it is written. */
const RECORD: { readonly [K in keyof RunRecord]: Check } = {
  format: (value) =>
    value === 1
      ? null
      : Number.isInteger(value) && (value as number) > 1
        ? { what: `format ${value}`, hint: "it was written by a later version of immune-reset: use that" }
        : { what: `found ${shown(value)}`, hint: "write 1" },
  version: text,
  runtime: text,
  platform: text,
  study: must((value) => typeof value === "object" && value !== null && !Array.isArray(value), "write the study"),
  studyHash: hash,
  seed: integer(0),
  replicates: integer(1),
  tolerance: must(
    (value) => typeof value === "number" && value > 0 && value < 1,
    "write a number between 0 and 1, such as 1e-6",
  ),
  method: text,
  backend: text,
  workers: integer(1),
  startedAt: time,
  finishedAt: time,
  resultHash: hash,
  tables: list,
  failed: integer(0),
  rejectedDraws: integer(0),
  command: must(
    (value) => Array.isArray(value) && value.every((word) => typeof word === "string"),
    "write the words of the command as a list",
  ),
};

const TABLE_FILE: { readonly [K in keyof TableFile]: Check } = {
  name: text,
  rows: integer(0),
  // A record must not lead a reader out of its folder.
  file: must((value) => typeof value === "string" && /^[A-Za-z0-9][\w.-]*$/.test(value), "write a file name, no path"),
  sha256: hash,
};

function checkFields(value: unknown, fields: Readonly<Record<string, Check>>, path: string): Problem[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [{ path, what: `found ${shown(value)}`, hint: "write named fields in { }" }];
  const problems: Problem[] = [];
  const at = (name: string) => (path ? `${path} › ${name}` : name);
  const given = value as Readonly<Record<string, unknown>>;
  for (const [name, check] of Object.entries(fields)) {
    if (!Object.hasOwn(given, name)) problems.push({ path: at(name), what: "missing", hint: check(undefined)!.hint });
    else {
      const problem = check(given[name]);
      if (problem) problems.push({ path: at(name), ...problem });
    }
  }
  for (const name of Object.keys(given))
    if (!Object.hasOwn(fields, name))
      problems.push({ path: at(name), what: "unknown field", hint: `fields are ${Object.keys(fields).join(", ")}` });
  return problems;
}

/** All that is wrong with a value as a run record. */
export function checkRunRecord(value: unknown): Problem[] {
  const problems = checkFields(value, RECORD, "");
  if (typeof value !== "object" || value === null || Array.isArray(value)) return problems;
  const { tables, study, studyHash, format } = value as Partial<Record<keyof RunRecord, unknown>>;
  // The fields of a later format are not ours to judge.
  if (typeof format === "number" && format > 1) return problems.filter((problem) => problem.path === "format");
  if (Array.isArray(tables)) {
    const seen = new Set<unknown>();
    tables.forEach((table: unknown, i) => {
      problems.push(...checkFields(table, TABLE_FILE, `tables › ${i + 1}`));
      const name = (table as { readonly name?: unknown } | null)?.name;
      if (typeof name === "string" && seen.has(name))
        problems.push({
          path: `tables › ${i + 1} › name`,
          what: `"${name}" is there twice`,
          hint: "list each table once",
        });
      seen.add(name);
    });
  }
  if (!problems.some((problem) => problem.path === "study")) {
    try {
      const found = hashValue(study);
      if (hash(studyHash) === null && found !== studyHash)
        problems.push({
          path: "studyHash",
          what: "the study in this record is not the one that was run",
          hint: "restore the record, or put the changed study in a file of its own and run that",
        });
    } catch (error) {
      if (!(error instanceof CanonicalJsonError)) throw error;
      problems.push({ path: ["study", ...error.place].join(" › "), what: error.what, hint: "use plain data only" });
    }
  }
  return problems;
}

/** What a run says of itself; `study` is any plain data, and the record keeps its canonical form. */
export type RunFacts = Omit<RunRecord, "format" | "study" | "studyHash"> & { readonly study: unknown };

/** A checked record: `format` and `studyHash` are filled in. Throws a StoreError with every problem. */
export function makeRunRecord(run: RunFacts): RunRecord {
  let { study } = run;
  let studyHash = "0".repeat(64);
  try {
    study = JSON.parse(canonicalJson(study));
    studyHash = hashValue(study);
  } catch (error) {
    // The check below says where.
    if (!(error instanceof CanonicalJsonError)) throw error;
  }
  const given: Record<string, unknown> = { ...run, study, format: 1, studyHash };
  const problems = checkRunRecord(given);
  if (problems.length > 0) throw new StoreError(problems);
  return Object.fromEntries(Object.keys(RECORD).map((name) => [name, given[name]])) as unknown as RunRecord;
}

/** The text of `run.json`. */
export const formatRunRecord = (record: RunRecord): string => `${JSON.stringify(record, null, 2)}\n`;

export type ParsedRunRecord =
  | { readonly ok: true; readonly record: RunRecord }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads `run.json`: the record, or everything that is wrong with it. */
export function parseRunRecord(text: string): ParsedRunRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problems: [{ path: "", what: `not JSON: ${what}`, hint: "use a run.json as it was written" }],
    };
  }
  const problems = checkRunRecord(value);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, record: value as RunRecord };
}
