import type { PatientView } from "../engine/index.js";
import type { Constant } from "../quantity/index.js";
import type { Dose } from "./dose.js";
import type { AnyTherapy, Recipient } from "./therapy.js";

/** What a rule may look at on a visit, after the observation. */
export interface AtVisit {
  readonly day: number;
  readonly patient: PatientView;
  readonly who: Recipient;
  /** A response by the disease's definition at this visit. */
  readonly response: boolean;
  /** A response at two visits in a row, up to now. */
  readonly confirmedResponse: boolean;
  /** A relapse that a second visit has confirmed. */
  readonly relapsed: boolean;
}

/** What a rule may look at on a daily round after an infusion of cells; grades 0 … 4 (ASTCT 2019). */
export interface AtWardRound {
  readonly day: number;
  readonly patient: PatientView;
  readonly who: Recipient;
  readonly crs: number;
  readonly icans: number;
}

/** What a rule does. */
export interface Decision {
  readonly doses: readonly Dose[];
  /** Written down under this name, with a dose or a count. */
  readonly event: { readonly event: string; readonly value: number };
  /** Background therapy is taken up again, and what was still planned for it does not happen. */
  readonly resumesBackground?: true;
}

interface RuleCommon {
  /** In plain words, as an arm is described. */
  readonly about: string;
  /** What it may give: an arm with the rule integrates their modules. */
  readonly brings: readonly AnyTherapy[];
  readonly constants: Readonly<Record<string, Constant>>;
  /** At most so many times: in a run for a rule at visits, in a stay for one at ward rounds. */
  readonly atMost?: number;
}

export type RuleDeclaration = RuleCommon &
  (
    | { readonly at: "visit"; readonly when: (now: AtVisit) => boolean; readonly act: (now: AtVisit) => Decision }
    | {
        readonly at: "ward-round";
        readonly when: (now: AtWardRound) => boolean;
        readonly act: (now: AtWardRound) => Decision;
      }
  );

/** A clinical decision that follows what is seen. One rule, one file. */
export type Rule<Id extends string = string> = { readonly id: Id } & RuleDeclaration;

export function defineRule<const Id extends string>(id: Id, declaration: RuleDeclaration): Rule<Id> {
  if (declaration.about === "") throw new Error(`rule "${id}": says nothing about itself`);
  return { id, ...declaration };
}
