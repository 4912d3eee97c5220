import type { Action, PatientView } from "../../engine/index.js";
import type { RuleName } from "../../study/index.js";
import type { TrialEvent } from "./records.js";

/** Days of observation in hospital after an infusion of cells. */
const WARD_DAYS = 21;
/** Body temperature that counts as fever (ASTCT 2019). */
const FEVER = 38;
const MOST_TOCILIZUMAB = 3;

/** CRS grade 0 … 4 at this moment (ASTCT 2019); after an antibody against the IL-6 receptor fever is no longer needed. Hypotension and hypoxia share the IL-6 signal. */
export function crsGrade(patient: PatientView, treated: boolean): number {
  if (patient.output("Temp") < FEVER && !treated) return 0;
  const signal = patient.output("sig");
  const shift = patient.constant("crsShift");
  const passed = ["IL6g2", "IL6g3", "IL6g4"].filter((name) => signal > patient.constant(name) * shift).length;
  return patient.output("Temp") < FEVER && passed === 0 ? 0 : 1 + passed;
}

/** ICANS grade 0 … 4 at this moment: thresholds of endothelial activation that are passed. */
export function icansGrade(patient: PatientView): number {
  const shift = patient.constant("icansShift");
  return ["EA_g1", "EA_g2", "EA_g3", "EA_g4"].filter((name) => patient.output("EA") > patient.constant(name) * shift)
    .length;
}

/** Daily rounds after each infusion; `finish` writes the highest grades down when the run is over, however early. */
export function wardRounds(
  infusions: readonly number[],
  rules: readonly RuleName[],
  write: (event: TrialEvent) => void,
): { readonly actions: readonly Action[]; readonly finish: () => void } {
  const stays = infusions.map((infusion) => ({
    infusion,
    crs: { grade: 0, day: infusion },
    icans: { grade: 0, day: infusion },
  }));
  const actions = stays.flatMap((worst) => {
    let tocilizumab = 0;
    return Array.from({ length: WARD_DAYS + 1 }, (_, k): Action => {
      const day = worst.infusion + k;
      return {
        at: day,
        label: "ward round",
        apply: (patient) => {
          let changed = false;
          const crs = crsGrade(patient, tocilizumab > 0);
          const icans = icansGrade(patient);
          if (crs > worst.crs.grade) worst.crs = { grade: crs, day };
          if (icans > worst.icans.grade) worst.icans = { grade: icans, day };
          if (crs >= 2 && rules.includes("tocilizumab-at-crs-2") && tocilizumab < MOST_TOCILIZUMAB) {
            patient.add("Toci", 1);
            tocilizumab++;
            write({ day, event: "tocilizumab", value: 8 });
            changed = true;
          }
          if (icans >= 2 && rules.includes("dexamethasone-at-icans-2")) {
            patient.add("Dex", 1);
            write({ day, event: "dexamethasone", value: 10 });
            changed = true;
          }
          return changed;
        },
      };
    });
  });
  const finish = () => {
    for (const { crs, icans } of stays) {
      if (crs.grade > 0) write({ day: crs.day, event: "crs", value: crs.grade });
      if (icans.grade > 0) write({ day: icans.day, event: "icans", value: icans.grade });
    }
  };
  return { actions, finish };
}
