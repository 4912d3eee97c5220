/** Rounds in hospital: grades from thresholds written down by hand, stays, and what is written once per stay. */
import { describe, expect, it } from "vitest";
import type { Arm } from "../../src/study/index.js";
import { conductConstants } from "../../src/trial/conduct/constants.js";
import { crsGrade, icansGrade } from "../../src/trial/conduct/grades.js";
import type { TrialEvent } from "../../src/trial/conduct/records.js";
import { RuleDesk } from "../../src/trial/conduct/rule-desk.js";
import { stays, wardRounds } from "../../src/trial/conduct/ward-rounds.js";
import { FakePatient } from "./fake-patient.js";

const THRESHOLDS = { IL6g2: 100, IL6g3: 1000, IL6g4: 10000, EA_g1: 2, EA_g2: 4, EA_g3: 8, EA_g4: 16 };
const patient = (outputs: Record<string, number>, constants: Record<string, number> = {}) =>
  new FakePatient(
    {},
    { ...THRESHOLDS, crsShift: 1, icansShift: 1, ...constants },
    { Temp: 37, il6Left: 1, sig: 0, EA: 1, ...outputs },
  );

describe("grades", () => {
  it.each([
    ["well", { Temp: 37.9, sig: 1e6 }, {}, 0],
    ["fever alone", { Temp: 38 }, {}, 1],
    ["fever and a signal at the threshold, which is not above it", { Temp: 39, sig: 100 }, {}, 1],
    ["fever and a signal above one threshold", { Temp: 39, sig: 101 }, {}, 2],
    ["above two", { Temp: 39, sig: 1001 }, {}, 3],
    ["above all", { Temp: 39, sig: 1e5 }, {}, 4],
    ["a patient with thresholds twice as high", { Temp: 39, sig: 150 }, { crsShift: 2 }, 1],
    ["a patient with thresholds half as high", { Temp: 39, sig: 60 }, { crsShift: 0.5 }, 2],
    ["no fever under an antibody, and a signal", { Temp: 37, il6Left: 0.4, sig: 101 }, {}, 2],
    ["no fever under an antibody, and no signal", { Temp: 37, il6Left: 0.4, sig: 50 }, {}, 0],
  ] as const)("CRS: %s", (_, outputs, constants, grade) => expect(crsGrade(patient(outputs, constants))).toBe(grade));

  it("ICANS counts the thresholds that are passed, each shifted for the patient", () => {
    expect([1, 2, 2.1, 5, 9, 17].map((EA) => icansGrade(patient({ EA })))).toEqual([0, 0, 1, 2, 3, 4]);
    expect(icansGrade(patient({ EA: 5 }, { icansShift: 3 }))).toBe(0);
  });
});

describe("stays", () => {
  const days = conductConstants.wardDays.value;
  it("one infusion, one stay of daily rounds from the infusion on", () => {
    const [stay, ...more] = stays([3]);
    expect(more).toEqual([]);
    expect(stay).toEqual(Array.from({ length: days + 1 }, (_, k) => 3 + k));
  });
  it("a split dose is one stay, with no day twice", () => {
    const [stay, ...more] = stays([0, 1, 2]);
    expect(more).toEqual([]);
    expect(stay).toEqual(Array.from({ length: days + 3 }, (_, k) => k));
  });
  it("an infusion on the last day of rounds still belongs; the day after, a new stay begins", () => {
    expect(stays([0, days])).toHaveLength(1);
    expect(stays([0, days + 1])).toHaveLength(2);
  });
  it("no infusion, no stay", () => expect(stays([])).toEqual([]));
});

/** Daily outputs of a course; rounds are made for each day in order. */
function rounds(infusions: readonly number[], rules: Arm["rules"], outputs: (day: number) => Record<string, number>) {
  const events: TrialEvent[] = [];
  const write = (event: TrialEvent) => void events.push(event);
  const who = { constant: () => 70 };
  const arm: Arm = {
    label: "x",
    give: [],
    background: { glucocorticoid: "continue", mycophenolate: "continue" },
    rules,
  };
  const desk = new RuleDesk(arm, write, () => {
    throw new Error("nothing is taken up again on a ward");
  });
  const ward = wardRounds(infusions, who, desk, write);
  const given: Record<string, number>[] = [];
  for (const action of ward.actions) {
    const each = patient(outputs(action.at));
    action.apply(each);
    given.push(each.added);
  }
  ward.finish();
  return { events, given, actions: ward.actions };
}

describe("rounds", () => {
  const fever = (from: number, to: number, sig: number) => (day: number) =>
    day >= from && day <= to ? { Temp: 39, sig } : {};

  it("the highest grade of a stay is written once, on the first day at which it was reached", () => {
    const course = (day: number) => ({ Temp: day >= 4 && day <= 9 ? 39 : 37, sig: day === 6 || day === 7 ? 500 : 0 });
    const { events } = rounds([0], [], course);
    expect(events).toEqual([{ day: 6, event: "crs", value: 2 }]);
  });

  it("a dose split over three days gives one CRS, two far infusions give two", () => {
    const both = (day: number) => ({ ...fever(4, 8, 500)(day), ...fever(64, 66, 2000)(day) });
    expect(rounds([0, 1, 2], [], both).events).toEqual([{ day: 4, event: "crs", value: 2 }]);
    expect(rounds([0, 60], [], both).events).toEqual([
      { day: 4, event: "crs", value: 2 },
      { day: 64, event: "crs", value: 3 },
    ]);
  });

  it("nobody is ill, nothing is written", () => expect(rounds([0], [], () => ({})).events).toEqual([]));

  it("tocilizumab from grade 2 on, at most three times in a stay, and anew in the next", () => {
    const { events } = rounds([0, 60], ["tocilizumab-at-crs-2"], (day) => ({
      ...fever(5, 12, 500)(day),
      ...fever(65, 66, 500)(day),
    }));
    const doses = events.filter(({ event }) => event === "tocilizumab").map(({ day }) => day);
    expect(doses).toEqual([5, 6, 7, 65, 66]);
  });

  it("dexamethasone on every day with ICANS of grade 2", () => {
    const { events, given } = rounds([0], ["dexamethasone-at-icans-2"], (day) => ({
      EA: day >= 3 && day <= 5 ? 5 : 1,
    }));
    expect(events.filter(({ event }) => event === "dexamethasone").map(({ day }) => day)).toEqual([3, 4, 5]);
    expect(given.filter((each) => Object.keys(each).length > 0)).toHaveLength(3);
    expect(events).toContainEqual({ day: 3, event: "icans", value: 2 });
  });

  it("a round at which something was given says that the patient was changed", () => {
    const ill = patient({ Temp: 39, sig: 500 });
    const { actions } = rounds([0], ["tocilizumab-at-crs-2"], () => ({}));
    expect(actions[5]!.apply(ill)).toBe(true);
    expect(actions[6]!.apply(patient({}))).toBe(false);
  });
});
