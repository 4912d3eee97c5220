/** Changed parameters of a whole study, read when its diseases and what its arms give are known. */
import { type DiseaseId, diseases } from "../../disease/index.js";
import { type Correlation, changeParameter, type ParameterChanges } from "../../engine/index.js";
import type { Problem } from "../../quantity/index.js";
import { Check, type Found, readTree, type Spot } from "../../reading/index.js";
import { type AnyTherapy, givenTherapies, ruleOf, therapyOf } from "../../therapy/index.js";
import { givenRows, patientRows, type Rows } from "../parameter-rows.js";
import type { Arm, Disease, Stratum, Study } from "../study.js";
import { DISEASE_IDS } from "../words.js";
import type { ReadArm } from "./arm.js";
import { readCorrelations } from "./correlations.js";
import type { Raw } from "./courses.js";
import { type Nameable, type RawChanges, rawChanges, readChanges } from "./parameters.js";

/** An entry of the population. The disease is kept even where the rest of the entry is refused, so that one named twice is found. */
export interface ReadStratum {
  readonly disease: Found<Disease> | undefined;
  readonly value: Stratum | undefined;
  readonly changes: RawChanges | undefined;
}

/** Shares of the drive of inflammation: their sum is what inflammation is at baseline. */
const WEIGHTS = ["wIC", "wIFN", "wH", "wB"];

export const givenBy = ({ give, rules }: Arm): AnyTherapy[] => [
  ...give.map((step) => therapyOf(step.give)),
  ...rules.flatMap((rule) => ruleOf(rule).brings),
];

/** Diseases and therapies of a study. Where a part could not be read, everything that the catalogues have may be meant. */
export function namedIn(
  strata: readonly ReadStratum[] | undefined,
  arms: Readonly<Record<string, ReadArm>> | undefined,
  check: Check,
): { readonly inStudy: readonly DiseaseId[]; readonly given: readonly AnyTherapy[] } {
  const named = (strata ?? []).flatMap(({ disease }) => disease?.value ?? []);
  return {
    inStudy: named.length > 0 ? named : DISEASE_IDS,
    given: arms && !check.failed ? Object.values(arms).flatMap(({ arm }) => givenBy(arm)) : [...givenTherapies],
  };
}

export function readAllChanges(
  strata: readonly ReadStratum[] | undefined,
  arms: Readonly<Record<string, ReadArm>> | undefined,
  study: RawChanges | undefined,
  correlations: Raw | undefined,
  check: Check,
): {
  readonly population: Stratum[];
  readonly arms: Record<string, Arm>;
  readonly parameters: ParameterChanges | undefined;
  readonly correlations: readonly Correlation[] | undefined;
} {
  const { inStudy, given } = namedIn(strata, arms, check);
  const whole = (disease: DiseaseId): Rows => new Map([...patientRows(disease), ...givenRows(disease, given)]);
  const parameters = study && readChanges(study, { rows: inStudy.map(whole), elsewhere: notInStudy }, check);
  if (study && parameters) checkWeights(inStudy, parameters, study.spot, check);

  const population = (strata ?? []).flatMap(({ disease, value, changes }): Stratum[] => {
    const own =
      changes &&
      readChanges(changes, { rows: (disease ? [disease.value] : inStudy).map(whole), elsewhere: notInStudy }, check);
    if (changes && own && disease) checkWeights([disease.value], { ...parameters, ...own }, changes.spot, check);
    return value ? [own ? { ...value, parameters: own } : value] : [];
  });

  const read = Object.entries(arms ?? {}).map(([id, { arm, changes }]): [string, Arm] => {
    if (!changes) return [id, arm];
    const own = readChanges(changes, nameableIn(arm, inStudy), check);
    return [id, { ...arm, parameters: own }];
  });
  const together =
    correlations &&
    readCorrelations(correlations, inStudy.map(whole), { ...parameters, ...ofParts(population, read) }, check);
  return { population, arms: Object.fromEntries(read), parameters, correlations: together };
}

/** Changes in parts of a study that make a parameter vary there. */
const ofParts = (population: readonly Stratum[], arms: readonly (readonly [string, Arm])[]): ParameterChanges =>
  Object.assign({}, ...population.map(({ parameters }) => parameters), ...arms.map(([, { parameters }]) => parameters));

/** Changes for a whole study, written as `name: change`, one a line. */
export function changesFromText(text: string, file: string, study: Study): ChangesRead {
  const diseases = study.population.map(({ disease }) => disease);
  const given = Object.values(study.arms).flatMap(givenBy);
  const rows = diseases.map((disease): Rows => new Map([...patientRows(disease), ...givenRows(disease, given)]));
  return read(text, file, { rows, elsewhere: notInStudy }, (changes, check) =>
    checkWeights(diseases, changes, { path: "" }, check),
  );
}

/** Changes of any rows, such as those of a peer. */
export const changesAmong = (text: string, file: string, rows: Rows): ChangesRead =>
  read(text, file, { rows: [rows], elsewhere: () => undefined });

type ChangesRead = { readonly changes: ParameterChanges } | { readonly problems: readonly Problem[] };

function read(
  text: string,
  file: string,
  nameable: Nameable,
  more: (changes: ParameterChanges, check: Check) => void = () => {},
): ChangesRead {
  const check = new Check("text", file);
  const tree = readTree(text, check);
  const raw = tree && rawChanges(tree, { path: "" }, check);
  const changes = raw ? readChanges(raw, nameable, check) : {};
  more(changes, check);
  return check.failed ? { problems: check.problems } : { changes };
}

/** Names that another disease or therapy has. */
const notInStudy = (name: string) =>
  DISEASE_IDS.some((disease) => patientRows(disease).has(name) || givenRows(disease, givenTherapies).has(name))
    ? {
        what: `no model of this study has "${name}"`,
        hint: "it belongs to another disease, or to something that no arm gives",
      }
    : undefined;

function nameableIn(arm: Arm, inStudy: readonly DiseaseId[]): Nameable {
  return {
    rows: inStudy.map((disease) => givenRows(disease, givenBy(arm))),
    elsewhere: (name) =>
      inStudy.some((disease) => patientRows(disease).has(name))
        ? {
            what: `"${name}" is a number of the patient, who is the same in every arm`,
            hint: "change it for the whole study or for a part of the population",
          }
        : notInStudy(name) && {
            what: `this arm gives nothing that has "${name}"`,
            hint: "change it where it is given",
          },
  };
}

/** One problem, for the first disease in which they do not sum to 1. */
function checkWeights(inStudy: readonly DiseaseId[], changes: ParameterChanges, spot: Spot, check: Check): void {
  if (!WEIGHTS.some((name) => name in changes)) return;
  const sums = inStudy.map((disease) => {
    const rows = patientRows(disease);
    const weight = (name: string) => {
      const row = rows.get(name)!;
      return (changes[name] ? changeParameter(row, changes[name]) : row).value;
    };
    return { disease, sum: WEIGHTS.reduce((total, name) => total + weight(name), 0) };
  });
  const wrong = sums.find(({ sum }) => Math.abs(sum - 1) > 1e-9);
  if (wrong)
    check.report(
      spot,
      `${WEIGHTS.join(" + ")} is ${Number(wrong.sum.toPrecision(6))} in ${diseases[wrong.disease].label}, so that inflammation would not be 1 at baseline`,
      "change several of them, so that they sum to 1",
    );
}
