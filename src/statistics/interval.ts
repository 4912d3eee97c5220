/** A confidence interval on the scale of what it covers. */
export interface Interval {
  lower: number;
  upper: number;
}

/** Refuses a confidence level that is not strictly between 0 and 1, such as 95 for 0.95. */
export function requireLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}: give a number between 0 and 1, such as 0.95`);
}
