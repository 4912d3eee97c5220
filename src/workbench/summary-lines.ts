import type { ReportData, SummaryNumber } from "../report/index.js";

const format = (value: number | null): string =>
  value === null ? "–" : Math.abs(value) >= 10 ? value.toFixed(0) : value.toPrecision(2);

/** The ten lines at the end of a trial: one row per question, one column per arm. */
export function summaryLines(report: ReportData, resultHash: string): string[] {
  const arms = report.study.arms.map(({ id }) => id);
  const find = (name: string): SummaryNumber | undefined => report.numbers.find((number) => number.name === name);
  const cell = (arm: string, row: string) => {
    const number = find(`${arm}.${row}`);
    if (number?.value == null) return "–";
    return number.low === null
      ? format(number.value)
      : `${format(number.value)} (${format(number.low)}–${format(number.high)})`;
  };
  const { milestones } = report;
  const times = milestones.length > 1 ? [milestones[0]!, milestones[milestones.length - 1]!] : milestones;
  const rows: [string, string][] = [
    ["B cells < 1/µL, %", "depleted"],
    ["B cells back, day", "return-day"],
    ["lymph-node B cells d90, %", "lymph-node-90"],
    ["autoantibody d90, %", "autoantibody-90"],
    ...times.map(({ key, label }): [string, string] => [
      `drug-free remission ${label.replace(" months", " mo")}, %`,
      `drug-free-remission-${key}`,
    ]),
  ];
  const head = report.run.replicates > 1 ? "median or %, (5–95 %)" : "one replicate: % without interval";
  const labelWidth = Math.max(30, head.length, ...rows.map(([label]) => label.length));
  const widths = arms.map((arm) => Math.max(arm.length, 22));
  const line = (label: string, cells: readonly string[]) =>
    `${label.padEnd(labelWidth + 2)}${cells.map((text, i) => text.padEnd(widths[i]! + 2)).join("")}`.trimEnd();
  const { conduct, published, structures } = report;
  if (structures && !structures.own) return [...structureLines(report, structures), `resultHash ${resultHash}`];
  return [
    `${report.study.title}: ${conduct.patients} virtual patients × ${arms.length} arms, ${conduct.failed} failed runs`,
    line(head, arms),
    // Rows of days that the study does not reach are left out.
    ...rows
      .filter(([, row]) => arms.some((arm) => find(`${arm}.${row}`)))
      .map(([label, row]) =>
        line(
          label,
          arms.map((arm) => cell(arm, row)),
        ),
      ),
    ...(published.length === 0 ? [] : [publishedLine(published)]),
    ...(structures ? [`beside it in the report: ${structures.peers.map(({ title }) => title).join(", ")}`] : []),
    `resultHash ${resultHash}`,
  ];
}

/** Where only published models were run: medians on the last day. */
function structureLines(
  { study, conduct }: ReportData,
  { arms, peers }: NonNullable<ReportData["structures"]>,
): string[] {
  const failed = peers.map((peer) => `${peer.title}: ${peer.failed} failed runs`);
  return [
    `${study.title}: ${conduct.patients} virtual patients; ${failed.join(", ")}; our own model was not run`,
    ...arms.flatMap(({ arm, curves }) =>
      curves.flatMap((curve) =>
        curve.arms.map(
          (series) =>
            `${arm}, ${series.arm}, ${curve.title} on day ${Math.round(curve.days[curve.days.length - 1]!)}: median ${format(series.median[series.median.length - 1]!)} ${curve.unit}`,
        ),
      ),
    ),
  ];
}

function publishedLine(published: ReportData["published"]): string {
  const judged = published.filter(({ inside }) => inside !== null);
  const rest = published.length - judged.length;
  return `published figures inside the predicted interval: ${judged.filter(({ inside }) => inside).length} of ${judged.length}${rest > 0 ? `, ${rest} without an interval` : ""}`;
}
