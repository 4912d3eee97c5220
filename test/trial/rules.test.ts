/** Rules fire where it should and not where it should not, and gives its own therapy's dose. */
import { describe, expect, it } from "vitest";
import { diseases } from "../../src/disease/index.js";
import { assemble } from "../../src/engine/index.js";
import { modulesFor } from "../../src/population/index.js";
import type { Arm } from "../../src/study/index.js";
import { type AtVisit, type AtWardRound, ruleOf } from "../../src/therapy/index.js";
import type { TrialEvent } from "../../src/trial/conduct/records.js";
import { RuleDesk } from "../../src/trial/conduct/rule-desk.js";
import { FakePatient } from "./fake-patient.js";

const who = { constant: (name: string) => (name === "weight" ? 70 : 1) };
const visit = (change: Partial<AtVisit> & { IgG?: number } = {}): AtVisit => ({
  day: 28,
  patient: new FakePatient({ IgG: change.IgG ?? 10 }, { weight: 70 }),
  who,
  response: false,
  confirmedResponse: false,
  relapsed: false,
  ...change,
});
const round = (crs: number, icans: number): AtWardRound => ({
  day: 5,
  patient: new FakePatient({}, { weight: 70 }),
  who,
  crs,
  icans,
});

/** At which of these the rule must act, and at which not. */
const CASES: Readonly<
  Record<string, { yes: readonly (AtVisit | AtWardRound)[]; no: readonly (AtVisit | AtWardRound)[] }>
> = {
  "tocilizumab-at-crs-2": { yes: [round(2, 0), round(4, 0)], no: [round(0, 4), round(1, 0)] },
  "dexamethasone-at-icans-2": { yes: [round(0, 2), round(0, 4)], no: [round(4, 0), round(0, 1)] },
  "ivig-at-igg-4": { yes: [visit({ IgG: 3.99 })], no: [visit({ IgG: 4 }), visit()] },
  "rescue-at-relapse": {
    yes: [visit({ relapsed: true, confirmedResponse: true }), visit({ day: 168 }), visit({ day: 700 })],
    no: [
      visit(),
      visit({ day: 167 }),
      visit({ day: 168, response: true }),
      visit({ day: 700, confirmedResponse: true }),
    ],
  },
};

const armWith = (...names: readonly string[]): Arm => ({
  label: "x",
  give: [],
  background: { glucocorticoid: "continue", mycophenolate: "continue" },
  rules: names as Arm["rules"],
});
function desk(...names: readonly string[]) {
  const events: TrialEvent[] = [];
  const resumed: number[] = [];
  return {
    events,
    resumed,
    desk: new RuleDesk(
      armWith(...names),
      (event) => events.push(event),
      ({ day }) => resumed.push(day),
    ),
  };
}

describe("rules", () => {
  it.each(Object.keys(CASES))("%s fires, writes down what it did, and only then", (id) => {
    const rule = ruleOf(id);
    const at = (now: AtVisit | AtWardRound) => {
      const { desk: one, events, resumed } = desk(id);
      const changed = rule.at === "visit" ? one.atVisit(now as AtVisit) : one.atWardRound("stay 0", now as AtWardRound);
      return { changed, events, resumed, added: Object.keys((now.patient as FakePatient).added) };
    };
    for (const now of CASES[id]!.yes) {
      const { changed, events, resumed, added } = at(now);
      expect(changed).toBe(true);
      expect(events).toHaveLength(1);
      expect(events[0]!.day).toBe(now.day);
      expect(events[0]!.value).toBeGreaterThan(0);
      expect(added.length + resumed.length, "it does something to the patient").toBeGreaterThan(0);
      // What it acts on is in the model of an arm that has no more than this rule.
      const states = assemble(modulesFor(diseases.sle, rule.brings)).states.map(({ name }) => name);
      for (const name of added) expect(states).toContain(name);
    }
    for (const now of CASES[id]!.no)
      expect(at(now)).toMatchObject({ changed: false, events: [], resumed: [], added: [] });
  });

  it("a rule of the ward is not asked at visits, nor the other way round", () => {
    const { desk: both, events } = desk("tocilizumab-at-crs-2", "ivig-at-igg-4");
    expect(both.atVisit({ ...visit(), crs: 4 } as AtVisit)).toBe(false);
    expect(both.atWardRound("stay 0", { ...round(0, 0), patient: new FakePatient({ IgG: 1 }) })).toBe(false);
    expect(events).toEqual([]);
  });

  it("rescue happens once in a run; immunoglobulin as often as it is needed", () => {
    const { desk: one, events, resumed } = desk("rescue-at-relapse", "ivig-at-igg-4");
    for (const day of [28, 56, 84]) one.atVisit(visit({ day, relapsed: true, IgG: 1 }));
    expect(resumed).toEqual([28]);
    expect(events.map(({ event, day }) => `${event} ${day}`)).toEqual([
      "rescue 28",
      "immunoglobulin 28",
      "immunoglobulin 56",
      "immunoglobulin 84",
    ]);
  });

  it("a limit holds within each stay", () => {
    const { desk: one, events } = desk("tocilizumab-at-crs-2");
    for (const stay of ["stay 0", "stay 60"]) for (let i = 0; i < 5; i++) one.atWardRound(stay, round(3, 0));
    expect(events).toHaveLength(6);
  });

  it("doses of a rule count as drugs taken where the therapy says so", () => {
    const { desk: one } = desk("ivig-at-igg-4", "tocilizumab-at-crs-2");
    one.atVisit(visit({ IgG: 1 }));
    one.atWardRound("stay 0", round(3, 0));
    const brings = ["ivig-at-igg-4", "tocilizumab-at-crs-2"].flatMap((id) => ruleOf(id).brings);
    expect(one.taken).toHaveLength(brings.filter(({ drugFreeAfter }) => drugFreeAfter !== undefined).length);
  });
});
