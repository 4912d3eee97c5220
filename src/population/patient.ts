import {
  type DiseaseDefinition,
  diseases,
  type Latent,
  type Observation,
  type PatientConstant,
} from "../disease/index.js";
import type { Runner, System, SystemParameter } from "../engine/index.js";
import { exp, log, normalQuantile, poisson, stream } from "../statistics/index.js";
import { drawParameter } from "./draw.js";
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
  readonly disease: DiseaseDefinition["id"];
  /** Every parameter that differs from nominal. */
  readonly parameters: ReadonlyMap<string, number>;
  readonly covariates: Covariates;
  /** Fields of the disease's score. */
  readonly scored: Readonly<Record<string, number>>;
  readonly background: { readonly prednisolone: number; readonly mycophenolate: boolean };
  readonly baseline: Observation;
  /** Draws that were refused before this one, with the reason. */
  readonly refused: readonly string[];
}

/** Refused draws per patient before giving up; more than this means criteria that nobody meets. */
const MOST_DRAWS = 1000;

export class NoSuchPatient extends Error {}

/** Ages of refractory patients: nothing in the records beyond a median that was not verified. Median 36 years, cv 35 %, cut to 18–75 (assumed). */
const AGE = { median: 36, cv: 0.35, low: 18, high: 75 };
/** Lines of therapy before: at least two (refractory by definition) and on average two more (assumed). */
const PRIOR = { least: 2, more: 2 };

export interface SampleRequest {
  readonly seed: number;
  readonly index: number;
  readonly disease: DiseaseDefinition["id"];
  /** Whether the patient may enter the study; a reason where not. */
  readonly eligible: (covariates: Covariates, baseline: Observation) => string | null;
  /** Nominal parameters instead of draws. */
  readonly nominal?: boolean;
}

/** Draws a refractory patient at the steady state with background therapy. Parameters are keyed one by one, so a new parameter changes no other. */
export function samplePatient(system: System, runner: Runner, request: SampleRequest): VirtualPatient {
  const { seed, index, nominal = false } = request;
  const disease = diseases[request.disease];
  const declared = new Map<string, SystemParameter>(system.parameters.map((p) => [p.name, p]));
  for (const [name, p] of Object.entries(disease.parameters)) declared.set(name, { ...p, name, module: disease.id });
  const refused: string[] = [];
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const uniform = (purpose: string) => (nominal ? 0.5 : stream(seed, index, `${purpose} ${draw}`).uniform());
    const parameters = new Map<string, number>();
    for (const [name, p] of declared)
      if (name in disease.parameters || (p.varies !== undefined && p.varies.shape !== "fixed"))
        parameters.set(name, nominal ? p.value : drawParameter(p, uniform(name)));
    const scored: Record<string, number> = {};
    for (const [field, constant] of Object.entries(disease.score.patient))
      scored[field] = nominal ? constant.value : drawField(constant, uniform(`score ${field}`));
    for (const [name, field] of Object.entries(disease.shared)) parameters.set(name, scored[field]!);
    const derived = runner.derive(parameters);
    const value = (name: string) =>
      parameters.get(name) ?? derived.get(name) ?? declared.get(name)?.value ?? Number.NaN;
    const reason = implausible(value);
    if (reason !== null) {
      refused.push(reason);
      continue;
    }
    const covariates: Covariates = {
      age: nominal
        ? AGE.median
        : Math.min(
            AGE.high,
            Math.max(AGE.low, AGE.median * exp(normalQuantile(uniform("age")) * Math.sqrt(log(1 + AGE.cv * AGE.cv)))),
          ),
      weight: value("BW"),
      priorLines: nominal
        ? PRIOR.least + PRIOR.more
        : PRIOR.least + poisson(stream(seed, index, `prior lines ${draw}`), PRIOR.more),
    };
    const latent: Latent = {
      inflammation: 1,
      autoantibody: 100,
      c3: value("C3n") / (1 + value("C3cons")),
      crp: value("CRP0"),
      damage: 0,
      muscle: value("MMT0"),
      ck: value("CK0"),
      fibrosis: 1,
      fvcLoss: 0,
      prednisolone: value("pred0"),
      immunosuppressant: value("mmf0") > 0,
    };
    const baseline = disease.score.observe(
      latent,
      scored,
      null,
      observationNoise(seed, index, `screening ${draw}`, disease, nominal),
    );
    const ineligible = request.eligible(covariates, baseline);
    if (ineligible !== null) {
      refused.push(ineligible);
      continue;
    }
    return {
      index,
      disease: disease.id,
      parameters,
      covariates,
      scored,
      background: { prednisolone: value("pred0"), mycophenolate: value("mmf0") > 0 },
      baseline,
      refused,
    };
  }
  throw new NoSuchPatient(`no eligible patient in ${MOST_DRAWS} draws: ${refused[refused.length - 1]}`);
}

/** The standard normal numbers of one visit; zeros for a nominal patient. */
export function observationNoise(
  seed: number,
  index: number,
  visit: string,
  disease: DiseaseDefinition,
  nominal = false,
): number[] {
  if (nominal) return disease.score.noises.map(() => 0);
  const random = stream(seed, index, `observation ${visit}`);
  return disease.score.noises.map(() => random.normal());
}

function drawField({ value, variability }: PatientConstant, uniform: number): number {
  switch (variability.kind) {
    case "present":
      return uniform < variability.share ? value : 0;
    case "uniform":
      return variability.lower + (variability.upper - variability.lower) * uniform;
    case "normal":
      return Math.min(variability.upper, Math.max(variability.lower, value + variability.sd * normalQuantile(uniform)));
    case "lognormal": {
      const { cv } = variability;
      return Math.min(
        variability.upper,
        Math.max(variability.lower, value * exp(normalQuantile(uniform) * Math.sqrt(log(1 + cv * cv)))),
      );
    }
  }
}
