import { diseaseName, type Evidence, longestWatched, recordsOf, therapyName } from "../evidence/index.js";
import { backgroundPlans, type Study } from "../study/index.js";
import { backgroundTherapies, givenTherapies } from "../therapy/index.js";

/** Until when people who got a strategy were watched. */
export interface Observed {
  /** Last day of the longest published follow-up; 0 where no record states one. */
  readonly until: number;
  readonly record: string | null;
  readonly text: string;
}

/** Written behind what nobody has seen. */
export const NOT_OBSERVED = "◌";

/** The longest published follow-up of what an arm gives in a disease. Where nothing is given, of the drugs that go on, as far as there are records. */
export function observedUntil(evidence: Evidence, study: Study, arm: string, disease: string): Observed {
  const { give } = study.arms[arm]!;
  if (give.length > 0) return observedOn(evidence, inRecords(give.map((each) => each.give)), disease);
  const plans = backgroundPlans(study.arms[arm]!);
  const goesOn = inRecords(plans.flatMap(({ therapy, plan }) => (plan === "continue" ? therapy.id : [])));
  return observedOn(
    evidence,
    goesOn.filter((therapy) => longestWatched(recordsOf(evidence, therapy, disease))),
    disease,
  );
}

/** Therapies of a study file as the records name them. */
export const inRecords = (ids: readonly string[]): string[] =>
  [...givenTherapies, ...backgroundTherapies]
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ evidence }) => evidence ?? []);

/** Of several therapies the shortest of theirs. */
export function observedOn(evidence: Evidence, therapies: readonly string[], disease: string): Observed {
  const longest = therapies.map((therapy) => longestWatched(recordsOf(evidence, therapy, disease)));
  const known = longest.flatMap((each) => each ?? []);
  if (therapies.length === 0 || known.length < longest.length) {
    const without = therapies.filter((_, i) => longest[i] === undefined).map(therapyName);
    return {
      until: 0,
      record: null,
      text: `no record here states how long people with ${diseaseName(disease)} were watched on ${without.join(", ") || "this"}`,
    };
  }
  const least = known.reduce((shortest, each) => (each.days < shortest.days ? each : shortest));
  const people =
    least.cohort.n === undefined ? "" : `, ${least.cohort.n} ${least.cohort.n === 1 ? "person" : "people"}`;
  return {
    until: least.days,
    record: least.cohort.id,
    text: `the longest published: ${least.phrase} (${least.cohort.id}${people})`,
  };
}
