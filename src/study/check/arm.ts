/** Checking one arm: what is given, what happens to the background therapy, which rules hold. */

import {
  type Check,
  choice,
  describeNode,
  type Entry,
  expected,
  type Found,
  type Node,
  nearest,
  optional,
  type QuantityForm,
  quantity,
  quote,
  type Reader,
  readList,
  readMap,
  required,
  type Spot,
  text,
} from "../../reading/index.js";
import type { Administration, Arm, Background, GlucocorticoidPlan, MycophenolatePlan, RuleName } from "../study.js";
import { ADMINISTRATIONS, namesOf, RULES } from "../words.js";
import { duration, time } from "./times.js";

type DrugName = Administration["give"];

/** The name of what is given; `drug` is undefined for an unknown one, whose `meant` may still be read. */
interface DrugWord {
  readonly drug: DrugName | undefined;
  /** What is probably meant; undefined where nothing known is near. */
  readonly meant: DrugName | undefined;
  /** Near enough to check the dose as if it were written so. */
  readonly sure: boolean;
}

const drugWord: Reader<DrugWord> = (node, spot, check) => {
  const drugs = namesOf(ADMINISTRATIONS);
  if (node.kind === "scalar" && typeof node.value === "string") {
    const drug = drugs.find((name) => name === node.value);
    if (drug) return { drug, meant: drug, sure: true };
    const near = nearest(node.value, drugs);
    const hint = near ? `did you mean "${near.name}"?` : `known: ${drugs.join(", ")}`;
    check.report(spot, `unknown name ${quote(node.value)} of what is given`, hint);
    return { drug: undefined, meant: near?.name as DrugName | undefined, sure: near?.sure ?? false };
  }
  expected("the name of what is given", `known: ${drugs.join(", ")}`, node, spot, check);
  return { drug: undefined, meant: undefined, sure: false };
};

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

interface ReadAdministration {
  readonly drug: Found<DrugWord> | undefined;
  readonly at: Found<readonly number[]> | undefined;
  readonly value: Administration | undefined;
}

