import { diseases } from "../../disease/index.js";
import { covariateConstants } from "../../population/index.js";
import type { Constant } from "../../quantity/index.js";
import type { Study } from "../../study/index.js";
import { manufacturingParameters, ruleOf, therapyOf } from "../../therapy/index.js";
import { conductConstants, diseasesIn, outcomeConstants } from "../../trial/index.js";
import type { ReportData } from "../data.js";

/** Numbers that a study uses beside the parameters of its models: scores, manufacture, rules, conduct. By the part that uses them. */
export function constantsOf(
  study: Study,
): { readonly part: string; readonly constants: Readonly<Record<string, Constant>> }[] {
  const arms = Object.values(study.arms);
  const collects = arms.some(({ give }) => give.some((step) => therapyOf(step.give).course === "collection"));
  const rules = [...new Set(arms.flatMap((arm) => arm.rules))].map(ruleOf);
  return [
    ...diseasesIn(study).map((id) => ({ part: diseases[id].score, constants: diseases[id].constants })),
    ...(collects ? [{ part: "manufacture", constants: manufacturingParameters }] : []),
    ...rules
      .filter(({ constants }) => Object.keys(constants).length > 0)
      .map(({ id, constants }) => ({ part: `rule ${id}`, constants })),
    { part: "conduct", constants: conductConstants },
    { part: "outcomes", constants: outcomeConstants },
    { part: "patients", constants: covariateConstants },
  ];
}

/** As rows of the report. */
export const constantRows = (study: Study): ReportData["constants"] =>
  constantsOf(study).flatMap(({ part, constants }) =>
    Object.entries(constants).map(([name, { about, value, unit, level, source, reason }]) => ({
      part,
      name,
      about,
      value,
      unit,
      level,
      why: (level === "assumed" ? reason : source) ?? "",
    })),
  );
