/** disease: what is treated: autoantibody, tissue injury, damage, clinical scores, response definitions. */
import type { Module } from "../engine/index.js";
import { diseaseCatalogue } from "./catalogue.js";
import type { AnyDisease } from "./disease.js";

export { diseaseCatalogue } from "./catalogue.js";
export {
  type AnyDisease,
  bestSoFar,
  type Criterion,
  type Definition,
  type Disease,
  type DiseaseDeclaration,
  defineDisease,
  type EndpointCounterpart,
  type ItemDescription,
  nominalPatient,
  type Observation,
  relapseAfterResponse,
  type Treatment,
  type TreatmentItem,
} from "./disease.js";
export { leukaemia } from "./leukaemia.js";

type Each = (typeof diseaseCatalogue)[number];
export type DiseaseId = Each["id"];
/** Criteria that belong to a disease. */
export type DiseaseCriterion = { [D in Each as D["id"]]: keyof D["criteria"] & string }[DiseaseId];

const all = diseaseCatalogue as unknown as readonly AnyDisease[];

/** Diseases by id, in the order of the catalogue. */
export const diseases = Object.fromEntries(all.map((disease) => [disease.id, disease])) as Readonly<
  Record<DiseaseId, AnyDisease>
>;

/** Every module of every disease. */
export const diseaseModules: readonly Module[] = all.flatMap(({ modules }) => modules);
