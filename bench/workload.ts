import { readFileSync } from "node:fs";
import { interpret, type Kernels, planKernels, Runner, type RunRequest } from "immune-reset/engine";
import { patientSource, samplePatient } from "immune-reset/population";
import { readStudy } from "immune-reset/study";
import type { Dose, Recipient } from "immune-reset/therapy";
import { actionsOf, curveOutputs, givenIn, plannedDoses, studyStart, TrialModels } from "immune-reset/trial";

/** Two years after infusion, outputs every week. */
const UNTIL = 730;
const EVERY = 7;
const DISEASE = "sle";
/** The arms of the demo's study whose models differ most: the largest, and the usual comparison. */
export const ARMS = ["car-t", "rituximab"] as const;
export type ArmName = (typeof ARMS)[number];

/** What every code has to compute: the same model, patients, doses, changes of drugs and output times. No chance: no draws of few cells, no visits, no rules. */
export interface Workload {
  readonly arm: ArmName;
  readonly kernels: Kernels;
  /** The same with the plain Jacobian, for other solvers. */
  readonly plain: Kernels;
  /** One per patient. */
  readonly requests: readonly RunRequest[];
  /** What `requests` have as actions, by patient: ascending by day. */
  readonly doses: readonly (readonly Dose[])[];
  readonly outputDays: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Patients 0 … `patients` − 1 of a study as if all had lupus, with full variability, in one of its arms: the model is the one that the trial itself runs there. */
export function makeWorkload(file: URL, arm: ArmName, patients: number): Workload {
  const checked = readStudy(readFileSync(file, "utf8"), "study");
  if (!("study" in checked)) throw new Error(`${file} is not a study`);
  const { study } = checked;
  const { system } = new TrialModels(study, "wasm").of(arm, DISEASE);
  const from = studyStart(study);
  const outputDays: number[] = [];
  for (let day = from; day <= UNTIL; day += EVERY) outputDays.push(day);
  const source = patientSource(DISEASE, Object.values(study.arms).flatMap(givenIn));
  const own = new Set(system.parameters.map(({ name }) => name));
  const doses: Dose[][] = [];
  const requests = Array.from({ length: patients }, (_, index): RunRequest => {
    const patient = samplePatient(source, { seed: study.run.seed, index, eligible: () => null });
    const who: Recipient = { constant: (name) => patient.parameters.get(name) ?? source.rows.get(name)!.value };
    const plan = plannedDoses(study, study.arms[arm]!, patient, who);
    const given = [...plan.background, ...plan.doses].filter(({ at }) => at <= UNTIL).sort((a, b) => a.at - b.at);
    doses.push(given);
    return {
      // A patient has a number for everything that any arm may need; a model takes its own.
      parameters: new Map([...patient.parameters].filter(([name]) => own.has(name))),
      from,
      to: UNTIL,
      actions: actionsOf(given),
      outputDays,
    };
  });
  return {
    arm,
    kernels: planKernels(system, curveOutputs),
    plain: planKernels(system, curveOutputs, { hubs: false, switches: false }),
    requests,
    doses,
    outputDays,
    from,
    to: UNTIL,
  };
}

/** 0 adds to a state, 1 sets a state, 2 sets a parameter. */
export type Operation = readonly [what: 0 | 1 | 2, index: number, value: number];

/**
 * What doses do, without looking at the patient. A mean over old and new cells is known beforehand only where there are no old cells: there it is the value of the
 * new ones, and `set` says so. Throws where `startsAt` or an earlier dose brings cells, and for unknown names.
 */
export function operationsOf(
  doses: readonly Dose[],
  { states, parameters }: Pick<Kernels, "states" | "parameters">,
  startsAt: (state: string) => number,
): Operation[] {
  const place = (names: readonly string[], name: string): number => {
    const index = names.indexOf(name);
    if (index < 0) throw new Error(`unknown name "${name}"`);
    return index;
  };
  const filled = new Set<string>();
  return doses.map((dose): Operation => {
    if ("into" in dose) {
      if (dose.amount !== 0) filled.add(dose.into);
      return [0, place(states, dose.into), dose.amount];
    }
    if ("control" in dose) return [2, place(parameters, dose.control), dose.to];
    const old = dose.among.find((state) => filled.has(state) || startsAt(state) !== 0);
    if (old !== undefined)
      throw new Error(
        `${dose.label} on day ${dose.at}: ${dose.blend} becomes a mean with the cells in ${old}, and how many these are is known only when they are met: other programs can be given one infusion`,
      );
    return [1, place(states, dose.blend), dose.value];
  });
}

/**
 * The workload for programs in other languages, as doubles: number of cases, of output times, begin, end, the times; then per case the parameters (controls included)
 * and the number of events, and per event its time, the number of operations and for each: what (`Operation`), index, value.
 */
export function packWorkload({ kernels, requests, doses, outputDays, from, to }: Workload): Float64Array {
  const numbers: number[] = [requests.length, outputDays.length, from, to, ...outputDays];
  const runner = new Runner(interpret(kernels), { rtol: 1e-3 });
  requests.forEach(({ parameters }, i) => {
    const initial = runner.initial(parameters);
    const operations = operationsOf(doses[i]!, kernels, (state) => initial.get(state)!);
    // Controls hold their first value once everything is prepared: read at the start of a run that ends there.
    runner.run({
      ...(parameters ? { parameters } : {}),
      from,
      to: from,
      outputDays: [],
      actions: [
        {
          at: from,
          label: "read parameters",
          apply: (patient) => {
            numbers.push(...kernels.parameters.map((name) => patient.constant(name)));
            return false;
          },
        },
      ],
    });
    const events = new Map<number, Operation[]>();
    operations.forEach((operation, k) => {
      const { at } = doses[i]![k]!;
      events.set(at, [...(events.get(at) ?? []), operation]);
    });
    numbers.push(events.size);
    for (const [time, together] of events) numbers.push(time, together.length, ...together.flat());
  });
  return Float64Array.from(numbers);
}
