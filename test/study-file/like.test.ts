/** Arms that are like another. */
import { describe, expect, it } from "vitest";
import { formatStudy, readStudy } from "../../src/study/file.js";
import { broken } from "./valid.js";

/** VALID with one more arm, at the end of the arms. */
const withArm = (arm: string, ...changes: readonly (readonly [string, string])[]) =>
  broken(
    ["      mycophenolate: continue\nvisits", `      mycophenolate: continue\n  more: ${arm}\nvisits`],
    ...changes,
  );
const armsOf = (arm: string) => {
  const read = readStudy(withArm(arm).text, "x.yaml");
  if ("problems" in read) throw new Error(read.problems.map(({ what, hint }) => `${what}; ${hint}`).join("\n"));
  return read.study;
};
function problemsOf(arm: string, ...changes: readonly (readonly [string, string])[]) {
  const { text, places } = withArm(arm, ...changes);
  const read = readStudy(text, "x.yaml");
  if ("study" in read) throw new Error("not refused");
  expect(read.problems.map(({ line, column }) => ({ line, column }))).toEqual(places);
  return read.problems.map(({ what, hint }) => `${what} | ${hint}`).join("\n");
}

describe("like", () => {
  it("takes what it does not say from the other arm", () => {
    const { cells, more } = armsOf("{ like: cells, label: without rules, rules: [] }").arms;
    expect(more).toEqual({ ...cells, label: "without rules", rules: [] });
  });

  it("changes doses by therapy, every administration of it", () => {
    const { cells, antibody, more } = armsOf(
      "{ like: cells, label: more cells, doses: { cd19-car-t: 3e6 cell/kg, dexamethasone: 20 mg } }",
    ).arms;
    const doses = (arm: typeof more) => arm!.give.map((step) => ("dose" in step ? step.dose : null));
    expect(doses(cells)).toEqual([null, null, 1e6, 8, 10]);
    expect(doses(more)).toEqual([null, null, 3e6, 8, 20]);
    expect(more).toEqual({ ...cells, label: "more cells", give: more!.give });
    expect(antibody).toBeDefined();
  });

  it("is written out when a study is written", () => {
    const study = armsOf(
      "{ like: cells, label: more cells, doses: { cd19-car-t: 3e6 cell/kg }, parameters: { rho: { times: 1.1 } } }",
    );
    const text = formatStudy(study);
    expect(text).not.toContain("like:");
    const again = readStudy(text, "again.yaml");
    expect("study" in again && again.study).toStrictEqual(study);
  });

  it.each([
    ["an unknown arm", "{ like: «cels, label: x }", /no arm "cels" \| did you mean "cells"\?/],
    ["itself", "{ like: «more, label: x }", /"more" is not written out itself \| name an arm that is: cells, antibody/],
    ["no arm", "{ like: «[cells], label: x }", /expected the id of an arm, found a list/],
    [
      "a therapy that it does not give",
      "{ like: antibody, label: x, doses: { «cd19-car-t: 1e6 cell/kg } }",
      /the arm gives no "cd19-car-t" \| it gives rituximab/,
    ],
    [
      "a dose in another unit",
      "{ like: antibody, label: x, doses: { rituximab: «1e6 cell/kg } }",
      /is not a dose in mg/,
    ],
    ["doses that are no map", "{ like: antibody, label: x, doses: «1000 mg }", /expected doses by therapy/],
  ])("refuses %s", (_, arm, says) => expect(problemsOf(arm)).toMatch(says));

  it("two arms of one label cannot be told apart", () => {
    const { text } = withArm("{ like: antibody }");
    const read = readStudy(text, "x.yaml");
    expect("problems" in read && read.problems).toMatchObject([
      { path: "arms › more", line: 33, column: 3, what: 'arm "more" has no label of its own' },
    ]);
  });

  it("doses without like are refused", () =>
    expect(
      problemsOf(
        "{ label: x, give: [], background: { glucocorticoid: continue, mycophenolate: continue }, «doses: { rituximab: 500 mg } }",
      ),
    ).toMatch(/unknown key "doses" \| it goes with "like"/));

  it("a fault of the other arm is said once", () =>
    expect(
      problemsOf("{ like: antibody, label: x }", ["        dose: 1000 mg", "        dose: «1000 mgg"]),
    ).not.toMatch(/\n/));
});

it("four dose levels and their parameters take less than 30 lines", () => {
  const text = `id: dose-levels
title: Four dose levels of CD19 CAR-T cells in refractory lupus
question: How much does the dose matter?
population: [{ disease: sle, n: 10, include: [sledai >= 8] }]
arms:
  one:
    label: 1e6 cells/kg
    give: [{ give: flu-cy, at: -5 day }, { give: cd19-car-t, at: 0 day, dose: 1e6 cell/kg }]
    background: { glucocorticoid: { taper-to: 0 mg/day, from: -28 day, over: 28 day }, mycophenolate: { stop: -28 day } }
    rules: [tocilizumab-at-crs-2, rescue-at-relapse]
  tenth: { like: one, label: 1e5 cells/kg, doses: { cd19-car-t: 1e5 cell/kg } }
  third: { like: one, label: 3e5 cells/kg, doses: { cd19-car-t: 3e5 cell/kg } }
  three: { like: one, label: 3e6 cells/kg, doses: { cd19-car-t: 3e6 cell/kg } }
visits: { every: 4 week, until: 52 week }
tolerance: 1e-5
run: { replicates: 20, seed: 1 }
`;
  const read = readStudy(text, "doses.yaml");
  expect(
    "study" in read && Object.values(read.study.arms).map(({ give }) => (give[1] as { dose: number }).dose),
  ).toEqual([1e6, 1e5, 3e5, 3e6]);
  expect(text.trim().split("\n").length).toBeLessThan(30);
});
