/** The same patients in other structures: what both speak of, side by side. docs/notes/peers.md */
import { assemble, instantiateWasm, interpret, planKernels, Runner, type SystemParameter } from "../../engine/index.js";
import { type CommonQuantity, commonQuantities, type Peer, sledaiByC3 } from "../../peers/index.js";
import { drawParameter, type VirtualPatient } from "../../population/index.js";
import { stream } from "../../statistics/index.js";
import { followedBy, peersOf, type Study } from "../../study/index.js";
import { timesOf } from "./study-times.js";

/** One patient in one arm of a peer. Plain data. */
export interface PeerRun {
  readonly peer: string;
  readonly arm: string;
  readonly status: "completed" | "failed";
  readonly reason: string;
  /** Row-major: curve days × common quantities; NaN before day 0 and for what the peer does not have. */
  readonly common: Float64Array;
}

/** Our own outputs behind the common quantities. */
const OWN: Readonly<Record<CommonQuantity, { readonly output: string; readonly of: (value: number) => number }>> = {
  carT: { output: "CARblood", of: (value) => value },
  bCells: { output: "Bblood", of: (value) => value },
  antiDsDna: { output: "AAb", of: (value) => value },
  c3: { output: "C3", of: (gramsPerLitre) => 1000 * gramsPerLitre },
  sledaiByC3: { output: "C3", of: (gramsPerLitre) => sledaiByC3(1000 * gramsPerLitre) },
};

/** Outputs that our own model must give where a study has a peer. */
export const commonOutputs = (study: Study): readonly string[] =>
  peersOf(study).length === 0 ? [] : Object.values(OWN).map(({ output }) => output);

/** The common quantities of one of our own runs, by its rows of curve days; null where the study has no peer. */
export function ownCommon(study: Study, at: (names: readonly string[]) => Float64Array): Float64Array | null {
  if (peersOf(study).length === 0) return null;
  const values = at(commonQuantities.map((quantity) => OWN[quantity].output));
  return values.map((value, i) => OWN[commonQuantities[i % commonQuantities.length]!].of(value));
}

/** What varies in a peer, drawn for a patient: as published, keyed by peer and name. */
export const peerParameters = (
  peer: Peer,
  rows: readonly SystemParameter[],
  seed: number,
  patient: number,
): Map<string, number> =>
  new Map(
    rows
      .filter(({ varies }) => varies !== undefined)
      .map((row) => [row.name, drawParameter(row, stream(seed, patient, `${peer.id} ${row.name}`).uniform())]),
  );

/** Where patients meet the peers of a study: one runner per peer. */
export class PeerSite {
  private readonly benches: readonly {
    readonly peer: Peer;
    readonly runner: Runner;
    readonly rows: readonly SystemParameter[];
    readonly columns: readonly number[];
  }[];

  constructor(
    private readonly study: Study,
    backend: "wasm" | "interpreter",
  ) {
    this.benches = peersOf(study).map((peer) => {
      const system = assemble(peer.modules);
      const outputs = [...new Set(commonQuantities.flatMap((quantity) => peer.common[quantity] ?? []))];
      const kernels = planKernels(system, outputs);
      return {
        peer,
        runner: new Runner(backend === "wasm" ? instantiateWasm(kernels, { lanes: 2 }) : interpret(kernels), {
          rtol: study.tolerance,
        }),
        rows: system.parameters,
        columns: commonQuantities.map((quantity) => outputs.indexOf(peer.common[quantity] ?? "")),
      };
    });
  }

  /** Each patient in every arm that a peer can follow. The peer's own parameters vary as published; weight is the patient's, the dose as planned. */
  treat(patients: readonly VirtualPatient[], nominal: boolean): PeerRun[][] {
    const found = patients.map((): PeerRun[] => []);
    for (const { peer, runner, rows, columns } of this.benches) {
      const arms = Object.entries(this.study.arms).flatMap(([arm, plan]) => {
        const followed = followedBy(peer, plan);
        return "dose" in followed ? [{ arm, dose: followed.dose }] : [];
      });
      const { curves } = timesOf(this.study);
      const outputDays = curves.filter((day) => day >= 0);
      const asked = patients.flatMap((patient, i) => {
        const own = nominal
          ? new Map<string, number>()
          : peerParameters(peer, rows, this.study.run.seed, patient.index);
        own.set(peer.weight, patient.covariates.weight);
        return arms.map(({ arm, dose }) => ({ arm, i, parameters: new Map(own).set(peer.dose, dose) }));
      });
      const requests = asked.map(({ parameters }) => ({
        parameters,
        from: 0,
        to: this.study.visits.until,
        actions: [],
        outputDays,
      }));
      for (const { index, result } of runner.runAll(requests)) {
        const { arm, i } = asked[index]!;
        const failed = result.end.kind === "failed";
        found[i]!.push({
          peer: peer.id,
          arm,
          status: failed ? "failed" : "completed",
          reason: result.end.kind === "failed" ? result.end.reason : "",
          common: this.common(result.outputs, result.outputNames.length, columns, curves),
        });
      }
    }
    const order = (run: PeerRun) => Object.keys(this.study.arms).indexOf(run.arm);
    // Lanes finish in any order.
    const place = (run: PeerRun) => this.benches.findIndex(({ peer }) => peer.id === run.peer);
    return found.map((runs) => runs.sort((a, b) => place(a) - place(b) || order(a) - order(b)));
  }

  private common(
    outputs: Float64Array,
    width: number,
    columns: readonly number[],
    days: readonly number[],
  ): Float64Array {
    const before = days.filter((day) => day < 0).length;
    const values = new Float64Array(days.length * columns.length).fill(Number.NaN);
    for (let row = before; row < days.length; row++)
      columns.forEach((column, i) => {
        if (column >= 0) values[row * columns.length + i] = outputs[(row - before) * width + column]!;
      });
    return values;
  }
}
