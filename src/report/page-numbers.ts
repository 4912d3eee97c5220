import type { PublishedRow, ReportData, ShareOverTime, SummaryNumber } from "./data.js";
import { tickPlaces } from "./tick-days.js";

/** Names of the numbers that are not `${arm}.${row}`. */
export const nameOf = {
  curve: (arm: string, curve: string, day: number) => `${arm}.curve.${curve}.day-${Math.round(day)}`,
  share: ({ id }: ShareOverTime, arm: string, day: number) => `${arm}.${id}.day-${Math.round(day)}`,
  shareN: ({ id }: ShareOverTime, arm: string, day: number) => `${arm}.${id}-n.day-${Math.round(day)}`,
  published: ({ id }: PublishedRow, side: "predicted" | "published" | "patients") => `published.${id}.${side}`,
  tally: (label: PublishedRow["label"], what: "inside" | "with-interval") => `published.${label}.${what}`,
  assumption: (parameter: string) => `assumption.${parameter}`,
  conduct: (what: string) => `conduct.${what}`,
  constant: (part: string, name: string) => `constant.${part}.${name}`,
  reason: (what: "failure" | "rejection", i: number) => `conduct.${what}.${i + 1}`,
  stratum: (i: number) => `study.stratum-${i + 1}`,
} as const;

/** The exact interval's name, as rows and captions say it. */
export const EXACT_INTERVAL = "95 % exact (Clopper–Pearson)";

const number = (
  name: string,
  about: string,
  value: number | null,
  unit = "",
  interval: { readonly low: number | null; readonly high: number | null; readonly is: string } | null = null,
): SummaryNumber => ({
  name,
  about,
  value: value !== null && Number.isFinite(value) ? value : null,
  unit,
  low: finite(interval?.low),
  high: finite(interval?.high),
  interval: interval?.is ?? null,
});
const finite = (value: number | null | undefined): number | null =>
  value !== null && value !== undefined && Number.isFinite(value) ? value : null;

/** Numbers that the page prints beside the rows of arms: drawn from the rest of the report, one by one, so that `summary.json` holds them too. */
export function pageNumbers(data: Omit<ReportData, "numbers" | "answer">): SummaryNumber[] {
  return [
    ...studyNumbers(data),
    ...[...data.curves, ...(data.structures?.arms.flatMap(({ curves }) => curves) ?? [])].flatMap((curve) =>
      tickPlaces(curve.days).flatMap((i) =>
        curve.arms.map(({ arm, median, low, high }) =>
          number(
            nameOf.curve(arm, curve.id, curve.days[i]!),
            `${curve.title}, day ${Math.round(curve.days[i]!)}`,
            median[i]!,
            curve.unit,
            { low: low[i]!, high: high[i]!, is: curve.band },
          ),
        ),
      ),
    ),
    ...[data.remission, data.survival].flatMap(shareNumbers),
    ...publishedNumbers(data.published),
    ...assumptionNumbers(data.assumptions),
    ...conductNumbers(data.conduct),
    ...data.constants.map(({ part, name, about, value, unit }) =>
      number(nameOf.constant(part, name), about, value, unit),
    ),
  ];
}

function studyNumbers({ study, run, horizon }: Omit<ReportData, "numbers" | "answer">): SummaryNumber[] {
  return [
    number("study.until", "last simulated day", study.untilDay, "day"),
    ...study.population.map(({ label, n }, i) => number(nameOf.stratum(i), `patients per replicate: ${label}`, n)),
    number("run.replicates", "replicates", run.replicates),
    number("run.seed", "seed", run.seed),
    number("run.tolerance", "relative tolerance of the integration", run.tolerance),
    ...(horizon === null ? [] : [number("horizon", "end of observation in patients", horizon.day, "day")]),
  ];
}

/** The points of a table's days. */
export function shareNumbers(shares: ShareOverTime): SummaryNumber[] {
  return shares.curves.flatMap(({ arm, points }) =>
    shares.days.flatMap((day) => {
      const point = points.find((each) => Math.round(each.day) === Math.round(day));
      if (!point) return [];
      const { value, low, high, n } = point;
      const when = `${shares.title}, day ${Math.round(day)}`;
      return [
        number(nameOf.share(shares, arm, day), when, 100 * value, "%", {
          low: low === null ? null : 100 * low,
          high: high === null ? null : 100 * high,
          is: shares.interval,
        }),
        number(nameOf.shareN(shares, arm, day), `${when}: ${shares.counted}`, n),
      ];
    }),
  );
}

function publishedNumbers(rows: readonly PublishedRow[]): SummaryNumber[] {
  return [
    ...rows.flatMap((row) => {
      const { endpoint, unit, predicted, published } = row;
      return [
        number(nameOf.published(row, "predicted"), `${endpoint}, predicted`, predicted.value, unit, {
          ...predicted,
          is: row.noInterval === "" ? "90 % of drawn cohorts" : row.noInterval,
        }),
        number(
          nameOf.published(row, "published"),
          `${endpoint}, published`,
          published.value,
          unit,
          published.low === null ? null : { ...published, is: EXACT_INTERVAL },
        ),
        number(nameOf.published(row, "patients"), `${endpoint}, simulated patients with a value`, predicted.patients),
      ];
    }),
    ...(["predicted", "fitted"] as const).flatMap((label) => {
      const judged = rows.filter((row) => row.label === label && row.inside !== null);
      return [
        number(
          nameOf.tally(label, "inside"),
          `published figures inside the predicted interval, ${label}`,
          judged.filter(({ inside }) => inside).length,
        ),
        number(nameOf.tally(label, "with-interval"), `published figures with an interval, ${label}`, judged.length),
      ];
    }),
  ];
}

/** Sum in percent of all shares of the answer's variance: parameters, rest and chance. */
export function sumOfShares(assumptions: ReportData["assumptions"]): number {
  return assumptions.rows.reduce((sum, row) => sum + row.share, assumptions.restShare + assumptions.chanceShare);
}

function assumptionNumbers(assumptions: ReportData["assumptions"]): SummaryNumber[] {
  const share = (parameter: string, about: string, value: number) =>
    number(nameOf.assumption(parameter), `share of the variation: ${about}`, value, "%");
  return [
    ...assumptions.rows.map(({ parameter, about, share: value }) => share(parameter, about, value)),
    share("rest", "rest", assumptions.restShare),
    share("chance", "chance", assumptions.chanceShare),
    share("sum", "sum", sumOfShares(assumptions)),
  ];
}

function conductNumbers(conduct: ReportData["conduct"]): SummaryNumber[] {
  const count = (what: string, about: string, value: number) => number(nameOf.conduct(what), about, value);
  return [
    count("patients", "virtual patients, all replicates", conduct.patients),
    count("runs", "runs: patients × arms", conduct.runs),
    count("completed", "runs to the last visit", conduct.completed),
    count("stopped", "runs that ended by dropout", conduct.stopped),
    count("failed", "failed runs", conduct.failed),
    count("rejected-draws", "rejected draws of patients", conduct.rejectedDraws),
    count("largest-undershoot", "largest undershoot of a run, in absolute tolerances", conduct.largestUndershoot),
    count("undershoot-limit", "undershoot from which runs are counted", conduct.undershootLimit),
    count("undershoot-above", "runs with a larger undershoot", conduct.undershootAbove),
    ...conduct.failures.map(({ reason, count: value }, i) =>
      number(nameOf.reason("failure", i), `failed runs: ${reason}`, value),
    ),
    ...conduct.rejections.map(({ reason, count: value }, i) =>
      number(nameOf.reason("rejection", i), `rejected draws: ${reason}`, value),
    ),
  ];
}
