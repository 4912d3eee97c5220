/** A claim with the figures of its records: nothing in it is typed twice. */
import { type Rung, rung } from "./ladder.js";
import { describeFigure, type Published } from "./published.js";
import type { Approval, Claim, Evidence, Guideline } from "./record.js";

/** As people read it. */
export const VERDICTS = {
  yes: "Yes",
  no: "No",
  "only-in-trials": "Only in trials",
  "nobody-knows": "Nobody knows yet",
  supported: "Supported",
  partly: "Partly",
  misleading: "Misleading",
  "not-shown": "Not shown",
  contradicted: "Contradicted",
} as const satisfies Record<Claim["verdict"], string>;

const WRITTEN_FOR = {
  autoimmune: "for autoimmune disease",
  cancer: "practice in cancer",
  any: "for both",
} as const satisfies Record<Guideline["population"], string>;

/** What it says, for whom it was written, where it stands, and whether the text itself was read. */
export const guidelineWords = ({ says, population, title, asOf, verification }: Guideline): string =>
  `${says} (${WRITTEN_FOR[population]}; ${title}, ${asOf}${verification === "secondary" ? "; from another text" : ""})`;

export interface ClaimItem {
  readonly record: string;
  readonly because: string;
  /** Published figures that are meant; empty where the record as a whole is. */
  readonly figures: readonly Published[];
}

export interface AnsweredClaim extends Omit<Claim, "for" | "against" | "approvals" | "guidelines" | "ladder"> {
  readonly for: readonly ClaimItem[];
  readonly against: readonly ClaimItem[];
  readonly approvals: readonly Approval[];
  readonly guidelines: readonly Guideline[];
  readonly ladder: readonly Rung[];
}

export function answer(evidence: Evidence, claim: Claim): AnsweredClaim {
  const items = (list: Claim["for"]): ClaimItem[] =>
    list.map(({ record, endpoint, population, because }) => {
      const cohort = evidence.cohorts.get(record)!;
      const rows = [...(cohort.baseline ?? []), ...cohort.endpoints].filter(
        (row) => row.id === endpoint && (population === undefined || row.population === population),
      );
      return {
        record,
        because,
        figures: rows.map((row) => describeFigure(cohort, row)).filter(({ usable }) => usable),
      };
    });
  return {
    ...claim,
    for: items(claim.for),
    against: items(claim.against),
    guidelines: (claim.guidelines ?? []).map((id) => evidence.guidelines.get(id)!),
    approvals: (claim.approvals ?? []).map((id) => evidence.approvals.get(id)!),
    ladder: (claim.ladder ?? []).map(({ therapy, disease }) => rung(evidence, therapy, disease)),
  };
}
