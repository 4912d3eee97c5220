/** Local sensitivity of the typical patient: which numbers move an output at a time, and by how much. */
import { type Action, instantiateWasm, planKernels, Runner, type RunRequest } from "../engine/index.js";
import { patientSource, samplePatient } from "../population/index.js";
import { nearest } from "../reading/index.js";
import { changesFor } from "../study/index.js";
import type { Recipient } from "../therapy/index.js";
import { actionsOf, givenIn, plannedDoses, studyStart, TrialModels } from "../trial/index.js";
import { InputProblems } from "./failure.js";
import { symbolNamed } from "./model-symbols.js";
import { studyOfOne } from "./study-of-one.js";

export interface SensitivityRequest {
  readonly disease: string;
  readonly strategy: string;
  /** Any state or quantity of the model. */
  readonly output: string;
  /** Day. */
  readonly at: number;
  readonly set?: readonly string[];
}

export interface Elasticity {
  readonly parameter: string;
  readonly about: string;
  readonly level: string;
  readonly value: number;
  readonly unit: string;
  /** Per cent by which the output changes for one per cent of the parameter. */
  readonly elasticity: number;
}

export interface Sensitivity {
  readonly output: string;
  readonly unit: string;
  readonly about: string;
  readonly at: number;
  readonly value: number;
  /** Largest first, in size; parameters that are 0 have no elasticity and are left out. */
  readonly rows: readonly Elasticity[];
}

/** Relative step of the central difference, far above the tolerance of the integration. */
const STEP = 1e-3;
const LANES = 2;

/**
 * Elasticities by central differences: the typical patient of a disease under a strategy, doses and withdrawal as planned; no rules, no draws of few cells, no
 * measurement. A parameter of the patient moves the steady state with it. Throws `InputProblems` for unknown names.
 */
export function sensitivity({ disease, strategy, output, at, set = [] }: SensitivityRequest): Sensitivity {
  const study = studyOfOne({ disease, strategy: [strategy], seed: 1, until: Math.max(28, at), set });
  const known = study.population[0]!.disease;
  const arm = study.arms[strategy]!;
  const system = new TrialModels(study, "wasm").systemOf(strategy, known);
  const outputs = [...system.states, ...system.quantities].map(({ name }) => name);
  const start = studyStart(study);
  const problems = [
    ...(outputs.includes(output) ? [] : [unknownOutput(output, outputs)]),
    ...(at >= start
      ? []
      : [
          {
            path: "--at",
            what: `day ${at} lies before the start, day ${start}`,
            hint: `write a day from ${start} on`,
          },
        ]),
  ];
  if (problems.length > 0) throw new InputProblems(problems);
  const source = patientSource(known, givenIn(arm), changesFor(study, known, strategy));
  const patient = samplePatient(source, { seed: 1, index: 0, eligible: () => null, nominal: true });
  const requestWith = (changed: ReadonlyMap<string, number>): RunRequest => {
    const who: Recipient = { constant: (name) => changed.get(name) ?? source.rows.get(name)!.value };
    const plan = plannedDoses(study, arm, patient, who);
    const actions: Action[] = actionsOf([...plan.background, ...plan.doses]).filter((action) => action.at <= at);
    return { parameters: changed, from: start, to: at, actions, outputDays: [at] };
  };
  const moved = system.parameters.filter(({ value }) => value !== 0);
  const requests = [
    requestWith(new Map()),
    ...moved.flatMap(({ name, value }) =>
      [1 + STEP, 1 - STEP].map((factor) => requestWith(new Map([[name, value * factor]]))),
    ),
  ];
  const runner = new Runner(instantiateWasm(planKernels(system, [output]), { lanes: LANES }), {
    rtol: 1e-8,
    atolScale: 1e-2,
  });
  const values: number[] = [];
  for (const { index, result } of runner.runAll(requests)) values[index] = result.outputs[0]!;
  const value = values[0]!;
  const rows = moved.map((row, i): Elasticity => {
    const [up, down] = [values[1 + 2 * i]!, values[2 + 2 * i]!];
    return {
      parameter: row.name,
      about: row.about,
      level: row.level,
      value: row.value,
      unit: row.unit,
      elasticity: (up - down) / (2 * STEP) / value,
    };
  });
  rows.sort((a, b) => Math.abs(b.elasticity) - Math.abs(a.elasticity) || (a.parameter < b.parameter ? -1 : 1));
  const { unit, about } = symbolNamed(output)!;
  return { output, unit, about, at, value, rows };
}

function unknownOutput(output: string, known: readonly string[]) {
  const near = nearest(output, known);
  return {
    path: "--output",
    what: `no state or quantity "${output}" in this model`,
    hint: near ? `did you mean "${near.name}"?` : "`immune-reset model parameters` lists all symbols",
  };
}
