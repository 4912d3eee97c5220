import type { Arm } from "../../study/index.js";
import { type AtVisit, type AtWardRound, applyDose, type Decision, type Rule, ruleOf } from "../../therapy/index.js";
import type { DrugTaken } from "./planned-doses.js";
import type { TrialEvent } from "./records.js";

/** Applies the rules of an arm to one patient, and writes down what they did. */
export class RuleDesk {
  private readonly rules: readonly Rule[];
  private readonly used = new Map<string, number>();
  private readonly given: DrugTaken[] = [];

  constructor(
    arm: Arm,
    private readonly write: (event: TrialEvent) => void,
    /** Takes the background therapy up again. */
    private readonly resume: (now: AtVisit | AtWardRound) => void,
  ) {
    this.rules = arm.rules.map(ruleOf);
  }

  /** What rules have given up to now that counts as a drug taken. */
  get taken(): readonly DrugTaken[] {
    return this.given;
  }

  atVisit(now: AtVisit): boolean {
    let changed = false;
    for (const rule of this.rules)
      if (rule.at === "visit" && this.may(rule, "run") && rule.when(now))
        changed = this.carryOut(rule, "run", now, rule.act(now)) || changed;
    return changed;
  }

  /** `stay` names the stay in hospital, for rules that are limited within one. */
  atWardRound(stay: string, now: AtWardRound): boolean {
    let changed = false;
    for (const rule of this.rules)
      if (rule.at === "ward-round" && this.may(rule, stay) && rule.when(now))
        changed = this.carryOut(rule, stay, now, rule.act(now)) || changed;
    return changed;
  }

  private may({ id, atMost }: Rule, within: string): boolean {
    return atMost === undefined || (this.used.get(`${id} ${within}`) ?? 0) < atMost;
  }

  private carryOut(
    { id, brings }: Rule,
    within: string,
    now: AtVisit | AtWardRound,
    { doses, event, resumesBackground }: Decision,
  ): boolean {
    const key = `${id} ${within}`;
    this.used.set(key, (this.used.get(key) ?? 0) + 1);
    for (const dose of doses) applyDose(now.patient, dose);
    if (doses.length > 0)
      for (const { drugFreeAfter } of brings)
        if (drugFreeAfter !== undefined) this.given.push({ day: now.day, days: drugFreeAfter });
    if (resumesBackground) this.resume(now);
    this.write({ day: now.day, ...event });
    return doses.length > 0 || resumesBackground === true;
  }
}
