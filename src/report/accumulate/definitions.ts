import { diseases } from "../../disease/index.js";
import type { Study } from "../../study/index.js";
import { backgroundTherapies, therapyOf } from "../../therapy/index.js";
import { ABOVE_RETURNED, BELOW_DEPLETED, type Milestone } from "../../trial/index.js";
import type { ReportData } from "../data.js";

/** What the words of the report mean, the diseases' own definitions included. */
export function definitions(study: Study, milestones: readonly Milestone[]): ReportData["definitions"] {
  const own = study.population.flatMap(({ disease }) => diseases[disease].definitions);
  return [
    {
      term: "B cells depleted, B cells back",
      text: `blood B cells ${BELOW_DEPLETED}, and ${ABOVE_RETURNED} after that`,
    },
    {
      term: "Remission on any drugs",
      text: "the disease's remission below, whatever the patient takes: DORIS itself allows 5 mg of prednisolone",
    },
    {
      term: "Drug-free remission",
      text: `the disease's remission below, and no drug at that visit: ${countsAsDrug(study).join("; ")}`,
    },
    {
      term: "Loss of drug-free remission",
      text: "after the first visit in drug-free remission: a relapse, rescue, or a visit on restarted drugs",
    },
    {
      term: "Relapse",
      text: "the disease's relapse rule below, after a response, at two visits in a row; the day is that of the first. Signs at the last visit alone are counted in a row of their own",
    },
    {
      term: "At 6, 12 … months, at the last visit",
      text: `at the visit nearest to that time, within half the interval of the visits, but at least half a month and at most an eighth of the time; without a visit in that window nothing is assessed. A study of 52 weeks or 360 days has 12 months (98 % of a month's days are enough)${here(milestones)}`,
    },
    { term: "Missing after dropout", text: missingText(study) },
    {
      term: "Interval of replicates",
      text: "the 5th and 95th percentile of the replicates, as values that a replicate had; with fewer than 20 replicates the lowest and the highest, and none with one",
    },
    {
      term: "Interval beside published figures",
      text: "5th and 95th percentile of 2,000 cohorts of the published size and diseases, drawn from the simulated patients; a published proportion has its exact 95 % interval (Clopper–Pearson)",
    },
    ...own,
    {
      term: "CRS",
      text: "ASTCT 2019: fever of 38 °C or more; grade by the IL-6 signal against thresholds of the patient, because blood pressure and oxygen are not modelled",
    },
    {
      term: "ICANS",
      text: "grade by endothelial activation against thresholds of the patient; no ICE score is simulated",
    },
  ];
}

function here(milestones: readonly Milestone[]): string {
  if (milestones.length === 0) return "";
  const read = milestones.map(({ label, visit }) =>
    visit === null ? `${label} not assessed` : `${label} on day ${Math.round(visit)}`,
  );
  return `. Here: ${read.join(", ")}`;
}

/** By what is estimated: a state, an event, harm. */
function missingText({ dropout }: Study): string {
  if (dropout === undefined) return "this study has no dropout";
  return dropout.missing === "counts-as-failure"
    ? "counts as failure: at a visit, as not in remission; of response, as none; of relapse and of kept remission, as lost. Harm is counted when seen: who leaves is not assumed to have had it"
    : "excluded: at a visit, who has left is left out; of response, relapse and infection, who was not followed to the end (infection: the first year) is left out, whatever was seen before; kept remission is censored. Other harm is counted when seen";
}

/** What counts as a drug taken in this study, drug by drug. */
function countsAsDrug(study: Study): string[] {
  const given = [...new Set(Object.values(study.arms).flatMap((arm) => arm.give.map(({ give }) => therapyOf(give))))];
  const over = given.filter(({ drugFreeAfter }) => drugFreeAfter === undefined).map(({ label }) => label);
  const back = backgroundTherapies.map(({ label }) => label);
  return [
    `${back.join(" and ")} count while they are taken`,
    ...given.flatMap(({ label, drugFreeAfter }) =>
      drugFreeAfter === undefined ? [] : `${label} counts until ${drugFreeAfter} days after its last dose`,
    ),
    ...(over.length > 0 ? [`a course of ${over.join(", ")} does not count`] : []),
  ];
}
