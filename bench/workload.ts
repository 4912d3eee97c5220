import { readFileSync } from "node:fs";
import {
  type Action,
  instantiateWasm,
  type Kernels,
  type PatientView,
  planKernels,
  Runner,
  type RunRequest,
} from "immune-reset/engine";
import { samplePatient, wholeModel } from "immune-reset/population";
import { readStudy } from "immune-reset/study";
import { curveOutputs, stepsOf, stratumOf, studyStart } from "immune-reset/trial";

/** Two years after infusion, outputs every week. */
const UNTIL = 730;
const EVERY = 7;
const ARMS = ["car-t", "rituximab"] as const;

/** What every code has to compute: the same patients, doses, changes of drugs and output times. No chance: no draws of few cells, no visits. */
export interface Workload {
  readonly kernels: Kernels;
  /** The same with the plain Jacobian, for other solvers. */
  readonly plain: Kernels;
  readonly requests: readonly RunRequest[];
  /** Patient and arm of each request. */
  readonly labels: readonly string[];
  readonly outputDays: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Patients of the demo's study with full variability, each in the CAR-T and the rituximab arm. */
export function makeWorkload(study: URL, patients: number): Workload {
  const system = wholeModel();
  const kernels = planKernels(system, curveOutputs);
  const checked = readStudy(readFileSync(study, "utf8"), "study");
  if (!("study" in checked)) throw new Error(`${study} is not a study`);
  const read = checked.study;
  const sampler = new Runner(instantiateWasm(kernels), { rtol: 1e-6 });
  const from = studyStart(read);
  const outputDays: number[] = [];
  for (let day = from; day <= UNTIL; day += EVERY) outputDays.push(day);
  const requests: RunRequest[] = [];
  const labels: string[] = [];
  for (let index = 0; index < patients; index++) {
    const { disease } = stratumOf(read, index);
    const patient = samplePatient(system, sampler, { seed: read.run.seed, index, disease, eligible: () => null });
    for (const arm of ARMS) {
      const { actions, background } = stepsOf(read, read.arms[arm]!, patient);
      requests.push({
        parameters: patient.parameters,
        from,
        to: UNTIL,
        actions: [...background, ...actions].filter(({ at }) => at <= UNTIL),
        outputDays,
      });
      labels.push(`${index} ${arm}`);
    }
  }
  return {
    kernels,
    plain: planKernels(system, curveOutputs, { hubs: false }),
    requests,
    labels,
    outputDays,
    from,
    to: UNTIL,
  };
}

/**
 * The workload for programs in other languages, as doubles: number of cases, of output times, begin, end, the times; then per case the parameters (controls included)
 * and the number of events, and per event its time, the number of operations and for each: 0 add to a state, 1 set a state, 2 set a parameter; index; value.
 */
export function packWorkload({ kernels, requests, outputDays, from, to }: Workload): Float64Array {
  const numbers: number[] = [requests.length, outputDays.length, from, to, ...outputDays];
  const backend = instantiateWasm(kernels);
  const runner = new Runner(backend, { rtol: 1e-3 });
  const state = (name: string) => kernels.states.indexOf(name);
  const parameter = (name: string) => kernels.parameters.indexOf(name);
  for (const request of requests) {
    const events = new Map<number, [number, number, number][]>();
    const recorded = request.actions.map(
      (action): Action => ({
        ...action,
        apply: (patient) => {
          const operations = events.get(action.at) ?? [];
          events.set(action.at, operations);
          const recorder: PatientView = {
            ...patient,
            add: (name, by) => {
              operations.push([0, state(name), by]);
              patient.add(name, by);
            },
            set: (name, value) => {
              operations.push([1, state(name), value]);
              patient.set(name, value);
            },
            control: (name, value) => {
              operations.push([2, parameter(name), value]);
              patient.control(name, value);
            },
          };
          return action.apply(recorder);
        },
      }),
    );
    let parameters: number[] = [];
    const first: Action = {
      at: from,
      label: "read parameters",
      apply: (patient) => {
        parameters = kernels.parameters.map((name) => patient.constant(name));
        return false;
      },
    };
    const { end } = runner.run({ ...request, actions: [first, ...recorded] });
    if (end.kind !== "completed") throw new Error(`the recording run ended with ${end.kind}`);
    numbers.push(...parameters, events.size);
    for (const [time, operations] of [...events].sort(([a], [b]) => a - b)) {
      numbers.push(time, operations.length);
      for (const operation of operations) numbers.push(...operation);
    }
  }
  return Float64Array.from(numbers);
}
