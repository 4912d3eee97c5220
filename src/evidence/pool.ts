/** One figure from several cohorts: never twice the same patients, never a number that nobody has read. docs/notes/evidence-ladder.md */
import { clopperPearson, fitBinomialNormal, type Interval } from "../statistics/index.js";
import { didYouMean } from "./check.js";
import { type EndpointId, endpointIds, endpointOf, isEndpointId } from "./endpoints.js";
import { hasOwnPatients, sharePatients } from "./own-patients.js";
import type { Arm, Cohort, Evidence, Row } from "./record.js";
import { ladderDisease, therapyOf } from "./therapy.js";

export interface PoolRequest {
  readonly endpoint: string;
  /** Exactly these records; otherwise all that fit. */
  readonly records?: readonly string[];
  readonly therapy?: string;
  readonly disease?: string;
  readonly costimulation?: string;
  /** Roles of the records: `car-t` for CAR-T cells in autoimmune disease. */
  readonly roles?: readonly Cohort["role"][];
  /** Only figures read in a stored page; otherwise also what another text reports (`secondary`). From memory: never. */
  readonly verifiedOnly?: boolean;
}

export interface PooledStudy {
  readonly record: string;
  readonly population: string;
  readonly k: number;
  readonly n: number;
  readonly verification: Row["verification"];
  /** Clopper–Pearson, 95 %. */
  readonly interval: Interval;
}

export interface Pooled {
  readonly endpoint: EndpointId;
  readonly meaning: string;
  readonly studies: readonly PooledStudy[];
  readonly k: number;
  readonly n: number;
  /** All patients as one group, Clopper–Pearson, 95 %. */
  readonly common: { readonly proportion: number; readonly interval: Interval };
  /** Where the studies differ more than chance explains (p < 0.1), or null. */
  readonly randomEffects: {
    readonly proportion: number;
    readonly interval: Interval;
    readonly prediction: Interval | null;
    readonly tau: number;
  } | null;
  /** They lie so far apart that no figure speaks for all: some all or nothing. */
  readonly apart: boolean;
  /** Of all studies being one, by likelihood ratio; null where it cannot be asked. */
  readonly pHomogeneous: number | null;
  /** What a reader has to know of a study that counts, or of the fit. */
  readonly remarks: readonly string[];
  /** Records that fit and do not count, each with the reason, and its count where somebody read it. */
  readonly leftOut: readonly LeftOut[];
  /** Therapies and diseases that are counted together. */
  readonly mixes: { readonly therapies: readonly string[]; readonly diseases: readonly string[] };
}

export interface LeftOut {
  readonly record: string;
  readonly reason: string;
  readonly k?: number;
  readonly n?: number;
}

export interface PoolProblem {
  readonly path: string;
  readonly what: string;
  readonly hint: string;
}

const LEVEL = 0.95;
const DIFFER = 0.1;
/** Standard deviation on the logit scale: at 4, two thirds of cohorts would lie between 2 % and 98 %. */
const APART = 4;
/** A further cohort may lie anywhere: the prediction interval says nothing. */
const ANYWHERE = { lower: 0.01, upper: 0.99 } as const;

