/** The study file: YAML text ↔ `Study`. Reading finds every mistake at once (`docs/notes/study-file.md`). */
import { Document, isCollection, type Node as YamlNode } from "yaml";
import type { ParameterChanges } from "../engine/index.js";
import { Check, formatNumber, readTree } from "../reading/index.js";
import { backgroundTherapies, givenTherapies, therapyOf } from "../therapy/index.js";
import { type CheckedStudy, checkStudy } from "./check/study.js";
import type { GridPart, Measures } from "./courses.js";
import { outputUnits } from "./output-names.js";
import { rowNamed } from "./parameter-rows.js";
import type { Administration, Study } from "./study.js";
import { DISEASE_IDS } from "./words.js";

/** `file` is named in the problems only. */
export function readStudy(text: string, file: string): CheckedStudy {
  const check = new Check("text", file);
  const tree = readTree(text, check);
  return tree ? checkStudy(tree, check) : { problems: check.problems };
}

/** YAML that reads back as the same study. Comments of an earlier file are not kept. */
export function formatStudy(study: Study): string {
  const document = new Document({
    ...study,
    population: study.population.map(({ include, parameters, ...stratum }) => ({
      ...stratum,
      ...(include.length > 0 ? { include } : {}),
      ...formatChanges(parameters),
    })),
    arms: Object.fromEntries(
      Object.entries(study.arms).map(([id, { rules, give, background, parameters, ...arm }]) => [
        id,
        {
          ...arm,
          give: give.map(formatAdministration),
          background: formatBackground(background),
          ...(rules.length > 0 ? { rules } : {}),
          ...formatChanges(parameters),
        },
      ]),
    ),
    ...formatChanges(study.parameters),
    visits: { every: days(study.visits.every), until: days(study.visits.until) },
    ...(study.grid ? { grid: study.grid.map(formatGridPart) } : {}),
    ...(study.measures ? { measures: formatMeasures(study.measures) } : {}),
    ...(study.dropout ? { dropout: { ...study.dropout, rate: `${formatNumber(study.dropout.rate)} %/year` } } : {}),
  });
  const flow = (path: readonly string[]) => {
    const node = document.getIn(path, true) as YamlNode | undefined;
    if (isCollection(node)) node.flow = true;
  };
  for (const key of ["visits", "dropout", "run", "outputs", "model"]) flow([key]);
  for (const i of study.population.keys()) flow(["population", String(i)]);
  for (const [id, arm] of Object.entries(study.arms)) {
    for (const i of arm.give.keys()) flow(["arms", id, "give", String(i)]);
    for (const drug of Object.keys(arm.background)) flow(["arms", id, "background", drug]);
  }
  return document.toString({ lineWidth: 0 });
}

/** `{ parameters: … }` with units, or nothing. */
function formatChanges(changes: ParameterChanges | undefined): { parameters?: object } {
  if (!changes) return {};
  const written = Object.entries(changes).map(([name, change]): [string, unknown] => {
    const unit = rowNamed(name)?.unit ?? "1";
    const amount = (value: number) => (unit === "1" ? value : `${formatNumber(value)} ${unit}`);
    if ("value" in change) return [name, amount(change.value)];
    if ("times" in change) return [name, { times: change.times }];
    if ("fixed" in change) return [name, change.fixed === true ? "fixed" : { fixed: amount(change.fixed) }];
    return [name, { median: amount(change.median), cv: `${formatNumber(change.cv)} %` }];
  });
  return { parameters: Object.fromEntries(written) };
}

const formatGridPart = (part: GridPart) =>
  typeof part === "number" ? days(part) : { from: days(part.from), to: days(part.to), every: days(part.every) };

function formatMeasures(measures: Measures) {
  const units = outputUnits(DISEASE_IDS, givenTherapies);
  return Object.fromEntries(
    Object.entries(measures).map(([name, { from, to, level, ...measure }]) => {
      const unit = units.get(measure.of) ?? "1";
      return [
        name,
        {
          ...measure,
          ...(from === undefined ? {} : { from: days(from) }),
          ...(to === undefined ? {} : { to: days(to) }),
          ...(level === undefined ? {} : { level: unit === "1" ? level : `${formatNumber(level)} ${unit}` }),
        },
      ];
    }),
  );
}

const days = (value: number): string => `${formatNumber(value)} day`;

function formatAdministration(step: Administration) {
  const at = step.at.length === 1 ? days(step.at[0]!) : step.at.map(days);
  const unit = therapyOf(step.give).dose?.unit;
  return { give: step.give, at, ...("dose" in step ? { dose: `${formatNumber(step.dose)} ${unit}` } : {}) };
}

function formatBackground(background: Study["arms"][string]["background"]) {
  return Object.fromEntries(
    Object.entries(background).map(([id, plan]) => {
      if (plan === "continue") return [id, plan];
      if ("stop" in plan) return [id, { stop: days(plan.stop) }];
      const { unit } = backgroundTherapies.find((each) => each.id === id)!.background;
      return [
        id,
        { "taper-to": `${formatNumber(plan["taper-to"])} ${unit}`, from: days(plan.from), over: days(plan.over) },
      ];
    }),
  );
}
