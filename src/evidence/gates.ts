/** What would have to be true before a therapy is a treatment: five gates with their state, computed from the records. docs/notes/evidence-ladder.md */
import { longestWatched, recordsOf, WATCHED } from "./follow-up.js";
import { harmWords, rareHarm } from "./harm.js";
import { rung } from "./ladder.js";
import type { Cohort, Evidence } from "./record.js";
import { therapyOf, treated } from "./therapy.js";

export const GATES = {
  "larger-trials": "larger trials: hundreds of patients, controlled",
  "longer-follow-up": "longer follow-up: years",
  "who-it-suits": "who it suits: predictors of response and harm",
  "safer-simpler": "safer and simpler delivery: toxicity, conditioning, off the shelf",
  approval: "approval by a regulator",
} as const;
export type GateId = keyof typeof GATES;
/** `unknown`: nobody has looked. */
export type GateState = "open" | "partly" | "met" | "unknown";

export interface Gate {
  readonly id: GateId;
  readonly state: GateState;
  /** The figures behind the state, one sentence each. */
  readonly figures: readonly string[];
  readonly records: readonly string[];
}

const APPROVAL_GATE = { approved: "met", "not-approved": "open", "not-looked-up": "unknown" } as const;

/** Thresholds are choices; the note says why. */
const CONTROLLED = 200;
const MANY = 100;
const YEARS = { met: 3, partly: 1 } as const;
const SEVERE = { met: 0.05, partly: 0.1 } as const;
const DAYS_PER_YEAR = 365.25;

export function gates(evidence: Evidence, therapy: string, disease: string): Gate[] {
  const cell = rung(evidence, therapy, disease);
  const own = recordsOf(evidence, therapy, disease);
  const isCells = own.some(({ arms }) =>
    arms.some((arm) => therapyOf(arm) === therapy && arm.product.kind === "car-t"),
  );
  return [
    largerTrials(own, therapy, disease, cell.patients, cell.groups),
    longerFollowUp(own),
    whoItSuits(own),
    ...(isCells ? [saferSimpler(evidence, own, therapy, disease)] : []),
    {
      id: "approval",
      state: APPROVAL_GATE[cell.approval.state],
      figures: [cell.approval.says],
      records: cell.approval.records,
    },
  ];
}

function largerTrials(
  own: readonly Cohort[],
  therapy: string,
  disease: string,
  patients: number,
  groups: number,
): Gate {
  const controlled = own.filter(({ design, arms }) => design.kind === "randomised-trial" && arms.length > 1);
  const size = (cohort: Cohort) => cohort.n ?? treated(cohort, therapy, disease) ?? 0;
  const largest = controlled.reduce((most, cohort) => Math.max(most, size(cohort)), 0);
  return {
    id: "larger-trials",
    state: largest >= CONTROLLED ? "met" : controlled.length > 0 || patients >= MANY ? "partly" : "open",
    figures: [
      `${patients} patients on the therapy in ${groups} groups that share none`,
      controlled.length === 0
        ? "no randomised trial among the records"
        : `${controlled.length} randomised, the largest with ${largest} patients`,
    ],
    records: (controlled.length > 0 ? controlled : own).map(({ id }) => id),
  };
}

function longerFollowUp(own: readonly Cohort[]): Gate {
  const longest = longestWatched(own);
  const years = longest && (longest.cohort.n ?? 0) >= WATCHED ? longest.days / DAYS_PER_YEAR : 0;
  return {
    id: "longer-follow-up",
    state: years >= YEARS.met ? "met" : years >= YEARS.partly ? "partly" : "open",
    figures: [
      longest
        ? `longest: ${longest.cohort.id}, ${longest.phrase}${longest.cohort.n === undefined ? "" : `, n = ${longest.cohort.n}`}`
        : "no record states a length that somebody read",
    ],
    records: longest ? [longest.cohort.id] : [],
  };
}

/** A predictor is a figure of a subset that is set against another one. */
function whoItSuits(own: readonly Cohort[]): Gate {
  const found = own.filter((cohort) => {
    const subsets = new Set((cohort.subsets ?? []).map(({ id }) => id));
    const reported = new Map<string, Set<string>>();
    for (const row of cohort.endpoints)
      if (subsets.has(row.population) && row.verification !== "unverified")
        reported.set(row.id, (reported.get(row.id) ?? new Set()).add(row.population));
    return [...reported.values()].some((populations) => populations.size > 1);
  });
  return {
    id: "who-it-suits",
    state: found.length > 0 ? "partly" : "open",
    figures: [
      found.length > 0
        ? `${found.length} ${found.length === 1 ? "record sets" : "records set"} subsets against one another; none was a trial of a predictor`
        : "no record sets patients with and without a predictor against one another",
    ],
    records: found.map(({ id }) => id),
  };
}

function saferSimpler(evidence: Evidence, own: readonly Cohort[], therapy: string, disease: string): Gate {
  const severe = rareHarm(evidence, therapy, disease).filter(({ endpoint }) => endpoint.endsWith("grade-3-or-more"));
  const bounds = severe.map(({ count }) => count?.upper ?? 1);
  const unconditioned = own.filter(({ arms }) =>
    arms.every((arm) => therapyOf(arm) !== therapy || arm.conditioning?.length === 0),
  );
  const conditioned = own.filter(({ arms }) =>
    arms.some((arm) => therapyOf(arm) === therapy && (arm.conditioning ?? []).length > 0),
  );
  const shelf = own.filter(({ arms }) =>
    arms.some(
      (arm) => therapyOf(arm) === therapy && arm.product.source !== "autologous" && arm.product.source !== undefined,
    ),
  );
  const upper = Math.max(...bounds);
  return {
    id: "safer-simpler",
    state:
      upper < SEVERE.met && unconditioned.length === own.length
        ? "met"
        : upper < SEVERE.partly || shelf.length > 0
          ? "partly"
          : "open",
    figures: [
      ...severe.map(harmWords),
      `conditioning in ${conditioned.length} of ${own.length} records, none in ${unconditioned.length}, not stated in the others; ready-made cells in ${shelf.length}`,
    ],
    records: [...new Set(severe.flatMap(({ records }) => records))],
  };
}
