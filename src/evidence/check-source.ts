/** What a well-formed source may still have wrong within itself. */
import type { Report } from "./check.js";
import type { Source } from "./record.js";

export function checkSource(source: Source, report: Report): void {
  const cited = source.kind !== "unverified-knowledge";
  if (!cited && source.verification !== "unverified")
    report(
      ["verification"],
      `knowledge from memory cannot be "${source.verification}"`,
      "write verification: unverified",
    );
  if (!cited && (source.authors ?? source.title ?? source.journal ?? source.identifiers) !== undefined)
    report(["kind"], "unverified knowledge with a citation", "name the kind of publication, or remove the citation");
  checkYear(source.year, report);
  const ids = source.identifiers;
  if (!ids) return;
  checkForm(ids.doi, /^10\.\d{4,9}\/\S+$/, "doi", "a DOI such as 10.1056/NEJMoa2308917", report);
  checkForm(ids.pmid, /^[1-9]\d{0,8}$/, "pmid", 'digits in quotes, such as "38381673"', report);
  checkForm(ids.pmcid, /^PMC\d+$/, "pmcid", "PMC and digits", report);
  checkForm(ids.biomodels, /^(BIOMD\d{10}|MODEL\d+)$/, "biomodels", "BIOMD and ten digits", report);
  checkForm(ids.bionumbers, /^\d{6}$/, "bionumbers", 'six digits in quotes, such as "111621"', report);
  checkForm(ids.repository, /^[\w.-]+\/[\w.-]+$/, "repository", "owner/name", report);
  if (ids.checked !== "not checked" && !isDate(ids.checked))
    report(["identifiers", "checked"], `"${ids.checked}" is not a day`, 'write 2026-01-31, or "not checked"');
  for (const [i, name] of (ids.unverified ?? []).entries())
    if (name === "checked" || name === "unverified" || !(name in ids))
      report(["identifiers", "unverified", i], `no identifier "${name}" here`, "name one of the identifiers above");
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function checkForm(value: string | undefined, form: RegExp, name: string, example: string, report: Report): void {
  if (value !== undefined && !form.test(value))
    report(["identifiers", name], `"${value}" does not have the form of a ${name.toUpperCase()}`, `write ${example}`);
}

function checkYear(year: number | undefined, report: Report): void {
  if (year !== undefined && (year < 1900 || year > 2100)) report(["year"], `year ${year}`, "write four digits");
}
