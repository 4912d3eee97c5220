/** What only shows when the records lie side by side: dangling ids, shared patients, the same thing entered twice. */
import type { ValuePath } from "../reading/index.js";
import { didYouMean, names, type Report } from "./check.js";
import type { Cohort, Evidence } from "./record.js";

/**
 * `known` also holds ids of files that could not be read, so that one mistake is not reported twice.
 */
export function checkTogether(evidence: Evidence, known: ReadonlySet<string>, report: (id: string) => Report): void {
  const cohorts = [...evidence.cohorts.values()];
  for (const name of ["doi", "pmid", "pmcid"] as const) {
    const first = new Map<string, string>();
    for (const source of evidence.sources.values()) {
      const value = source.identifiers?.[name]?.toLowerCase();
      if (value === undefined) continue;
      const other = first.get(value);
      if (other !== undefined)
        report(source.id)(
          ["identifiers", name],
          `${name.toUpperCase()} ${value} is also that of ${other}`,
          "one source, one file",
        );
      else first.set(value, source.id);
    }
  }
  const resolve = (from: Cohort, path: ValuePath, id: string, kind: string): boolean => {
    if (names(evidence, known, kind === "source" ? "sources" : "cohorts", id)) return true;
    const ids = kind === "source" ? [...evidence.sources.keys()] : [...evidence.cohorts.keys()];
    report(from.id)(path, `no ${kind} "${id}"`, didYouMean(id, ids, `add evidence/${kind}s/${id}.yaml`));
    return false;
  };
  for (const cohort of cohorts) {
    resolve(cohort, ["source"], cohort.source, "source");
    const references: [ValuePath, string][] = (cohort.contains ?? []).map((id, i) => [["contains", i], id]);
    if (cohort.design.of !== undefined) references.push([["design", "of"], cohort.design.of]);
    for (const [path, id] of references) {
      if (id === cohort.id) report(cohort.id)(path, "a record that refers to itself", "name another record");
      else if (resolve(cohort, path, id, "cohort")) {
        const other = evidence.cohorts.get(id);
        if (other && (cohort.overlap === undefined || other.overlap !== cohort.overlap))
          report(cohort.id)(
            path,
            `shares patients with ${id}, but not its overlap group`,
            `write the same overlap in both (${id}: ${other.overlap ?? "none"})`,
          );
        if (other?.n !== undefined && cohort.n !== undefined && path[0] === "contains" && other.n > cohort.n)
          report(cohort.id)(
            path,
            `${id} has ${other.n} patients, this record ${cohort.n}`,
            "a part cannot be larger than the whole",
          );
      }
    }
  }
  for (const cohort of cohorts)
    for (const [i, id] of (cohort.mayShare ?? []).entries())
      if (id === cohort.id) report(cohort.id)(["mayShare", i], "a record that refers to itself", "name another record");
      else resolve(cohort, ["mayShare", i], id, "cohort");
  checkDuplicates(cohorts, report);
}

function checkDuplicates(cohorts: readonly Cohort[], report: (id: string) => Report): void {
  for (const [i, cohort] of cohorts.entries())
    for (const other of cohorts.slice(0, i)) {
      const grouped = cohort.overlap !== undefined && cohort.overlap === other.overlap;
      const registration = cohort.registrations?.find((nct) => other.registrations?.includes(nct));
      if (cohort.source === other.source && treatedAs(cohort) === treatedAs(other))
        report(cohort.id)(
          ["source"],
          `the same source, diseases and numbers as ${other.id}`,
          "remove one of the two records",
        );
      else if (cohort.source === other.source && !grouped)
        report(cohort.id)(
          ["overlap"],
          `the same source as ${other.id}, but not its overlap group`,
          "write the same overlap in both",
        );
      if (registration !== undefined && !grouped)
        report(cohort.id)(
          ["overlap"],
          `${registration} is also the trial of ${other.id}, but not the same overlap group`,
          "write the same overlap in both",
        );
    }
}

const treatedAs = (cohort: Cohort): string =>
  JSON.stringify([
    cohort.n,
    cohort.diseases.map((d) => [d.disease, d.n]).sort(),
    cohort.arms.map((a) => [a.product.kind, a.product.name, a.n]),
  ]);
