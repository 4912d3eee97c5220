import { type Correlation, changeWords, type ParameterChanges } from "../engine/index.js";
import { ruleOf, therapyOf } from "../therapy/index.js";
import { rowNamed } from "./parameter-rows.js";
import { type Administration, type Arm, backgroundPlans } from "./study.js";

/** What happens in an arm in plain words, one line per step: what is given, then the background therapy, then the rules. */
export function describeArm(arm: Arm): string[] {
  return [
    ...arm.give.map((step) => `${dayWords(step.at)}: ${describeStep(step)}`),
    ...backgroundPlans(arm).map(({ therapy: { label, background }, plan }) => {
      if (plan === "continue") return `${label} continued`;
      if ("stop" in plan) return `${label} stopped on ${dayWords([plan.stop])}`;
      return `${label} tapered to ${plan["taper-to"]} ${background.unit} from ${dayWords([plan.from])} over ${count(plan.over)}`;
    }),
    ...arm.rules.map((rule) => ruleOf(rule).about),
    ...describeChanges(arm.parameters),
  ];
}

/** Changed parameters in plain words, one line each: symbol, words, change. */
export function describeChanges(changes: ParameterChanges = {}): string[] {
  return Object.entries(changes).map(([name, change]) => {
    const row = rowNamed(name);
    return row ? `${name} (${row.about}): ${changeWords(change, row.unit)}` : `${name}: changed`;
  });
}

/** Correlations in plain words, one line each. */
export const describeCorrelations = (correlations: readonly Correlation[] = []): string[] =>
  correlations.map(({ between: [a, b], is }) => `${a} and ${b} go together: correlation ${is}`);

function describeStep(step: Administration): string {
  const { label, dose } = therapyOf(step.give);
  if (!("dose" in step) || !dose) return label;
  return `${label}, ${doseWords(step.dose)} ${dose.unit === "cell/kg" ? "cells/kg" : dose.unit}${step.at.length > 1 ? " each" : ""}`;
}

/** `1 × 10⁶` from a hundred thousand up. */
function doseWords(dose: number): string {
  if (dose < 1e5) return String(dose);
  const [digits, power] = dose.toExponential().split("e+") as [string, string];
  return `${digits} × 10${[...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}

const signed = (day: number): string => String(Math.round(day * 100) / 100).replace("-", "−");
const count = (days: number): string => `${signed(days)} ${days === 1 ? "day" : "days"}`;

function dayWords(days: readonly number[]): string {
  const words = days.map(signed);
  const last = words.pop()!;
  return words.length === 0 ? `day ${last}` : `days ${words.join(", ")} and ${last}`;
}
