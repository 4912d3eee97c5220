import { diseases } from "../../disease/index.js";
import { describeArm, type Study } from "../../study/index.js";
import type { PatientRuns } from "../../trial/index.js";
import { casesOf, months, type TrialCase, type TrialDays, trialDays } from "../../trial/index.js";
import type { ReportData } from "../data.js";
import { AssumptionSample } from "./assumptions.js";
import { CurveCounter } from "./curves.js";
import { plainNumber } from "./numbers.js";
import { PublishedComparison, type PublishedFigure } from "./published.js";
import { headlinePlans, RowCounter, safetyPlans, survivalNumbers } from "./rows.js";
import { SurvivalCounter } from "./survival.js";

/** What the trial does not know by itself: the run, the published figures and the citations come in as values. */
export interface ReportInputs {
  readonly run: ReportData["run"];
  readonly horizon: ReportData["horizon"];
  readonly sources: ReportData["sources"];
}

/**
 * Takes in treated patients one after another, replicate by replicate, and ends in everything the report shows. Its memory does not grow with the number of patients.
 */
export class ReportAccumulator {
  private readonly days: TrialDays;
  private readonly first: string;
  private readonly headline: RowCounter;
  private readonly safety: RowCounter;
  private readonly curves: CurveCounter;
  private readonly survival: SurvivalCounter;
  private readonly published: PublishedComparison;
  private readonly sample: AssumptionSample;
  private readonly statuses = { completed: 0, stopped: 0, failed: 0 };
  private readonly failures = new Map<string, number>();
  private readonly refusals = new Map<string, number>();
  private patients = 0;

  constructor(
    private readonly study: Study,
    figures: readonly PublishedFigure[],
  ) {
    const arms = Object.keys(study.arms);
    this.first = arms[0]!;
    this.days = trialDays(study);
    this.headline = new RowCounter(headlinePlans(study), arms);
    this.safety = new RowCounter(safetyPlans, arms);
    this.curves = new CurveCounter(this.days.curves, arms);
    this.survival = new SurvivalCounter(study.visits.until, this.days.visits, arms);
    this.published = new PublishedComparison(this.first, study.visits.until, figures);
    this.sample = new AssumptionSample(this.days.curves, this.first);
  }

  /** Returns the cases, for tables. */
  add(treated: PatientRuns): TrialCase[] {
    const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
    this.patients++;
    for (const reason of treated.patient.refused) count(this.refusals, reason);
    for (const { status, reason } of treated.runs) {
      this.statuses[status]++;
      if (status === "failed") count(this.failures, reason);
    }
    const cases = casesOf(this.study, this.days, treated);
    for (const part of [this.headline, this.safety, this.curves, this.survival, this.published, this.sample])
      for (const c of cases) part.add(c);
    return cases;
  }

  finish(inputs: ReportInputs): ReportData {
    const { study, first } = this;
    const published = this.published.result();
    const survival = this.survival.curves();
    const late = survivalNumbers(study, survival);
    const { completed, stopped, failed } = this.statuses;
    const runs = completed + stopped + failed;
    const numbers = [
      ...this.headline.numbers(),
      ...late.numbers,
      ...this.safety.numbers(),
      plainNumber("patients", "virtual patients, all replicates", this.patients),
      plainNumber("runs", "runs: patients × arms", runs),
      plainNumber(
        "published.inside",
        "published figures inside the predicted interval",
        published.rows.filter(({ inside }) => inside).length,
      ),
      plainNumber("published.compared", "published figures compared", published.rows.length),
    ];
    const has = (name: string) => numbers.some((number) => number.name === name && number.value !== null);
    const tally = (map: ReadonlyMap<string, number>) =>
      [...map].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
    const sum = (map: ReadonlyMap<string, number>) => [...map.values()].reduce((a, b) => a + b, 0);
    return {
      study: {
        id: study.id,
        title: study.title,
        question: study.question,
        population: study.population.map(({ disease, n, include }) => ({
          disease,
          label: diseases[disease].label,
          n,
          include,
        })),
        arms: Object.entries(study.arms).map(([id, arm]) => ({ id, label: arm.label, steps: describeArm(arm) })),
        untilDay: study.visits.until,
      },
      run: inputs.run,
      numbers,
      answer: answer(study, first, has, inputs.horizon),
      headline: [...this.headline.plans.map(({ row, label }) => ({ row, label })), ...late.rows],
      curves: this.curves.curves(),
      horizon: inputs.horizon,
      survival: {
        title: "Drug-free remission",
        definition:
          "Share of patients who reached drug-free remission and have since been free of relapse, rescue and drugs; single visits without remission do not count as its end. A patient who has not reached drug-free remission by the first visit after six months counts as a failure from day 0; the others fail on the day of a confirmed relapse, of rescue or of restarted drugs. An arm that keeps its drugs is at 0 by definition.",
        interval: "90 % of replicates of the same size",
        curves: survival,
      },
      safety: this.safety.plans.map(({ row, label, note }) => ({ row, label, note })),
      published: published.rows,
      assumptions: this.sample.result(),
      definitions: definitions(study),
      sources: inputs.sources,
      conduct: {
        patients: this.patients,
        runs,
        completed,
        stopped,
        failed,
        failures: tally(this.failures),
        rejectedDraws: sum(this.refusals),
        rejections: tally(this.refusals),
      },
      limits: [
        ...LIMITS,
        ...(published.without.length > 0
          ? [
              `Published endpoints that the simulation has no counterpart for are left out: ${published.without.join(", ")}. So is what is known from memory only.`,
            ]
          : []),
      ],
    };
  }
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The short answer: what the first arm does, then the others beside it. */
function answer(study: Study, first: string, has: (name: string) => boolean, horizon: ReportData["horizon"]): string[] {
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

function definitions(study: Study): ReportData["definitions"] {
  const own = study.population.flatMap(({ disease }) => diseases[disease].definitions);
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
