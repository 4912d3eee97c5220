import type { AnyDisease, DiseaseId, Observation, Treatment } from "../disease/index.js";
import type { Correlation, ParameterDeclaration } from "../engine/index.js";
import { type Constant, defineConstants } from "../quantity/index.js";
import { exp, log, normalQuantile, poisson, stream } from "../statistics/index.js";
import { type BackgroundTherapy, backgroundTherapies } from "../therapy/index.js";
import { correlated } from "./correlate.js";
import { drawParameter } from "./draw.js";
import type { PatientSource } from "./model.js";
import { implausible } from "./plausible.js";

export interface Covariates {
  readonly age: number;
  readonly weight: number;
  readonly priorLines: number;
}

/** A virtual patient: the same in every arm. */
export interface VirtualPatient {
  /** Number of the patient in the study, over all replicates: the key of all random numbers. */
  readonly index: number;
  readonly disease: DiseaseId;
  /** Every parameter that was drawn. */
  readonly parameters: ReadonlyMap<string, number>;
  readonly covariates: Covariates;
  /** What the patient comes in on, by background therapy, in its unit. */
  readonly background: Readonly<Record<string, number>>;
  readonly baseline: Observation;
  /** Draws that were refused before this one, with the reason. */
  readonly refused: readonly string[];
}

/** Refused draws per patient before giving up; more than this means criteria that nobody meets. */
const MOST_DRAWS = 1000;

export class NoSuchPatient extends Error {}

/** Who comes to a trial, beside the disease. */
export const covariateConstants: Readonly<
  Record<"age" | "ageSpread" | "ageLow" | "ageHigh" | "linesLeast" | "linesMore", Constant>
> = defineConstants({
  age: {
    value: 36,
    unit: "year",
    about: "median age",
    level: "assumed",
    reason: "the records give a median that was not verified",
  },
  ageSpread: {
    value: 35,
    unit: "%",
    about: "coefficient of variation of age",
    level: "assumed",
    reason: "adults of all ages; no spread in the records",
  },
  ageLow: { value: 18, unit: "year", about: "youngest age", level: "assumed", reason: "trials of adults" },
  ageHigh: { value: 75, unit: "year", about: "oldest age", level: "assumed", reason: "usual limit of trials" },
  linesLeast: {
    value: 2,
    unit: "1",
    about: "least lines of therapy before",
    level: "assumed",
    reason: "refractory by definition",
  },
  linesMore: {
    value: 2,
    unit: "1",
    about: "further lines of therapy before, mean",
    level: "assumed",
    reason: "no distribution in the records",
  },
});
const C = covariateConstants;

export interface SampleRequest {
  readonly seed: number;
  readonly index: number;
  /** Whether the patient may enter the study; a reason where not. */
  readonly eligible: (covariates: Covariates, baseline: Observation) => string | null;
  /** Nominal parameters instead of draws. */
  readonly nominal?: boolean;
  /** Years, instead of a draw. */
  readonly age?: number;
}

/** Draws a refractory patient at the steady state with background therapy. Parameters are keyed one by one, so a new parameter changes no other. */
export function samplePatient(source: PatientSource, request: SampleRequest): VirtualPatient {
  const { seed, index, nominal = false } = request;
  const { disease } = source;
  const refused: string[] = [];
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const uniform = (purpose: string) => (nominal ? 0.5 : stream(seed, index, `${purpose} ${draw}`).uniform());
    const parameters = drawParameters(source, nominal ? null : uniform);
    const value = valuesOf(source, parameters);
    const reason = implausible(value) ?? firstReason(source, value);
    if (reason !== null) {
      refused.push(reason);
      continue;
    }
    const covariates: Covariates = {
      age: request.age ?? (nominal ? C.age.value : drawAge(uniform("age"))),
      weight: value("BW"),
      priorLines:
        C.linesLeast.value +
        (nominal ? C.linesMore.value : poisson(stream(seed, index, `prior lines ${draw}`), C.linesMore.value)),
    };
    const initial = source.initial(parameters);
    const background = Object.fromEntries(backgroundTherapies.map((each) => [each.id, value(each.background.level)]));
    const baseline = disease.observe(
      hiddenOf(disease, (name) => initial.get(name)!),
      rowsOf(disease, value),
      null,
      observationNoise(seed, index, `screening ${draw}`, disease, nominal),
      treatmentOf(({ id }) => background[id]!),
    );
    const ineligible = request.eligible(covariates, baseline);
    if (ineligible === null)
      return { index, disease: disease.id as DiseaseId, parameters, covariates, background, baseline, refused };
    refused.push(ineligible);
  }
  throw new NoSuchPatient(`no eligible patient in ${MOST_DRAWS} draws: ${refused[refused.length - 1]}`);
}

