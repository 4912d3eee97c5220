import { divideUnits, isDimensionless, parseUnit, sameDimension, type Unit, UnitError, unitSymbols } from "./unit.js";

/** What a text such as `1e6 cell/kg` says, or why it says nothing. */
export type ParsedQuantity =
  | { readonly ok: true; readonly value: number; readonly unit: Unit; readonly unitText: string }
  | { readonly ok: false; readonly what: string; readonly hint: string };

/** Reads `NUMBER UNIT`. A number alone has no unit and is refused; write `1` for a pure number. */
export function parseQuantity(text: string): ParsedQuantity {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*$/.exec(text);
  if (!match)
    return { ok: false, what: `"${text}" is not a quantity`, hint: 'write a number and a unit, such as "28 day"' };
  const value = Number(match[1]);
  const unitText = match[2]!;
  if (unitText === "")
    return { ok: false, what: `unit missing after ${match[1]}`, hint: 'write a number and a unit, such as "28 day"' };
  if (!Number.isFinite(value))
    return { ok: false, what: `"${match[1]}" is not a finite number`, hint: "use a smaller number" };
  try {
    return { ok: true, value, unit: parseUnit(unitText), unitText };
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
    return { ok: false, what: error.message, hint: `known units: ${unitSymbols.join(", ")}` };
  }
}

/** The value of a quantity in another unit of the same dimension; undefined where the dimensions differ. */
export function valueIn(value: number, from: Unit, to: Unit): number | undefined {
  if (!sameDimension(from, to)) return undefined;
  const ratio = divideUnits(from, to);
  return isDimensionless(ratio) ? value * ratio.scale : undefined;
}
