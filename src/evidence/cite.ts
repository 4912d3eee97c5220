/** A source or a cohort in one line, with its link and whether anybody followed it. */
import type { Evidence, Source } from "./record.js";

export interface Citation {
  readonly id: string;
  /** One line: authors, title, journal, year, identifier; where the title is unknown, what it is about, in brackets. */
  readonly citation: string;
  /** Null where there is no identifier, or only one from memory. */
  readonly link: string | null;
  /** `checked 2026-01-31`, `not checked`, or why there is nothing to check. */
  readonly checked: string;
}

/** The citation of a source, or of the source behind a cohort; undefined where the id is unknown. */
export function cite(evidence: Evidence, id: string): Citation | undefined {
  const source = evidence.sources.get(id) ?? evidence.sources.get(evidence.cohorts.get(id)?.source ?? "");
  return source && { ...citeSource(source), id };
}

export function citeSource(source: Source): Citation {
  if (source.kind === "unverified-knowledge")
    return {
      id: source.id,
      citation: `${sentence(source.about)} Not a citation.`,
      link: null,
      checked: "no source to check",
    };
  const where = [[source.journal, source.year].filter((x) => x !== undefined).join(" "), source.locator]
    .filter((x) => x !== undefined && x !== "")
    .join(";");
  const parts = [
    source.authors,
    source.title ?? `[${source.about.replace(/\.$/, "")}]`,
    where,
    identifierText(source),
  ].filter((x) => x !== undefined && x !== "");
  const memory = source.verification === "unverified" ? " Cited from memory." : "";
  return {
    id: source.id,
    citation: parts.map((x) => sentence(x!)).join(" ") + memory,
    link: linkOf(source),
    checked: checkedText(source),
  };
}

/** Citation, link and check in one line of text. */
export function citeLine(evidence: Evidence, id: string): string | undefined {
  const found = cite(evidence, id);
  return found && [found.citation, found.link, `(${found.checked})`].filter((x) => x !== null).join(" ");
}

/** As people name a paper: `Müller 2024, N Engl J Med`. What it is about where nobody is named. */
export function shortCitation({ authors, year, journal, about }: Source): string {
  const first = (authors ?? "")
    .split(/[,;(]| et al/, 1)
    .join("")
    .replace(/( [A-ZÄÖÜ]{1,3})+$/, "")
    .trim();
  if (first === "") return about.replace(/\.$/, "");
  const where = (journal ?? "")
    .split(/[;(]/, 1)
    .join("")
    .replace(/ \d{4}.*$/, "")
    .trim();
  return [[first, year].filter((x) => x !== undefined).join(" "), where].filter((x) => x !== "").join(", ");
}

const sentence = (text: string): string => (/[.?!…]$/.test(text) ? text : `${text}.`);

const places = [
  ["doi", "doi:", (x: string) => `https://doi.org/${x}`],
  ["pmid", "PMID ", (x: string) => `https://pubmed.ncbi.nlm.nih.gov/${x}/`],
  ["pmcid", "", (x: string) => `https://pmc.ncbi.nlm.nih.gov/articles/${x}/`],
  ["biomodels", "BioModels ", (x: string) => `https://www.ebi.ac.uk/biomodels/${x}`],
] as const;

const fromMemory = (source: Source, name: string): boolean => source.identifiers?.unverified?.includes(name) ?? false;

function identifierText(source: Source): string | undefined {
  const known = places
    .map(([name, label]) => {
      const value = source.identifiers?.[name];
      return value && `${label}${value}${fromMemory(source, name) ? " (from memory)" : ""}`;
    })
    .filter((x) => x !== undefined);
  return known.length > 0 ? known.join(", ") : undefined;
}

function linkOf(source: Source): string | null {
  for (const [name, , link] of places) {
    const value = source.identifiers?.[name];
    if (value !== undefined && !fromMemory(source, name)) return link(value);
  }
  return null;
}

function checkedText(source: Source): string {
  const checked = source.identifiers?.checked;
  if (checked === undefined) return "no identifier";
  return checked === "not checked" ? checked : `checked ${checked}`;
}
