/** Names as people read them: no ids, no codes. */
import {
  type ApprovalStatus,
  type Cohort,
  citeSource,
  diseaseName,
  type Evidence,
  endpointOf,
  isEndpointId,
  shortCitation,
  therapyName,
  therapyOf,
} from "../../evidence/index.js";
import { html, type Markup } from "../../markup/index.js";

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
export const sentence = (text: string): string => (/[.?!…]$/.test(text) ? capital(text) : `${capital(text)}.`);
export const people = (n: number): string => `${n} ${n === 1 ? "person" : "people"}`;

const COMMON_NAMES: Readonly<Record<string, string>> = {
  sle: "Lupus",
  iim: "Myositis",
  ssc: "Scleroderma",
  mg: "Myasthenia",
  nmosd: "NMOSD",
  cidp: "CIDP",
  aav: "ANCA vasculitis",
};
/** The short name that people use. */
export const commonName = (disease: string): string => COMMON_NAMES[disease] ?? capital(diseaseName(disease));

/** `6 months`, from a value and a unit of the records. */
export const timeWords = (value: number, unit: string): string => `${value} ${unit}${value === 1 ? "" : "s"}`;

/** Anchors of the page; never shown. */
export const cellId = (therapy: string, disease: string): string => `${therapy}--${disease}`;

/** "Müller 2024, N Engl J Med", with its link where somebody read the identifier. */
export function paper(evidence: Evidence, record: string): Markup {
  const source = evidence.sources.get(evidence.cohorts.get(record)?.source ?? record);
  if (!source) return html`${record}`;
  const { link } = citeSource(source);
  const name = shortCitation(source);
  return link === null ? html`${name}` : html`<a href="${link}">${name}</a>`;
}

/** Text in which ids of records may stand, as the papers are named. */
export const withoutIds = (evidence: Evidence, text: string): string =>
  text.replaceAll(/\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/g, (id) => {
    const source = evidence.sources.get(evidence.cohorts.get(id)?.source ?? "");
    return source ? shortCitation(source) : id;
  });

export const outcomeName = (id: string): string => capital(isEndpointId(id) ? endpointOf(id).meaning : id);

/** Whom a row speaks of. */
export function populationName(cohort: Cohort, population: string): string {
  if (population === "all") return "everybody";
  const subset = cohort.subsets?.find(({ id }) => id === population);
  if (subset) return subset.about;
  const arm = cohort.arms.find(({ id }) => id === population);
  if (arm) {
    const therapy = therapyOf(arm);
    const name =
      therapy === null ? (arm.product.kind === "placebo" ? "placebo" : arm.product.kind) : therapyName(therapy);
    const same = cohort.arms.filter((each) => therapyOf(each) === therapy);
    return same.length > 1 ? `${name} (${population.replaceAll("-", " ")})` : name;
  }
  return diseaseName(population);
}

export const APPROVAL_WORDS: Readonly<Record<ApprovalStatus["state"], string>> = {
  approved: "approved",
  "not-approved": "not approved",
  "not-looked-up": "not looked up",
};

/** First year of approval, as far as one was read. */
export function approvalBadge(evidence: Evidence, { state, records }: ApprovalStatus): Markup {
  const dates = records.flatMap((id) => evidence.approvals.get(id)?.date?.slice(0, 4) ?? []).sort();
  return html`<span class="badge ${state}">${APPROVAL_WORDS[state]}${state === "approved" && dates[0] ? ` ${dates[0]}` : ""}</span>`;
}
