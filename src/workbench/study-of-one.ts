import { nearest } from "../reading/index.js";
import {
  changesFromText,
  DISEASE_IDS,
  DISEASE_WORDS,
  type StrategyName,
  type Study,
  strategies,
  studyFromWords,
} from "../study/index.js";
import { InputProblems } from "./failure.js";

export const STRATEGY_NAMES = Object.keys(strategies) as readonly StrategyName[];

export interface OnePatient {
  readonly disease: string;
  /** Names of strategies, or `all`. */
  readonly strategy: readonly string[];
  readonly seed: number;
  /** Length in days. */
  readonly until: number;
  /** Changed parameters, each as `name=change`; docs/notes/changed-parameters.md */
  readonly set?: readonly string[];
  /** Doses, outputs and times in the words of a study file. docs/notes/courses.md */
  readonly dose?: readonly string[];
  readonly outputs?: string;
  readonly grid?: string;
  /** kg. */
  readonly weight?: number;
}

const meant = (name: string | undefined, all: readonly string[]): string =>
  name ? `did you mean "${name}"?` : `one of ${all.join(", ")}`;

/** `name=change` as lines of a study file. */
export const changesText = (set: readonly string[]): string =>
  set.map((each) => each.replace(/\s*=\s*/, ": ")).join("\n");

/** A study of one patient under one or more strategies. Throws `InputProblems` with every unknown name. */
export function studyOfOne({ disease, strategy, seed, until, weight, set = [], ...words }: OnePatient): Study {
  const names = strategy.includes("all") ? STRATEGY_NAMES : strategy;
  const known = DISEASE_IDS.find((id) => id === disease);
  const diseaseWord = nearest(disease, [...DISEASE_IDS, ...DISEASE_WORDS.keys()])?.name;
  const problems = [
    ...(known
      ? []
      : [
          {
            path: "--disease",
            what: `unknown disease "${disease}"`,
            hint: meant(diseaseWord && (DISEASE_WORDS.get(diseaseWord) ?? diseaseWord), DISEASE_IDS),
          },
        ]),
    ...names
      .filter((name) => !Object.hasOwn(strategies, name))
      .map((name) => ({
        path: "--strategy",
        what: `unknown strategy "${name}"`,
        hint: meant(nearest(name, STRATEGY_NAMES)?.name, [...STRATEGY_NAMES, "all"]),
      })),
  ];
  if (problems.length > 0) throw new InputProblems(problems);
  const study: Study = {
    id: "one-patient",
    title: "one patient",
    question: "one patient",
    population: [{ disease: known!, n: 1, include: [] }],
    arms: Object.fromEntries(names.map((name) => [name, strategies[name as StrategyName]])),
    visits: { every: 28, until },
    tolerance: 1e-6,
    run: { replicates: 1, seed },
  };
  const asked = studyFromWords(study, words);
  const changes = (text: string, option: string) =>
    text === "" ? { changes: {} } : changesFromText(text, option, study);
  const changed = changes(changesText(set), "--set");
  const weighed = changes(weight === undefined ? "" : `BW: { fixed: ${weight} kg }`, "--weight");
  const wrong = [asked, changed, weighed].flatMap((each) => ("problems" in each ? each.problems : []));
  if ("problems" in asked || "problems" in changed || "problems" in weighed) throw new InputProblems(wrong);
  const parameters = { ...changed.changes, ...weighed.changes };
  return Object.keys(parameters).length === 0 ? asked.study : { ...asked.study, parameters };
}
