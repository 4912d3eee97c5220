import { normalQuantile } from "./normal.js";

/** A confidence interval on the scale of what it covers. */
export interface Interval {
  lower: number;
  upper: number;
}

/** Refuses a confidence level that is not strictly between 0 and 1, such as 95 for 0.95. */
export function requireLevel(level: number): void {
  if (!(typeof level === "number" && level > 0 && level < 1))
    throw new RangeError(`level is ${level}: give a number between 0 and 1, such as 0.95`);
}

/** Refuses what is no probability. */
export function requireProbability(p: number): void {
  if (!(typeof p === "number" && p >= 0 && p <= 1))
    throw new RangeError(`probability is ${p}: give a number from 0 to 1`);
}

/** The normal deviate of a two-sided level: 1.96 of 0.95. From the lower tail, which is exact for levels next to 1 too. */
export function normalDeviate(level: number): number {
  return -normalQuantile((1 - level) / 2);
}
