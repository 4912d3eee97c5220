/** What a well-formed cohort may still have wrong within itself: codes, totals, doses, times, rows. */
import { parseUnit, sameDimension } from "../quantity/index.js";
import { checkExcept, checkTimeUnit, type Report, readUnit, suggest, sum } from "./check.js";
import { checkRow } from "./check-row.js";
import { diseaseCodes, diseases } from "./diseases.js";
import type { Cohort } from "./record.js";

export function checkCohort(cohort: Cohort, report: Report): void {
  for (const [i, nct] of (cohort.registrations ?? []).entries())
    if (!/^NCT\d{8}$/.test(nct))
      report(["registrations", i], `"${nct}" is no NCT number`, "write NCT and eight digits");
  for (const [i, { disease }] of cohort.diseases.entries())
    if (!Object.hasOwn(diseases, disease))
      report(["diseases", i, "disease"], `unknown disease "${disease}"`, suggest(disease, diseaseCodes));
  checkTotals(cohort, report);
  checkArms(cohort, report);
  checkPrimaryEndpoints(cohort, report);
  checkFollowUp(cohort, report);
  const populations = populationSizes(cohort, report);
  for (const list of ["baseline", "endpoints"] as const) {
    const seen = new Map<string, number>();
    for (const [i, row] of (cohort[list] ?? []).entries()) {
      const here: Report = (path, what, hint) => report([list, i, ...path], what, hint);
      checkRow(row, populations, here);
      checkExcept(row, here);
      const key = JSON.stringify([
        row.id,
        row.population,
        row.timepoint,
        row.definition,
        row.statistic,
        row.versus,
        row.bound,
        row.spread?.kind,
      ]);
      const first = seen.get(key);
      if (first !== undefined)
        here([], `the same row as number ${first + 1}`, "remove one, or say what differs (definition, timepoint)");
      else seen.set(key, i);
    }
  }
  checkGrades(cohort, report);
}

function checkTotals(cohort: Cohort, report: Report): void {
  const total = sum(cohort.diseases.map((d) => d.n));
  const complete = cohort.diseases.every((d) => d.n !== undefined);
  if (cohort.n === undefined) return;
  if (complete && total !== cohort.n)
    report(["diseases"], `the diseases add up to ${total}, not to n = ${cohort.n}`, "correct n or the diseases");
  else if (!complete && total > cohort.n)
    report(["diseases"], `the diseases add up to ${total}, more than n = ${cohort.n}`, "correct n or the diseases");
  const treated = sum(cohort.arms.filter((a) => a.after === undefined).map((a) => a.n));
  if (treated > cohort.n)
    report(
      ["arms"],
      `the arms add up to ${treated}, more than n = ${cohort.n}`,
      "correct n or the arms; later treatment of the same patients says `after`",
    );
  for (const [i, subset] of (cohort.subsets ?? []).entries())
    if (subset.n !== undefined && subset.n > cohort.n)
      report(["subsets", i, "n"], `${subset.n} of ${cohort.n} patients`, "correct n");
}

function checkArms(cohort: Cohort, report: Report): void {
  const ids = cohort.arms.map((arm) => arm.id);
  for (const [i, arm] of cohort.arms.entries()) {
    const at = ["arms", i];
    checkExcept(arm.product, (path, what, hint) => report([...at, "product", ...path], what, hint));
    if (arm.after !== undefined && (arm.after === arm.id || !ids.includes(arm.after)))
      report([...at, "after"], `"${arm.after}" is no other arm of this record`, suggest(arm.after, ids));
    for (const [j, dose] of (arm.doses ?? []).entries()) {
      const here: Report = (path, what, hint) => report([...at, "doses", j, ...path], what, hint);
      const cells = arm.product.kind === "car-t" || arm.product.kind === "caar-t";
      checkDose(dose, cells ? ["cell/kg", "cell"] : ["mg", "mg/kg", "mg/m^2", "mg/day"], here);
      checkExcept(dose, here);
    }
    for (const list of ["conditioning", "background"] as const)
      for (const [j, drug] of (arm[list] ?? []).entries()) {
        const here: Report = (path, what, hint) => report([...at, list, j, ...path], what, hint);
        checkDose(drug, ["mg", "mg/kg", "mg/m^2", "mg/day"], here);
        checkExcept(drug, here);
        if (list === "conditioning" && drug.days?.some((day) => day > 0))
          here(
            ["days"],
            "conditioning after the infusion",
            "days count from the infusion, which is day 0: write -5, -4, -3",
          );
      }
  }
}

