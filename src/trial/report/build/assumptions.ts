import { allModules } from "../../../population/index.js";
import { shares } from "../../../statistics/index.js";
import { curveOutputs } from "../../conduct/outputs.js";
import type { TrialResults } from "../../results.js";
import type { ReportData } from "../report-data.js";

const SHOWN = 12;

/**
 * Which parameters the spread of the first arm's answer goes with: shares of the variance of the ranks of later disease activity, which remission and relapse follow.
 * Needs three times as many patients as parameters; with fewer nothing is claimed.
 */
export function assumptions({ cases, study, days }: TrialResults): ReportData["assumptions"] {
  const list = cases.get(Object.keys(study.arms)[0]!)!;
  const outcome = "disease activity of the first arm, averaged from day 90 to the last day seen";
  const declared = new Map(allModules.flatMap(({ declaration }) => Object.entries(declaration.parameters ?? {})));
  const names = [...new Set(list.flatMap(({ patient }) => [...patient.parameters.keys()]))].filter((name) => {
    const values = new Set(list.map(({ patient }) => patient.parameters.get(name) ?? declared.get(name)?.value));
    return values.size > 10;
  });
  const caveat =
    "A share says which inputs the differences between virtual patients go with; it does not say how far the typical value of an input could be wrong. What rests on equations rather than on numbers is in no share.";
  if (list.length < 3 * names.length || study.visits.until < 180)
    return {
      method: `not estimated: ${list.length} patients are too few for ${names.length} parameters (three times as many are needed)`,
      outcome,
      rows: [],
      restShare: 100,
      chanceShare: 0,
      caveat,
    };
  const x = names.map((name) =>
    Float64Array.from(list, ({ patient }) => patient.parameters.get(name) ?? declared.get(name)!.value),
  );
  const y = Float64Array.from(list, ({ run }) => laterActivity(run.curves, days));
  const found = shares(x, y);
  const ranked = names.map((name, i) => ({ name, share: 100 * found.shares[i]! })).sort((a, b) => b.share - a.share);
  const shown = ranked.slice(0, SHOWN);
  const others = ranked.slice(SHOWN).reduce((sum, { share }) => sum + share, 0);
  return {
    method:
      "squared standardised rank regression coefficients, scaled to the adjusted R² (Iman & Conover; Saltelli & Marivoet); the rest is other parameters together with what ranks do not explain: interactions, chance of few cells, measurement error, dropout",
    outcome,
    rows: shown.map(({ name, share }) => {
      const parameter = declared.get(name);
      return {
        parameter: name,
        about: parameter?.about ?? name,
        level: parameter?.level ?? "assumed",
        why: parameter ? (parameter.level === "assumed" ? parameter.reason : `source ${parameter.source}`) : "",
        share,
      };
    }),
    restShare: others + 100 * found.rest,
    chanceShare: 0,
    caveat,
  };
}

/** Mean of the stored values of inflammation from day 90 on. */
function laterActivity(curves: Float64Array, days: readonly number[]): number {
  const column = curveOutputs.indexOf("INF");
  let sum = 0;
  let n = 0;
  days.forEach((day, row) => {
    const value = curves[row * curveOutputs.length + column]!;
    if (day < 90 || Number.isNaN(value)) return;
    sum += value;
    n++;
  });
  return n > 0 ? sum / n : 1;
}
