/** A summary of findings of one therapy in one disease: outcome, count, exact interval, and how far it can be trusted. After GRADE, by the rules of docs/notes/evidence-ladder.md */
import { type EndpointId, endpointOf } from "./endpoints.js";
import { type RareHarm, rareHarm } from "./harm.js";
import { type Rung, rung } from "./ladder.js";
import { type Pooled, type PooledStudy, type PoolRequest, pool } from "./pool.js";
import type { Cohort, Evidence, Row } from "./record.js";
import { CANCERS, ladderDisease } from "./therapy.js";

export type CertaintyLevel = "very low" | "low" | "low to moderate" | "moderate to high";

export interface Finding {
  readonly endpoint: EndpointId;
  /** What is counted. */
  readonly outcome: string;
  readonly harm: boolean;
  readonly k: number;
  readonly n: number;
  /** Exact, 95 %, of all as one group. */
  readonly interval: { readonly lower: number; readonly upper: number };
  readonly studies: readonly PooledStudy[];
  /** Diseases in which it was counted. */
  readonly diseases: readonly string[];
  /** As the studies define it; more than one: they differ. */
  readonly definitions: readonly string[];
  /** When it was seen, each time once, as the records print it. */
  readonly times: readonly { readonly value: number; readonly unit: string }[];
  /** Harm in all autoimmune diseases together, where that is more people. */
  readonly wider: { readonly k: number; readonly n: number } | null;
  /** Counts that are not added, since they may be of the same people, where it happened in them. */
  readonly notAdded: readonly { readonly record: string; readonly k: number; readonly n: number }[];
  /** The same count of what a trial compared with. */
  readonly control: { readonly k: number; readonly n: number } | null;
  readonly certainty: { readonly level: CertaintyLevel; readonly why: string };
}

export interface Findings {
  readonly rung: Rung;
  readonly benefit: readonly Finding[];
  readonly harm: readonly Finding[];
  readonly rare: readonly RareHarm[];
}

/** What patients would ask about, in the order in which they are shown. */
const BENEFIT: readonly EndpointId[] = [
  "doris-remission",
  "lldas",
  "sri-4",
  "bicla",
  "complete-renal-response",
  "renal-response",
  "tis-major",
  "definition-of-improvement",
  "eustar-ai-decreased",
  "acr20",
  "acr50",
  "mg-adl-responder",
  "minimal-symptom-expression",
  "attack-free",
  "clinical-response",
  "clinical-improvement",
  "remission",
  "drug-free-remission",
  "drug-free",
  "event-free",
  "overall-response",
  "complete-response",
];
const HARM: readonly EndpointId[] = [
  "relapse",
  "flare",
  "treatment-failure",
  "crs-any",
  "icans-any",
  "licats-any",
  "infection-any",
  "serious-adverse-event",
  "treatment-related-mortality",
];
const FEW = 30;

export function findings(evidence: Evidence, therapy: string, code: string): Findings {
  const disease = ladderDisease(code);
  const cell = rung(evidence, therapy, disease);
  const of = (endpoints: readonly EndpointId[], harm: boolean) =>
    endpoints.flatMap((endpoint) => {
      const own = pooled(evidence, { endpoint, therapy, disease });
      const all = harm && !CANCERS.has(disease) ? pooled(evidence, { endpoint, therapy, roles: AUTOIMMUNE }) : null;
      const found = own ?? all;
      return found === null || again(evidence, found) ? [] : [finding(evidence, cell, found, all, harm)];
    });
  return { rung: cell, benefit: of(BENEFIT, false), harm: of(HARM, true), rare: rareHarm(evidence, therapy, disease) };
}

/** Records of people with an autoimmune disease. */
const AUTOIMMUNE: readonly Cohort["role"][] = ["car-t", "tissue", "engager", "comparator"];

function pooled(evidence: Evidence, request: PoolRequest): Pooled | null {
  const found = pool(evidence, request);
  return Array.isArray(found) ? null : (found as Pooled);
}

