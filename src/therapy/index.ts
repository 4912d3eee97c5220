/** therapy: what is given: products, drugs, doses, background therapy, and the rules by which something is given. */
import type { Module } from "../engine/index.js";
import { rules, therapies } from "./catalogue.js";
import type { Rule } from "./rule.js";
import type { AnyTherapy, Background, BackgroundPlan, DoseForm, Therapy } from "./therapy.js";

export { resume, stop, taper } from "./background.js";
export { carTModules, type Target } from "./car-t/construct.js";
export { largestDose, manufacture, manufacturingParameters, type Product } from "./car-t/manufacturing.js";
export { rules, therapies } from "./catalogue.js";
export { applyDose, type Dose, doseAction } from "./dose.js";
export { type AtVisit, type AtWardRound, type Decision, defineRule, type Rule, type RuleDeclaration } from "./rule.js";
export {
  type AnyTherapy,
  type Background,
  type BackgroundPlan,
  type Course,
  type DoseForm,
  defineTherapy,
  type Recipient,
  type Therapy,
  type TherapyDeclaration,
} from "./therapy.js";

type Each = (typeof therapies)[number];
type Given = Exclude<Each, { give: undefined }>;
/** What a study file may give. */
export type TherapyId = Given["id"];
/** Therapies that take a dose of their own. */
export type DosedId = Extract<Given, { dose: DoseForm }>["id"];
export type RuleId = (typeof rules)[number]["id"];
/** Background therapies that can be lowered, and those that are taken or not. */
export type TaperedId = Extract<Each, Therapy<string, DoseForm | null | undefined, "taper">>["id"];
export type StoppedId = Extract<Each, Therapy<string, DoseForm | null | undefined, "stop">>["id"];

const all: readonly AnyTherapy[] = therapies;

/** Therapies that a study file may give, in the order of the catalogue. */
export const givenTherapies: readonly AnyTherapy[] = all.filter(({ give }) => give !== undefined);

export interface BackgroundTherapy extends AnyTherapy {
  readonly background: Background<BackgroundPlan>;
}
/** Therapies with which a patient may come in. */
export const backgroundTherapies = all.filter((each): each is BackgroundTherapy => each.background !== undefined);

/** Throws where there is none: names of a checked study are known. */
export function therapyOf(id: string): AnyTherapy {
  const found = all.find((each) => each.id === id);
  if (!found) throw new Error(`no therapy "${id}"`);
  return found;
}
export function ruleOf(id: string): Rule {
  const found = (rules as readonly Rule[]).find((each) => each.id === id);
  if (!found) throw new Error(`no rule "${id}"`);
  return found;
}

/** Every module of every therapy, once. */
export const therapyModules: readonly Module[] = [...new Set(all.flatMap(({ modules }) => modules))];
