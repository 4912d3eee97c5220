import { join } from "node:path";
import {
  type Cohort,
  cite,
  describeFigure,
  diseaseName,
  type Evidence,
  followUp,
  harmColumns,
  type Row,
  rareHarm,
  therapyName,
} from "../evidence/index.js";
import { loadEvidenceFrom } from "../evidence/load-node.js";
import { parseUnit, valueIn } from "../quantity/index.js";
import { constantsOf, type PublishedFigure, type ReportData } from "../report/index.js";
import type { Study } from "../study/index.js";
import { diseasesIn, TrialModels } from "../trial/index.js";
import { InputProblems, inputProblem } from "./failure.js";
import { inRecords } from "./observed.js";
import { packageRoot } from "./package-info.js";

/** The evidence that comes with the package, or that of another folder. */
export async function packagedEvidence(dir = join(packageRoot, "evidence")): Promise<Evidence> {
  const loaded = await loadEvidenceFrom(dir);
  if (!loaded.ok) throw new InputProblems(loaded.problems);
  return loaded.evidence;
}

/** What the report needs of the evidence, as values. */
export interface StudyEvidence {
  readonly figures: readonly PublishedFigure[];
  readonly horizon: ReportData["horizon"];
  readonly sources: ReportData["sources"];
  readonly rareHarm: ReportData["rareHarm"];
}

/** Published figures, follow-up and citations for a study. An unknown record is a problem of the input. */
export function evidenceFor(study: Study, evidence: Evidence): StudyEvidence {
  const sources = modelSources(study);
  let figures: PublishedFigure[] = [];
  let horizon: ReportData["horizon"] = null;
  if (study.record !== undefined) {
    const record = evidence.cohorts.get(study.record);
    if (!record)
      throw inputProblem(
        "record",
        `no cohort record "${study.record}"`,
        `records: ${[...evidence.cohorts.keys()].sort().join(", ")}`,
      );
    sources.unshift(record.id);
    const watched = followUp(record);
    // A count of events without a time is that of the whole follow-up.
    const whole = (id: string) => (watched && (id === "relapse" || id.startsWith("infection")) ? watched.days : null);
    figures = record.endpoints
      .map((row) => ({ row, published: describeFigure(record, row) }))
      // What is known from memory only is never shown as a fact.
      .filter(({ published }) => published.usable && published.value !== undefined)
      // A share of events is not one of patients.
      .filter(({ row }) => row.per !== "event")
      .map(({ row, published }) => ({
        record: record.id,
        endpoint: published.endpoint,
        population: published.population,
        day: row.timepoint
          ? (valueIn(row.timepoint.value, parseUnit(row.timepoint.unit), parseUnit("day")) ?? null)
          : whole(row.id),
        value: published.value!,
        events: eventsOf(row),
        n: patientsOf(record, row),
        diseases: diseasesOf(record),
        text: published.phrase,
        definition: row.definition ?? "",
        verification: published.verification,
      }));
    if (watched)
      horizon = {
        day: watched.days,
        record: record.id,
        text: `Published: ${watched.phrase}.`,
      };
  }
  return {
    figures,
    horizon,
    rareHarm: harmOf(study, evidence),
    sources: [...new Set(sources)].flatMap((id) => {
      const citation = cite(evidence, id);
      return citation ? [citation] : [];
    }),
  };
}

/** Of every therapy with cells that an arm gives, in every disease of the study. */
function harmOf(study: Study, evidence: Evidence): ReportData["rareHarm"] {
  const given = Object.values(study.arms).flatMap(({ give }) => inRecords(give.map((each) => each.give)));
  const cells = [...new Set(given)].filter((therapy) => therapy.includes("car-t"));
  return cells.flatMap((therapy) =>
    diseasesIn(study).flatMap((disease) =>
      rareHarm(evidence, therapy, disease).map((harm) => ({
        therapy: therapyName(therapy),
        disease: diseaseName(disease),
        ...harmColumns(harm),
      })),
    ),
  );
}

const fromMemory = (row: Row, field: string): boolean => row.except?.[field] === "unverified";

const eventsOf = (row: Row): number | null =>
  row.k === undefined || row.n === undefined || fromMemory(row, "k") ? null : row.k;

/** Patients that a row speaks of: its own number, or all of its population. */
function patientsOf(record: Cohort, row: Row): number | null {
  if (row.n !== undefined) return fromMemory(row, "n") ? null : row.n;
  if (row.population === "all") return record.n ?? null;
  return record.diseases.find(({ disease }) => disease === row.population)?.n ?? null;
}

/** Patients of the cohort by disease, where the record says so of each. */
function diseasesOf({ diseases, n }: Cohort): Readonly<Record<string, number>> | null {
  if (diseases.length === 1) {
    const [{ disease, n: own }] = diseases as [(typeof diseases)[number]];
    const patients = own ?? n;
    return patients === undefined ? null : { [disease]: patients };
  }
  const known = diseases.flatMap(({ disease, n: own }) => (own === undefined ? [] : [[disease, own] as const]));
  return known.length === diseases.length ? Object.fromEntries(known) : null;
}

/** Ids of the sources of every number that the study uses: parameters of its models, constants of scores, manufacture, rules and conduct. Sources in words stand beside their number. */
function modelSources(study: Study): string[] {
  const models = new TrialModels(study, "interpreter");
  const rows = Object.keys(study.arms).flatMap((arm) =>
    diseasesIn(study).flatMap((disease) => models.systemOf(arm, disease).parameters),
  );
  const constants = constantsOf(study).flatMap((part) => Object.values(part.constants));
  return [...rows, ...constants].flatMap(({ level, source }) => (level !== "assumed" && source ? [source] : []));
}
