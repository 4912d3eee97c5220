/** Readers of times and durations of a study: `28 day` in a file, days as a number in TypeScript. */
import { quantity } from "../../reading/index.js";
import { EARLIEST_DAY, TIME_UNITS } from "../words.js";

/** A point in time relative to infusion, from a year before it to the end of the study. */
export const time = quantity((check) => ({
  noun: "a time",
  unit: "day",
  units: TIME_UNITS,
  example: "-28 day",
  low: EARLIEST_DAY,
  high: check.until ?? Infinity,
}));

/** A length of time, longer than nothing. */
export const duration = quantity({
  noun: "a duration",
  unit: "day",
  units: TIME_UNITS,
  example: "28 day",
  low: 0,
  high: Infinity,
  above: true,
});
