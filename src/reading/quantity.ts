/** Readers of quantities: `28 day` in a file, days as a number in TypeScript. */
import { parseQuantity, parseUnit, sameDimension, type Unit, unitSymbols, valueIn } from "../quantity/index.js";
import { expected, formatNumber } from "./forms.js";
import { nearest } from "./nearest.js";
import { type Check, type Node, quote, type Reader, type Spot } from "./node.js";

export interface QuantityForm {
  /** `a time`, `a dose` … */
  readonly noun: string;
  /** The unit of the value that is returned. */
  readonly unit: string;
  readonly example: string;
  readonly low: number;
  readonly high: number;
  /** `low` itself is refused. */
  readonly above?: boolean;
  /** The only units allowed; without them every unit of the same dimension is. */
  readonly units?: readonly string[];
}

/** `form` may depend on what has been read before. */
export const quantity =
  (form: QuantityForm | ((check: Check) => QuantityForm)): Reader<number> =>
  (node, spot, check) => {
    const wanted = typeof form === "function" ? form(check) : form;
    const value =
      check.spelling === "text" ? readText(wanted, node, spot, check) : readValue(wanted, node, spot, check);
    return value === undefined ? undefined : inRange(wanted, value, node, spot, check);
  };

function readValue(form: QuantityForm, node: Node, spot: Spot, check: Check): number | undefined {
  if (node.kind === "scalar" && typeof node.value === "number" && Number.isFinite(node.value)) return node.value + 0;
  return expected(`${form.noun} in ${form.unit} as a number`, `write ${number(form)}`, node, spot, check);
}

function readText(form: QuantityForm, node: Node, spot: Spot, check: Check): number | undefined {
  const example = `write ${form.noun} such as "${form.example}"`;
  if (node.kind !== "scalar" || node.value === null || typeof node.value === "boolean")
    return expected(form.noun, example, node, spot, check);
  if (typeof node.value === "number")
    return check.report(
      spot,
      `unit missing after ${node.text}`,
      `write "${node.text} ${form.unit}" if ${form.unit} is meant`,
    );
  const written = node.value.trim();
  if (/^[+-]?\d{1,3}([,_' ]\d{3})+(?!\d)/.test(written))
    return check.report(spot, `${quote(written)} is not a quantity`, "write the number without a thousands separator");
  if (/^[+-]?\d+,\d/.test(written))
    return check.report(spot, `${quote(written)} is not a quantity`, "write a decimal point, not a comma");
  const parsed = parseQuantity(written);
  if (parsed.ok) {
    if (!unitFits(form, parsed.unit, parsed.unitText))
      return check.report(spot, `${quote(written)} is not ${form.noun} in ${unitNames(form)}`, example);
    // Scales of units are no exact binary numbers: 5 L is 5e6 µL, not 4999999.999999999.
    return parsed.unitText === form.unit
      ? parsed.value + 0
      : Number(valueIn(parsed.value, parsed.unit, parseUnit(form.unit))!.toPrecision(15)) + 0;
  }
  if (parsed.what.startsWith("unit missing"))
    return check.report(spot, parsed.what, `write "${written} ${form.unit}" if ${form.unit} is meant`);
  const stranger = /^unknown unit "(.*)"$/.exec(parsed.what)?.[1];
  if (stranger === undefined) return check.report(spot, parsed.what, example);
  const meant = nearest(stranger, form.units ?? unitSymbols.filter((symbol) => form.unit.split("/").includes(symbol)));
  return check.report(spot, `${parsed.what} in ${quote(written)}`, meant ? `did you mean "${meant.name}"?` : example);
}

/** Per kg is per kg of body weight: `mg/kg` has no dimension on paper, but `8 %` is not a dose. */
function unitFits(form: QuantityForm, unit: Unit, unitText: string): boolean {
  if (form.units) return form.units.includes(unitText);
  if (isPerKg(unitText) !== isPerKg(form.unit)) return false;
  const amount = (text: string): Unit => parseUnit(text.replace(/\s*\/\s*kg/, ""));
  return sameDimension(unit, parseUnit(form.unit)) && sameDimension(amount(unitText), amount(form.unit));
}

const isPerKg = (unitText: string): boolean => /\/\s*kg\b/.test(unitText);

function inRange(form: QuantityForm, value: number, node: Node, spot: Spot, check: Check): number | undefined {
  const slack = 1e-9 * Math.abs(value);
  const low = form.above ? value > form.low : value >= form.low - slack;
  if (low && value <= form.high + slack) return value;
  const shown = node.kind === "scalar" ? String(node.value) : String(value);
  const range =
    form.above && !low
      ? `more than ${formatNumber(form.low)} ${form.unit}`
      : form.high === Infinity
        ? `at least ${formatNumber(form.low)} ${form.unit}`
        : `${formatNumber(form.low)} … ${formatNumber(form.high)} ${form.unit}`;
  return check.report(spot, `${shown} is out of range for ${form.noun}`, `allowed: ${range}`);
}

const unitNames = (form: QuantityForm): string => form.units?.join(", ") ?? form.unit;
const number = (form: QuantityForm): string => form.example.split(" ")[0]!;
