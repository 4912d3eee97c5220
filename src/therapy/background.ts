import type { Dose } from "./dose.js";
import type { Background } from "./therapy.js";

/** A taper from `start` to `end` in equal weekly steps over `over` days from day `from` on; the last step lands on `end`. */
export function taper(background: Background, start: number, end: number, from: number, over: number): Dose[] {
  const steps = Math.max(1, Math.round(over / 7));
  return Array.from({ length: steps }, (_, k) => ({
    at: from + ((k + 1) * over) / steps,
    label: `${background.item.name} lowered`,
    control: background.control,
    to: k + 1 === steps ? end : start + ((end - start) * (k + 1)) / steps,
  }));
}

export const stop = (background: Background, at: number): Dose => ({
  at,
  label: `${background.item.name} stopped`,
  control: background.control,
  to: 0,
});

/** Back to at least what the patient came in on. */
export const resume = (background: Background, at: number, now: number, level: number): Dose => ({
  at,
  label: `${background.item.name} taken up again`,
  control: background.control,
  to: Math.max(now, level),
});
