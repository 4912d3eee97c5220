/** Checking one arm: what is given, what happens to the background therapy, which rules hold. */
import {
  type Check,
  choice,
  describeNode,
  type Entry,
  expected,
  type Found,
  formatNumber,
  type Node,
  optional,
  type QuantityForm,
  quantity,
  type Reader,
  readList,
  readMap,
  required,
  type Spot,
  text,
} from "../../reading/index.js";
import { type AnyTherapy, backgroundTherapies, type TherapyId, therapyOf } from "../../therapy/index.js";
import type { Administration, Arm, RuleName } from "../study.js";
import { RULE_IDS, THERAPY_IDS } from "../words.js";
import { background } from "./background.js";
import { checkCourse, type ReadAdministration } from "./course.js";
import { drugWord } from "./drug.js";
import { PARAMETERS_FORM, type RawChanges, rawChanges } from "./parameters.js";
import { time } from "./times.js";

/** One time or a list of them. */
const times: Reader<readonly number[]> = (node, spot, check) => {
  if (node.kind !== "list") {
    const day = time(node, spot, check);
    return day === undefined ? undefined : [day];
  }
  if (node.items.length === 0)
    return check.report(
      spot,
      "expected a time or a list of times, found an empty list",
      'write a time such as "0 day"',
    );
  const days = readList(node, spot, check, "a list of times", time) ?? [];
  const wrong = days.findIndex((day, i) => i > 0 && day.value <= days[i - 1]!.value);
  if (wrong !== -1)
    return check.report(
      days[wrong]!.spot,
      `times do not increase: ${days[wrong - 1]!.value} day is followed by ${days[wrong]!.value} day`,
      "write each time once, the earliest first",
    );
  return days.length === node.items.length ? days.map((day) => day.value) : undefined;
};

interface RawDose {
  readonly node: Node;
}
const rawDose: Reader<RawDose> = (node) => ({ node });

const administration: Reader<ReadAdministration> = (node, spot, check) => {
  const found = readMap(node, spot, check, "something that is given", {
    give: required(drugWord, `one of ${THERAPY_IDS.join(", ")}`, { alsoCalled: ["drug", "name"] }),
    at: required(times, 'a time such as "0 day", or a list of times', { alsoCalled: ["time", "times", "when", "day"] }),
    dose: optional(rawDose, "a dose", { alsoCalled: ["amount"] }),
  });
  if (!found) return undefined;
  const { give: drug, at } = found;
  const dose =
    drug?.value.meant && drug.value.sure
      ? doseOf(drug.value.meant, found.dose, spot, node, check)
      : doseOfUnknown(found.dose, check);
  const complete = drug?.value.drug !== undefined && at !== undefined && dose !== "refused";
  const value = { give: drug?.value.drug, at: at?.value, ...(typeof dose === "number" ? { dose } : {}) };
  return { drug, at, dose: found.dose, value: complete ? (value as Administration) : undefined };
};

const doseForm = (limits: NonNullable<AnyTherapy["dose"]>): QuantityForm => ({
  noun: "a dose",
  example: `${formatNumber(limits.usual)} ${limits.unit}`,
  ...limits,
});

/** A dose in the unit of a therapy that has one. */
export const readDose = ({ dose }: AnyTherapy, node: Node, spot: Spot, check: Check): number | undefined =>
  dose ? quantity(doseForm(dose))(node, spot, check) : undefined;

/** The dose in the unit of the table; undefined where the drug has none. */
function doseOf(
  drug: TherapyId,
  dose: Found<RawDose> | undefined,
  spot: Spot,
  node: Node,
  check: Check,
): number | undefined | "refused" {
  const limits = therapyOf(drug).dose;
  if (!limits) {
    if (!dose) return undefined;
    check.report(dose.keySpot, `${drug} takes no dose`, 'remove "dose": the protocol is fixed');
    return "refused";
  }
  if (dose) return readDose(therapyOf(drug), dose.value.node, dose.spot, check) ?? "refused";
  if (node.kind === "map" && !node.partial)
    check.report(spot, `missing key "dose": ${drug} needs one`, `add "dose", such as "${doseForm(limits).example}"`);
  return "refused";
}

