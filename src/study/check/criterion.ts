/** Criteria for taking part: `sledai >= 8`. */

import { diseases } from "../../disease/index.js";
import { type Check, expected, formatNumber, nearest, quote, type Reader, type Spot } from "../../reading/index.js";
import type { Criterion, CriterionName, Disease, Operator } from "../study.js";
import { CRITERIA, CRITERION_NAMES, OPERATORS } from "../words.js";

export interface ParsedCriterion {
  readonly name: CriterionName;
  readonly operator: Operator;
  readonly value: number;
}

/** Takes a criterion of a checked study apart. */
export function parseCriterion(criterion: Criterion): ParsedCriterion {
  const [name, operator, value] = criterion.split(" ");
  return { name: name as CriterionName, operator: operator as Operator, value: Number(value) };
}

export const formatCriterion = ({ name, operator, value }: ParsedCriterion): Criterion =>
  `${name} ${operator} ${formatNumber(value)}` as Criterion;

const EXAMPLE = 'write a name, an operator and a number, such as "prior-lines >= 2"';
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A criterion may hold up to three mistakes: in its name, its operator and its number. */
export const criterion: Reader<ParsedCriterion> = (node, spot, check) => {
  if (node.kind !== "scalar" || typeof node.value !== "string")
    return expected("a criterion", EXAMPLE, node, spot, check);
  const written = node.value.trim();
  const parts = /^([^<>=!≥≤]+?)\s*([<>=!≥≤]+)\s*([^<>=!≥≤]*)$/.exec(written);
  if (!parts) return check.report(spot, `${quote(written)} is not a criterion`, EXAMPLE);
  const [, nameText, operatorText, numberText] = parts as unknown as [string, string, string, string];
  const name = CRITERION_NAMES.find((known) => known === nameText);
  const operator = OPERATORS.find((known) => known === operatorText);
  const value = NUMBER.test(numberText) ? Number(numberText) : Number.NaN;
  if (name === undefined) {
    const meant = nearest(nameText, CRITERION_NAMES);
    check.report(
      spot,
      `unknown criterion ${quote(nameText)} in ${quote(written)}`,
      meant ? `did you mean "${meant.name}"?` : `known: ${CRITERION_NAMES.join(", ")}`,
    );
  }
  if (operator === undefined) {
    const meant = MISTAKEN_OPERATORS[operatorText];
    check.report(
      spot,
      `unknown operator ${quote(operatorText)} in ${quote(written)}`,
      meant ? `did you mean "${meant}"?` : `known: ${OPERATORS.join(" ")}`,
    );
  }
  if (!Number.isFinite(value)) {
    const what = numberText === "" ? "number missing" : `${quote(numberText)} is not a number`;
    check.report(spot, `${what} in ${quote(written)}`, "write a plain number, without a unit");
  }
  return name && operator && Number.isFinite(value) ? { name, operator, value: value + 0 } : undefined;
};

const MISTAKEN_OPERATORS: Readonly<Record<string, Operator>> = {
  "=>": ">=",
  "≥": ">=",
  ">>": ">",
  "=<": "<=",
  "≤": "<=",
  "<<": "<",
};

export interface ReadCriterion {
  readonly value: ParsedCriterion;
  readonly spot: Spot;
}

/** Scores belong to diseases, and some patient must be able to meet all criteria; `disease` is undefined where it could not be read. */
export function checkCriteria(criteria: readonly ReadCriterion[], disease: Disease | undefined, check: Check): void {
  const fitting = criteria.filter(({ value, spot }) => {
    const only = CRITERIA[value.name].disease;
    if (only === null || disease === undefined || only === disease) return true;
    check.report(
      spot,
      `${value.name} (${CRITERIA[value.name].about}) is not scored in ${disease}`,
      `use it with ${only} (${diseases[only].label}) or leave it out`,
    );
    return false;
  });
  for (const [i, { value, spot }] of fitting.entries())
    if (fitting.slice(0, i).some((before) => formatCriterion(before.value) === formatCriterion(value)))
      check.warn(spot, `${quote(formatCriterion(value))} stands twice`, "keep one of them");
  for (const name of CRITERION_NAMES) {
    const about = fitting.filter(({ value }) => value.name === name);
    const stuck = about.findIndex((_, i) => isEmpty(about.slice(0, i + 1)));
    if (stuck === -1) continue;
    const { value, spot } = about[stuck]!;
    const { low, high } = CRITERIA[name];
    if (isEmpty([about[stuck]!]))
      check.report(
        spot,
        `no patient meets ${quote(formatCriterion(value))}`,
        high === Infinity ? `${name} is at least ${low}` : `${name} lies in ${low} … ${high}`,
      );
    else {
      const rival = about.slice(0, stuck).find((other) => isEmpty([other, about[stuck]!])) ?? about[0]!;
      check.report(
        spot,
        `${quote(formatCriterion(value))} and ${quote(formatCriterion(rival.value))} cannot be met together`,
        "change or remove one of the two",
      );
    }
  }
}

/** Whether no value of the score meets all of these criteria, which are about one score: looks at each bound and between all of them. */
function isEmpty(criteria: readonly ReadCriterion[]): boolean {
  const { low, high, whole } = CRITERIA[criteria[0]!.value.name];
  const bounds = [low, high, ...criteria.map(({ value }) => value.value)].filter(Number.isFinite).sort((a, b) => a - b);
  const beyond = bounds[bounds.length - 1]! + 1;
  const candidates = whole
    ? [...bounds, beyond].flatMap((bound) => [Math.floor(bound), Math.floor(bound) + 1, Math.ceil(bound) - 1])
    : [...bounds, ...bounds.map((bound, i) => (bound + (bounds[i + 1] ?? beyond + 1)) / 2)];
  return !candidates.some((x) => x >= low && x <= high && criteria.every(({ value }) => meets(x, value)));
}

/** Whether a patient's value meets a criterion. */
export function meets(x: number, { operator, value }: ParsedCriterion): boolean {
  if (operator === ">=") return x >= value;
  if (operator === "<=") return x <= value;
  return operator === ">" ? x > value : x < value;
}
