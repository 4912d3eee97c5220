import type { SummaryNumber } from "./data.js";

/** Shown where a number does not exist: not applicable to the arm, or not estimable. */
export const ABSENT = "–";

const PLURAL = new Set(["day", "week", "month", "year", "point", "patient", "event", "dose", "infection", "course"]);

/** A unit code as a reader writes it: `cell/uL` → `cells/µL`, `1` → nothing, `day` → `days` unless the value is one. */
export function unitText(unit: string, value: number | null = null): string {
  if (unit === "1" || unit === "") return "";
  if (PLURAL.has(unit)) return value === 1 ? unit : `${unit}s`;
  return unit
    .replace(/^cell(?=\/|$)/, "cells")
    .replace(/^copy(?=\/|$)/, "copies")
    .replace(/(^|\/)1\/(day|month|year)/, "$1per $2")
    .replace(/\bu(L|g|mol)\b/g, "µ$1")
    .replaceAll("*", "·")
    .replace(/\^-1\b/g, "⁻¹")
    .replace(/\^2\b/g, "²")
    .replace(/([A-Za-z])2\b/g, "$1²");
}

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
export function superscript(n: number): string {
  return String(n).replace(/[-0-9]/g, (c) => (c === "-" ? "⁻" : SUPERSCRIPT[Number(c)]));
}

function exponentOf(value: number): number {
  return value === 0 ? 0 : Number(value.toExponential().split("e")[1]);
}

/** Decimals for two to three significant digits of the largest of the values; none where all are whole. */
export function decimalsFor(values: readonly number[]): number {
  if (values.every((value) => Number.isInteger(value))) return 0;
  const exponent = exponentOf(Math.max(...values.map(Math.abs)));
  return exponent >= 2 ? 0 : exponent >= 0 ? 1 : 1 - exponent;
}

/** A limit or a tick, with the digits that it has. */
export function formatExact(value: number): string {
  return formatNumber(value, (String(value).split(".")[1] ?? "").length);
}

/** A true minus, thin spaces between thousands, powers of ten beyond 100,000 and below 0.0001; never a rounded nought for a number that is not nought. */
export function formatNumber(value: number, decimals = decimalsFor([value])): string {
  if (!Number.isFinite(value)) return ABSENT;
  if (value === 0) return "0";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (needsPower(size)) return sign + powerText(size);
  const fixed = size.toFixed(decimals);
  if (Number(fixed) === 0) return `${value < 0 ? ">−" : "<"}${Number(`1e-${decimals}`).toFixed(decimals)}`;
  const [whole, fraction] = fixed.split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") : whole;
  return sign + grouped + (fraction === undefined ? "" : `.${fraction}`);
}

function needsPower(size: number): boolean {
  return size >= 1e5 || (size > 0 && size < 1e-4);
}

function powerText(size: number): string {
  const [mantissa, exponent] = size.toExponential(1).split("e");
  return `${mantissa.replace(/\.0$/, "")}\u00a0×\u00a010${superscript(Number(exponent))}`;
}

/**
 * Value and interval with the same decimals, unless the interval spans more than a decade: then each for itself.
 * Where one of them is a power of ten, its small companions are too.
 */
export function formatTriple(value: number, low: number | null, high: number | null): { value: string; range: string } {
  const ends = low === null || high === null ? [] : [low, high];
  const sizes = [value, ...ends].map(Math.abs).filter((size) => size > 0);
  const oneSign = ends.every((end) => end * value >= 0);
  const wide = oneSign && sizes.length > 1 && Math.max(...sizes) / Math.min(...sizes) > 10;
  const decimals = wide ? undefined : decimalsFor([value, ...ends]);
  const powers = sizes.some(needsPower);
  const text = (x: number) =>
    powers && x !== 0 && Math.abs(x) < 0.1 ? (x < 0 ? "−" : "") + powerText(Math.abs(x)) : formatNumber(x, decimals);
  if (ends.length === 0) return { value: text(value), range: "" };
  const joint = powers || ends[0] < 0 || ends[1] < 0 ? " to " : "–";
  return { value: text(value), range: `${text(ends[0])}${joint}${text(ends[1])}` };
}

/** The value of a summary number without its unit. */
export function formatValue(number: SummaryNumber): string {
  return number.value === null ? ABSENT : formatTriple(number.value, number.low, number.high).value;
}

/** The interval of a summary number without brackets; empty where there is none. */
export function formatRange(number: SummaryNumber): string {
  return number.value === null ? "" : formatTriple(number.value, number.low, number.high).range;
}
