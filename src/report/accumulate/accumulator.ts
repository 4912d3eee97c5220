import { diseases } from "../../disease/index.js";
import { describeArm, describeChanges, describeCorrelations, type Study } from "../../study/index.js";
import type { Milestone, PatientRuns } from "../../trial/index.js";
import { casesOf, milestonesOf, type TrialCase, type TrialDays, trialDays } from "../../trial/index.js";
import type { ReportData } from "../data.js";
import { pageNumbers } from "../page-numbers.js";
import { answer } from "./answer.js";
import { AssumptionSample } from "./assumptions.js";
import { constantRows } from "./constants.js";
import { CurveCounter } from "./curves.js";
import { definitions } from "./definitions.js";
import { measurePlans } from "./measures.js";
import { plainNumber, replicateWords } from "./numbers.js";
import { ProductCounter } from "./products.js";
import { PublishedComparison, type PublishedFigure } from "./published.js";
import { RemissionShare } from "./remission-share.js";
import { headlinePlans, RowCounter, safetyPlans } from "./rows.js";
import { StructureComparison } from "./structures.js";
import { SurvivalCounter } from "./survival.js";

/** Undershoot from which runs are counted, in absolute tolerances: far above what an accurate step leaves. */
const UNDERSHOOT_LIMIT = 10;

/** What the trial does not know by itself: the run, the published figures and the citations come in as values. */
export interface ReportInputs {
  readonly run: ReportData["run"];
  readonly horizon: ReportData["horizon"];
  readonly sources: ReportData["sources"];
  readonly rareHarm: ReportData["rareHarm"];
}

/**
 * Takes in treated patients one after another, replicate by replicate, and ends in everything the report shows. Its memory does not grow with the number of patients.
 */
export class ReportAccumulator {
  private readonly days: TrialDays;
  private readonly milestones: readonly Milestone[];
  private readonly first: string;
  private readonly headline: RowCounter;
  private readonly safety: RowCounter;
  private readonly measures: RowCounter;
  private readonly curves: CurveCounter;
  private readonly remission: RemissionShare;
  private readonly survival: SurvivalCounter;
  private readonly products: ProductCounter;
  private readonly published: PublishedComparison;
  private readonly sample: AssumptionSample;
  private readonly structures: StructureComparison;
  private readonly statuses = { completed: 0, stopped: 0, failed: 0 };
  private readonly failures = new Map<string, number>();
  private readonly refusals = new Map<string, number>();
  private readonly undershoot = { largest: 0, above: 0 };
  private patients = 0;
  private replicates = new Set<number>();

  constructor(
    private readonly study: Study,
    figures: readonly PublishedFigure[],
  ) {
    const arms = Object.keys(study.arms);
    this.first = arms[0]!;
    this.days = trialDays(study);
    this.milestones = milestonesOf(this.days.visits, study.visits.until);
    this.headline = new RowCounter(headlinePlans(study, this.milestones), arms);
    this.safety = new RowCounter(safetyPlans(study), arms);
    this.measures = new RowCounter(measurePlans(study), arms);
    this.curves = new CurveCounter(study, this.days.curves);
    this.remission = new RemissionShare(this.days.visits, arms);
    this.products = new ProductCounter(arms);
    this.survival = new SurvivalCounter(study.visits.until, this.days.visits, arms);
    this.published = new PublishedComparison(this.first, study.run.seed, study.visits.until, figures);
    this.structures = new StructureComparison(study, this.days.curves);
    this.sample = new AssumptionSample(study, this.days.curves, this.first);
  }

  /** Returns the cases, for tables. */
  add(treated: PatientRuns): TrialCase[] {
    const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
    this.patients++;
    for (const reason of treated.patient.refused) count(this.refusals, reason);
    for (const run of treated.runs) {
      const { status, reason, undershoot } = run;
      this.statuses[status]++;
      if (status === "failed") count(this.failures, reason);
      this.undershoot.largest = Math.max(this.undershoot.largest, undershoot);
      if (undershoot > UNDERSHOOT_LIMIT) this.undershoot.above++;
      this.products.add(run);
    }
    this.structures.add(treated);
    const cases = casesOf(this.study, this.days, treated);
    const { headline, safety, measures, curves, remission, survival, published, sample } = this;
    for (const part of [headline, safety, measures, curves, remission, survival, published, sample])
      for (const c of cases) part.add(c);
    for (const { replicate } of cases) this.replicates.add(replicate);
    return cases;
  }

