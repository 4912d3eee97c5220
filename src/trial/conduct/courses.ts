/** What a study asks of a run beside the curves of its report, and at which times. docs/notes/courses.md */
import { daysOfGrid, type Study } from "../../study/index.js";
import { takeMeasure } from "../endpoints/measures.js";
import { curveOutputs, outputDays, trialOutputs } from "./outputs.js";
import { studyStart } from "./planned-doses.js";

/** The course of one patient in one arm: rows by day, columns by name; NaN after the end. Names that the arm's model does not have are absent. */
export interface Course {
  readonly names: readonly string[];
  readonly values: Float64Array;
}

/** Times of a study's runs. */
export interface StudyTimes {
  readonly start: number;
  /** Days of the report's curves, of trajectories and measures, and of both. */
  readonly curves: readonly number[];
  readonly courses: readonly number[];
  readonly all: readonly number[];
  /** Places of each among all. */
  readonly curveRows: readonly number[];
  readonly courseRows: readonly number[];
  /** What draws may look back at: undefined where that is all. */
  readonly history: ReadonlySet<number> | undefined;
}

const known = new WeakMap<Study, StudyTimes>();

export function timesOf(study: Study): StudyTimes {
  const before = known.get(study);
  if (before) return before;
  const start = studyStart(study);
  const { until } = study.visits;
  const curves = outputDays(study);
  const asks = study.trajectories !== undefined || study.measures !== undefined;
  const own = study.grid && asks ? daysOfGrid(study.grid).filter((day) => day >= start && day <= until) : undefined;
  const courses = asks ? (own ?? curves) : [];
  const all = own ? [...new Set([...curves, ...own])].sort((a, b) => a - b) : curves;
  const place = new Map(all.map((day, row) => [day, row]));
  const rows = (days: readonly number[]) => days.map((day) => place.get(day)!);
  const times: StudyTimes = {
    start,
    curves,
    courses,
    all,
    curveRows: rows(curves),
    courseRows: rows(courses),
    history: all.length === curves.length ? undefined : new Set(curves),
  };
  known.set(study, times);
  return times;
}

const trajectoryOutputs = (study: Study): readonly string[] => study.outputs ?? curveOutputs;

/** Outputs that the kernels must give beside those of every trial, as far as a model has them. */
export function askedOutputs(study: Study): readonly string[] {
  const outputs = study.trajectories === undefined ? [] : trajectoryOutputs(study);
  const measured = Object.values(study.measures ?? {}).map(({ of }) => of);
  return [...new Set([...outputs, ...measured])].filter((name) => !trialOutputs.includes(name));
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
): { readonly course: Course | null; readonly measures: Float64Array | null } {
  const { courses, courseRows } = timesOf(study);
  const at = (names: readonly string[]) => columnsAt(outputs, outputNames, courseRows, names);
  let course: Course | null = null;
  if (keepsCourse(study, patient)) {
    const names = trajectoryOutputs(study).filter((name) => outputNames.includes(name));
    course = { names, values: at(names) };
  }
  if (!study.measures) return { course, measures: null };
  const window = { from: 0, to: study.visits.until };
  const measures = Object.values(study.measures).map((measure) =>
    outputNames.includes(measure.of) ? takeMeasure(measure, courses, at([measure.of]), window) : Number.NaN,
  );
  return { course, measures: Float64Array.from(measures) };
}
