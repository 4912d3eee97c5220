import { join } from "node:path";
import { cite, type Evidence, followUp, publish } from "../evidence/index.js";
import { loadEvidenceFrom } from "../evidence/load-node.js";
import { allModules } from "../population/index.js";
import { parseUnit, valueIn } from "../quantity/index.js";
import type { PublishedFigure, ReportData } from "../report/index.js";
import type { Study } from "../study/index.js";
import { InputProblems, inputProblem } from "./failure.js";
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
}

/** Published figures, follow-up and citations for a study. An unknown record is a problem of the input. */
export function evidenceFor(study: Study, evidence: Evidence): StudyEvidence {
  const sources = parameterSources();
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
      .map((row) => ({ row, published: publish(record, row) }))
      // What is known from memory only is never shown as a fact.
      .filter(({ published }) => published.usable && published.value !== undefined)
      .map(({ row, published }) => ({
        record: record.id,
        endpoint: published.endpoint,
        population: published.population,
        day: row.timepoint
          ? (valueIn(row.timepoint.value, parseUnit(row.timepoint.unit), parseUnit("day")) ?? null)
          : whole(row.id),
        value: published.value!,
        text: published.phrase,
        definition: row.definition ?? "",
        verification: published.verification,
      }));
    if (watched && watched.days < study.visits.until)
      horizon = {
        day: watched.days,
        record: record.id,
        text: `Published: ${watched.phrase}.`,
      };
  }
  return {
    figures,
    horizon,
    sources: [...new Set(sources)].flatMap((id) => {
      const citation = cite(evidence, id);
      return citation ? [citation] : [];
    }),
  };
}

/** Ids of the sources that parameters with a source name. */
function parameterSources(): string[] {
  return allModules.flatMap(({ declaration }) =>
    Object.values(declaration.parameters ?? {}).flatMap((p) => (p.level !== "assumed" && p.source ? [p.source] : [])),
  );
}
