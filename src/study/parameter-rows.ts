/** The parameters that a study file may name: those of the models of its diseases and of what its arms give. */
import { immuneSystem } from "../biology/index.js";
import { type AnyDisease, type DiseaseId, diseases } from "../disease/index.js";
import type { Module, ParameterDeclaration } from "../engine/index.js";
import { type AnyTherapy, backgroundTherapies, givenTherapies } from "../therapy/index.js";

export type Rows = ReadonlyMap<string, ParameterDeclaration>;

const rowsIn = (modules: readonly Module[]): [string, ParameterDeclaration][] =>
  modules.flatMap(({ declaration }) => Object.entries(declaration.parameters ?? {}));

const patientModules = (disease: AnyDisease): Module[] => [
  ...immuneSystem,
  ...backgroundTherapies.flatMap(({ modules }) => modules),
  ...disease.modules,
];

/** Of a patient with a disease, whatever is given: what the steady state is made of. */
export const patientRows = (id: DiseaseId): Rows => withOverrides(diseases[id], rowsIn(patientModules(diseases[id])));

/** Of what is given, without those of the patient. */
export function givenRows(id: DiseaseId, given: readonly AnyTherapy[]): Rows {
  const own = patientRows(id);
  const rows = rowsIn(given.flatMap(({ modules }) => modules)).filter(([name]) => !own.has(name));
  return withOverrides(diseases[id], rows);
}

/** Any row of that name: its unit and words are the same in every disease. */
export function rowNamed(name: string): ParameterDeclaration | undefined {
  for (const disease of Object.values<AnyDisease>(diseases)) {
    const id = disease.id as DiseaseId;
    const row = patientRows(id).get(name) ?? givenRows(id, givenTherapies).get(name);
    if (row) return row;
  }
  return undefined;
}

/** A disease may replace the row of any module. */
const withOverrides = ({ overrides }: AnyDisease, rows: readonly [string, ParameterDeclaration][]): Rows =>
  new Map(rows.map(([name, row]) => [name, overrides[name] ?? row]));
