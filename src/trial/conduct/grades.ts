import type { PatientView } from "../../engine/index.js";
import { conductConstants } from "./constants.js";

/** CRS grade 0 … 4 at this moment (ASTCT 2019); under an antibody against the IL-6 receptor fever is no longer needed. Hypotension and hypoxia share the IL-6 signal. */
export function crsGrade(patient: PatientView): number {
  const fever = patient.output("Temp") >= conductConstants.fever.value;
  const blocked = patient.output("il6Left") < conductConstants.il6Blocked.value;
  if (!fever && !blocked) return 0;
  const passed = passedThresholds(patient, "sig", "crsShift", ["IL6g2", "IL6g3", "IL6g4"]);
  return !fever && passed === 0 ? 0 : 1 + passed;
}

/** ICANS grade 0 … 4 at this moment: thresholds of endothelial activation that are passed. */
export const icansGrade = (patient: PatientView): number =>
  passedThresholds(patient, "EA", "icansShift", ["EA_g1", "EA_g2", "EA_g3", "EA_g4"]);

/** How many of this patient's thresholds the signal exceeds. */
function passedThresholds(patient: PatientView, signal: string, shift: string, thresholds: readonly string[]): number {
  const value = patient.output(signal);
  const relative = patient.constant(shift);
  return thresholds.filter((name) => value > patient.constant(name) * relative).length;
}
