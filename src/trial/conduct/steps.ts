import type { Action } from "../../engine/index.js";
import { manufacture, type Product, type VirtualPatient } from "../../population/index.js";
import type { Arm, Study } from "../../study/index.js";
import {
  carTInfusion,
  dexamethasoneDose,
  fludarabineCyclophosphamide,
  prednisoloneTaper,
  rituximabInfusion,
  setMycophenolate,
  tocilizumabInfusion,
} from "../../therapy/index.js";

/** Day of the earliest step of any arm, at most 0: all arms start there. */
export function studyStart(study: Study): number {
  let first = 0;
  for (const { give, background } of Object.values(study.arms)) {
    for (const { at } of give) first = Math.min(first, at[0]!);
    if (background.glucocorticoid !== "continue") first = Math.min(first, background.glucocorticoid.from);
    if (background.mycophenolate !== "continue") first = Math.min(first, background.mycophenolate.stop);
  }
  return first;
}

export interface Steps {
  readonly actions: readonly Action[];
  /** Changes of the background therapy that were planned. */
  readonly background: readonly Action[];
  readonly product: Product | null;
  /** Days of infusions of cells that take place. */
  readonly infusions: readonly number[];
}

/** What the arm gives to this patient, as actions. */
export function stepsOf(study: Study, arm: Arm, patient: VirtualPatient): Steps {
  const actions: Action[] = [];
  const infusions: number[] = [];
  const planned = arm.give.find((step) => step.give === "cd19-car-t");
  const apheresis = arm.give.find((step) => step.give === "leukapheresis");
  const product =
    planned?.give === "cd19-car-t" && apheresis
      ? manufacture(
          { seed: study.run.seed, patient: patient.index },
          patient.covariates.weight,
          1,
          planned.dose,
          planned.at[0]! - apheresis.at[0]!,
        )
      : null;
  const delay = product?.kind === "released" ? product.delay : 0;
  for (const step of arm.give)
    for (const at of step.at)
      switch (step.give) {
        case "leukapheresis":
          break;
        case "flu-cy":
          if (product?.kind !== "failed") actions.push(...fludarabineCyclophosphamide(at + delay));
          break;
        case "cd19-car-t":
          if (product?.kind !== "failed") {
            const dose = product ? Math.min(step.dose, product.cellsPerKg) : step.dose;
            actions.push(carTInfusion(at + delay, dose));
            infusions.push(at + delay);
          }
          break;
        case "rituximab":
          actions.push(rituximabInfusion(at, step.dose));
          break;
        case "tocilizumab":
          actions.push(tocilizumabInfusion(at, step.dose));
          break;
        case "dexamethasone":
          actions.push(dexamethasoneDose(at, step.dose));
          break;
      }
  const { glucocorticoid, mycophenolate } = arm.background;
  const background: Action[] = [];
  if (glucocorticoid !== "continue") {
    const end = Math.min(glucocorticoid["taper-to"], patient.background.prednisolone);
    background.push(
      ...prednisoloneTaper(patient.background.prednisolone, end, glucocorticoid.from, glucocorticoid.over),
    );
  }
  if (mycophenolate !== "continue") background.push(setMycophenolate(mycophenolate.stop, false));
  return { actions, background, product, infusions };
}
