/** What a whole trial costs beside the integration of its runs, on one core, and what the same runs cost an R user. */
import { readFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import type { Action, PatientView, Runner, RunRequest } from "immune-reset/engine";
import { ReportAccumulator, renderReport } from "immune-reset/report";
import { nowhere, sha256Hex, TrialTableWriter } from "immune-reset/store";
import { readStudy, type Study } from "immune-reset/study";
import { type PatientRuns, patientsPerReplicate, TrialModels, TrialSite } from "immune-reset/trial";

export interface TrialCost {
  readonly node: string;
  readonly runs: number;
  /** Milliseconds per run, medians over the rounds. */
  readonly integration: number;
  readonly integrationStopping: number;
  readonly parts: Readonly<Record<string, number>>;
  readonly whole: number;
  /** Whole over integration with a stop wherever something changes, and with a stop at every visit and ward round too. */
  readonly ratio: number;
  readonly ratioStopping: number;
  /** Treating over collecting: so many workers does one collector keep up with. */
  readonly workers: number;
}

/** What an action did: replayed, it costs nothing but the integration. */
interface Done {
  readonly at: number;
  readonly changed: boolean;
  readonly states: readonly (readonly [string, number])[];
  readonly controls: readonly (readonly [string, number])[];
}

function watched(request: RunRequest, done: Done[]): RunRequest {
  const watch = (action: Action): Action => ({
    ...action,
    apply: (patient) => {
      const states = new Set<string>();
      const controls: [string, number][] = [];
      const view = Object.create(patient, {
        day: { get: () => patient.day },
        set: {
          value: (name: string, value: number) => {
            states.add(name);
            patient.set(name, value);
          },
        },
        add: {
          value: (name: string, value: number) => {
            states.add(name);
            patient.add(name, value);
          },
        },
        control: {
          value: (name: string, value: number) => {
            controls.push([name, value]);
            patient.control(name, value);
          },
        },
        schedule: { value: (later: Action) => patient.schedule(watch(later)) },
      }) as PatientView;
      const changed = action.apply(view);
      done.push({ at: patient.day, changed, states: [...states].map((name) => [name, patient.get(name)]), controls });
      return changed;
    },
  });
  return { ...request, actions: request.actions.map(watch) };
}

const replayed = (request: RunRequest, done: readonly Done[], everyStop: boolean): RunRequest => ({
  ...request,
  actions: done
    .filter(({ changed }) => everyStop || changed)
    .map(({ at, changed, states, controls }) => ({
      at,
      label: "replayed",
      apply: (patient) => {
        for (const [name, value] of states) patient.set(name, value);
        for (const [name, value] of controls) patient.control(name, value);
        return changed;
      },
    })),
});

const SHARD = 30;
const middle = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;

export async function measureTrial(file: URL, replicates: number, rounds: number): Promise<TrialCost> {
  const checked = readStudy(readFileSync(file, "utf8"), "study");
  if (!("study" in checked)) throw new Error(`${file} is not a study`);
  const study: Study = { ...checked.study, run: { ...checked.study.run, replicates } };
  const patients = patientsPerReplicate(study) * replicates;
  const runs = patients * Object.keys(study.arms).length;
  const shards = Array.from({ length: Math.ceil(patients / SHARD) }, (_, i) =>
    Array.from({ length: Math.min(SHARD, patients - i * SHARD) }, (__, k) => i * SHARD + k),
  );
  const seen: { readonly runner: Runner; readonly request: RunRequest; readonly done: Done[] }[] = [];
  let looking = true;
  const site = new TrialSite(study, new TrialModels(study, "wasm"), (runner, requests) => {
    if (!looking) return runner.runAll(requests);
    return runner.runAll(
      requests.map((request) => {
        const done: Done[] = [];
        seen.push({ runner, request, done });
        return watched(request, done);
      }),
    );
  });
  for (const shard of shards) site.treatAll(shard);
  looking = false;
  const byRunner = (everyStop: boolean) => {
    const all = new Map<Runner, RunRequest[]>();
    for (const { runner, request, done } of seen)
      all.set(runner, [...(all.get(runner) ?? []), replayed(request, done, everyStop)]);
    return all;
  };
  const [changes, stops] = [byRunner(false), byRunner(true)];
  const integrate = (all: ReadonlyMap<Runner, readonly RunRequest[]>): number => {
    const begin = performance.now();
    let count = 0;
    for (const [runner, requests] of all) for (const _ of runner.runAll(requests)) count++;
    if (count !== runs) throw new Error(`${count} runs were integrated, not ${runs}`);
    return (performance.now() - begin) / runs;
  };
  const times: Record<string, number[]> = {};
  const time = (part: string, milliseconds: number) => {
    times[part] = [...(times[part] ?? []), milliseconds / runs];
  };
  const integrations: number[] = [];
  const stopping: number[] = [];
  for (let round = 0; round < rounds; round++) {
    integrations.push(integrate(changes));
    stopping.push(integrate(stops));
    for (const [part, milliseconds] of Object.entries(await oneTrial(site, study, shards, replicates)))
      time(part, milliseconds);
  }
  const parts = Object.fromEntries(Object.entries(times).map(([part, list]) => [part, middle(list)]));
  const whole = Object.values(parts).reduce((sum, value) => sum + value, 0);
  const treating = parts["sample and treat"]! + parts["write shards"]!;
  return {
    node: process.version,
    runs,
    integration: middle(integrations),
    integrationStopping: middle(stopping),
    parts,
    whole,
    ratio: whole / middle(integrations),
    ratioStopping: whole / middle(stopping),
    workers: treating / (whole - treating),
  };
}

/** The trial as `trial` runs it, in one thread and without a disk. Milliseconds by part. */
async function oneTrial(
  site: TrialSite,
  study: Study,
  shards: readonly (readonly number[])[],
  replicates: number,
): Promise<Record<string, number>> {
  const spent: Record<string, number> = {};
  let last = performance.now();
  const lap = (part: string) => {
    const now = performance.now();
    spent[part] = (spent[part] ?? 0) + now - last;
    last = now;
  };
  const payloads: Uint8Array[] = [];
  for (const shard of shards) {
    const treated = site.treatAll(shard);
    lap("sample and treat");
    const payload = serialize({ treated });
    sha256Hex(payload);
    payloads.push(payload);
    lap("write shards");
  }
  const accumulator = new ReportAccumulator(study, []);
  const writer = await TrialTableWriter.open(study, nowhere);
  for (const payload of payloads) {
    sha256Hex(payload);
    const { treated } = deserialize(payload) as { readonly treated: readonly PatientRuns[] };
    lap("read shards");
    for (const each of treated) {
      const cases = accumulator.add(each);
      lap("statistics");
      writer.add(each, cases);
      lap("tables");
    }
  }
  const run = {
    version: "",
    date: "2026-01-01",
    seed: study.run.seed,
    replicates,
    backend: "WebAssembly",
    tolerance: study.tolerance,
    studyHash: "",
    resultHash: "",
    repeat: "",
  };
  const report = accumulator.finish({ run, horizon: null, sources: [], rareHarm: [] });
  lap("statistics");
  await writer.finish(report);
  lap("tables");
  renderReport(report);
  lap("page");
  return spent;
}

export function printTrial(cost: TrialCost): string {
  const row = (name: string, value: number) =>
    `| ${name} | ${value.toFixed(3)} | ${(value / cost.integration).toFixed(2)} |`;
  return [
    `Whole trial, one core, Node ${cost.node}, ${cost.runs} runs (demo's study)`,
    "",
    "| part | ms per run | × integration |",
    "| --- | --- | --- |",
    row("integration, stops where something changes", cost.integration),
    row("integration, stops at visits and ward rounds too", cost.integrationStopping),
    ...Object.entries(cost.parts).map(([part, value]) => row(part, value)),
    row("**whole**", cost.whole),
    "",
    `One collector keeps up with ${cost.workers.toFixed(1)} workers.`,
  ].join("\n");
}
