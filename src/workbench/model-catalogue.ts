import { immuneSystem } from "../biology/index.js";
import { type AnyDisease, diseases, leukaemia } from "../disease/index.js";
import type { Module, ParameterDeclaration } from "../engine/index.js";
import { peers } from "../peers/index.js";
import { covariateConstants } from "../population/index.js";
import type { Constant } from "../quantity/index.js";
import { carTModules, manufacturingParameters, type Rule, rules, therapyModules } from "../therapy/index.js";
import { conductConstants, outcomeConstants } from "../trial/index.js";

/** Modules with what they belong to, each once. */
export interface ModuleGroup {
  readonly title: string;
  readonly about: string;
  readonly modules: readonly Module[];
}

/** Parts of a CAR-T construct that no construct of the catalogue has. */
const optionalParts = carTModules({ target: "CD19", suffix: "", rejection: true, safetySwitch: true }).filter(
  ({ name }) => !therapyModules.some((module) => module.name === name),
);

export const moduleGroups: readonly ModuleGroup[] = [
  {
    title: "The immune system",
    about: "In every model, without drugs and without a disease's tissue: what acts on it comes through ports.",
    modules: immuneSystem,
  },
  {
    title: "What is given",
    about: "An arm integrates the modules of what it gives and of what its rules may bring; background therapy always.",
    modules: therapyModules,
  },
  ...Object.values<AnyDisease>(diseases).map(({ label, modules }) => ({
    title: `Tissue and patients: ${label}`,
    about: "In the models of patients with this disease.",
    modules,
  })),
  {
    title: "Outside the catalogues",
    about: "No study file reaches these; they are for comparison and for constructs to come.",
    modules: [...optionalParts, leukaemia],
  },
];

/** Modules of published models, by the peer's id or one by one: only whoever asks for them by name gets them. */
export const peerModules = (name: string): readonly Module[] =>
  peers.flatMap(({ id, modules }) => (id === name ? modules : modules.filter((module) => module.name === name)));
export const peerModuleNames: readonly string[] = peers.flatMap(({ id, modules }) => [
  id,
  ...modules.map((module) => module.name),
]);

export const documentedModules: readonly Module[] = moduleGroups.flatMap(({ modules }) => modules);

/** Numbers that stand in no module, under the name by which lists call their owner. */
export interface NumberGroup {
  readonly owner: string;
  readonly title: string;
  readonly numbers: Readonly<Record<string, Constant | ParameterDeclaration>>;
}

const ruleGroup = ({ id, constants }: Rule): NumberGroup => ({ owner: id, title: `rule ${id}`, numbers: constants });

export const overrideGroup = ({ id, label, overrides }: AnyDisease): NumberGroup => ({
  owner: `${id}-overrides`,
  title: `in place of the immune system's own in ${label}`,
  numbers: overrides,
});
export const scoreGroup = ({ id, score, constants }: AnyDisease): NumberGroup => ({
  owner: `${id}-score`,
  title: `constants of the ${score}`,
  numbers: constants,
});
export const ruleGroups: readonly NumberGroup[] = rules.map(ruleGroup);
export const trialGroups: readonly NumberGroup[] = [
  { owner: "manufacturing", title: "Manufacturing", numbers: manufacturingParameters },
  { owner: "covariates", title: "Who comes to a trial", numbers: covariateConstants },
  { owner: "conduct", title: "Conduct of a trial", numbers: conductConstants },
  { owner: "outcomes", title: "Outcomes read from the curves", numbers: outcomeConstants },
];
export const numberGroups: readonly NumberGroup[] = [
  ...ruleGroups,
  ...Object.values<AnyDisease>(diseases).flatMap((disease) => [overrideGroup(disease), scoreGroup(disease)]),
  ...trialGroups,
];
