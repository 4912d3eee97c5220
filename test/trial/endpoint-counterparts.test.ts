/** What a published endpoint is in the simulation, on runs written down by hand. */
import { describe, expect, it } from "vitest";
import { type AnyDisease, diseases } from "../../src/disease/index.js";
import { endpointIds } from "../../src/evidence/index.js";
import { nearest } from "../../src/reading/index.js";
import type { Case } from "../../src/trial/endpoints/endpoint-counterparts.js";
import type { Outcomes } from "../../src/trial/endpoints/outcomes.js";
import { type ArmRun, endpointCounterparts } from "../../src/trial/index.js";

const SCHEDULE = [0, 28, 56, 84, 112, 140, 168];
const well = { items: { sledai: 0, prednisolone: 0, immunosuppressant: 0 }, activity: 0, drugFree: true };
const caseOf = (change: {
  missing?: Case["missing"];
  leaves?: number;
  outcomes?: Partial<Outcomes>;
  events?: ArmRun["events"];
}): Case => ({
  run: {
    status: change.leaves === undefined ? "completed" : "stopped",
    endDay: change.leaves ?? 168,
    visits: SCHEDULE.filter((day) => day <= (change.leaves ?? 168)).map((day) => ({ day, ...well })),
    events: change.events ?? [],
  } as unknown as ArmRun,
  outcomes: { relapseDay: null, crs: 0, icans: 0, licats: 0, ...change.outcomes } as Outcomes,
  baseline: { items: { sledai: 12, prednisolone: 10, immunosuppressant: 1 }, activity: 0.5 },
  schedule: SCHEDULE,
  missing: change.missing ?? "excluded",
});
const value = (id: string, c: Case, day: number) => endpointCounterparts[id]!.value(c, day);

describe("endpoint counterparts", () => {
  it("each is an endpoint of the evidence, or like none of them: a slip of the pen would never be compared", () => {
    const severity = Object.values<AnyDisease>(diseases).flatMap((disease) => disease.severity);
    for (const id of [...Object.keys(endpointCounterparts), ...severity])
      if (!endpointIds.some((known) => known === id)) expect(nearest(id, endpointIds)?.name, id).toBeUndefined();
  });

  it("a visit: seen, missed by the study's rule, or not planned", () => {
    expect(value("drug-free", caseOf({}), 84)).toBe(1);
    expect(value("drug-free", caseOf({ leaves: 60 }), 84)).toBeNull();
    expect(value("drug-free", caseOf({ leaves: 60, missing: "counts-as-failure" }), 84)).toBe(0);
    for (const missing of ["excluded", "counts-as-failure"] as const)
      expect(value("drug-free", caseOf({ missing }), 365)).toBeNull();
  });

  it("something seen by a day: who left before counts by the study's rule, whatever was seen", () => {
    const relapse = { relapseDay: 56 };
    expect(value("relapse", caseOf({ outcomes: relapse }), 84)).toBe(1);
    expect(value("relapse", caseOf({ outcomes: relapse }), 55)).toBe(0);
    expect(value("relapse", caseOf({ outcomes: relapse, leaves: 70 }), 84)).toBeNull();
    expect(value("relapse", caseOf({ outcomes: relapse, leaves: 70, missing: "counts-as-failure" }), 84)).toBe(1);
    const infected = { events: [{ day: 30, event: "infection", value: 2 }] };
    expect(value("infection-hospitalised", caseOf(infected), 30)).toBe(1);
    expect(value("infection-hospitalised", caseOf(infected), 29)).toBe(0);
    expect(value("infection-hospitalised", caseOf({ ...infected, leaves: 40 }), 84)).toBeNull();
  });

  it("grades of CRS are counted once each, and together make any grade", () => {
    for (const grade of [0, 1, 2, 3, 4]) {
      const c = caseOf({ outcomes: { crs: grade } });
      const each = ["crs-grade-1", "crs-grade-2", "crs-grade-3-or-more"].map((id) => value(id, c, 0)!);
      expect(each.reduce((a, b) => a + b)).toBe(value("crs-any", c, 0));
      expect(value("crs-any", c, 0)).toBe(grade > 0 ? 1 : 0);
    }
  });
});