const administration: Reader<ReadAdministration> = (node, spot, check) => {
  const found = readMap(node, spot, check, "something that is given", {
    give: required(drugWord, `one of ${namesOf(ADMINISTRATIONS).join(", ")}`, { alsoCalled: ["drug", "name"] }),
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
  return { drug, at, value: complete ? (value as Administration) : undefined };
};

/** The dose in the unit of the table; undefined where the drug has none. */
function doseOf(
  drug: DrugName,
  dose: Found<RawDose> | undefined,
  spot: Spot,
  node: Node,
  check: Check,
): number | undefined | "refused" {
  const limits = ADMINISTRATIONS[drug].dose;
  if (limits === null) {
    if (!dose) return undefined;
    check.report(dose.keySpot, `${drug} takes no dose`, 'remove "dose": the protocol is fixed');
    return "refused";
  }
  const form: QuantityForm = { noun: "a dose", example: `${EXAMPLE_DOSES[drug]} ${limits.unit}`, ...limits };
  if (dose) return quantity(form)(dose.value.node, dose.spot, check) ?? "refused";
  if (node.kind === "map" && !node.partial)
    check.report(spot, `missing key "dose": ${drug} needs one`, `add "dose", such as "${form.example}"`);
  return "refused";
}

/** Nothing is known of the dose of an unknown drug, not even whether it has one. */
function doseOfUnknown(dose: Found<RawDose> | undefined, check: Check): "refused" {
  const node = dose?.value.node;
  if (dose && (node?.kind === "map" || node?.kind === "list"))
    check.report(dose.spot, `expected a dose, found ${describeNode(node)}`, 'write a dose such as "1000 mg"');
  return "refused";
}

const EXAMPLE_DOSES: Readonly<Record<DrugName, string>> = {
  leukapheresis: "",
  "flu-cy": "",
  "cd19-car-t": "1e6",
  rituximab: "1000",
  tocilizumab: "8",
  dexamethasone: "10",
};

/** Leukapheresis: once, before the cells that are made of it. */
function checkLeukapheresis(
  steps: readonly { value: ReadAdministration; spot: Spot }[],
  all: boolean,
  check: Check,
): undefined {
  const of = (drug: DrugName) => steps.filter(({ value }) => value.drug?.value.drug === drug).map(({ value }) => value);
  const [first, ...more] = of("leukapheresis");
  if (!first) return;
  for (const other of more)
    check.report(other.drug!.spot, "a second leukapheresis in this arm", "keep one: all cells of an arm come from it");
  if (first.at && first.at.value.length > 1)
    return check.report(
      first.at.spot,
      `leukapheresis at ${first.at.value.length} times`,
      "write one time: it takes place once",
    );
  const infusions = of("cd19-car-t");
  if (infusions.length === 0) {
    // An entry that could not be read may well be the infusion.
    const hidden =
      !all ||
      steps.some(
        ({ value: { drug } }) => !drug || (!drug.value.drug && (drug.value.meant ?? "cd19-car-t") === "cd19-car-t"),
      );
    if (!hidden)
      check.report(
        first.drug!.spot,
        "leukapheresis without cd19-car-t in this arm",
        'add "give: cd19-car-t" after it, or remove the leukapheresis',
      );
    return undefined;
  }
  if (!first.at || more.length > 0) return;
  const leukapheresisDay = first.at.value[0]!;
  for (const { at } of infusions) {
    if (!at || at.value[0]! > leukapheresisDay) continue;
    // Infusion is day 0: cells given earlier are what is out of place, otherwise the leukapheresis is.
    return at.value[0]! < 0
      ? check.report(
          at.spot,
          `cd19-car-t at ${at.value[0]} day, not after the leukapheresis at ${leukapheresisDay} day`,
          "give the cells later: they are made from it",
        )
      : check.report(
          first.at.spot,
          `leukapheresis at ${leukapheresisDay} day, not before the cd19-car-t at ${at.value[0]} day`,
          'write an earlier time, such as "-28 day"',
        );
  }
}

const steps: Reader<readonly Administration[]> = (node, spot, check) => {
  if (node.kind === "scalar" && node.value === null)
    return expected("a list of what is given", "write [] if nothing is given", node, spot, check);
  const read = readList(node, spot, check, "a list of what is given", administration);
  if (!read || node.kind !== "list") return undefined;
  checkLeukapheresis(read, read.length === node.items.length, check);
  const values = read.flatMap(({ value }) => (value.value ? [value.value] : []));
  return values.length === node.items.length ? values : undefined;
};

const glucocorticoid: Reader<GlucocorticoidPlan> = (node, spot, check) => {
  if (node.kind !== "map") return continued('"continue" or { taper-to, from, over }', node, spot, check);
  const found = readMap(node, spot, check, "a taper", {
    "taper-to": required(
      quantity({ noun: "a daily dose", unit: "mg/day", example: "0 mg/day", low: 0, high: Infinity }),
      'a daily dose such as "0 mg/day"',
      { alsoCalled: ["to"] },
    ),
    from: required(time, 'a time such as "-14 day"', { alsoCalled: ["at", "start"] }),
    over: required(duration, 'a duration such as "14 day"', { alsoCalled: ["during", "duration"] }),
  });
  if (!found?.["taper-to"] || !found.from || !found.over) return undefined;
  return { "taper-to": found["taper-to"].value, from: found.from.value, over: found.over.value };
};

const mycophenolate: Reader<MycophenolatePlan> = (node, spot, check) => {
  if (node.kind !== "map") return continued('"continue" or { stop }', node, spot, check);
  const found = readMap(node, spot, check, "a withdrawal", {
    stop: required(time, 'a time such as "-14 day"', { alsoCalled: ["at", "stop-at", "from"] }),
  });
  return found?.stop && { stop: found.stop.value };
};

function continued(form: string, node: Node, spot: Spot, check: Check): "continue" | undefined {
  if (node.kind === "scalar" && node.value === "continue") return "continue";
  const word = node.kind === "scalar" && typeof node.value === "string" ? nearest(node.value, ["continue"]) : undefined;
  return expected(form, word ? `did you mean "${word.name}"?` : `write ${form}`, node, spot, check);
}

const background: Reader<Background> = (node, spot, check) => {
  const found = readMap(node, spot, check, "the background therapy", {
    glucocorticoid: required(glucocorticoid, '"continue" or { taper-to, from, over }', {
      alsoCalled: ["glucocorticoids", "prednisolone", "prednisone", "steroid", "steroids", "corticosteroid"],
    }),
    mycophenolate: required(mycophenolate, '"continue" or { stop }', { alsoCalled: ["mmf", "mycophenolate-mofetil"] }),
  });
  if (!found?.glucocorticoid || !found.mycophenolate) return undefined;
  return { glucocorticoid: found.glucocorticoid.value, mycophenolate: found.mycophenolate.value };
};

const rules: Reader<readonly RuleName[]> = (node, spot, check) => {
  const read = readList(node, spot, check, "a list of rules", choice("rule", namesOf(RULES)));
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
  background: required(background, "what happens to glucocorticoid and mycophenolate"),
  rules: optional(rules, "a list of rules"),
};

export const arm: Reader<Arm> = (node, spot, check) => {
  const found = readMap(node, spot, check, "an arm", ARM_FIELDS);
  if (!found?.label || !found.give || !found.background) return undefined;
  return {
    label: found.label.value,
    give: found.give.value,
    background: found.background.value,
    rules: found.rules?.value ?? [],
  };
};

/** Whether an entry among the arms is a part of one that was not indented far enough. */
export const isStrayPart = ({ key, value }: Entry): boolean =>
  Object.hasOwn(ARM_FIELDS, key) &&
  !(value.kind === "map" && value.entries.some((entry) => entry.key === "label" || entry.key === "give"));
