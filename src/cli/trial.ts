import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { defaultWorkers, treatAll } from "../run/index.js";
import {
  canonicalJson,
  createRunFolder,
  formatRunRecord,
  hashTables,
  hashValue,
  makeRunRecord,
  parseRunRecord,
  type RunRecord,
  trialTables,
} from "../store/index.js";
import {
  type BackendName,
  buildReport,
  canonicalStudy,
  checkStudyValue,
  type ReportData,
  readStudy,
  renderReport,
  type Study,
  trialResults,
} from "../trial/index.js";
import { evidenceFor, packagedEvidence } from "./evidence.js";
import { InputProblems, inputProblem } from "./failure.js";
import { version } from "./package-info.js";
import { progress } from "./progress.js";
import { summaryLines } from "./summary-lines.js";

export interface TrialOptions {
  readonly from?: string;
  readonly out?: string;
  readonly replicates?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly backend: BackendName;
  readonly replace?: boolean;
  readonly json?: boolean;
}

const METHOD = "Rodas5P";

/** `immune-reset trial`: run a study, write tables, record, summary and report. Returns the exit code. */
export async function trialCommand(file: string | undefined, options: TrialOptions): Promise<number> {
  if ((file === undefined) === (options.from === undefined))
    throw inputProblem(
      "trial",
      file ? "both a study file and --from are given" : "no study is given",
      "give a study file, or --from run.json to repeat a run",
    );
  const repeated = options.from === undefined ? null : await readRecord(options.from);
  const study = withOptions(
    repeated ? studyOf(repeated, options.from!) : await readStudyFile(file!),
    repeated ? {} : options,
  );
  const evidence = evidenceFor(study, await packagedEvidence());
  const out = options.out ?? join("runs", repeated ? `${study.id}-repeated` : study.id);
  // The folder is made first: a run of minutes must not end at a folder that cannot be written.
  const folder = await createRunFolder(out, { replace: options.replace ?? false });

  const startedAt = new Date().toISOString();
  const workers = options.workers ?? defaultWorkers();
  const treated = await treatAll(study, { workers, backend: options.backend, onProgress: progress("patients") });
  const results = trialResults(study, treated);
  const studyValue = JSON.parse(canonicalStudy(study));
  const command = ["immune-reset", "trial", "--from", "run.json"];
  const report: ReportData = buildReport(results, {
    ...evidence,
    run: {
      version,
      date: startedAt.slice(0, 10),
      seed: study.run.seed,
      replicates: study.run.replicates,
      backend: options.backend === "wasm" ? "WebAssembly" : "interpreter",
      tolerance: study.tolerance,
      studyHash: hashValue(studyValue),
      resultHash: "",
      repeat: command.join(" "),
    },
  });
  const tables = trialTables(results, report);
  const resultHash = hashTables(tables);
  const page = renderReport({ ...report, run: { ...report.run, resultHash } });
  const files = [];
  for (const table of tables) files.push(await folder.writeTable(table));
  await folder.write(
    "summary.json",
    `${JSON.stringify({ study: study.id, resultHash, numbers: report.numbers }, null, 1)}\n`,
  );
  await folder.write("report.html", page);
  const failed = results.runs.filter(({ status }) => status === "failed").length;
  const record = makeRunRecord({
    version,
    runtime: `node ${process.versions.node}`,
    platform: `${process.platform} ${process.arch}`,
    study: studyValue,
    seed: study.run.seed,
    replicates: study.run.replicates,
    tolerance: study.tolerance,
    method: METHOD,
    backend: options.backend,
    workers,
    startedAt,
    finishedAt: new Date().toISOString(),
    resultHash,
    tables: files,
    failed,
    rejectedDraws: report.conduct.rejectedDraws,
    command,
  });
  // The record comes last: a folder with a record is complete.
  await folder.write("run.json", formatRunRecord(record));

  const same = repeated === null || repeated.resultHash === resultHash;
  if (options.json)
    process.stdout.write(
      `${canonicalJson({ out: resolve(out), report: resolve(out, "report.html"), resultHash, failed, same })}\n`,
    );
  else {
    for (const line of summaryLines(report, resultHash)) process.stdout.write(`${line}\n`);
    if (repeated)
      process.stdout.write(
        same ? "repeated: same result\n" : `repeated: DIFFERENT result, the record says ${repeated.resultHash}\n`,
      );
    process.stdout.write(`report: ${resolve(out, "report.html")}\n`);
  }
  return same ? 0 : 1;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new InputProblems([
      { file, path: "", what: `cannot be read: ${(error as NodeJS.ErrnoException).code}`, hint: "check the path" },
    ]);
  }
}

export async function readStudyFile(file: string): Promise<Study> {
  const read = readStudy(await readText(file), file);
  if ("problems" in read) throw new InputProblems(read.problems);
  return read.study;
}

async function readRecord(file: string): Promise<RunRecord> {
  const read = parseRunRecord(await readText(file));
  if (!read.ok) throw new InputProblems(read.problems.map((problem) => ({ ...problem, file })));
  return read.record;
}

/** The study of a record: arms are a list there, because their order counts. */
function studyOf(record: RunRecord, file: string): Study {
  const { arms, ...rest } = record.study as { arms: { id: string }[] };
  const value = { ...rest, arms: Object.fromEntries(arms.map(({ id, ...arm }) => [id, arm])) };
  const checked = checkStudyValue(value);
  if ("problems" in checked) throw new InputProblems(checked.problems.map((problem) => ({ ...problem, file })));
  return checked.study;
}

/** Replicates and seed of the command line replace those of the file; all else stays. */
function withOptions(study: Study, { replicates, seed }: { replicates?: number; seed?: number }): Study {
  return { ...study, run: { replicates: replicates ?? study.run.replicates, seed: seed ?? study.run.seed } };
}
