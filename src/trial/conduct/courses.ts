/** What a study asks of a run beside the curves of its report, and at which times. docs/notes/courses.md */
import type { Study } from "../../study/index.js";
import { takeMeasure } from "../endpoints/measures.js";
import { curveOutputs, trialOutputs } from "./outputs.js";
import type { ArmRun, Course } from "./records.js";
import { commonOutputs, ownCommon } from "./structures.js";
import { timesOf } from "./study-times.js";

const trajectoryOutputs = (study: Study): readonly string[] => study.outputs ?? curveOutputs;

/** Outputs that the kernels must give beside those of every trial, as far as a model has them. */
export function askedOutputs(study: Study): readonly string[] {
  const outputs = study.trajectories === undefined ? [] : trajectoryOutputs(study);
  const measured = Object.values(study.measures ?? {}).map(({ of }) => of);
  return [...new Set([...outputs, ...measured, ...commonOutputs(study)])].filter(
    (name) => !trialOutputs.includes(name),
  );
}

const keepsCourse = ({ trajectories }: Study, patient: number): boolean =>
  trajectories === "all" || (trajectories !== undefined && patient < trajectories);

/** Columns of a run's outputs by name, at some of its rows. */
export function columnsAt(
  outputs: Float64Array,
  outputNames: readonly string[],
  rows: readonly number[],
  names: readonly string[],
): Float64Array {
  const columns = names.map((name) => {
    const column = outputNames.indexOf(name);
    if (column < 0) throw new Error(`the model of this arm does not give "${name}"`);
    return column;
  });
  const width = outputNames.length;
  const found = new Float64Array(rows.length * columns.length);
  let at = 0;
  for (const row of rows) for (const column of columns) found[at++] = outputs[row * width + column]!;
  return found;
}

/** What is kept of a run's outputs because the study asks for it; `measures` in the order of the study, NaN where there is none. */
export function askedOf(
  study: Study,
  patient: number,
  outputs: Float64Array,
  outputNames: readonly string[],
): Pick<ArmRun, "course" | "measures" | "common"> {
  const { courses, courseRows, curveRows } = timesOf(study);
  const common = ownCommon(study, (names) => columnsAt(outputs, outputNames, curveRows, names));
  const at = (names: readonly string[]) => columnsAt(outputs, outputNames, courseRows, names);
  let course: Course | null = null;
  if (keepsCourse(study, patient)) {
    const names = trajectoryOutputs(study).filter((name) => outputNames.includes(name));
    course = { names, values: at(names) };
  }
  if (!study.measures) return { course, measures: null, common };
  const window = { from: 0, to: study.visits.until };
  const measures = Object.values(study.measures).map((measure) =>
    outputNames.includes(measure.of) ? takeMeasure(measure, courses, at([measure.of]), window) : Number.NaN,
  );
  return { course, measures: Float64Array.from(measures), common };
}
