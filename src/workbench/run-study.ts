import { join, resolve } from "node:path";
import { methodFor } from "../engine/index.js";
import { canonicalJson } from "../reading/index.js";
import { ReportAccumulator, renderReport } from "../report/index.js";
import { type Execution, execute, Interrupted, ShardsMissing, studyValue } from "../run/index.js";
import {
  growWhole,
  hashValue,
  makeRunRecord,
  type RunRecord,
  StoreError,
  TrialTableWriter,
  writeWhole,
} from "../store/index.js";
import type { Study } from "../study/index.js";
import { type BackendName, patientsPerReplicate } from "../trial/index.js";
import { buildVersion } from "./package-info.js";
import { progress } from "./progress.js";
import { evidenceFor, packagedEvidence } from "./report-evidence.js";
import { summaryLines } from "./summary-lines.js";

export interface RunStudyOptions {
  readonly out: string;
  readonly workers?: number;
  readonly maxMemory?: number;
  readonly backend: BackendName;
  readonly replace?: boolean;
  readonly json?: boolean;
  /** The record that this run repeats: results are compared at the end. */
  readonly repeats?: RunRecord;
}

const COMMAND = ["immune-reset", "trial", "--from", "run.json"];

/** Runs or continues a study in a folder, to the report. Returns the exit code. */
export async function runStudy(study: Study, options: RunStudyOptions): Promise<number> {
  const evidence = evidenceFor(study, await packagedEvidence());
  const startedAt = new Date().toISOString();
  const version = buildVersion();
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  const show = progress("patients in all arms");
  let execution: Execution | undefined;
  try {
    execution = await execute(study, {
      version,
      out: options.out,
      backend: options.backend,
      signal: interrupt.signal,
      onProgress: show,
      onTrouble: (text) => process.stderr.write(`${text}\n`),
      ...(options.workers === undefined ? {} : { workers: options.workers }),
      ...(options.maxMemory === undefined ? {} : { maxMemory: options.maxMemory }),
      ...(options.replace ? { replace: true } : {}),
    });
    return await collect(study, execution, evidence, { startedAt, version }, options);
  } catch (error) {
    if (error instanceof ShardsMissing && execution) {
      const { shardSize, shards } = execution.folder.manifest;
      for (const { shard, patient, reason } of error.failed) {
        const who =
          patient === null ? `patients ${shard * shardSize}–${(shard + 1) * shardSize - 1}` : `patient ${patient}`;
        process.stderr.write(`shard ${shard} failed: ${who}, seed ${study.run.seed}: ${reason}\n`);
      }
      process.stderr.write(
        `${error.failed.length} of ${shards} shards failed, the others are kept; run the same command again to try them again\n`,
      );
      return 1;
    }
    if (error instanceof StoreError && execution)
      process.stderr.write(`what is finished is kept; when there is room: immune-reset runs resume ${options.out}\n`);
    if (!(error instanceof Interrupted)) throw error;
    process.stderr.write(`\nstopped; what is finished is kept. To continue: immune-reset runs resume ${options.out}\n`);
    return 130;
  } finally {
    // Nobody may write into the folder once it is closed.
    interrupt.abort();
    await execution?.made.catch(() => {});
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    await execution?.folder.close();
  }
}

/** Reads all shards in order and writes tables, summary, report and, last, the record. */
async function collect(
  study: Study,
  execution: Execution,
  evidence: ReturnType<typeof evidenceFor>,
  { startedAt, version }: { readonly startedAt: string; readonly version: string },
  options: RunStudyOptions,
): Promise<number> {
  const { folder, workers } = execution;
  const path = (name: string) => join(folder.path, name);
  const accumulator = new ReportAccumulator(study, evidence.figures);
  const writer = await TrialTableWriter.open(study, (name) => growWhole(path(name)));
  const total = patientsPerReplicate(study) * study.run.replicates;
  const show = progress("patients collected");
  let collected = 0;
  // While patients are treated the progress is theirs.
  let made = false;
  execution.made.then(
    () => {
      made = true;
    },
    () => {},
  );
  try {
    for await (const treated of execution.patients()) {
      try {
        writer.add(treated, accumulator.add(treated));
      } catch (error) {
        if (error instanceof StoreError) throw error;
        throw new Error(
          `patient ${treated.patient.index}, seed ${study.run.seed}: ${error instanceof Error ? error.message : error}`,
          { cause: error },
        );
      }
      collected++;
      if (made) show(collected, total);
    }
    const value = studyValue(study);
    const run = {
      version,
      date: startedAt.slice(0, 10),
      seed: study.run.seed,
      replicates: study.run.replicates,
      backend: options.backend === "wasm" ? "WebAssembly" : "interpreter",
      tolerance: study.tolerance,
      studyHash: hashValue(value),
      resultHash: "",
      repeat: COMMAND.join(" "),
    };
    const report = accumulator.finish({
      run,
      horizon: evidence.horizon,
      sources: evidence.sources,
      rareHarm: evidence.rareHarm,
    });
    const { files, resultHash } = await writer.finish(report);
    await writeWhole(
      path("summary.json"),
      `${JSON.stringify({ study: study.id, resultHash, numbers: report.numbers, rareHarm: report.rareHarm }, null, 1)}\n`,
    );
    await writeWhole(path("report.html"), renderReport({ ...report, run: { ...run, resultHash } }));
    const { failed, rejectedDraws } = report.conduct;
    await folder.complete(
      makeRunRecord({
        version,
        runtime: `node ${process.versions.node}`,
        platform: `${process.platform} ${process.arch}`,
        study: value,
        seed: study.run.seed,
        replicates: study.run.replicates,
        tolerance: study.tolerance,
        method: methodFor(study.tolerance).name,
        backend: options.backend,
        workers,
        startedAt,
        finishedAt: new Date().toISOString(),
        resultHash,
        tables: files,
        failed,
        rejectedDraws,
        command: COMMAND,
      }),
    );
    const same = options.repeats === undefined || options.repeats.resultHash === resultHash;
    if (options.json)
      process.stdout.write(
        `${canonicalJson({ out: resolve(folder.path), report: resolve(path("report.html")), resultHash, failed, same })}\n`,
      );
    else {
      for (const line of summaryLines(report, resultHash)) process.stdout.write(`${line}\n`);
      if (options.repeats)
        process.stdout.write(
          same
            ? "repeated: same result\n"
            : `repeated: DIFFERENT result, the record says ${options.repeats.resultHash}\n`,
        );
      process.stdout.write(`report: ${resolve(path("report.html"))}\n`);
    }
    return same ? 0 : 1;
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
