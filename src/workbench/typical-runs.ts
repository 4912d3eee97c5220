/** Runs of the typical patient with other parameters: what sensitivities are made of. */
import {
  type Action,
  instantiateWasm,
  planKernels,
  Runner,
  type RunRequest,
  type SystemParameter,
} from "../engine/index.js";
import { patientSource, samplePatient } from "../population/index.js";
import { nearest } from "../reading/index.js";
import { changesFor } from "../study/index.js";
import type { Recipient } from "../therapy/index.js";
import { actionsOf, givenIn, LANES, plannedDoses, studyStart, TrialModels } from "../trial/index.js";
import { InputProblems } from "./failure.js";
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

export interface TypicalRuns {
  readonly parameters: readonly SystemParameter[];
  /** The output at the day for each set of changed values, NaN where a run failed. */
  readonly values: (changes: readonly ReadonlyMap<string, number>[], rtol: number) => number[];
}

/**
 * The typical patient of a disease under a strategy, doses and withdrawal as planned; no rules, no draws of few cells, no measurement. A parameter of the patient moves the steady state with it. Throws
 * `InputProblems` for unknown names.
 */
export function typicalRuns({ disease, strategy, output, at, set = [] }: SensitivityRequest): TypicalRuns {
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
  return {
    parameters: system.parameters,
    values: (changes, rtol) => {
      const kernels = planKernels(system, [output]);
      const runner = new Runner(instantiateWasm(kernels, { lanes: LANES }), { rtol, atolScale: rtol / 1e-6 });
      const values: number[] = [];
      for (const { index, result } of runner.runAll(changes.map(requestWith))) values[index] = result.outputs[0]!;
      return values;
    },
  };
}

function unknownOutput(output: string, known: readonly string[]) {
  const near = nearest(output, known);
  return {
    path: "--output",
    what: `no state or quantity "${output}" in this model`,
    hint: near ? `did you mean "${near.name}"?` : "`immune-reset model parameters` lists all symbols",
  };
}
