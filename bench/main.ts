import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compileWasm, instantiateWasm, methodFor, Runner } from "immune-reset/engine";
import { type Errors, errorsOf, secondsAt } from "./errors.js";
import { buildPeers, type Peer, type Solved } from "./peers.js";
import { makeWorkload } from "./workload.js";

/** Errors at which codes are compared: root mean square over all outputs of all patients. */
const TARGETS = [1e-4, 1e-6] as const;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    patients: { type: "string" },
    rounds: { type: "string" },
    "no-r": { type: "boolean", default: false },
  },
});
const patients = Number(options.patients ?? (options.quick ? 100 : 500));
const rounds = Number(options.rounds ?? (options.quick ? 3 : 5));
const note = (text: string) => process.stderr.write(`${text}\n`);

interface Code extends Peer {
  readonly tolerances: readonly number[];
  readonly rounds: number;
}
interface Point {
  readonly rtol: number;
  readonly seconds: number[];
  errors: Errors | null;
  steps: number;
  failed: number;
}

const workload = makeWorkload(new URL("../../../studies/erlangen-2024.yaml", import.meta.url), patients);
const size = workload.outputDays.length * workload.kernels.outputs.length;

/** Our engine as a user would call it: both lanes of one core. */
function ours(lanes: 1 | 2): (rtol: number) => Solved {
  const module = compileWasm(workload.kernels, lanes);
  return (rtol) => {
    const runner = new Runner(instantiateWasm(workload.kernels, { lanes, module }), { rtol, atolScale: rtol / 1e-6 });
    const outputs = new Float64Array(workload.requests.length * size);
    let steps = 0;
    let failed = 0;
    const start = performance.now();
    for (const { index, result } of runner.runAll(workload.requests)) {
      outputs.set(result.outputs, index * size);
      steps += result.accepted + result.rejected;
      if (result.end.kind !== "completed") failed++;
    }
    return { outputs, seconds: (performance.now() - start) / 1000, steps, failed };
  };
}

function reference(): Float64Array {
  const runner = new Runner(instantiateWasm(workload.kernels, { lanes: 2 }), {
    rtol: 1e-11,
    atolScale: 1e-5,
    maxSteps: 1e6,
  });
  const outputs = new Float64Array(workload.requests.length * size);
  for (const { index, result } of runner.runAll(workload.requests)) outputs.set(result.outputs, index * size);
  return outputs;
}

