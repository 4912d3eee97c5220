/** What a regulator said, as far as somebody looked: approved, looked up and not approved, or not looked up. docs/notes/evidence-ladder.md */
import type { Approval, Evidence } from "./record.js";
import { CANCERS, ladderDisease } from "./therapy.js";

export type ApprovalState = "approved" | "not-approved" | "not-looked-up";

export interface ApprovalStatus {
  readonly state: ApprovalState;
  /** Records that carry the state. */
  readonly records: readonly string[];
  /** In words, with regulators, dates, boxed warnings. */
  readonly says: string;
  /** A record names this therapy in this disease; not one that means all CAR-T cells or all autoimmune diseases. */
  readonly named: boolean;
}

/** Therapies and diseases that a record may mean together. */
export const ANY_CAR_T = "any-car-t";
export const ANY_AUTOIMMUNE = "any-autoimmune";
const NOT_AUTOIMMUNE: ReadonlySet<string> = new Set([...CANCERS, "renal-transplant", "crs", "not-stated"]);

const isAbout = (approval: Approval, therapy: string, disease: string): boolean =>
  (approval.therapy === therapy || (approval.therapy === ANY_CAR_T && therapy.includes("car-t"))) &&
  (ladderDisease(approval.disease) === disease ||
    (approval.disease === ANY_AUTOIMMUNE && !NOT_AUTOIMMUNE.has(disease)));

/** Of a therapy in a disease. A record from memory says nothing; where no record is about it nobody has looked, which is not "no". */
export function approvalOf(evidence: Evidence, therapy: string, code: string): ApprovalStatus {
  const disease = ladderDisease(code);
  const about = [...evidence.approvals.values()].filter(
    (approval) => approval.verification !== "unverified" && isAbout(approval, therapy, disease),
  );
  const approved = about.filter(({ state }) => state === "approved");
  const carrying = approved.length > 0 ? approved : about;
  if (carrying.length === 0)
    return { state: "not-looked-up", records: [], says: "nobody has looked up whether it is approved", named: false };
  return {
    state: approved.length > 0 ? "approved" : "not-approved",
    records: carrying.map(({ id }) => id).sort(),
    says: carrying.map(approvalWords).join("; "),
    named: carrying.some((approval) => approval.therapy === therapy && approval.disease !== ANY_AUTOIMMUNE),
  };
}

/** One record in words. */
export function approvalWords(approval: Approval): string {
  const { state, regulator, date, dateNote, products = [], indication, boxedWarning, asOf, note } = approval;
  const warning = boxedWarning === undefined ? "" : `; boxed warning: ${boxedWarning}`;
  const more = note === undefined ? "" : `. ${note}`;
  if (state === "not-approved")
    return `not approved (${regulator}), looked up on ${asOf}${indication ? `: ${indication}` : ""}${warning}${more}`;
  const when = [date ?? "date not known", ...(dateNote ? [dateNote] : [])].join(", ");
  return `approved by ${regulator} (${when}): ${products.join(", ")}${indication ? `, ${indication}` : ""}${warning}${more}`;
}