  finish(inputs: ReportInputs): ReportData {
    const { study, first } = this;
    const published = this.published.result();
    const judged = published.rows.filter(({ inside }) => inside !== null);
    const { completed, stopped, failed } = this.statuses;
    const interval = replicateWords(this.replicates.size);
    const rows = [
      ...this.headline.numbers(),
      ...this.products.numbers(),
      ...this.safety.numbers(),
      ...this.measures.numbers(),
      plainNumber(
        "published.inside",
        "published figures inside the predicted interval",
        judged.filter(({ inside }) => inside).length,
      ),
      plainNumber("published.compared", "published figures compared with a predicted interval", judged.length),
    ];
    const tally = (map: ReadonlyMap<string, number>) =>
      [...map].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
    const sum = (map: ReadonlyMap<string, number>) => [...map.values()].reduce((a, b) => a + b, 0);
    const data: Omit<ReportData, "numbers" | "answer"> = {
      study: {
        id: study.id,
        title: study.title,
        question: study.question,
        population: study.population.map(({ disease, n, include, parameters }) => ({
          disease,
          label: diseases[disease].label,
          n,
          include,
          changes: describeChanges(parameters),
        })),
        changes: [...describeChanges(study.parameters), ...describeCorrelations(study.correlations)],
        arms: Object.entries(study.arms).map(([id, arm]) => ({ id, label: arm.label, steps: describeArm(arm) })),
        untilDay: study.visits.until,
      },
      run: inputs.run,
      milestones: this.milestones.map(({ key, label, day, visit }) => ({ key, label, day, visit })),
      headline: this.headline.plans.map(({ row, label, note }) => ({ row, label, note })),
      curves: this.curves.curves(),
      horizon: inputs.horizon,
      rareHarm: inputs.rareHarm,
      remission: {
        id: "in-remission",
        title: "In drug-free remission at the visit",
        definition: `Share of patients in drug-free remission at each visit, whatever came before. ${this.missingWords()} An arm that keeps its drugs is at 0 by definition.`,
        kind: "visits",
        time: "from day 0",
        counted: "patients seen at the visit, mean per replicate",
        interval,
        days: this.remission.tableDays(),
        curves: this.remission.curves(),
        none: "no visit",
      },
      survival: {
        id: "kept-remission",
        title: "Drug-free remission kept, of those who reached it",
        definition: `Kaplan–Meier estimate of the time from the first visit in drug-free remission to its loss: a confirmed relapse, rescue or restarted drugs. A single visit without remission is no loss. ${this.lossWords()} Days count from that first visit, not from the infusion.`,
        kind: "steps",
        time: "since the first visit in drug-free remission",
        counted: "at risk, mean per replicate",
        interval,
        days: this.survival.tableDays(),
        curves: this.survival.curves(),
        none: "nobody reached it",
      },
      products: this.products.rows(),
      structures: this.structures.result(),
      measures: this.measures.plans.map(({ row, label, note }) => ({ row, label, note })),
      safety: this.safety.plans.map(({ row, label, note }) => ({ row, label, note })),
      published: published.rows,
      assumptions: this.sample.result(),
      constants: constantRows(study),
      definitions: definitions(study, this.milestones),
      sources: inputs.sources,
      conduct: {
        patients: this.patients,
        runs: completed + stopped + failed,
        completed,
        stopped,
        failed,
        failures: tally(this.failures),
        rejectedDraws: sum(this.refusals),
        rejections: tally(this.refusals),
        largestUndershoot: this.undershoot.largest,
        undershootAbove: this.undershoot.above,
        undershootLimit: UNDERSHOOT_LIMIT,
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
    const numbers = [...rows, ...pageNumbers(data)];
    return { ...data, numbers, answer: answer(study, first, this.milestones, numbers, inputs.horizon) };
  }

  private missingWords(): string {
    const { dropout } = this.study;
    if (dropout === undefined) return "Nobody drops out.";
    return dropout.missing === "counts-as-failure"
      ? "Who has left the study counts as not in remission."
      : "Who has left the study is left out.";
  }

  private lossWords(): string {
    const { dropout } = this.study;
    if (dropout === undefined) return "Who is followed to the end without a loss is censored there.";
    return dropout.missing === "counts-as-failure"
      ? "Leaving the study counts as a loss; who is followed to the end without one is censored there."
      : "Who leaves the study, or is followed to the end without a loss, is censored then.";
  }
}

const LIMITS = [
  "No virtual patient dies and none becomes pregnant; late effects such as second malignancies are not modelled and not known.",
  "The autoreactive clones (number, sanctuary, access of CAR-T cells to it) have never been measured in patients; the relapse rate of the model rests on them.",
  "Most parameters were tuned by hand so that the whole behaves; agreement with endpoints labelled fitted is no evidence. Parameters vary independently between virtual patients unless the study says otherwise, which makes extremes too frequent, weak expansion of CAR-T cells above all.",
  "Blood pressure and oxygen are not modelled: CRS grades follow one cytokine signal.",
  "Manufacturing, serious infection and LICATS use stated frequencies, not mechanisms.",
  "The published cohorts are small, uncontrolled and from one centre; their patients were chosen, and so is what was reported.",
];