/** A patient's value from another row of the same name: the same uniform number as when the patient was drawn, so that patients stay paired. */
export const drawAgain = (
  { index, refused }: VirtualPatient,
  seed: number,
  row: ParameterDeclaration & { readonly name: string },
  correlations: readonly Correlation[] = [],
): number => {
  const uniform = (name: string) => stream(seed, index, `${name} ${refused.length}`).uniform();
  return drawParameter(row, correlated(correlations, uniform)(row.name));
};

/** Every parameter that varies, from one uniform number each; nominal values where `uniform` is null. */
function drawParameters(source: PatientSource, uniform: ((purpose: string) => number) | null): Map<string, number> {
  const drawn = new Map<string, number>();
  const together = uniform && correlated(source.correlations, uniform);
  for (const [name, row] of source.rows)
    if (row.varies !== undefined && row.varies.shape !== "fixed")
      drawn.set(name, together === null ? row.value : drawParameter(row, together(name)));
  return drawn;
}

/** Drawn parameters, derived constants and nominal values by name. */
function valuesOf(source: PatientSource, parameters: ReadonlyMap<string, number>): (name: string) => number {
  const derived = source.derive(parameters);
  return (name) => parameters.get(name) ?? derived.get(name) ?? source.rows.get(name)?.value ?? Number.NaN;
}

function firstReason({ refuses }: PatientSource, value: (name: string) => number): string | null {
  for (const refuse of refuses) {
    const reason = refuse(value);
    if (reason !== null) return reason;
  }
  return null;
}

const drawAge = (uniform: number): number =>
  Math.min(
    C.ageHigh.value,
    Math.max(
      C.ageLow.value,
      C.age.value *
        exp(normalQuantile(uniform) * Math.sqrt(log(1 + (C.ageSpread.value / 100) * (C.ageSpread.value / 100)))),
    ),
  );

/** Hidden values of a disease by its own names. `value` gives them by symbol. */
export function hiddenOf(disease: AnyDisease, value: (symbol: string) => number): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name in disease.hidden) found[name] = value(disease.hidden[name]!);
  return found;
}

/** A patient as its disease's score sees one. */
export const rowsOf = (
  disease: { readonly patient: Readonly<Record<string, ParameterDeclaration>> },
  value: (name: string) => number,
): Record<string, number> => Object.fromEntries(Object.keys(disease.patient).map((name) => [name, value(name)]));

/** What is taken, as visits write it down: a dose, or 1 and 0 for what is taken or not. */
export function treatmentOf(level: (therapy: BackgroundTherapy) => number): Treatment {
  const found: Record<string, number> = {};
  for (const therapy of backgroundTherapies) {
    const { plan, item } = therapy.background;
    found[item.name] = plan === "taper" ? level(therapy) : Number(level(therapy) > 0);
  }
  return found as Treatment;
}

/** The standard normal numbers of one visit; zeros for a nominal patient. */
export function observationNoise(
  seed: number,
  index: number,
  visit: string,
  disease: Pick<AnyDisease, "noises">,
  nominal = false,
): number[] {
  if (nominal) return disease.noises.map(() => 0);
  const random = stream(seed, index, `observation ${visit}`);
  return disease.noises.map(() => random.normal());
}
