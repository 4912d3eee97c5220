import { MONTH } from "./context.js";

/** Days from 0 to `span`, evenly spaced in weeks or months, at most eight steps, and the last day: the rows of a table over time. */
export function tickDays(span: number): number[] {
  const steps = [1, 2, 7, 14, 28, ...[1, 3, 6, 12, 24, 60, 120].map((months) => months * MONTH)];
  // A month of 28 days only where the whole is less than half a year.
  const step = steps.find((days) => span / days <= 8.05 && (days !== 28 || span < 183)) ?? steps[steps.length - 1]!;
  const days = Array.from({ length: Math.floor(span / step + 0.05) + 1 }, (_, i) => Math.min(span, i * step));
  if (span - days[days.length - 1]! > step / 3) days.push(span);
  else if (days.length > 1) days[days.length - 1] = span;
  return days.map((day) => Math.round(day));
}

/** Places in `days` (ascending) that lie nearest to the ticks, each on a day of its own when rounded; always the last. */
export function tickPlaces(days: readonly number[]): number[] {
  const last = days.length - 1;
  const start = Math.max(0, days[0]!);
  const nearest = (day: number) =>
    days.reduce((best, at, i) => (Math.abs(at - day) < Math.abs(days[best]! - day) ? i : best), 0);
  const ticks = tickDays(days[last]! - start).map((day) => nearest(day + start));
  const places = [...new Set([...(days[0]! < 0 ? [0] : []), ...ticks, last])];
  return places.filter(
    (place, i) => i === places.length - 1 || Math.round(days[place]!) < Math.round(days[places[i + 1]!]!),
  );
}