/** Nothing is known of the dose of an unknown drug, not even whether it has one. */
function doseOfUnknown(dose: Found<RawDose> | undefined, check: Check): "refused" {
  const node = dose?.value.node;
  if (dose && (node?.kind === "map" || node?.kind === "list"))
    check.report(dose.spot, `expected a dose, found ${describeNode(node)}`, 'write a dose such as "1000 mg"');
  return "refused";
}

const steps: Reader<readonly Administration[]> = (node, spot, check) => {
  if (node.kind === "scalar" && node.value === null)
    return expected("a list of what is given", "write [] if nothing is given", node, spot, check);
  const read = readList(node, spot, check, "a list of what is given", administration);
  if (!read || node.kind !== "list") return undefined;
  checkCourse(read, read.length === node.items.length, check);
  warnOfDoubles(read, check);
  const values = read.flatMap(({ value }) => (value.value ? [value.value] : []));
  return values.length === node.items.length ? values : undefined;
};

/** The same drug at the same time in two entries: their doses add up, which may not be meant. */
function warnOfDoubles(steps: readonly { readonly value: ReadAdministration }[], check: Check): void {
  for (const [i, { value }] of steps.entries()) {
    const { drug, at } = value;
    // A second collection is a problem already.
    if (!drug?.value.drug || !at || therapyOf(drug.value.drug).course === "collection") continue;
    const earlier = steps.slice(0, i).filter((step) => step.value.drug?.value.drug === drug.value.drug);
    const day = at.value.find((each) => earlier.some((step) => step.value.at?.value.includes(each)));
    if (day !== undefined)
      check.warn(
        at.spot,
        `${drug.value.drug} at ${day} day stands in two entries: both are given`,
        "write one entry with the whole dose, or remove one",
      );
  }
}

const rules: Reader<readonly RuleName[]> = (node, spot, check) => {
  const read = readList(node, spot, check, "a list of rules", choice("rule", RULE_IDS));
  if (!read || node.kind !== "list") return undefined;
  const seen = new Set<RuleName>();
  for (const { value, spot: at } of read) {
    if (seen.has(value)) check.report(at, `rule "${value}" is named twice`, "name each rule once");
    seen.add(value);
  }
  return read.map(({ value }) => value);
};

const ARM_FIELDS = {
  label: required(text("a label"), "a text for tables", { anyText: true, alsoCalled: ["name", "title"] }),
  give: required(steps, "a list of what is given, [] for nothing", { alsoCalled: ["doses", "steps"] }),
  background: required(background, `what happens to ${backgroundTherapies.map(({ label }) => label).join(" and ")}`),
  rules: optional(rules, "a list of rules"),
  parameters: optional(rawChanges, PARAMETERS_FORM),
};

/** An arm, and its changes of parameters, which can be read when the diseases are known. */
export interface ReadArm {
  readonly arm: Arm;
  readonly changes: RawChanges | undefined;
}

export const arm: Reader<ReadArm> = (node, spot, check) => {
  const found = readMap(node, spot, check, "an arm", ARM_FIELDS);
  if (!found?.label || !found.give || !found.background) return undefined;
  const { label, give, background, rules } = found;
  return {
    arm: { label: label.value, give: give.value, background: background.value, rules: rules?.value ?? [] },
    changes: found.parameters?.value,
  };
};

/** Whether an entry among the arms is a part of one that was not indented far enough. */
export const isStrayPart = ({ key, value }: Entry): boolean =>
  Object.hasOwn(ARM_FIELDS, key) &&
  !(value.kind === "map" && value.entries.some((entry) => entry.key === "label" || entry.key === "give"));
