/** Virtual patients for tests that run a model without a study. */
import type { DiseaseId } from "../src/disease/index.js";
import { type PatientSource, patientSource, samplePatient, type VirtualPatient } from "../src/population/index.js";
import type { Arm, Study } from "../src/study/index.js";
import { givenTherapies, type Recipient } from "../src/therapy/index.js";
import { actionsOf, plannedDoses } from "../src/trial/index.js";

const sources = new Map<DiseaseId, PatientSource>();

/** Patients who have a number for everything that any therapy adds. */
export function sourceOf(disease: DiseaseId): PatientSource {
  const known = sources.get(disease) ?? patientSource(disease, givenTherapies);
  sources.set(disease, known);
  return known;
}

/** Three diseases in turn. */
export const diseaseOf = (index: number): DiseaseId => (["sle", "iim", "ssc"] as const)[index % 3]!;

/** A patient with the numbers of the disease beside the drawn ones, so that the whole model, which has the defaults, runs as the disease's own. */
export function anyPatient(
  seed: number,
  index: number,
  disease: DiseaseId = diseaseOf(index),
  source = sourceOf(disease),
): VirtualPatient {
  const patient = samplePatient(source, { seed, index, eligible: () => null });
  const replaced = Object.keys(source.disease.overrides).map((name) => [name, source.rows.get(name)!.value] as const);
  return { ...patient, parameters: new Map([...replaced, ...patient.parameters]) };
}

export const recipient = (patient: VirtualPatient): Recipient => ({
  constant: (name) => patient.parameters.get(name) ?? sourceOf(patient.disease).rows.get(name)!.value,
});

/** Everything that an arm plans, as actions. */
export function plannedActions(study: Study, arm: Arm, patient: VirtualPatient) {
  const { doses, background } = plannedDoses(study, arm, patient, recipient(patient));
  return [...actionsOf(background), ...actionsOf(doses)];
}
