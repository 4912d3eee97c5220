import { type PublishedFigure, ReportAccumulator, type ReportInputs } from "../../src/report/index.js";
import { shardMaker } from "../../src/run/task.js";
import { nowhere, TrialTableWriter } from "../../src/store/index.js";
import type { Study } from "../../src/study/index.js";
import { patientsPerReplicate, TrialModels } from "../../src/trial/index.js";

/** What a bare JavaScript shell runs: the whole trial in one thread. The shell puts the input in INPUT and offers `print`. */
declare const INPUT: {
  readonly study: Study;
  readonly figures: readonly PublishedFigure[];
  readonly inputs: ReportInputs;
};
declare const print: (text: string) => void;

const SHARD = 10;

async function main(): Promise<string> {
  const { study, figures, inputs } = INPUT;
  const accumulator = new ReportAccumulator(study, figures);
  const writer = await TrialTableWriter.open(study, nowhere);
  const make = shardMaker({
    study,
    backend: "wasm",
    models: new TrialModels(study, "wasm").compile(),
    shardSize: SHARD,
  });
  const shards = Math.ceil((patientsPerReplicate(study) * study.run.replicates) / SHARD);
  for (let shard = 0; shard < shards; shard++) {
    const result = make(shard);
    if (result.kind === "poison") return `failed: patient ${result.patient}: ${result.reason}`;
    for (const treated of result.treated) writer.add(treated, accumulator.add(treated));
  }
  return (await writer.finish(accumulator.finish(inputs))).resultHash;
}

main().then(print, (error) => print(`failed: ${error} ${error?.stack ?? ""}`));
