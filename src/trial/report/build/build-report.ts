import { diseases } from "../../../disease/index.js";
import { months } from "../../endpoints/visit-at.js";
import type { TrialResults } from "../../results.js";
import { describeArm, diseaseLabel } from "../../study.js";
import type { ReportData } from "../report-data.js";
import { assumptions } from "./assumptions.js";
import { reportCurves } from "./curves.js";
import { Numbers } from "./numbers.js";
import { type PublishedFigure, publishedRows } from "./published.js";
import { headlineRows, safetyRows } from "./rows.js";
import { survivalCurves } from "./survival.js";

/** What the trial does not know by itself: the run, the published figures and the citations come in as values. */
export interface ReportInputs {
  readonly run: ReportData["run"];
  readonly figures: readonly PublishedFigure[];
  readonly horizon: ReportData["horizon"];
  readonly sources: ReportData["sources"];
}

/** Everything the report shows, from the results. */
export function buildReport(results: TrialResults, inputs: ReportInputs): ReportData {
  const { study, runs, patients } = results;
  const numbers = new Numbers();
  const headline = headlineRows(results, numbers);
  const safety = safetyRows(results, numbers);
  const published = publishedRows(results, inputs.figures);
  const [first] = Object.keys(study.arms) as [string];
  const count = (status: string) => runs.filter((run) => run.status === status).length;
  const tally = (list: readonly string[]) =>
    [...new Set(list)]
      .map((reason) => ({ reason, count: list.filter((each) => each === reason).length }))
      .sort((a, b) => b.count - a.count);
  const failures = runs.filter((run) => run.status === "failed").map(({ reason }) => reason);
  const refused = patients.flatMap((patient) => patient.refused);
  numbers.add({
    name: "patients",
    about: "virtual patients, all replicates",
    value: patients.length,
    unit: "",
    low: null,
    high: null,
    interval: null,
  });
  numbers.add({
    name: "runs",
    about: "runs: patients × arms",
    value: runs.length,
    unit: "",
    low: null,
    high: null,
    interval: null,
  });
  numbers.add({
    name: "published.inside",
    about: "published figures inside the predicted interval",
    value: published.rows.filter(({ inside }) => inside).length,
    unit: "",
    low: null,
    high: null,
    interval: null,
  });
  numbers.add({
    name: "published.compared",
    about: "published figures compared",
    value: published.rows.length,
    unit: "",
    low: null,
    high: null,
    interval: null,
  });
  const has = (name: string) => numbers.all().some((number) => number.name === name && number.value !== null);
  return {
    study: {
      id: study.id,
      title: study.title,
      question: study.question,
      population: study.population.map(({ disease, n, include }) => ({
        disease,
        label: diseaseLabel(disease),
        n,
        include,
      })),
      arms: Object.entries(study.arms).map(([id, arm]) => ({ id, label: arm.label, steps: describeArm(arm) })),
      untilDay: study.visits.until,
    },
    run: inputs.run,
    numbers: numbers.all(),
    answer: answer(results, first, has, inputs.horizon),
    headline,
    curves: reportCurves(results),
    horizon: inputs.horizon,
    survival: {
      title: "Drug-free remission",
      definition:
        "Share of patients without failure of drug-free remission. Failure is the day of a confirmed relapse, of rescue or of restarted drugs; a patient who has not reached drug-free remission by the first visit after six months fails on that day. An arm that keeps its drugs fails then by definition.",
      interval: "90 % of replicates of the same size",
      curves: survivalCurves(results),
    },
    safety,
    published: published.rows,
    assumptions: assumptions(results),
    definitions: definitions(results),
    sources: inputs.sources,
    conduct: {
      patients: patients.length,
      runs: runs.length,
      completed: count("completed"),
      stopped: count("stopped"),
      failed: count("failed"),
      failures: tally(failures),
      rejectedDraws: refused.length,
      rejections: tally(refused),
    },
    limits: [
      ...LIMITS,
      ...(published.without.length > 0
        ? [
            `Published endpoints that the simulation has no counterpart for, or that were not shown because they are known from memory only, are left out: ${[...new Set(published.without)].join(", ")}.`,
          ]
        : []),
    ],
  };
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The short answer: what the first arm does, then the others beside it. */
function answer(
  { study }: TrialResults,
  first: string,
  has: (name: string) => boolean,
  horizon: ReportData["horizon"],
): string[] {
  const last = months(24) <= study.visits.until + 1 ? 24 : 12;
  const others = Object.keys(study.arms).slice(1);
  const sentences: string[] = [];
  if (has(`${first}.car-t-peak-day`))
    sentences.push(
      `In the simulation the CAR-T cells peak on day {${first}.car-t-peak-day:value}; blood B cells fall below 1/µL in {${first}.depleted:interval} of patients, for the first time on day {${first}.depleted-day:value}, and are back after {${first}.return-day:interval}, {${first}.naive-share} of them naive.`,
    );
  if (has(`${first}.dsdna-90`))
    sentences.push(
      `At day 90 anti-dsDNA of the lupus patients is at {${first}.dsdna-90:interval}; vaccine antibody at 12 months is at {${first}.vaccine-365:interval}.`,
    );
  sentences.push(
    `{${first}.drug-free-remission-6:interval} of patients are in drug-free remission at 6 months and {${first}.drug-free-remission-${last}:interval} at ${last} months${horizon && months(last) > horizon.day ? ", which lies beyond what has been observed" : ""}.`,
  );
  for (const arm of others)
    sentences.push(
      has(`${arm}.relapse-day`) && arm !== "continued"
        ? `${capital(study.arms[arm]!.label)}: lymph-node B cells are at {${arm}.lymph-node-90} at day 90; {${arm}.responded} respond, and of those {${arm}.relapse} relapse, half of them by day {${arm}.relapse-day:value}.`
        : `${capital(study.arms[arm]!.label)}: remission on drugs in {${arm}.remission-6} at 6 months.`,
    );
  sentences.push(
    "{published.inside:value} of {published.compared:value} published figures lie inside the predicted interval; which of them the parameters were tuned to is said in each row.",
  );
  return sentences;
}

function definitions({ study }: TrialResults): ReportData["definitions"] {
  const own = study.population.flatMap(({ disease }) => diseases[disease].score.definitions);
  return [
    { term: "B cells depleted, B cells back", text: "blood B cells below 1/µL, and above 5/µL after that" },
    {
      term: "Remission on any drugs",
      text: "the disease's remission below, whatever the patient takes: DORIS itself allows 5 mg of prednisolone",
    },
    {
      term: "Drug-free remission",
      text: "the disease's remission below, and neither prednisolone nor mycophenolate at that visit; one infusion of cells or of rituximab is not counted as a drug taken",
    },
    {
      term: "Relapse",
      text: "the disease's relapse rule below, after a response, at two visits in a row; the day is that of the first",
    },
    ...own,
    {
      term: "CRS",
      text: "ASTCT 2019: fever of 38 °C or more; grade by the IL-6 signal against thresholds of the patient, because blood pressure and oxygen are not modelled",
    },
    {
      term: "ICANS",
      text: "grade by endothelial activation against thresholds of the patient; no ICE score is simulated",
    },
  ];
}

const LIMITS = [
  "No virtual patient dies and none becomes pregnant; late effects such as second malignancies are not modelled and not known.",
  "The autoreactive clones (number, sanctuary, access of CAR-T cells to it) have never been measured in patients; the relapse rate of the model rests on them.",
  "Most parameters were tuned by hand so that the whole behaves; agreement with endpoints labelled fitted is no evidence. Parameters vary independently between virtual patients, which makes extremes too frequent, weak expansion of CAR-T cells above all.",
  "Blood pressure and oxygen are not modelled: CRS grades follow one cytokine signal.",
  "Manufacturing, serious infection and LICATS use stated frequencies, not mechanisms.",
  "The published cohorts are small, uncontrolled and from one centre; their patients were chosen, and so is what was reported.",
];
