import { type PublishedFigure, ReportAccumulator, type ReportData } from "../../src/report/index.js";
import { defineStudy, type Study } from "../../src/study/index.js";
import {
  type ArmRun,
  curveOutputs,
  type PatientRuns,
  patientsPerReplicate,
  stratumOf,
  trialDays,
  type Visit,
} from "../../src/trial/index.js";

/** Patients whose course is written down by hand, so that what a report says of them can be reckoned without it. */
export interface Course {
  /** Day of dropout; absent: seen to the end. */
  readonly leaves?: number;
  readonly failed?: string;
  /** What each visit says beyond "nothing": by day, from the first on for which it holds. */
  readonly visit?: (day: number) => Partial<Visit>;
  readonly events?: ArmRun["events"];
  readonly run?: Partial<ArmRun>;
}

const weeks = 7;

export const smallStudy = (change: Partial<Study> = {}): Study =>
  defineStudy({
    id: "synthetic",
    title: "patients written down by hand",
    question: "does the report count them right?",
    population: [{ disease: "sle", n: 4, include: [] }],
    arms: {
      treated: {
        label: "treated",
        give: [{ give: "rituximab", at: [0], dose: 1000 }],
        background: { glucocorticoid: "continue", mycophenolate: "continue" },
        rules: [],
      },
    },
    visits: { every: 4 * weeks, until: 52 * weeks },
    tolerance: 1e-5,
    run: { replicates: 2, seed: 1 },
    ...change,
  });

const NOTHING: Omit<Visit, "day"> = {
  items: { sledai: 8, prednisolone: 10, immunosuppressant: 1 },
  activity: 0.5,
  remission: false,
  drugFreeRemission: false,
  drugFree: false,
  response: false,
  confirmedResponse: false,
  relapsing: false,
  prednisoloneTaken: 0,
  clones: 0,
};

function runOf(study: Study, index: number, arm: string, course: Course): ArmRun {
  const days = trialDays(study);
  const { until } = study.visits;
  const endDay = course.leaves ?? until;
  const curves = new Float64Array(days.curves.length * curveOutputs.length).fill(50);
  days.curves.forEach((day, row) => {
    if (day > endDay) curves.fill(Number.NaN, row * curveOutputs.length, (row + 1) * curveOutputs.length);
  });
  return {
    patient: index,
    arm,
    status: course.failed ? "failed" : course.leaves === undefined ? "completed" : "stopped",
    reason: course.failed ?? (course.leaves === undefined ? "" : "dropped out"),
    endDay,
    cells: null,
    product: null,
    infusionDay: null,
    visits: days.visits.filter((day) => day <= endDay).map((day) => ({ day, ...NOTHING, ...course.visit?.(day) })),
    events: course.events ?? [],
    curves,
    course: null,
    measures: null,
    common: null,
    accepted: 1,
    rejected: 0,
    undershoot: 0,
    ...course.run,
  };
}

/** The report of a study whose patients go as `course` says. */
export function reportOf(
  study: Study,
  course: (patient: number, arm: string, disease: string) => Course,
  figures: readonly PublishedFigure[] = [],
): ReportData {
  const accumulator = new ReportAccumulator(study, figures);
  for (let index = 0; index < patientsPerReplicate(study) * study.run.replicates; index++) {
    const { disease } = stratumOf(study, index);
    const patient = { index, disease, refused: [], parameters: new Map(), baseline: { ...NOTHING, day: 0 } };
    const runs = Object.keys(study.arms).map((arm) => runOf(study, index, arm, course(index, arm, disease)));
    accumulator.add({ patient, runs } as unknown as PatientRuns);
  }
  return accumulator.finish({ run: RUN(study), horizon: null, sources: [], rareHarm: [] });
}

const RUN = (study: Study): ReportData["run"] => ({
  version: "0",
  date: "2000-01-01",
  seed: study.run.seed,
  replicates: study.run.replicates,
  backend: "none",
  tolerance: study.tolerance,
  studyHash: "",
  resultHash: "",
  repeat: "",
});

export const numberOf = (report: ReportData, name: string) => {
  const found = report.numbers.find((number) => number.name === name);
  if (!found) throw new Error(`no number ${name}`);
  return found;
};

export const figure = (change: Partial<PublishedFigure>): PublishedFigure => ({
  record: "nobody_2000",
  endpoint: "drug-free",
  population: "all",
  day: 182,
  value: 0.5,
  events: null,
  n: null,
  diseases: null,
  text: "half",
  definition: "",
  verification: "verified",
  ...change,
});