/** Patients of a trial looked at again, often a part that was picked by how it went. */
const again = (evidence: Evidence, { studies }: Pooled): boolean =>
  studies.every(({ record }) => evidence.cohorts.get(record)!.design.kind === "post-hoc");

function finding(evidence: Evidence, cell: Rung, found: Pooled, all: Pooled | null, harm: boolean): Finding {
  const rows = found.studies.flatMap(
    (study) => rowOf(evidence.cohorts.get(study.record)!, found.endpoint, study) ?? [],
  );
  const definitions = [...new Set(rows.map(({ definition }) => definition ?? ""))];
  const times = [
    ...new Map(
      rows.flatMap(({ timepoint }) =>
        timepoint
          ? [[`${timepoint.value} ${timepoint.unit}`, { value: timepoint.value, unit: timepoint.unit }] as const]
          : [],
      ),
    ).values(),
  ];
  return {
    endpoint: found.endpoint,
    outcome: endpointOf(found.endpoint).meaning,
    harm,
    k: found.k,
    n: found.n,
    interval: found.common.interval,
    studies: found.studies,
    diseases: found.mixes.diseases,
    definitions,
    times,
    wider: all && all.n > found.n ? { k: all.k, n: all.n } : null,
    notAdded: (harm ? (all ?? found).leftOut : []).flatMap(({ record, k, n }) =>
      k !== undefined && n !== undefined && k > 0 ? { record, k, n } : [],
    ),
    control: controlOf(evidence, found),
    certainty: certaintyOf(cell, found, definitions.length > 1),
  };
}

const rowOf = (cohort: Cohort, endpoint: EndpointId, study: PooledStudy): Row | undefined =>
  cohort.endpoints.find(
    (row) => row.id === endpoint && row.population === study.population && row.k === study.k && row.n === study.n,
  );

/** Of one randomised trial: the arm that was not under study, counted the same way. */
function controlOf(evidence: Evidence, found: Pooled): Finding["control"] {
  const [study, ...more] = found.studies;
  const cohort = evidence.cohorts.get(study!.record)!;
  if (more.length > 0 || cohort.design.kind !== "randomised-trial" || cohort.underStudy === undefined) return null;
  const row = rowOf(cohort, found.endpoint, study!);
  const others = cohort.arms.filter((arm) => !cohort.underStudy!.includes(arm.id));
  const twin = cohort.endpoints.find(
    (each) =>
      each.id === found.endpoint &&
      others.some((arm) => arm.id === each.population) &&
      each.definition === row?.definition &&
      JSON.stringify(each.timepoint) === JSON.stringify(row?.timepoint) &&
      each.k !== undefined &&
      each.n !== undefined &&
      each.verification !== "unverified",
  );
  return twin ? { k: twin.k!, n: twin.n! } : null;
}

/** Where GRADE starts by the level of the cell, and what lowers it. */
function certaintyOf(cell: Rung, found: Pooled, differ: boolean): Finding["certainty"] {
  const randomised = cell.primaryEndpoint.some((trial) => found.studies.some(({ record }) => record === trial.record));
  const confirmatory = randomised && (cell.level === "L5" || cell.level === "L6");
  const start: CertaintyLevel = confirmatory
    ? "moderate to high"
    : randomised
      ? "low to moderate"
      : found.studies.length > 1 && found.n >= FEW
        ? "low"
        : "very low";
  const reasons = [
    ...(randomised ? [] : ["nobody to compare with"]),
    ...(found.n < FEW ? [`${found.n} ${found.n === 1 ? "person" : "people"}`] : []),
    ...(found.studies.length === 1 ? ["one group"] : []),
    ...(found.studies.some(({ verification }) => verification === "secondary") ? ["read in another text"] : []),
    ...(differ ? ["defined differently"] : []),
    ...(found.apart || found.randomEffects ? ["the groups differ"] : []),
  ];
  return { level: start, why: reasons.join(", ") || "a randomised trial" };
}
