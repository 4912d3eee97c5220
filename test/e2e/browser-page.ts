import { type PublishedFigure, ReportAccumulator, type ReportInputs } from "../../src/report/index.js";
import { treatInBrowser } from "../../src/run/browser.js";
import { nowhere, TrialTableWriter } from "../../src/store/index.js";
import type { Study } from "../../src/study/index.js";

/** What the browser test runs in a page: the whole trial on web workers, and the hash of its result. */
async function run(workers: number): Promise<string> {
  const { study, figures, inputs } = (await (await fetch("/input.json")).json()) as {
    study: Study;
    figures: PublishedFigure[];
    inputs: ReportInputs;
  };
  const accumulator = new ReportAccumulator(study, figures);
  const writer = await TrialTableWriter.open(study, nowhere);
  const spawn = () => new Worker("/worker.js", { type: "module" });
  for await (const treated of treatInBrowser(study, { workers, spawn })) writer.add(treated, accumulator.add(treated));
  return (await writer.finish(accumulator.finish(inputs))).resultHash;
}

Object.assign(globalThis, { run });

// A browser that nobody drives says by itself what it found: /?workers=2
const asked = new URLSearchParams(location.search).get("workers");
if (asked !== null) {
  const answer = await run(Number(asked)).catch((error: unknown) => `failed: ${error}`);
  await fetch("/", { method: "POST", body: answer });
}
