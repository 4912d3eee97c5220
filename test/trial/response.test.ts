/** Responses and relapses from visit to visit, on courses written down by hand. */
import { describe, expect, it } from "vitest";
import type { AnyDisease } from "../../src/disease/index.js";
import { ResponseFollower } from "../../src/trial/conduct/response.js";

/** A score, lower is better. Response: 4 points below baseline. Relapse: 3 points above the best. */
const disease = {
  items: [{ name: "score", unit: "1", about: "", better: "lower" }],
  response: (o, baseline) => o.items["score"]! <= baseline.items["score"]! - 4,
  relapse: (o, best) => o.items["score"]! >= best.items["score"]! + 3,
} as Partial<AnyDisease> as AnyDisease;
const seen = (score: number) => ({ items: { score }, activity: 0 });

/** What is said of scores at days 0, 28, 56 … of a patient who came in with 12. */
function course(...scores: readonly number[]) {
  const follower = new ResponseFollower(disease, seen(12));
  return scores.map((score, i) => follower.see(i * 28, seen(score)));
}
const of = (scores: readonly number[], key: "response" | "confirmedResponse" | "relapsing" | "relapsed") =>
  course(...scores).map((each) => (each[key] ? 1 : 0));

describe("response", () => {
  it("day 0 is no response, however good it looks", () => expect(of([2, 12], "response")).toEqual([0, 0]));
  it("is confirmed by a second visit in a row, and stays confirmed", () => {
    expect(of([12, 8, 12, 8, 8, 12], "response")).toEqual([0, 1, 0, 1, 1, 0]);
    expect(of([12, 8, 12, 8, 8, 12], "confirmedResponse")).toEqual([0, 0, 0, 0, 1, 1]);
  });
});

describe("relapse", () => {
  it("needs a confirmed response first", () => {
    expect(of([12, 8, 12, 12, 12], "relapsing")).toEqual([0, 0, 0, 0, 0]);
  });
  it("begins at the first of two visits in a row, and is said once, by the visit that confirms", () => {
    const found = course(12, 6, 6, 10, 10, 10, 6, 12, 12);
    expect(found.map(({ relapsing }) => (relapsing ? 1 : 0))).toEqual([0, 0, 0, 1, 1, 1, 0, 1, 1]);
    expect(found.map(({ confirmedRelapse }) => confirmedRelapse)).toEqual([
      null,
      null,
      null,
      null,
      84,
      null,
      null,
      null,
      null,
    ]);
    expect(found.at(-1)!.relapsed).toBe(true);
  });
  it("a single bad visit is none", () =>
    expect(of([12, 6, 6, 10, 6, 10, 6], "relapsed")).toEqual([0, 0, 0, 0, 0, 0, 0]));
  it("at the last visit it is a sign without confirmation", () => {
    const last = course(12, 6, 6, 6, 10).at(-1)!;
    expect(last).toMatchObject({ relapsing: true, relapsed: false, confirmedRelapse: null });
  });
  it("is measured against the best visit so far", () => {
    expect(of([12, 8, 8, 5, 8], "relapsing")).toEqual([0, 0, 0, 0, 1]);
    expect(of([12, 8, 8, 6, 8], "relapsing")).toEqual([0, 0, 0, 0, 0]);
  });
  it("a day 0 better than anything later is not the best: it is no result of the treatment", () => {
    expect(of([1, 6, 6, 6], "relapsing")).toEqual([0, 0, 0, 0]);
  });
});
