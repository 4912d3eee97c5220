/** A valid study that uses every word of the language, and a way to break it at a marked place. */
export const VALID = `id: every-word
title: Every word of the study file
question: Does the checker know them all?
record: some_cohort_2024
population:
  - { disease: sle, n: 8, include: [sledai >= 8, prior-lines >= 2, age < 60] }
  - { disease: iim, n: 3, include: ["mmt8 <= 125"] }
  - { disease: ssc, n: 4, include: ["mrss > 10", "weight >= 4.5e1"] }
arms:
  cells:
    label: cells
    give:
      - { give: leukapheresis, at: -4 week }
      - { give: flu-cy, at: -5 day }
      - { give: cd19-car-t, at: 0 day, dose: 1e6 cell/kg }
      - { give: tocilizumab, at: 5 day, dose: 8 mg/kg }
      - { give: dexamethasone, at: [5 day, 6 day], dose: 10 mg }
    background:
      glucocorticoid: { taper-to: 5 mg/day, from: -14 day, over: 2 week }
      mycophenolate: { stop: -28 day }
    rules: [tocilizumab-at-crs-2, dexamethasone-at-icans-2, ivig-at-igg-4, rescue-at-relapse]
  antibody:
    label: antibody
    give:
      - give: rituximab
        at:
          - 0 day
          - 14 day
        dose: 1000 mg
    background:
      glucocorticoid: continue
      mycophenolate: continue
visits: { every: 1 month, until: 2 year }
dropout: { rate: 5 %/year, missing: excluded }
tolerance: 1e-5
run: { replicates: 200, seed: 2026 }
`;

/** Replaces `from` (which must occur) by `to`; each `«` in `to` marks where a problem must be shown, and is taken out. */
export function broken(...changes: readonly (readonly [from: string, to: string])[]) {
  let marked = VALID;
  for (const [from, to] of changes) {
    if (!marked.includes(from)) throw new Error(`not in the valid study: ${from}`);
    marked = marked.replace(from, () => to);
  }
  const places: { line: number; column: number }[] = [];
  const lines = marked.split("\n").map((line, i) => {
    let rest = line;
    for (let at = rest.indexOf("«"); at !== -1; at = rest.indexOf("«")) {
      places.push({ line: i + 1, column: at + 1 });
      rest = rest.slice(0, at) + rest.slice(at + 1);
    }
    return rest;
  });
  return { text: lines.join("\n"), places };
}
