/** Checking a course of engineered cells: collection, conditioning, cells. */
import { type Check, type Found, formatNumber, type Spot } from "../../reading/index.js";
import { type AnyTherapy, type Course, givenTherapies, largestDose, therapyOf } from "../../therapy/index.js";
import type { Administration } from "../study.js";
import type { DrugWord } from "./drug.js";

/** One entry of `give`, as far as it could be read. */
export interface ReadAdministration {
  readonly drug: Found<DrugWord> | undefined;
  readonly at: Found<readonly number[]> | undefined;
  readonly dose: Found<unknown> | undefined;
  readonly value: Administration | undefined;
}
type Step = { readonly value: ReadAdministration; readonly spot: Spot };

/** Weight at which a dose is judged makeable: that of the typical patient. */
const TYPICAL_WEIGHT = 70;

const inCourse = (course: Course): AnyTherapy[] => givenTherapies.filter((each) => each.course === course);
const isOf = ({ value: { drug } }: Step, course: Course): boolean =>
  drug?.value.drug !== undefined && therapyOf(drug.value.drug).course === course;

/** Cells are collected once, before those that are made of them, and in a number that can be made. `all`: whether every entry could be read. */
export function checkCourse(steps: readonly Step[], all: boolean, check: Check): undefined {
  const [first, ...more] = steps.filter((step) => isOf(step, "collection"));
  const infusions = steps.filter((step) => isOf(step, "cells"));
  if (!first) return;
  const name = first.value.drug!.value.drug!;
  for (const other of more)
    check.report(other.value.drug!.spot, `a second ${name} in this arm`, "keep one: all cells of an arm come from it");
  const { at } = first.value;
  if (at && at.value.length > 1)
    return check.report(at.spot, `${name} at ${at.value.length} times`, "write one time: it takes place once");
  if (infusions.length === 0) {
    // An entry that could not be read may well be the infusion.
    const cells = inCourse("cells");
    const hidden =
      !all ||
      steps.some(({ value: { drug } }) => {
        if (!drug) return true;
        const { drug: known, meant } = drug.value;
        return !known && (meant === undefined || cells.some(({ id }) => id === meant));
      });
    if (!hidden)
      check.report(
        first.value.drug!.spot,
        `${name} without cells in this arm`,
        `add cells such as "give: ${cells[0]!.id}" after it, or remove the ${name}`,
      );
    return undefined;
  }
  if (!at || more.length > 0) return;
  checkOrder(name, at, infusions, check);
  for (const { value } of infusions) checkMakeable(value, check);
}

function checkOrder(
  collection: string,
  collected: Found<readonly number[]>,
  infusions: readonly Step[],
  check: Check,
): undefined {
  const day = collected.value[0]!;
  for (const { value } of infusions) {
    const { at } = value;
    const cells = value.drug!.value.drug!;
    if (!at || at.value[0]! > day) continue;
    // Infusion is day 0: cells given earlier are what is out of place, otherwise the collection is.
    return at.value[0]! < 0
      ? check.report(
          at.spot,
          `${cells} at ${at.value[0]} day, not after the ${collection} at ${day} day`,
          "give the cells later: they are made from it",
        )
      : check.report(
          collected.spot,
          `${collection} at ${day} day, not before the ${cells} at ${at.value[0]} day`,
          'write an earlier time, such as "-28 day"',
        );
  }
}

/** A dose that not one batch in a hundred could yield. */
function checkMakeable({ value, dose, at }: ReadAdministration, check: Check): undefined {
  if (!value || !("dose" in value) || !dose) return;
  const total = value.dose * (at?.value.length ?? 1);
  const most = largestDose(TYPICAL_WEIGHT);
  if (total <= most) return;
  const { unit } = therapyOf(value.give).dose!;
  const each = value.dose === total ? "" : ` (${formatNumber(value.dose)} ${unit} at ${at!.value.length} times)`;
  return check.report(
    dose.spot,
    `${formatNumber(total)} ${unit}${each} cannot be made: fewer than 1 in 100 batches yield that much for ${TYPICAL_WEIGHT} kg`,
    `write at most ${formatNumber(Number(most.toPrecision(1)))} ${unit}, or leave out the collection if the cells come from elsewhere`,
  );
}