/** A randomised trial says which arm it judged and what came out, or that nobody has read it. */
function checkPrimaryEndpoints(cohort: Cohort, report: Report): void {
  const ids = cohort.arms.map((arm) => arm.id);
  for (const [i, id] of (cohort.underStudy ?? []).entries())
    if (!ids.includes(id)) report(["underStudy", i], `"${id}" is no arm of this record`, suggest(id, ids));
  for (const [i, { result, definition, finding }] of (cohort.primaryEndpoints ?? []).entries()) {
    if (result === "not-recorded") continue;
    for (const [name, value] of Object.entries({ definition, finding }))
      if (value === undefined)
        report(
          ["primaryEndpoints", i],
          `a primary endpoint ${result} without ${name}`,
          `add ${name}, or write result: not-recorded`,
        );
  }
  if (cohort.design.kind !== "randomised-trial") return;
  if (cohort.primaryEndpoints === undefined)
    report(
      ["design", "kind"],
      "a randomised trial without its primary endpoint",
      "add primaryEndpoints, with result: not-recorded where nobody has read it",
    );
  if (cohort.underStudy === undefined)
    report(
      ["design", "kind"],
      "a randomised trial that does not say which arm was under study",
      "add underStudy: [arm]",
    );
}

function checkDose(
  dose: {
    readonly value?: number | undefined;
    readonly unit?: string | undefined;
    readonly days?: readonly number[] | undefined;
  },
  units: readonly string[],
  report: Report,
): void {
  if (dose.value !== undefined && dose.value <= 0)
    report(["value"], `a dose of ${dose.value}`, "write the dose given, or leave it out");
  if ((dose.value === undefined) !== (dose.unit === undefined))
    report(
      [],
      dose.unit === undefined ? `a dose of ${dose.value} without unit` : "a unit without value",
      "write both, or neither",
    );
  if (dose.unit !== undefined) {
    const unit = readUnit(dose.unit, ["unit"], report);
    if (unit && !units.some((known) => sameDimension(unit, parseUnit(known))))
      report(["unit"], `"${dose.unit}" is no unit of such a dose`, `write one of ${units.join(", ")}`);
  }
  const days = dose.days ?? [];
  if (days.some((day, i) => i > 0 && day <= days[i - 1]!))
    report(["days"], `days ${days.join(", ")}`, "write each day once, in order");
}

function checkFollowUp(cohort: Cohort, report: Report): void {
  const followup = cohort.followup;
  if (!followup) return;
  const here: Report = (path, what, hint) => report(["followup", ...path], what, hint);
  checkTimeUnit(followup.unit, here);
  checkExcept(followup, here);
  const { low = 0, median, mean, high = Infinity } = followup;
  if ([followup.median, followup.mean, followup.low, followup.high, followup.planned].every((v) => v === undefined))
    here([], "follow-up without a length", "write median, low, high or planned, or leave the block out");
  if (low < 0 || low > high) here([], `follow-up from ${low} to ${high}`, "put the lower end first");
  for (const middle of [median, mean])
    if (middle !== undefined && (middle < low || middle > high))
      here([], `${middle} lies outside ${low} to ${high}`, "correct one of them");
}

/** Size of each population that a row may name; undefined where the record does not say. */
function populationSizes(cohort: Cohort, report: Report): ReadonlyMap<string, number | undefined> {
  const sizes = new Map<string, number | undefined>([["all", cohort.n]]);
  // A disease may be listed twice, once per form of it; then its rows mean both.
  const perDisease = new Map<string, number | undefined>();
  for (const { disease, n } of cohort.diseases) {
    const before = perDisease.has(disease) ? perDisease.get(disease) : 0;
    perDisease.set(disease, n === undefined || before === undefined ? undefined : before + n);
  }
  for (const [disease, n] of perDisease) sizes.set(disease, n);
  for (const list of ["arms", "subsets"] as const)
    for (const [i, { id, n }] of (cohort[list] ?? []).entries()) {
      if (sizes.has(id)) report([list, i, "id"], `"${id}" names two populations`, "rename one");
      else sizes.set(id, n);
    }
  return sizes;
}

/** Grades of one population at most add up to "any grade". */
function checkGrades(cohort: Cohort, report: Report): void {
  for (const [i, any] of cohort.endpoints.entries()) {
    const event = /^(.+)-any$/.exec(any.id)?.[1];
    if (event === undefined || any.k === undefined) continue;
    const single = new RegExp(`^${event}-grade-[1-4]$`);
    const grades = cohort.endpoints.filter(
      (row) => single.test(row.id) && row.population === any.population && row.n === any.n && row.per === any.per,
    );
    const total = sum(grades.map((row) => row.k));
    if (total > any.k)
      report(
        ["endpoints", i, "k"],
        `the grades of ${event} add up to ${total}, and ${any.k} had any`,
        "correct one of them",
      );
  }
}
