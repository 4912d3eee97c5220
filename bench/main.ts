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

const loose = [3e-3, 1e-3, 3e-4, 1e-4, 5e-5];
const tight = [1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8];
const multistep = options.quick
  ? [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8]
  : [1e-3, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8, 1e-8, 1e-9];
/** For the slower peers: enough to enclose the targets. */
const few = options.quick ? [1e-5, 1e-6, 1e-7] : [1e-4, 1e-5, 1e-6, 1e-7];
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
    tolerances: peer.name.startsWith("cvode-native")
      ? multistep
      : peer.name.startsWith("deSolve")
        ? [1e-3, ...few]
        : few,
    rounds: peer.name.startsWith("cvode-native") ? rounds : 1,
  })),
];
const table = measure(codes, truth);

const points = (name: string, error: keyof Errors) =>
  (table.get(name) ?? []).map((p) => ({ error: p.errors![error], seconds: median(p.seconds) }));
/** Peer time over ours at the same error; the faster of a peer's two linear solvers. Null where one of them was not measured on both sides of it. */
function ratio(peer: string, target: number, error: keyof Errors): number | null {
  const mine = secondsAt(points("immune-reset", error), target);
  const theirs = codes
    .filter(({ name }) => name.startsWith(peer))
    .map(({ name }) => secondsAt(points(name, error), target))
    .filter((seconds): seconds is number => seconds !== null);
  return mine === null || theirs.length === 0 ? null : Math.min(...theirs) / mine;
}
const PEERS = ["cvode-native", "cvode-generic", "cvode-debian", "deSolve"].filter((peer) =>
  codes.some(({ name }) => name.startsWith(peer)),
);
const matched = (error: keyof Errors): Record<string, number | null> =>
  Object.fromEntries(
    PEERS.flatMap((peer) =>
      TARGETS.map((target) => [`${peer}@${target.toExponential(0)}`, ratio(peer, target, error)] as const),
    ),
  );
/** By the error of the typical patient, of the worst decile, and over all numbers of all patients. */
const [ratios, worstDecile, overall] = [matched("median"), matched("decile"), matched("rms")];

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
  overall,
  codes: codes.map(({ name, flags }) => ({
    name,
    flags,
    points: table.get(name)!.map((p) => ({
      rtol: p.rtol,
      ...(name.startsWith("immune-reset") ? { method: methodFor(p.rtol).name } : {}),
      msPerCase: perCase(median(p.seconds)),
      spread: [perCase(Math.min(...p.seconds)), perCase(Math.max(...p.seconds))],
      stepsPerCase: p.steps / workload.requests.length,
      failed: p.failed,
      ...p.errors!,
    })),
  })),
};
function perCase(seconds: number): number {
  return (seconds * 1000) / workload.requests.length;
}

/** The work–precision table and the ratios, as Markdown. */
function printTable(): string {
  const e = (value: number) => value.toExponential(1);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const head = [
    "code",
    "rtol",
    "ms per case",
    "steps",
    "median",
    "worst decile",
    "95 %",
    "worst case",
    "all",
    "largest",
  ];
  const lines = [row(head), row(head.map(() => "---"))];
  for (const { name, points: list } of result.codes)
    for (const p of list)
      lines.push(
        row([
          name,
          e(p.rtol),
          p.msPerCase.toFixed(3),
          p.stepsPerCase.toFixed(0),
          ...[p.median, p.decile, p.p95, p.worst, p.rms, p.largest].map(e),
        ]),
      );
  const times = (value: number | null | undefined) => (value == null ? "not enclosed" : `${value.toFixed(1)}×`);
  lines.push(
    "",
    row(["peer at error", "typical patient", "worst decile", "all numbers"]),
    row(["---", "---", "---", "---"]),
  );
  for (const [key, value] of Object.entries(ratios))
    lines.push(row([key, times(value), times(worstDecile[key]), times(overall[key])]));
  lines.push("", ...result.codes.map(({ name, flags }) => `- ${name}: ${flags}`));
  lines.push(
    `- ${result.machine}; Node ${result.node}; ${result.date}; ${result.cases} cases, median of ${rounds} rounds`,
  );
  return lines.join("\n");
}

const results = fileURLToPath(new URL("../../results/", import.meta.url));
if (!options.quick) {
  mkdirSync(results, { recursive: true });
  const name = `${result.date}-node-${process.versions.node.split(".")[0]}`;
  writeFileSync(`${results}${name}.json`, `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(`${results}${name}.md`, `${printTable()}\n`);
}
process.stdout.write(`${options.json ? JSON.stringify(result) : printTable()}\n`);
