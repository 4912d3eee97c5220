import { compileWasm, instantiateWasm, type LaneCount, methodFor, Runner } from "immune-reset/engine";
import { type Errors, errorsOf, secondsAt } from "./errors.js";
import type { Peer, Solved } from "./peers.js";
import type { Workload } from "./workload.js";

/** Errors at which codes are compared. */
const TARGETS = [1e-4, 1e-6] as const;

export interface CompareOptions {
  readonly quick: boolean;
  readonly rounds: number;
  readonly note: (text: string) => void;
}

/** Peer time over ours, by peer and error; null where the points of one do not enclose the error. */
export type Ratios = Readonly<Record<string, number | null>>;

export interface PointResult extends Errors {
  readonly rtol: number;
  readonly method?: string;
  readonly msPerCase: number;
  readonly spread: readonly [least: number, most: number];
  readonly stepsPerCase: number;
  readonly failed: number;
}

export interface ArmResult {
  readonly model: { readonly states: number; readonly hubs: number; readonly productsPerStep: number };
  readonly cases: number;
  readonly reference: {
    readonly rtol: number;
    readonly judge: string;
    readonly rms: number;
    readonly largest: number;
  };
  /** At the error of the typical patient, of the worst decile, and over all numbers of all patients. */
  readonly ratios: Ratios;
  readonly worstDecile: Ratios;
  readonly overall: Ratios;
  readonly codes: readonly { readonly name: string; readonly flags: string; readonly points: readonly PointResult[] }[];
}

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

const sizeOf = ({ outputDays, kernels }: Workload): number => outputDays.length * kernels.outputs.length;

/** Our engine as a user would call it: both lanes of one core. */
function ours(workload: Workload, lanes: LaneCount): (rtol: number) => Solved {
  const size = sizeOf(workload);
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

function reference(workload: Workload): Float64Array {
  const size = sizeOf(workload);
  const runner = new Runner(instantiateWasm(workload.kernels, { lanes: 2 }), {
    rtol: 1e-11,
    atolScale: 1e-5,
    maxSteps: 1e6,
  });
  const outputs = new Float64Array(workload.requests.length * size);
  for (const { index, result } of runner.runAll(workload.requests)) outputs.set(result.outputs, index * size);
  return outputs;
}

function measure(
  workload: Workload,
  codes: readonly Code[],
  truth: Float64Array,
  { rounds, note }: CompareOptions,
): Map<string, Point[]> {
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
    note(`${workload.arm}: round ${round + 1} of ${rounds}`);
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

/** One arm: whether another code finds the same, then times and errors of all codes in turns. Throws before any time is taken where they disagree. */
export function compareOn(workload: Workload, peers: readonly Peer[], options: CompareOptions): ArmResult {
  const { quick, rounds, note } = options;
  const cases = workload.requests.length;
  note(`${workload.arm}: reference of ${cases} cases`);
  const truth = reference(workload);
  // Correctness first: another code, with another method, has to find the same.
  const judge = peers.find(({ name }) => name === "cvode-native klu")!;
  const agreement = errorsOf(judge.solve(1e-11).outputs, truth, workload);
  note(
    `${workload.arm}: reference against ${judge.name} at rtol 1e-11: rms ${agreement.rms.toExponential(1)}, largest ${agreement.largest.toExponential(1)}`,
  );
  if (!(agreement.rms < 1e-7)) throw new Error("the reference does not stand: no times are reported");

  const loose = [3e-3, 1e-3, 3e-4, 1e-4, 5e-5];
  const tight = [1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8];
  const multistep = quick
    ? [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8]
    : [1e-3, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8, 1e-8, 1e-9];
  /** For the slower peers: enough to enclose the targets. */
  const few = quick ? [1e-5, 1e-6, 1e-7] : [1e-4, 1e-5, 1e-6, 1e-7];
  const codes: Code[] = [
    {
      name: "immune-reset",
      flags: `WebAssembly, two patients per instruction`,
      solve: ours(workload, 2),
      tolerances: [...loose, ...tight],
      rounds,
    },
    {
      name: "immune-reset scalar",
      flags: "WebAssembly, one patient",
      solve: ours(workload, 1),
      tolerances: [1e-4, 1e-6],
      rounds,
    },
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
  const table = measure(workload, codes, truth, options);

  const points = (name: string, error: keyof Errors) =>
    table.get(name)!.map((p) => ({ error: p.errors![error], seconds: median(p.seconds) }));
  /** The faster of a peer's two linear solvers. */
  const ratio = (peer: string, target: number, error: keyof Errors): number | null => {
    const mine = secondsAt(points("immune-reset", error), target);
    const theirs = codes
      .filter(({ name }) => name.startsWith(peer))
      .map(({ name }) => secondsAt(points(name, error), target))
      .filter((seconds): seconds is number => seconds !== null);
    return mine === null || theirs.length === 0 ? null : Math.min(...theirs) / mine;
  };
  const names = ["cvode-native", "cvode-generic", "cvode-debian", "deSolve"].filter((peer) =>
    codes.some(({ name }) => name.startsWith(peer)),
  );
  const matched = (error: keyof Errors): Ratios =>
    Object.fromEntries(
      names.flatMap((peer) =>
        TARGETS.map((target) => [`${peer}@${target.toExponential(0)}`, ratio(peer, target, error)] as const),
      ),
    );
  const { lu, states, hubs } = workload.kernels;
  const perCase = (seconds: number) => (seconds * 1000) / cases;
  return {
    model: {
      states: states.length,
      hubs: hubs.length,
      // Of Rodas5P: one factorisation, eight stages.
      productsPerStep:
        8 * (lu.lower.flat().length + lu.upper.flat().length) +
        lu.entries.reduce((sum, { products }) => sum + products.length, 0),
    },
    cases,
    reference: { rtol: 1e-11, judge: judge.name, rms: agreement.rms, largest: agreement.largest },
    ratios: matched("median"),
    worstDecile: matched("decile"),
    overall: matched("rms"),
    codes: codes.map(({ name, flags }) => ({
      name,
      flags,
      points: table.get(name)!.map((p) => ({
        rtol: p.rtol,
        ...(name.startsWith("immune-reset") ? { method: methodFor(p.rtol).name } : {}),
        msPerCase: perCase(median(p.seconds)),
        spread: [perCase(Math.min(...p.seconds)), perCase(Math.max(...p.seconds))] as const,
        stepsPerCase: p.steps / cases,
        failed: p.failed,
        ...p.errors!,
      })),
    })),
  };
}
