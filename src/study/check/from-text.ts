/** What a person writes on a command line about one patient, in the grammar of the study file: doses, outputs, times. */
import type { Problem } from "../../quantity/index.js";
import { Check, formatNumber, readTree, type Spot } from "../../reading/index.js";
import { type TherapyId, therapyOf } from "../../therapy/index.js";
import type { GridPart } from "../courses.js";
import { type OutputUnits, outputUnits } from "../output-names.js";
import type { Arm, Study } from "../study.js";
import { givenBy } from "./all-changes.js";
import { readDose } from "./arm.js";
import { grid, readOutputs } from "./courses.js";
import { drugWord } from "./drug.js";

export interface PatientWords {
  /** Each `cd19-car-t: 2e6 cell/kg`, or a dose alone where one thing with a dose is given. */
  readonly dose?: readonly string[];
  /** Names between commas. */
  readonly outputs?: string;
  /** Times and spans between commas. */
  readonly grid?: string;
}

const root: Spot = { path: "" };
const asList = (text: string): string => (/^\s*\[/.test(text) ? text : `[${text}]`);

/** Outputs and times by text. */
export function coursesFromText(
  { outputs, grid: times }: Pick<PatientWords, "outputs" | "grid">,
  units: OutputUnits,
  until: number,
):
  | { readonly outputs?: readonly string[]; readonly grid?: readonly GridPart[] }
  | { readonly problems: readonly Problem[] } {
  const read = <T>(text: string | undefined, option: string, reader: (c: Check) => (t: string) => T | undefined) => {
    if (text === undefined) return { problems: [] as Problem[], value: undefined };
    const check = new Check("text", option);
    check.until = until;
    const value = reader(check)(asList(text));
    return { problems: check.failed ? check.problems : [], value };
  };
  const names = read(outputs, "--outputs", (check) => (text) => {
    const node = readTree(text, check);
    return node && readOutputs({ node, spot: root }, units, check);
  });
  const days = read(times, "--grid", (check) => (text) => {
    const node = readTree(text, check);
    return node && grid(node, root, check);
  });
  const problems = [...names.problems, ...days.problems];
  if (problems.length > 0) return { problems };
  return { ...(names.value ? { outputs: names.value } : {}), ...(days.value ? { grid: days.value } : {}) };
}

/** The study with other doses, and with what is to be shown of its patient. */
export function studyFromWords(
  study: Study,
  words: PatientWords,
): { readonly study: Study } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  let arms = study.arms;
  for (const text of words.dose ?? []) {
    const changed = withDose(arms, text, problems);
    if (changed) arms = changed;
  }
  const diseases = study.population.map(({ disease }) => disease);
  const units = outputUnits(diseases, Object.values(study.arms).flatMap(givenBy));
  const courses = coursesFromText(words, units, study.visits.until);
  if ("problems" in courses) problems.push(...courses.problems);
  if (problems.length > 0 || "problems" in courses) return { problems };
  return { study: { ...study, arms, ...courses, ...(words.outputs || words.grid ? { trajectories: "all" } : {}) } };
}

function withDose(arms: Study["arms"], text: string, problems: Problem[]): Study["arms"] | undefined {
  const dosed = [
    ...new Set(Object.values(arms).flatMap(({ give }) => give.flatMap((step) => ("dose" in step ? [step.give] : [])))),
  ] as TherapyId[];
  const check = new Check("text", "--dose");
  const report = (what: string, hint: string) => {
    problems.push({ path: "--dose", what, hint });
    return undefined;
  };
  const [, name, amount] = /^\s*(?:([a-z][\w-]*)\s*:)?\s*(.*)$/.exec(text)!;
  if (name === undefined && dosed.length !== 1)
    return report(
      `"${text}" does not say of what`,
      dosed.length === 0
        ? "nothing with a dose is given"
        : `write one of ${dosed.map((each) => `"${each}: …"`).join(", ")}`,
    );
  const word =
    name === undefined ? undefined : drugWord({ kind: "scalar", value: name, text: name }, { path: "--dose" }, check);
  const therapy = name === undefined ? dosed[0]! : word?.drug;
  if (therapy !== undefined && !dosed.includes(therapy))
    return report(`no strategy gives ${therapy} with a dose`, `doses are given of ${dosed.join(", ") || "nothing"}`);
  const node = therapy === undefined ? undefined : readTree(amount!, check);
  const dose = node && readDose(therapyOf(therapy!), node, { path: "--dose" }, check);
  if (check.failed || dose === undefined) {
    problems.push(...check.problems);
    return undefined;
  }
  const { unit } = therapyOf(therapy!).dose!;
  const changed = ({ give, label, ...arm }: Arm): Arm => ({
    ...arm,
    // A label may name the usual dose.
    label: give.some((step) => step.give === therapy)
      ? `${label}, with ${therapy} at ${formatNumber(dose)} ${unit}`
      : label,
    give: give.map((step) => (step.give === therapy ? ({ ...step, dose } as typeof step) : step)),
  });
  return Object.fromEntries(Object.entries(arms).map(([id, arm]) => [id, changed(arm)]));
}
