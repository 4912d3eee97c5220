/** One patient in a published model. docs/notes/peers.md */
import {
  assemble,
  changeParameter,
  instantiateWasm,
  type ParameterChanges,
  planKernels,
  Runner,
} from "../engine/index.js";
import { commonQuantities, type Peer, peerNamed, peers } from "../peers/index.js";
import type { Problem } from "../quantity/index.js";
import { nearest } from "../reading/index.js";
import { changesAmong, coursesFromText, daysOfGrid, MODEL_NAMES } from "../study/index.js";
import { peerParameters } from "../trial/index.js";
import { InputProblems, inputProblem } from "./failure.js";
import { changesText } from "./study-of-one.js";

export interface SimulatePeer {
  readonly model: string;
  readonly disease?: string;
  /** The published typical values. */
  readonly nominal?: boolean;
  readonly seed: number;
  readonly until: number;
  readonly set?: readonly string[];
  readonly dose?: readonly string[];
  readonly outputs?: string;
  readonly grid?: string;
  /** kg. */
  readonly weight?: number;
}

export interface PeerSimulation {
  readonly peer: Peer;
  /** Those that differ from the published typical values. */
  readonly parameters: ReadonlyMap<string, number>;
  readonly days: readonly number[];
  readonly columns: readonly {
    readonly name: string;
    readonly unit: string;
    readonly about: string;
    readonly values: readonly number[];
  }[];
  /** Comparisons in rates, with the day on which they changed. */
  readonly happenings: readonly { readonly time: number; readonly name: string; readonly on: boolean }[];
  /** Null where it completed. */
  readonly failure: { readonly reason: string; readonly day: number } | null;
}

const DAYS = [0, 1, 2, 3, 5, 7, 10, 14, 21, 28, 60, 90, 180, 365, 730];
/** As of one patient of our own. */
const RTOL = 1e-6;

/** Throws `InputProblems` with every problem. */
export function simulatePeer(options: SimulatePeer): PeerSimulation {
  const peer = peerNamed(options.model);
  if (!peer) {
    const near = nearest(
      options.model,
      peers.map(({ id }) => id),
    );
    const hint = near ? `did you mean "${near.name}"?` : `one of ${MODEL_NAMES.join(", ")}`;
    throw inputProblem("--model", `unknown model "${options.model}"`, hint);
  }
  const system = assemble(peer.modules);
  const names = namesOf(peer);
  const { changes, outputs, grid } = asked(peer, options, names, system);
  const rows = system.parameters.map((row) => {
    const change = changes[row.name];
    return change ? { ...changeParameter(row, change), name: row.name, module: row.module } : row;
  });
  const parameters = new Map(rows.flatMap(({ name, value }) => (name in changes ? [[name, value] as const] : [])));
  if (!options.nominal)
    for (const [name, value] of peerParameters(peer, rows, options.seed, 0)) parameters.set(name, value);
  const shown = outputs ?? [
    ...new Set([...commonQuantities.flatMap((quantity) => peer.common[quantity] ?? []), ...Object.keys(peer.alone)]),
  ];
  const days = (grid ?? DAYS).filter((day) => day >= 0 && day <= options.until);
  const runner = new Runner(instantiateWasm(planKernels(system, shown)), { rtol: RTOL });
  const run = runner.run({ parameters, from: 0, to: options.until, actions: [], outputDays: days });
  const { end } = run;
  return {
    peer,
    parameters,
    days,
    columns: shown.map((name, column) => ({
      name,
      ...names.get(name)!,
      values: days.map((_, row) => run.outputs[row * shown.length + column]!),
    })),
    happenings: run.happenings.map(({ time, name, on }) => ({ time, name, on })),
    failure: end.kind === "failed" ? { reason: end.reason, day: end.time } : null,
  };
}

/** Everything that it computes, by name. */
function namesOf({ modules }: Peer): ReadonlyMap<string, { readonly unit: string; readonly about: string }> {
  return new Map(
    modules.flatMap(({ declaration: { parameters, derived, states, quantities } }) =>
      [parameters, derived, states, quantities].flatMap((part) =>
        Object.entries(part ?? {}).map(([name, { unit, about }]) => [name, { unit, about: about ?? "" }] as const),
      ),
    ),
  );
}

function asked(
  peer: Peer,
  { disease, set = [], dose = [], weight, until, ...words }: SimulatePeer,
  names: ReadonlyMap<string, { readonly unit: string }>,
  { parameters }: ReturnType<typeof assemble>,
): {
  readonly changes: ParameterChanges;
  readonly outputs: readonly string[] | undefined;
  readonly grid: readonly number[] | undefined;
} {
  const rows = new Map(parameters.map((row) => [row.name, row]));
  const read = (text: string, option: string) => (text === "" ? { changes: {} } : changesAmong(text, option, rows));
  const fixed = (name: string, value: string) => `${name}: { fixed: ${value} }`;
  const parts = [
    read(changesText(set), "--set"),
    // Of what is clear: the model knows one product.
    read(dose.map((text) => fixed(peer.dose, text.replace(/^[\w\s-]+:\s*/, ""))).join("\n"), "--dose"),
    read(weight === undefined ? "" : fixed(peer.weight, `${weight} kg`), "--weight"),
  ];
  const units = new Map([...names].map(([name, { unit }]) => [name, unit]));
  const courses = coursesFromText(words, units, until);
  const problems: Problem[] = [...parts, courses].flatMap((part) => ("problems" in part ? part.problems : []));
  if (disease !== undefined && !peer.diseases.includes(disease))
    problems.unshift({
      path: "--disease",
      what: `${peer.title} does not know "${disease}"`,
      hint: `it is a model of ${peer.diseases.join(", ")}`,
    });
  if (problems.length > 0 || "problems" in courses) throw new InputProblems(problems);
  return {
    changes: Object.assign({}, ...parts.map((part) => ("changes" in part ? part.changes : {}))),
    outputs: courses.outputs,
    grid: courses.grid && daysOfGrid(courses.grid),
  };
}
