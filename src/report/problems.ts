import type { ReportData } from "./data.js";
import { namesIn } from "./sentence.js";

/** Everything that keeps a report from being written, found at once: names that do not exist, parts that do not sum, words that contradict numbers. */
export function findProblems(data: ReportData): string[] {
  const problems: string[] = [];
  const names = new Set<string>();
  for (const { name } of data.numbers) {
    if (names.has(name)) problems.push(`numbers › "${name}" is there twice`);
    names.add(name);
  }
  const arms = data.study.arms.map((arm) => arm.id);
  const needNumber = (place: string, name: string) => {
    if (!names.has(name)) problems.push(`${place} › unknown number "${name}"`);
  };
  const needArm = (place: string, arm: string) => {
    if (!arms.includes(arm)) problems.push(`${place} › unknown arm "${arm}"; the study has ${arms.join(", ")}`);
  };

  data.answer.forEach((sentence, i) => {
    for (const name of namesIn(sentence)) needNumber(`answer › sentence ${i + 1}`, name);
  });
  for (const arm of arms) {
    for (const { row } of data.headline) needNumber("headline", `${arm}.${row}`);
    for (const { row } of data.safety) needNumber("safety", `${arm}.${row}`);
  }
  const curveIds = data.curves.map((curve) => curve.id);
  for (const curve of data.curves) {
    if (curveIds.filter((id) => id === curve.id).length > 1)
      problems.push(`curves › the id "${curve.id}" is there twice`);
    if (!curve.arms.some((series) => series.median.some(Number.isFinite)))
      problems.push(`curves › ${curve.id} has no arm with a finite median`);
    if (curve.days.length < 2) problems.push(`curves › ${curve.id} has ${curve.days.length} days; a curve needs two`);
    if (curve.scale === "log" && curve.floor !== null && !(curve.floor > 0))
      problems.push(`curves › ${curve.id} › floor ${curve.floor} of a log axis must be above 0`);
    for (const series of curve.arms) {
      needArm(`curves › ${curve.id}`, series.arm);
      for (const part of ["median", "low", "high"] as const)
        if (series[part].length !== curve.days.length)
          problems.push(
            `curves › ${curve.id} › ${series.arm} › ${part} has ${series[part].length} values for ${curve.days.length} days`,
          );
    }
  }
  if (data.survival.curves.length === 0) problems.push("survival › no arm has a curve");
  for (const { arm, steps } of data.survival.curves) {
    needArm("survival", arm);
    if (steps.length === 0) problems.push(`survival › ${arm} has no steps`);
  }
  data.published.forEach(({ endpoint, predicted, published, inside }, i) => {
    const lies = published.value >= predicted.low && published.value <= predicted.high;
    if (lies !== inside)
      problems.push(
        `published › row ${i + 1} (${endpoint}) says ${inside ? "inside" : "outside"}, but ${published.value} against ${predicted.low}–${predicted.high} is ${lies ? "inside" : "outside"}`,
      );
  });
  const sum = sumOfShares(data.assumptions);
  if (Math.abs(sum - 100) > 0.05) problems.push(`assumptions › shares sum to ${sum.toFixed(2)} %, not to 100 %`);
  const { runs, completed, stopped, failed } = data.conduct;
  if (completed + stopped + failed !== runs)
    problems.push(`conduct › ${completed} completed + ${stopped} stopped + ${failed} failed are not ${runs} runs`);
  return problems;
}

/** Sum in percent of all shares of the answer's variance: parameters, rest and chance. */
export function sumOfShares(assumptions: ReportData["assumptions"]): number {
  return assumptions.rows.reduce((sum, row) => sum + row.share, assumptions.restShare + assumptions.chanceShare);
}