/** Pools, or says everything that forbids it. */
export function pool(evidence: Evidence, request: PoolRequest): Pooled | readonly PoolProblem[] {
  const problems: PoolProblem[] = [];
  const { endpoint } = request;
  if (!isEndpointId(endpoint) || endpointOf(endpoint).kind !== "proportion") {
    return [
      isEndpointId(endpoint)
        ? { path: "endpoint", what: `"${endpoint}" is no proportion`, hint: "only counts of patients are pooled" }
        : {
            path: "endpoint",
            what: `unknown endpoint "${endpoint}"`,
            hint: didYouMean(endpoint, endpointIds, "evidence show lists the endpoints"),
          },
    ];
  }
  const named = request.records;
  for (const id of named ?? [])
    if (!evidence.cohorts.has(id))
      problems.push({
        path: "records",
        what: `no cohort "${id}"`,
        hint: didYouMean(id, [...evidence.cohorts.keys()], "evidence show lists the records"),
      });
  const candidates = named
    ? named.flatMap((id) => evidence.cohorts.get(id) ?? [])
    : [...evidence.cohorts.values()].filter(
        (cohort) => hasOwnPatients(cohort) && (request.roles === undefined || request.roles.includes(cohort.role)),
      );
  const leftOut: LeftOut[] = [];
  if (named && named.length > 1)
    for (const cohort of candidates)
      if (!hasOwnPatients(cohort))
        problems.push({
          path: "records",
          what: `${cohort.id} sums up other records, whose patients may be among the others`,
          hint: "leave it out, or ask for it alone",
        });
  const chosen: { cohort: Cohort; study: PooledStudy }[] = [];
  for (const cohort of candidates) {
    const rows = cohort.endpoints.filter((row) => row.id === endpoint && row.per !== "event");
    const fitting = rows.filter((row) => fits(cohort, row, request));
    if (rows.length === 0 || fitting.length === 0) {
      if (named)
        problems.push({
          path: "records",
          what: `${cohort.id} reports no "${endpoint}" that fits`,
          hint: rows.length === 0 ? "leave it out" : `it reports it for ${rows.map((r) => r.population).join(", ")}`,
        });
      continue;
    }
    // The largest population; the earliest row of those, as the record lists them.
    const counted = fitting.filter((row) => row.k !== undefined && row.n !== undefined);
    const row = counted.reduce<Row | undefined>(
      (best, one) => (best === undefined || one.n! > best.n! ? one : best),
      undefined,
    );
    const refuse = (reason: string, hint: string) => {
      if (named) problems.push({ path: "records", what: `${cohort.id}: ${reason}`, hint });
      else leftOut.push({ record: cohort.id, reason });
    };
    if (!row) refuse("a percentage without counts", "only k of n is pooled");
    else if (
      row.verification === "unverified" ||
      row.except?.["k"] === "unverified" ||
      row.except?.["n"] === "unverified"
    )
      refuse("the figure is from memory", "leave it out: such a figure is never pooled");
    else if (row.verification === "secondary" && request.verifiedOnly)
      refuse("the figure is from another text, not from the publication", "leave out --verified-only, or the record");
    else
      chosen.push({
        cohort,
        study: {
          record: cohort.id,
          population: row.population,
          k: row.k!,
          n: row.n!,
          verification: row.verification,
          interval: clopperPearson(row.k!, row.n!, LEVEL),
        },
      });
  }
  // Patients of one group may be the same people.
  const kept: typeof chosen = [];
  for (const one of [...chosen].sort((a, b) => b.study.n - a.study.n || (a.study.record < b.study.record ? -1 : 1))) {
    const twin = kept.find(({ cohort }) => sharePatients(cohort, one.cohort));
    if (!twin) kept.push(one);
    else if (named)
      problems.push({
        path: "records",
        what: `${twin.study.record} and ${one.study.record} may share patients (overlap group ${one.cohort.overlap ?? "by registration"})`,
        hint: "name one of the two",
      });
    else
      leftOut.push({
        record: one.study.record,
        reason: `may share patients with ${twin.study.record}`,
        k: one.study.k,
        n: one.study.n,
      });
  }
  if (problems.length > 0) return problems;
  if (kept.length === 0)
    return [
      {
        path: "records",
        what: `no record has a count of "${endpoint}" that may be pooled`,
        hint:
          leftOut.length > 0
            ? leftOut.map((x) => `${x.record}: ${x.reason}`).join("; ")
            : "ask for another endpoint, therapy or disease",
      },
    ];
  const studies = kept.map(({ study }) => study).sort((a, b) => (a.record < b.record ? -1 : 1));
  const k = studies.reduce((sum, study) => sum + study.k, 0);
  const n = studies.reduce((sum, study) => sum + study.n, 0);
  const fit = studies.length > 1 && k > 0 && k < n ? fitBinomialNormal(studies, LEVEL) : null;
  const differ = fit !== null && fit.tau > 0 && fit.pHomogeneous < DIFFER;
  const atEdge = differ && fit.atEdge.length > 0;
  const anywhere =
    differ && fit.prediction !== null && fit.prediction.lower < ANYWHERE.lower && fit.prediction.upper > ANYWHERE.upper;
  const apart = differ && (fit.tau > APART || atEdge || anywhere);
  return {
    endpoint,
    meaning: endpointOf(endpoint).meaning,
    studies,
    k,
    n,
    common: { proportion: k / n, interval: clopperPearson(k, n, LEVEL) },
    apart,
    randomEffects:
      differ && !apart
        ? { proportion: fit.proportion, interval: fit.interval, prediction: fit.prediction, tau: fit.tau }
        : null,
    pHomogeneous: fit?.pHomogeneous ?? null,
    remarks: [
      ...(atEdge
        ? [
            "the likelihood is highest at the edge of what was searched: the cohorts differ by more than the fit can say",
          ]
        : []),
      ...(request.costimulation === undefined
        ? []
        : kept
            .filter(({ cohort }) =>
              cohort.arms.some(
                ({ product }) => (product.except?.["costimulation"] ?? product.verification) === "unverified",
              ),
            )
            .map(({ cohort }) => `${cohort.id}: its costimulation is known from memory`)),
    ],
    leftOut,
    mixes: {
      therapies: distinct(
        kept.flatMap(({ cohort, study }) =>
          armsOf(cohort, study.population).map((arm) => therapyOf(arm) ?? arm.product.kind),
        ),
      ),
      diseases: distinct(kept.flatMap(({ cohort, study }) => diseasesOf(cohort, study.population))),
    },
  };
}

const distinct = (all: readonly string[]): string[] => [...new Set(all)].sort();

/** Arms that a row's population means: the one of that name, or all. */
const armsOf = (cohort: Cohort, population: string): readonly Arm[] =>
  cohort.arms.filter((arm) => population === arm.id || !cohort.arms.some((a) => a.id === population));

const diseasesOf = (cohort: Cohort, population: string): string[] =>
  (cohort.diseases.some((d) => d.disease === population) ? [population] : cohort.diseases.map((d) => d.disease)).map(
    ladderDisease,
  );

/** Whether all patients of the row's population got what is asked for, in the disease that is asked for. */
function fits(cohort: Cohort, row: Row, { therapy, disease, costimulation }: PoolRequest): boolean {
  const arms = armsOf(cohort, row.population);
  if (therapy !== undefined && !arms.every((arm) => therapyOf(arm) === therapy)) return false;
  if (costimulation !== undefined && !arms.every(({ product }) => product.costimulation?.includes(costimulation)))
    return false;
  return disease === undefined || diseasesOf(cohort, row.population).every((code) => code === ladderDisease(disease));
}
