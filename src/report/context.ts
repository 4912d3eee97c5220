import { html, type Markup } from "../markup/index.js";
import type { ArmInfo, ReportData, SummaryNumber } from "./data.js";
import { keepTogether } from "./keep-together.js";

/** Days of a month, as in study files. */
export const MONTH = 365.25 / 12;

/** What every section works with: the data, and the only ways to a number and to an arm. */
export interface ReportContext {
  readonly data: ReportData;
  /** Looks a number up; an unknown name is an error. */
  readonly number: (name: string) => SummaryNumber;
  readonly arm: (id: string) => ArmInfo;
  /** CSS class that gives an arm its colour and its dash. */
  readonly armClass: (id: string) => string;
}

/** As many colours and dashes as a study may have arms. */
export const ARM_STYLES = 8;

export function openReport(data: ReportData): ReportContext {
  const numbers = new Map(data.numbers.map((number) => [number.name, number]));
  const arms = new Map(data.study.arms.map((arm, index) => [arm.id, { arm, index }]));
  const findArm = (id: string) => {
    const found = arms.get(id);
    if (!found) throw new Error(`the report names the arm "${id}"; the study has ${[...arms.keys()].join(", ")}`);
    return found;
  };
  return {
    data,
    number(name) {
      const found = numbers.get(name);
      if (!found)
        throw new Error(
          `the report prints the number "${name}", which is not among the ${numbers.size} numbers of the run`,
        );
      return found;
    },
    arm: (id) => findArm(id).arm,
    armClass: (id) => `arm-${findArm(id).index % ARM_STYLES}`,
  };
}

/** A short line in the arm's colour and dash. */
export function swatch(context: ReportContext, arm: string): Markup {
  return html`<svg class="swatch ${context.armClass(arm)}" viewBox="0 0 30 10" width="30" height="10" aria-hidden="true"><path class="line" d="M1 5H29"/></svg>`;
}

/** The arm as a column head: label, then line and the id that stands at its curves. */
export function armHead(context: ReportContext, arm: string): Markup {
  return html`<span class="arm-head"><span class="arm-label">${keepTogether(context.arm(arm).label)}</span> <span class="arm-mark">${swatch(context, arm)}<span class="arm-id ${context.armClass(arm)}">${arm}</span></span></span>`;
}

/** The key to lines, once per group of charts. */
export function armKey(context: ReportContext, arms: readonly string[]): Markup {
  return html`<ul class="key">${arms.map(
    (arm) =>
      html`<li>${swatch(context, arm)}<span><b class="arm-id ${context.armClass(arm)}">${arm}</b> ${context.arm(arm).label}</span></li>`,
  )}</ul>`;
}
