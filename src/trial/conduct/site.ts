import { RunFault, Runner, type RunRequest, type SystemParameter } from "../../engine/index.js";
import {
  drawAgain,
  type PatientSource,
  patientSource,
  samplePatient,
  type VirtualPatient,
} from "../../population/index.js";
import { changesFor, type Disease, hasOwnModel, peersOf, type Stratum, type Study } from "../../study/index.js";
import type { Recipient } from "../../therapy/index.js";
import { conduct, type Treatment } from "./conduct.js";
import { eligibility } from "./eligibility.js";
import { type ArmModel, givenIn, type TrialModels } from "./model.js";
import type { ArmRun } from "./records.js";
import { type PeerRun, PeerSite } from "./structures.js";

export interface PatientRuns {
  readonly patient: VirtualPatient;
  readonly runs: readonly ArmRun[];
  /** In the order of the study's peers, then arms; empty where it has none. */
  readonly peers: readonly PeerRun[];
}

/** Something was thrown while a patient was sampled or treated. */
export class PatientFault extends Error {
  constructor(
    readonly patient: number,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Patients of one replicate. */
export const patientsPerReplicate = (study: Study): number => study.population.reduce((sum, { n }) => sum + n, 0);

/** The stratum of a patient: strata follow one another within a replicate. */
export function stratumOf(study: Study, patient: number): Stratum {
  let place = patient % patientsPerReplicate(study);
  for (const stratum of study.population) {
    if (place < stratum.n) return stratum;
    place -= stratum.n;
  }
  throw new Error("no stratum");
}

/** One patient in one arm on its way: which model runs it, and where its record goes. */
interface Planned extends Treatment {
  readonly patient: number;
  readonly place: number;
}

/** Where a model is run, with the rows of its parameters. */
interface Bench {
  readonly runner: Runner;
  readonly rows: ReadonlyMap<string, SystemParameter>;
}

/** Where patients are treated: one runner per model, as many runs at a time as there are lanes. A patient's result depends on the study and its number only. */
export class TrialSite {
  private readonly benches = new Map<string, Bench>();
  private readonly sources = new Map<Disease, PatientSource>();
  private readonly peers: PeerSite | null;

  /** `integrate`: how requests of a model are run; whoever measures looks on here. */
  constructor(
    private readonly study: Study,
    private readonly models: TrialModels,
    private readonly integrate: (runner: Runner, requests: readonly RunRequest[]) => ReturnType<Runner["runAll"]> = (
      runner,
      requests,
    ) => runner.runAll(requests),
  ) {
    this.peers = peersOf(study).length === 0 ? null : new PeerSite(study, models.backend);
  }

  /** One patient in every arm. */
  treat(index: number, nominal = false, age?: number): PatientRuns {
    return this.treatAll([index], { nominal, ...(age === undefined ? {} : { age }) })[0]!;
  }

  /** Patients in every arm, in the order of `indices`. `before` is called before each is sampled; `age` is that of all. A fault throws `PatientFault`. */
  treatAll(
    indices: readonly number[],
    {
      nominal = false,
      before,
      age,
    }: { readonly nominal?: boolean; readonly before?: (patient: number) => void; readonly age?: number } = {},
  ): PatientRuns[] {
    const arms = hasOwnModel(this.study) ? Object.keys(this.study.arms) : [];
    const patients = indices.map((index) =>
      blaming(index, () => {
        before?.(index);
        return this.sample(index, nominal, age);
      }),
    );
    // Patients who meet the same model share its lanes.
    const byModel = new Map<ArmModel, Planned[]>();
    patients.forEach((patient, i) => {
      arms.forEach((arm, k) => {
        const model = this.models.of(arm, patient.disease);
        const planned = blaming(patient.index, () => this.plan(arm, model, patient, nominal));
        const list = byModel.get(model);
        const entry = { ...planned, patient: patient.index, place: i * arms.length + k };
        if (list) list.push(entry);
        else byModel.set(model, [entry]);
      });
    });
    const runs = new Array<ArmRun>(patients.length * arms.length);
    for (const [model, planned] of byModel) for (const [place, run] of this.run(model, planned)) runs[place] = run;
    const peers = this.peers?.treat(patients, nominal);
    return patients.map((patient, i) => ({
      patient,
      runs: runs.slice(i * arms.length, (i + 1) * arms.length),
      peers: peers?.[i] ?? [],
    }));
  }

  private *run(model: ArmModel, planned: readonly Planned[]): Generator<readonly [place: number, run: ArmRun]> {
    try {
      for (const { index, result } of this.integrate(
        this.bench(model).runner,
        planned.map(({ request }) => request),
      )) {
        const { patient, place, record } = planned[index]!;
        yield [place, blaming(patient, () => record(result))];
      }
    } catch (error) {
      if (!(error instanceof RunFault)) throw error;
      throw new PatientFault(planned[error.index]!.patient, error.cause);
    }
  }

  private plan(arm: string, model: ArmModel, patient: VirtualPatient, nominal: boolean): Treatment {
    const { rows } = this.bench(model);
    const drawn = parametersInArm(patient, this.study, arm, rows, this.source(patient.disease).correlations, nominal);
    const who: Recipient = {
      constant(name) {
        const value = drawn.get(name) ?? rows.get(name)?.value;
        if (value === undefined) throw new Error(`unknown parameter "${name}"`);
        return value;
      },
    };
    const { request, record } = conduct(this.study, arm, patient, who, nominal);
    return { request: { ...request, parameters: ownParameters(drawn, rows) }, record };
  }

  private bench(model: ArmModel): Bench {
    let bench = this.benches.get(model.key);
    if (!bench) {
      bench = {
        runner: new Runner(this.models.backendOf(model), { rtol: this.study.tolerance }),
        rows: new Map(model.system.parameters.map((row) => [row.name, row])),
      };
      this.benches.set(model.key, bench);
    }
    return bench;
  }

  private source(disease: Disease): PatientSource {
    let source = this.sources.get(disease);
    if (!source) {
      const given = Object.values(this.study.arms).flatMap(givenIn);
      source = patientSource(disease, given, changesFor(this.study, disease), this.study.correlations);
      this.sources.set(disease, source);
    }
    return source;
  }

  private sample(index: number, nominal: boolean, age: number | undefined): VirtualPatient {
    const stratum = stratumOf(this.study, index);
    return samplePatient(this.source(stratum.disease), {
      seed: this.study.run.seed,
      index,
      eligible: nominal ? () => null : eligibility(stratum),
      nominal,
      ...(age === undefined ? {} : { age }),
    });
  }
}

/** The patient's numbers in an arm: where it changes a parameter of what it gives, drawn from the changed row with the patient's own uniform number. */
function parametersInArm(
  patient: VirtualPatient,
  { arms, run }: Study,
  arm: string,
  rows: ReadonlyMap<string, SystemParameter>,
  correlations: PatientSource["correlations"],
  nominal: boolean,
): ReadonlyMap<string, number> {
  const names = Object.keys(arms[arm]!.parameters ?? {});
  if (names.length === 0) return patient.parameters;
  const parameters = new Map(patient.parameters);
  for (const name of names) {
    const row = rows.get(name)!;
    parameters.set(name, nominal ? row.value : drawAgain(patient, run.seed, row, correlations));
  }
  return parameters;
}

/** The patient has a number for everything that any arm may need; a model takes its own. */
function ownParameters(
  parameters: ReadonlyMap<string, number>,
  rows: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, number> {
  const own = new Map<string, number>();
  for (const [name, value] of parameters) if (rows.has(name)) own.set(name, value);
  return own;
}

function blaming<T>(patient: number, what: () => T): T {
  try {
    return what();
  } catch (error) {
    throw new PatientFault(patient, error);
  }
}
