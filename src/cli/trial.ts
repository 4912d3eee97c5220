import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatProblems, type Problem } from "../quantity/index.js";
import { type CanonicalValue, decodeText } from "../reading/index.js";
import { studyFromValue } from "../run/index.js";
import { parseRunRecord, type RunRecord } from "../store/index.js";
import { readStudy, type Study } from "../study/index.js";
import type { BackendName } from "../trial/index.js";
import { InputProblems, inputProblem, runStudy } from "../workbench/index.js";

export interface TrialOptions {
  readonly from?: string;
  readonly out?: string;
  readonly replicates?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly maxMemory?: number;
  readonly backend?: BackendName;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** `immune-reset trial`: run a study file, or repeat the run of a record. Returns the exit code. */
export async function trialCommand(file: string | undefined, options: TrialOptions): Promise<number> {
  if ((file === undefined) === (options.from === undefined))
    throw inputProblem(
      "trial",
      file ? "both a study file and --from are given" : "no study is given",
      "give a study file, or --from run.json to repeat a run",
    );
  const { from, out, replicates, seed, ...rest } = options;
  if (from === undefined) {
    const { study, warnings } = await readStudyFile(file!);
    if (warnings.length > 0) process.stderr.write(`${formatProblems(warnings)}\n\n`);
    const run = { replicates: replicates ?? study.run.replicates, seed: seed ?? study.run.seed };
    return runStudy(
      { ...study, run },
      { ...rest, backend: rest.backend ?? "wasm", out: out ?? join("runs", study.id) },
    );
  }
  if (replicates !== undefined || seed !== undefined)
    throw inputProblem("trial", "--replicates or --seed beside --from", "a repeated run has those of its record");
  const record = await readRecord(from);
  const study = studyOf(record.study, from);
  return runStudy(study, {
    ...rest,
    backend: rest.backend ?? (record.backend === "interpreter" ? "interpreter" : "wasm"),
    out: out ?? join("runs", `${study.id}-repeated`),
    repeats: record,
  });
}

/** Text of a file that a user named; what is not UTF-8 is refused with the place of its first byte. */
export async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new InputProblems([
      { file, path: "", what: `cannot be read: ${(error as NodeJS.ErrnoException).code}`, hint: "check the path" },
    ]);
  }
  const decoded = decodeText(bytes, file);
  if ("problem" in decoded) throw new InputProblems([decoded.problem]);
  return decoded.text;
}

/** A study file without problems, and its warnings. */
export async function readStudyFile(
  file: string,
): Promise<{ readonly study: Study; readonly warnings: readonly Problem[] }> {
  const read = readStudy(await readText(file), file);
  if ("problems" in read) throw new InputProblems(read.problems);
  return read;
}

async function readRecord(file: string): Promise<RunRecord> {
  const read = parseRunRecord(await readText(file));
  if (!read.ok) throw new InputProblems(read.problems.map((problem) => ({ ...problem, file })));
  return read.record;
}

/** The study of a record or manifest; its problems are problems of that file. */
export function studyOf(value: CanonicalValue, file: string): Study {
  const checked = studyFromValue(value);
  if ("problems" in checked) throw new InputProblems(checked.problems.map((problem) => ({ ...problem, file })));
  return checked.study;
}
