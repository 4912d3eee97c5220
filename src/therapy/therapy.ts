import type { Module } from "../engine/index.js";
import type { Dose } from "./dose.js";

/** What a study file may say of a dose; `usual` stands in examples. */
export interface DoseForm {
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly usual: number;
}

/** Who is treated, as far as a dose depends on it. */
export interface Recipient {
  /** A parameter of this patient by name. */
  constant(name: string): number;
}

/** `taper`: a daily dose that can be lowered; `stop`: taken or not. */
export type BackgroundPlan = "taper" | "stop";

/** A drug with which a refractory patient comes in: the steady state is solved with it. */
export interface Background<P extends BackgroundPlan = BackgroundPlan> {
  /** What a study file may do with it beside `continue`. */
  readonly plan: P;
  /** The parameter that says with how much a patient comes in. */
  readonly level: string;
  /** The control that says how much is taken now; 0 is nothing. */
  readonly control: string;
  /** Unit of both. */
  readonly unit: string;
  /** What is written down at every visit; doses are known without error. */
  readonly item: { readonly name: string; readonly about: string };
  /** Every study file must say what becomes of it; without this a file may be silent, which means `continue`. */
  readonly usual?: true;
}

/** Where something stands in a course of engineered cells: what they are made from, what goes before them, the cells. The last two move with the product, and do not happen without it. */
export type Course = "collection" | "conditioning" | "cells";

/** `F`: form of the dose, null where the protocol is fixed, undefined where a study file cannot give it. */
export interface TherapyDeclaration<F extends DoseForm | null | undefined, B extends BackgroundPlan | undefined> {
  /** In tables and in the report. */
  readonly label: string;
  readonly about: string;
  /** As the evidence records name it. */
  readonly evidence?: string;
  /** Words that people write for it, for hints. */
  readonly alsoCalled?: readonly string[];
  /** What an arm that gives it integrates beside the immune system. */
  readonly modules: readonly Module[];
  readonly dose: F;
  /** Doses of one administration on day `at`; `dose` in the unit of the form. */
  readonly give: F extends undefined
    ? undefined
    : (at: number, dose: F extends DoseForm ? number : null, who: Recipient) => readonly Dose[];
  readonly course?: Course;
  /** Days after the last dose from which the patient counts as off it; absent: one course is not counted as a drug taken. */
  readonly drugFreeAfter?: number;
  readonly background?: B extends BackgroundPlan ? Background<B> : never;
  /** Why a draw of parameters cannot be a patient who gets it; null where it can. */
  readonly refuses?: (value: (name: string) => number) => string | null;
}

export type Therapy<
  Id extends string = string,
  F extends DoseForm | null | undefined = DoseForm | null | undefined,
  B extends BackgroundPlan | undefined = BackgroundPlan | undefined,
> = { readonly id: Id } & TherapyDeclaration<F, B>;

/** A therapy whatever its types: what catalogues hold. */
export interface AnyTherapy extends Omit<Therapy, "give" | "background"> {
  readonly give: ((at: number, dose: never, who: Recipient) => readonly Dose[]) | undefined;
  readonly background?: Background;
}

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** One therapy, one file: checked when made. Throws with what is wrong. */
export function defineTherapy<
  const Id extends string,
  const F extends DoseForm | null | undefined,
  const B extends BackgroundPlan | undefined = undefined,
>(id: Id, declaration: TherapyDeclaration<F, B>): Therapy<Id, F, B> {
  const { dose, drugFreeAfter, label, about, give, background } = declaration;
  const fail = (what: string) => {
    throw new Error(`therapy "${id}": ${what}`);
  };
  if (!ID.test(id)) fail("the id is not in lower case with hyphens");
  if (label === "" || about === "") fail("says nothing about itself");
  if (dose && !(dose.low > 0 && dose.low <= dose.usual && dose.usual <= dose.high))
    fail(`the usual dose ${dose.usual} lies outside ${dose.low} … ${dose.high} ${dose.unit}`);
  if (give === undefined && background === undefined) fail("is neither given nor a background therapy");
  if (drugFreeAfter !== undefined && !(drugFreeAfter >= 0)) fail(`drugFreeAfter is ${drugFreeAfter}`);
  return { id, ...declaration };
}