function measure(codes: readonly Code[], truth: Float64Array): Map<string, Point[]> {
  const table = new Map(
    codes.map(({ name, tolerances }) => [
      name,
      tolerances.map((rtol): Point => ({ rtol, seconds: [], errors: null, steps: 0, failed: 0 })),
    ]),
  );
  // Warm: a code that is compiled while it runs gets its time to do so.
  for (const code of codes)
    if (code.name.startsWith("immune-reset")) for (const rtol of code.tolerances) code.solve(rtol);
  for (let round = 0; round < rounds; round++) {
    note(`round ${round + 1} of ${rounds}`);
    for (let i = 0; i < Math.max(...codes.map(({ tolerances }) => tolerances.length)); i++)
      for (const code of codes) {
        const point = table.get(code.name)![i];
        if (!point || round >= code.rounds) continue;
        const solved = code.solve(point.rtol);
        point.seconds.push(solved.seconds);
        point.errors ??= errorsOf(solved.outputs, truth, workload);
        point.steps = solved.steps;
        point.failed = solved.failed;
      }
  }
  return table;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const folder = fileURLToPath(new URL("../peers", import.meta.url));
const peers = buildPeers(workload, folder, { withR: !options.quick && !options["no-r"], note });

note(`reference: ${workload.requests.length} cases`);
const truth = reference();
// Correctness first: another code, with another method, has to find the same.
const judge = peers.find(({ name }) => name === "cvode-native klu")!;
const agreement = errorsOf(judge.solve(1e-11).outputs, truth, workload);
note(
  `reference against ${judge.name} at rtol 1e-11: rms ${agreement.rms.toExponential(1)}, largest ${agreement.largest.toExponential(1)}`,
);
if (!(agreement.rms < 1e-7)) throw new Error("the reference does not stand: no times are reported");

const loose = [1e-3, 3e-4, 1e-4, 5e-5];
const tight = [1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8];
const multistep = options.quick
  ? [1e-4, 1e-5, 1e-6, 1e-7, 1e-8]
  : [1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8, 1e-8];
const few = [1e-5, 1e-6, 1e-7];
const codes: Code[] = [
  {
    name: "immune-reset",
    flags: `WebAssembly, two patients per instruction`,
    solve: ours(2),
    tolerances: [...loose, ...tight],
    rounds,
  },
  { name: "immune-reset scalar", flags: "WebAssembly, one patient", solve: ours(1), tolerances: [1e-4, 1e-6], rounds },
  ...peers.map((peer) => ({
    ...peer,
    tolerances: peer.name.startsWith("cvode-native") ? multistep : few,
    rounds: peer.name.startsWith("cvode-native") ? rounds : 1,
  })),
];
const table = measure(codes, truth);

const points = (name: string, error: keyof Errors) =>
  (table.get(name) ?? []).map((p) => ({ error: p.errors![error], seconds: median(p.seconds) }));
/** Peer time over ours at the same error; the faster of a peer's two linear solvers. */
function ratio(peer: string, target: number, error: keyof Errors): number | null {
  const mine = secondsAt(points("immune-reset", error), target);
  const theirs = codes
    .filter(({ name }) => name.startsWith(peer))
    .map(({ name }) => secondsAt(points(name, error), target))
    .filter((seconds): seconds is number => seconds !== null);
  return mine === null || theirs.length === 0 ? null : Math.min(...theirs) / mine;
}
const PEERS = ["cvode-native", "cvode-generic", "cvode-debian", "deSolve lsoda"];
const ratios: Record<string, number | null> = {};
const worstDecile: Record<string, number | null> = {};
for (const peer of PEERS)
  for (const target of TARGETS) {
    const key = `${peer}@${target.toExponential(0)}`;
    ratios[key] = ratio(peer, target, "rms");
    worstDecile[key] = ratio(peer, target, "decile");
  }

const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]!.model.trim()}, ${cpus().length} cores`,
  node: process.version,
  patients,
  cases: workload.requests.length,
  rounds,
  reference: { rtol: 1e-11, judge: judge.name, rms: agreement.rms, largest: agreement.largest },
  ratios,
  worstDecile,
  codes: codes.map(({ name, flags, tolerances }) => ({
    name,
    flags,
    points: table.get(name)!.map((p, i) => ({
      rtol: tolerances[i],
      ...(name.startsWith("immune-reset") ? { method: methodFor(p.rtol).name } : {}),
      msPerCase: (median(p.seconds) * 1000) / workload.requests.length,
      spread: [Math.min(...p.seconds), Math.max(...p.seconds)].map((s) => (s * 1000) / workload.requests.length),
      stepsPerCase: p.steps / workload.requests.length,
      failed: p.failed,
      ...p.errors,
    })),
  })),
};

function printTable({ codes: all }: typeof result): string {
  const lines = [
    "code | rtol | ms per case | steps | rms error | median | p95 | worst case | largest",
    "--- | --- | --- | --- | --- | --- | --- | --- | ---",
  ];
  const e = (value: number | undefined) => (value === undefined ? "" : value.toExponential(1));
  for (const { name, points: list } of all)
    for (const p of list)
      lines.push(
        [
          name,
          e(p.rtol),
          p.msPerCase.toFixed(3),
          p.stepsPerCase.toFixed(0),
          e(p.rms),
          e(p.median),
          e(p.p95),
          e(p.worst),
          e(p.largest),
        ].join(" | "),
      );
  return lines.join("\n");
}

const results = fileURLToPath(new URL("../../results/", import.meta.url));
mkdirSync(results, { recursive: true });
if (!options.quick)
  writeFileSync(
    `${results}${result.date}-node-${process.versions.node.split(".")[0]}.json`,
    `${JSON.stringify(result, null, 1)}\n`,
  );
if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
else {
  console.log(`${printTable(result)}\n`);
  for (const [key, value] of Object.entries(ratios))
    console.log(
      `${key}: ${value === null ? "not reached" : `${value.toFixed(1)}×`} (worst decile ${worstDecile[key]?.toFixed(1) ?? "not reached"}×)`,
    );
}
