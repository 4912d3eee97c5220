import { daysOfGrid, type Study } from "../../study/index.js";
import { outputDays } from "./outputs.js";
import { studyStart } from "./planned-doses.js";

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
