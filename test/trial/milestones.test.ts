import { describe, expect, test } from "vitest";
import { milestonesOf, scheduledVisit } from "../../src/trial/index.js";

const MONTH = 365.25 / 12;
const schedule = (every: number, until: number) =>
  Array.from({ length: Math.floor(until / every + 1e-9) + 1 }, (_, i) => i * every);
const said = (every: number, until: number) =>
  milestonesOf(schedule(every, until), until).map(({ label, visit }) => `${label}: ${visit}`);

describe("milestones of a study", () => {
  test.each([
    ["24 weeks", 28, 168, ["3 months: 84", "week 24: 168"]],
    ["48 weeks", 28, 336, ["6 months: 196", "week 48: 336"]],
    ["52 weeks, a year", 28, 364, ["6 months: 196", "12 months: 364"]],
    ["364 days", 14, 364, ["6 months: 182", "12 months: 364"]],
    ["360 days, a year of 30-day months", 30, 360, ["6 months: 180", "12 months: 360"]],
    ["104 weeks, two years", 28, 728, ["6 months: 196", "12 months: 364", "24 months: 728"]],
    ["5 months", 14, 5 * MONTH, ["3 months: 98", "week 20: 140"]],
    ["6 months", 28, 6 * MONTH, ["6 months: 168"]],
    ["11 months", 28, 11 * MONTH, ["6 months: 196", "week 44: 308"]],
    ["18 months of months", MONTH, 18 * MONTH, ["6 months: 182.625", "12 months: 365.25", "18 months: 547.875"]],
    ["40 days", 10, 40, ["day 40: 40"]],
  ])("%s", (_, every, until, expected) => expect(said(every, until)).toEqual(expected));

  test("beyond two years every year, beyond five every five", () => {
    const months = milestonesOf(schedule(MONTH, 240 * MONTH), 240 * MONTH).map(({ key }) => key);
    expect(months).toEqual(["6", "12", "24", "36", "48", "60", "120", "180", "240"]);
  });

  test("a month without a visit near it has none, rather than a far one", () => {
    // Visits on days 0, 152, 304 …: 6 months lie 31 days from the nearest.
    expect(said(5 * MONTH, 24 * MONTH).slice(0, 2)).toEqual(["6 months: null", "12 months: null"]);
    // Half the interval of the visits counts as near: 12 weeks apart, day 336 is within 42 days of 12 months.
    expect(said(84, 12 * MONTH)).toEqual(["6 months: 168", "12 months: 336"]);
  });

  test("the visit before treatment stands for no later day", () => {
    expect(scheduledVisit([0, 365], 14)).toBeNull();
    expect(scheduledVisit([0, 365], 0)).toBe(0);
  });
});
