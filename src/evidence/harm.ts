/** Rare harm as it has to be said: what the published counts cannot rule out comes first, and counts of other people say so. */
import { clopperPearson } from "../statistics/index.js";
import { type EndpointId, endpointOf, isEndpointId } from "./endpoints.js";
import { hasOwnPatients } from "./own-patients.js";
import { type Pooled, pool } from "./pool.js";
import type { Published } from "./published.js";
import type { Evidence } from "./record.js";
import { CANCERS, diseaseName, ladderDisease, therapyOf } from "./therapy.js";

export const RARE_HARM = {
  "crs-grade-3-or-more": "severe cytokine release syndrome (grade 3 or more)",
  "icans-grade-3-or-more": "severe nerve reaction (ICANS grade 3 or more)",
  "infection-severe": "serious infection",
  death: "death",
} as const satisfies Partial<Record<EndpointId, string>>;
export type RareHarmId = keyof typeof RARE_HARM;

const LEVEL = 0.95;

export interface HarmCount {
  readonly k: number;
  readonly n: number;
  /** Exact interval, 95 %. */
  readonly lower: number;
  readonly upper: number;
}

export interface RareHarm {
  readonly endpoint: RareHarmId;
  readonly name: string;
  /** Null where nobody has read a count that may be pooled. */
  readonly count: HarmCount | null;
  /** Of the same therapy in all such diseases together, where `count` is of one disease; null where it is not more. */
  readonly all: HarmCount | null;
  readonly records: readonly string[];
  /** In whom it was counted, where that is not this therapy in this disease alone; null where it is. */
  readonly borrowed: string | null;
  /** Counts of reviews, whose patients may be among the others: never added. */
  readonly reviews: readonly Review[];
}

export interface Review {
  readonly record: string;
  readonly disease: string;
  readonly k: number;
  readonly n: number;
  /** Of what people died. */
  readonly note: string;
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
  const ofCells = /car-t|caar-t|engager/.test(therapy);
  const asked = (Object.keys(RARE_HARM) as RareHarmId[]).filter((id) => ofCells || !/^(crs|icans)/.test(id));
  return asked.map((endpoint) => {
    const own = ask(endpoint, disease);
    const all = ask(endpoint);
    const found = own ?? all;
    const reviews = therapy.includes("car-t") && !CANCERS.has(disease) ? reviewsOf(evidence, endpoint) : [];
    const ofDisease = reviews.filter((review) => review.disease === disease);
    const name = RARE_HARM[endpoint];
    // Where no cohort has a count, the largest review, of the disease if there is one.
    const [largest] = [...(ofDisease.length > 0 ? ofDisease : reviews)].sort((a, b) => b.n - a.n);
    if (found === null && largest !== undefined) {
      const { k, n, record, note } = largest;
      const whom = `a review of ${diseaseName(largest.disease)} on any CAR-T${note === "" ? "" : ` (${note})`}`;
      const others = largest.disease === disease ? "" : `: nobody with ${diseaseName(disease)}`;
      return {
        endpoint,
        name,
        count: { k, n, ...clopperPearson(k, n, LEVEL) },
        all: null,
        records: [record],
        borrowed: `counted in ${whom}${others}`,
        reviews: [],
      };
    }
    return {
      endpoint,
      name,
      count: countOf(found),
      all: own && all && all.n > own.n ? countOf(all) : null,
      records: found?.studies.map(({ record }) => record) ?? [],
      borrowed: own || !found ? null : borrowedWords(found, disease),
      reviews: ofDisease,
    };
  });
}

const countOf = (found: Pooled | null): HarmCount | null =>
  found && { k: found.k, n: found.n, ...found.common.interval };

/** `counted in lupus and myositis; nobody with rheumatoid arthritis`. */
function borrowedWords(found: Pooled, disease: string): string {
  const others = found.mixes.diseases.filter((each) => each !== disease && each !== "autoimmune-mixed");
  const several = found.mixes.diseases.includes("autoimmune-mixed") ? ["several that are not named"] : [];
  const among = found.mixes.diseases.includes(disease)
    ? `${diseaseName(disease)} is among them and not told apart`
    : found.mixes.diseases.includes("autoimmune-mixed")
      ? `whether anybody had ${diseaseName(disease)} is not told apart`
      : `nobody with ${diseaseName(disease)}`;
  return `counted in ${[...others.map(diseaseName), ...several].join(", ")}: ${among}`;
}

/** Pooled analyses of one disease each. */
function reviewsOf(evidence: Evidence, endpoint: RareHarmId): Review[] {
  return [...evidence.cohorts.values()]
    .filter(({ role }) => role === "pooled")
    .flatMap((cohort) => {
      const diseases = [...new Set(cohort.diseases.map((d) => ladderDisease(d.disease)))];
      if (diseases.length !== 1 || CANCERS.has(diseases[0]!)) return [];
      return cohort.endpoints
        .filter((row) => row.id === endpoint && row.verification !== "unverified" && row.k !== undefined)
        .filter((row) => row.per !== "event")
        .map(({ k, n, cause }) => ({ record: cohort.id, disease: diseases[0]!, k: k!, n: n!, note: cause ?? "" }));
    });
}

/** Of 100 people, rounded up: what cannot be ruled out is never made smaller. */
export const upTo = (upper: number): string => `up to ${Math.ceil(100 * upper - 1e-9)} of 100`;

/** The same in four columns. */
export function harmColumns({ name, count, all, borrowed, reviews }: RareHarm): {
  readonly name: string;
  readonly upper: string;
  readonly seen: string;
  readonly whom: string;
} {
  const more = [
    ...(all === null ? [] : [`all autoimmune diseases together ${all.k} of ${all.n}, ${upTo(all.upper)}`]),
    ...reviews.map(({ k, n, note }) => `a review ${k} of ${n}${note === "" ? "" : ` (${note})`}`),
  ];
  const first = count === null ? [] : [`${count.k} of ${count.n}`];
  return {
    name,
    upper: count === null ? "nobody has read a count" : upTo(count.upper),
    seen: [...first, ...more].join("; ") || "–",
    whom: count === null ? "" : (borrowed ?? "people with this disease"),
  };
}

/** The upper limit first, the count behind it, and in whom. */
export function harmWords({ name, count, all, borrowed, reviews }: RareHarm): string {
  const wider = all === null ? [] : [`in all autoimmune diseases together ${upTo(all.upper)} (${all.k} of ${all.n})`];
  const more = reviews.map(
    ({ record, k, n, note }) => `a review counts ${k} of ${n}${note === "" ? "" : ` (${note})`}, ${record}`,
  );
  const first =
    count === null
      ? `${name}: nobody has read a count`
      : `${name}: ${upTo(count.upper)} cannot be ruled out (seen in ${count.k} of ${count.n}${borrowed === null ? "" : `, ${borrowed}`})`;
  return [first, ...wider, ...more].join("; ");
}

/** Seen in at most this share. */
export const RARE = 0.1;

/** A published figure in words; of rare harm what its count cannot rule out comes first. */
export function figureWords(figure: Published): string {
  const { k, n, per } = figure.row;
  const counted = isEndpointId(figure.endpoint) && endpointOf(figure.endpoint).harm && per !== "event";
  if (!counted || k === undefined || n === undefined || figure.row.except?.["k"] === "unverified") return figure.phrase;
  // What happens to many is no rare harm: the count itself says how often.
  if (k / n > RARE) return figure.phrase;
  return `${upTo(clopperPearson(k, n, LEVEL).upper)} cannot be ruled out, seen in ${figure.phrase}`;
}
