import { MONTH } from "../context.js";
import { formatNumber, superscript } from "../number-format.js";

/** From a value to a place on the page, with the ticks that stand there. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly value: number;
  readonly label: string;
  /** Second line of a time axis. */
  readonly month?: string;
}

/** Even ticks at 1, 2, 2.5 or 5 times a power of ten, at most `most` steps between them, covering low to high. */
export function evenTicks(low: number, high: number, most: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(span / most));
  const covered = (step: number) => Math.ceil(high / step - 1e-9) - Math.floor(low / step + 1e-9);
  const step = [1, 2, 2.5, 5, 10, 20].map((m) => m * power).find((s) => covered(s) <= most) ?? 50 * power;
  const first = Math.floor(low / step + 1e-9);
  const count = Math.ceil(high / step - 1e-9) - first;
  return Array.from({ length: count + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Even ticks; `snug` ends the axis at the highest value instead of at the tick above it. */
export function linearScale(
  low: number,
  high: number,
  from: number,
  to: number,
  options: { readonly most: number; readonly snug?: boolean } = { most: 5 },
): Scale {
  const covering = evenTicks(low, high, options.most);
  const start = covering[0];
  const end = options.snug ? Math.max(high, covering[1]) : covering[covering.length - 1];
  const values = covering.filter((value) => value <= end);
  const decimals = Math.max(0, ...values.map((value) => (String(value).split(".")[1] ?? "").length));
  return {
    low: start,
    high: end,
    place: (value) => from + ((clamp(value, start, end) - start) / (end - start)) * (to - from),
    ticks: values.map((value) => ({ value, label: formatNumber(value, decimals) })),
  };
}

/** Decades from the one below `low` (or exactly at a floor) to the one above `high`; every second or third labelled where they are many. */
export function logScale(low: number, high: number, from: number, to: number): Scale {
  const bottom = Math.floor(Math.log10(low) + 1e-9);
  const top = Math.max(bottom + 1, Math.ceil(Math.log10(high) - 1e-9));
  const start = Math.max(bottom, Math.log10(low));
  const every = Math.ceil((top - bottom) / 6);
  const ticks: Tick[] = [];
  for (let decade = Math.ceil(start - 1e-9); decade <= top; decade++)
    ticks.push({ value: Number(`1e${decade}`), label: (top - decade) % every === 0 ? decadeText(decade) : "" });
  return {
    low,
    high: 10 ** top,
    place: (value) => from + ((Math.log10(clamp(value, low, 10 ** top)) - start) / (top - start)) * (to - from),
    ticks,
  };
}

function decadeText(decade: number): string {
  return decade >= -3 && decade <= 3
    ? formatNumber(Number(`1e${decade}`), Math.max(0, -decade))
    : `10${superscript(decade)}`;
}

/** Days; beyond five months the ticks stand at months, which are then the second line. */
export function timeScale(low: number, high: number, from: number, to: number, most = 6): Scale {
  const span = high - low;
  const monthly = span > 150;
  const steps = monthly ? [1, 3, 6, 12, 24, 60, 120].map((months) => months * MONTH) : [1, 2, 7, 14, 28];
  const step =
    steps.find((candidate) => span / candidate <= (monthly ? most : most + 1) + 0.05) ?? steps[steps.length - 1];
  const ticks: Tick[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + span * 0.005; i++) {
    const value = i * step;
    const label = formatNumber(Math.round(value), 0);
    ticks.push(monthly ? { value, label, month: String(Math.round(value / MONTH)) } : { value, label });
  }
  const end = Math.max(high, ticks[ticks.length - 1].value);
  return {
    low,
    high: end,
    place: (value) => from + ((clamp(value, low, end) - low) / (end - low)) * (to - from),
    ticks,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
