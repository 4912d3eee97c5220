import type { Action } from "../../engine/index.js";
import type { VirtualPatient } from "../../population/index.js";
import { type Administration, type Arm, backgroundPlans, type Study } from "../../study/index.js";
import {
  type AnyTherapy,
  type Dose,
  doseAction,
  manufacture,
  type Product,
  type Recipient,
  stop,
  taper,
  therapyOf,
} from "../../therapy/index.js";

/** Day of the earliest step of any arm, at most 0: all arms start there. */
export function studyStart(study: Study): number {
  let first = 0;
  for (const arm of Object.values(study.arms)) {
    for (const { at } of arm.give) first = Math.min(first, at[0]!);
    for (const { plan } of backgroundPlans(arm))
      if (plan !== "continue") first = Math.min(first, "stop" in plan ? plan.stop : plan.from);
  }
  return first;
}

/** A day on which something was given that counts as a drug taken, and for how many days it does. */
export interface DrugTaken {
  readonly day: number;
  readonly days: number;
}

/** What an arm plans for one patient, before anything is seen. */
export interface PlannedDoses {
  /** What is given, as data. */
  readonly doses: readonly Dose[];
  /** Changes of the background therapy. */
  readonly background: readonly Dose[];
  /** What became of the cells that were collected; null where none were. */
  readonly product: Product | null;
  /** Days of infusions of cells that take place. */
  readonly infusions: readonly number[];
  /** Cells/kg over all infusions: as the study says, and as given. Null in arms without cells. */
  readonly cells: { readonly planned: number; readonly given: number } | null;
  readonly taken: readonly DrugTaken[];
}

export const actionsOf = (doses: readonly Dose[]): Action[] => doses.map(doseAction);

/** One loop for all therapies: cells and their conditioning move with the product, and do not happen without it. */
export function plannedDoses(study: Study, arm: Arm, patient: VirtualPatient, who: Recipient): PlannedDoses {
  const steps = arm.give.map((step) => ({ step, therapy: therapyOf(step.give) }));
  const cells = steps.filter(({ therapy }) => therapy.course === "cells");
  const wanted = cells.reduce((sum, { step }) => sum + doseOf(step)! * step.at.length, 0);
  const product = productOf(study, steps, wanted, patient);
  const delay = product?.kind === "released" ? product.delay : 0;
  // A product that is smaller than planned is shared out over all infusions alike.
  const share = product?.kind === "released" && wanted > 0 ? product.cellsPerKg / wanted : 1;
  const doses: Dose[] = [];
  const infusions: number[] = [];
  const taken: DrugTaken[] = [];
  let given = 0;
  for (const { step, therapy } of steps) {
    const follows = therapy.course === "cells" || therapy.course === "conditioning";
    if (follows && product?.kind === "failed") continue;
    const isCells = therapy.course === "cells";
    const dose = doseOf(step);
    const amount = dose === null ? null : isCells ? dose * share : dose;
    for (const planned of step.at) {
      const day = follows ? planned + delay : planned;
      doses.push(...therapy.give!(day, amount as never, who));
      if (therapy.drugFreeAfter !== undefined) taken.push({ day, days: therapy.drugFreeAfter });
      if (!isCells) continue;
      infusions.push(day);
      given += amount!;
    }
  }
  return {
    doses,
    background: backgroundDoses(arm, patient),
    product,
    infusions: infusions.sort((a, b) => a - b),
    cells: cells.length > 0 ? { planned: wanted, given } : null,
    taken,
  };
}

const doseOf = (step: Administration): number | null => ("dose" in step ? step.dose : null);

/** The product is made for all infusions together; planned from the first of them. */
function productOf(
  study: Study,
  steps: readonly { readonly step: Administration; readonly therapy: AnyTherapy }[],
  wanted: number,
  patient: VirtualPatient,
): Product | null {
  const collection = steps.find(({ therapy }) => therapy.course === "collection")?.step;
  if (!collection || wanted === 0) return null;
  const first = Math.min(...steps.flatMap(({ step, therapy }) => (therapy.course === "cells" ? step.at : [])));
  return manufacture(
    { seed: study.run.seed, patient: patient.index },
    patient.covariates.weight,
    1,
    wanted,
    first - collection.at[0]!,
  );
}

function backgroundDoses(arm: Arm, patient: VirtualPatient): Dose[] {
  return backgroundPlans(arm).flatMap(({ therapy: { id, background }, plan }) => {
    if (plan === "continue") return [];
    if ("stop" in plan) return [stop(background, plan.stop)];
    const level = patient.background[id]!;
    return taper(background, level, Math.min(plan["taper-to"], level), plan.from, plan.over);
  });
}
