import type { Action, PatientView } from "../engine/index.js";

/**
 * What one dose does to the model, as plain data, so that it can be listed, printed and exported: an amount into a state, a control set to a value, or a state that
 * becomes the mean over old and new cells. Days relative to infusion.
 */
export type Dose = { readonly at: number; readonly label: string } & (
  | { readonly into: string; readonly amount: number }
  | { readonly control: string; readonly to: number }
  /** `blend` becomes its mean over what is in `among` now and `amount` of new cells, for which it is `value`. */
  | { readonly blend: string; readonly value: number; readonly amount: number; readonly among: readonly string[] }
);

/** Carries a dose out. */
export function applyDose(patient: PatientView, dose: Dose): void {
  if ("into" in dose) patient.add(dose.into, dose.amount);
  else if ("control" in dose) patient.control(dose.control, dose.to);
  else {
    let old = 0;
    for (const name of dose.among) old += patient.get(name);
    patient.set(dose.blend, (patient.get(dose.blend) * old + dose.value * dose.amount) / (old + dose.amount));
  }
}

export const doseAction = (dose: Dose): Action => ({
  at: dose.at,
  label: dose.label,
  apply: (patient) => {
    applyDose(patient, dose);
    return true;
  },
});
