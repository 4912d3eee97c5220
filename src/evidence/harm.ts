/** Rare harm as it has to be said: what the published counts cannot rule out comes first, and counts of other people say so. */
import type { EndpointId } from "./endpoints.js";
import { hasOwnPatients } from "./own-patients.js";
import { type Pooled, pool } from "./pool.js";
import type { Cohort, Evidence } from "./record.js";
import { CANCERS, diseaseName, ladderDisease, therapyOf } from "./therapy.js";

export const RARE_HARM = {
  "crs-grade-3-or-more": "severe cytokine release syndrome (grade 3 or more)",
  "icans-grade-3-or-more": "severe nerve reaction (ICANS grade 3 or more)",
  "infection-severe": "serious infection",
  death: "death",
} as const satisfies Partial<Record<EndpointId, string>>;
export type RareHarmId = keyof typeof RARE_HARM;

export interface RareHarm {
  readonly endpoint: RareHarmId;
  readonly name: string;
  /** Null where nobody has read a count that may be pooled. */
  readonly count: { readonly k: number; readonly n: number; readonly upper: number; readonly lower: number } | null;
  readonly records: readonly string[];
  /** In whom it was counted, where that is not this therapy in this disease alone; null where it is. */
  readonly borrowed: string | null;
  /** Counts of reviews, whose patients may be among the others: never added. */
  readonly reviews: readonly {
    readonly record: string;
    readonly k: number;
    readonly n: number;
    readonly note: string;
  }[];
}

/** Of cells: what is counted in people with the disease, or, where nobody has, in others who got them. */
export function rareHarm(evidence: Evidence, therapy: string, code: string): RareHarm[] {
  const disease = ladderDisease(code);
  const roles = [
    ...new Set(
      [...evidence.cohorts.values()]
        .filter(
          (cohort) =>
            hasOwnPatients(cohort) &&
            cohort.arms.some((arm) => therapyOf(arm) === therapy) &&
            cohort.diseases.some((d) => CANCERS.has(d.disease)) === CANCERS.has(disease),
        )
        .map(({ role }) => role),
    ),
  ];
  const ask = (endpoint: RareHarmId, only?: string): Pooled | null => {
    if (roles.length === 0) return null;
    const found = pool(evidence, { endpoint, therapy, roles, ...(only === undefined ? {} : { disease: only }) });
    return Array.isArray(found) ? null : (found as Pooled);
  };
  return (Object.keys(RARE_HARM) as RareHarmId[]).map((endpoint) => {
    const own = ask(endpoint, disease);
    const found = own ?? ask(endpoint);
    return {
      endpoint,
      name: RARE_HARM[endpoint],
      count: found && {
        k: found.k,
        n: found.n,
        lower: found.common.interval.lower,
        upper: found.common.interval.upper,
      },
      records: found?.studies.map(({ record }) => record) ?? [],
      borrowed: own || !found ? null : borrowedWords(found, disease),
      reviews: reviewsOf(evidence, endpoint, therapy, disease),
    };
  });
}

/** `counted in lupus and myositis; nobody with rheumatoid arthritis`. */
function borrowedWords(found: Pooled, disease: string): string {
  const others = found.mixes.diseases.filter((each) => each !== disease).map(diseaseName);
  const among = found.mixes.diseases.includes(disease)
    ? `together with ${diseaseName(disease)}, not told apart`
    : `nobody with ${diseaseName(disease)}`;
  return `counted in ${others.join(", ")}; ${among}`;
}

function reviewsOf(
  evidence: Evidence,
  endpoint: RareHarmId,
  therapy: string,
  disease: string,
): { record: string; k: number; n: number; note: string }[] {
  if (!therapy.includes("car-t")) return [];
  const isReview = (cohort: Cohort) =>
    cohort.role === "pooled" && cohort.diseases.every((d) => ladderDisease(d.disease) === disease);
  return [...evidence.cohorts.values()]
    .filter(isReview)
    .flatMap((cohort) =>
      cohort.endpoints
        .filter(
          (row) =>
            row.id === endpoint && row.verification !== "unverified" && row.k !== undefined && row.per !== "event",
        )
        .map(({ k, n, cause }) => ({ record: cohort.id, k: k!, n: n!, note: cause ?? "" })),
    );
}

/** Of 100 people, rounded up: what cannot be ruled out is never made smaller. */
export const upTo = (upper: number): string => `up to ${Math.ceil(100 * upper - 1e-9)} of 100`;

/** The upper limit first, the count behind it, and in whom. */
export function harmWords({ name, count, borrowed, reviews }: RareHarm): string {
  const more = reviews.map(
    ({ record, k, n, note }) => `a review counts ${k} of ${n}${note === "" ? "" : ` (${note})`}, ${record}`,
  );
  const first =
    count === null
      ? `${name}: nobody has read a count`
      : `${name}: ${upTo(count.upper)} cannot be ruled out (seen in ${count.k} of ${count.n}${borrowed === null ? "" : `, ${borrowed}`})`;
  return [first, ...more].join("; ");
}
