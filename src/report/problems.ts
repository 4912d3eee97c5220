import type { ReportData } from "./data.js";
import { pageNumbers, sumOfShares } from "./page-numbers.js";
import { namesIn } from "./sentence.js";

/** Everything that keeps a report from being written, found at once: names that do not exist, parts that do not sum, words that contradict numbers. */
export function findProblems(data: ReportData): string[] {
  const problems: string[] = [];
  const names = new Map<string, number | null>();
  for (const { name, value } of data.numbers) {
    if (names.has(name)) problems.push(`numbers › "${name}" is there twice`);
    names.set(name, value);
  }
  for (const { name, value } of pageNumbers(data)) {
    if (!names.has(name)) problems.push(`numbers › "${name}" is printed on the page and not there`);
    else if (names.get(name) !== value)
      problems.push(`numbers › "${name}" is ${names.get(name)}, and ${value} elsewhere in the report`);
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
    for (const { row } of data.measures) needNumber("measures", `${arm}.${row}`);
    for (const { row } of data.safety) needNumber("safety", `${arm}.${row}`);
    for (const { row } of data.products) needNumber("products", `${arm}.${row}`);
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
  // Without our own model there is nobody to count.
  for (const { id, curves } of (data.structures?.own ?? true) ? [data.remission, data.survival] : [])
    for (const { arm, points } of curves) {
      needArm(id, arm);
      if (points.length === 0) problems.push(`${id} › ${arm} has no points`);
    }
  data.published.forEach(({ endpoint, predicted: { low, high }, published, inside, noInterval }, i) => {
    const place = `published › row ${i + 1} (${endpoint})`;
    if (low === null || high === null || inside === null) {
      if (low !== null || high !== null || inside !== null || noInterval === "")
        problems.push(`${place} has no interval, a verdict or no reason: all or none`);
      return;
    }
    const lies = published.value >= low && published.value <= high;
    if (lies !== inside)
      problems.push(
        `${place} says ${inside ? "inside" : "outside"}, but ${published.value} against ${low}–${high} is ${lies ? "inside" : "outside"}`,
      );
  });
  const sum = sumOfShares(data.assumptions);
  if (Math.abs(sum - 100) > 0.05) problems.push(`assumptions › shares sum to ${sum.toFixed(2)} %, not to 100 %`);
  const { runs, completed, stopped, failed } = data.conduct;
  if (completed + stopped + failed !== runs)
    problems.push(`conduct › ${completed} completed + ${stopped} stopped + ${failed} failed are not ${runs} runs`);
  return problems;
}
