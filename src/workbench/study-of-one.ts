import { DISEASE_IDS, type StrategyName, type Study, strategies } from "../study/index.js";
import { InputProblems } from "./failure.js";

export const STRATEGY_NAMES = Object.keys(strategies) as readonly StrategyName[];

export interface OnePatient {
  readonly disease: string;
  /** Names of strategies, or `all`. */
  readonly strategy: readonly string[];
  readonly seed: number;
  /** Length in days. */
  readonly until: number;
}

/** A study of one patient under one or more strategies. Throws `InputProblems` with every unknown name. */
export function studyOfOne({ disease, strategy, seed, until }: OnePatient): Study {
  const names = strategy.includes("all") ? STRATEGY_NAMES : strategy;
  const known = DISEASE_IDS.find((id) => id === disease);
  const problems = [
    ...(known
      ? []
      : [{ path: "--disease", what: `unknown disease "${disease}"`, hint: `one of ${DISEASE_IDS.join(", ")}` }]),
    ...names
      .filter((name) => !(name in strategies))
      .map((name) => ({
        path: "--strategy",
        what: `unknown strategy "${name}"`,
        hint: `one of ${STRATEGY_NAMES.join(", ")}, all`,
      })),
  ];
  if (problems.length > 0) throw new InputProblems(problems);
  return {
    id: "one-patient",
    title: "one patient",
    question: "one patient",
    population: [{ disease: known!, n: 1, include: [] }],
    arms: Object.fromEntries(names.map((name) => [name, strategies[name as StrategyName]])),
    visits: { every: 28, until },
    tolerance: 1e-6,
    run: { replicates: 1, seed },
  };
}
