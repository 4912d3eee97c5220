import type { ReportData, SummaryNumber } from "../report/index.js";

const format = (value: number | null): string =>
  value === null ? "–" : Math.abs(value) >= 10 ? value.toFixed(0) : value.toPrecision(2);

/** The ten lines at the end of a trial: one row per question, one column per arm. */
export function summaryLines(report: ReportData, resultHash: string): string[] {
  const arms = report.study.arms.map(({ id }) => id);
  const find = (name: string): SummaryNumber | undefined => report.numbers.find((number) => number.name === name);
  const cell = (arm: string, row: string) => {
    const number = find(`${arm}.${row}`);
    return number?.value == null ? "–" : `${format(number.value)} (${format(number.low)}–${format(number.high)})`;
  };
  const month = find(`${arms[0]}.drug-free-remission-24`) ? 24 : 12;
  const rows: [string, string][] = [
    ["B cells < 1/µL, %", "depleted"],
    ["B cells back, day", "return-day"],
    ["lymph-node B cells d90, %", "lymph-node-90"],
    ["autoantibody d90, %", "autoantibody-90"],
    ["drug-free remission 6 mo, %", "drug-free-remission-6"],
    [`drug-free remission ${month} mo, %`, `drug-free-remission-${month}`],
  ];
  const widths = arms.map((arm) => Math.max(arm.length, 22));
  const line = (label: string, cells: readonly string[]) =>
    `${label.padEnd(30)}${cells.map((text, i) => text.padEnd(widths[i]! + 2)).join("")}`.trimEnd();
  const { conduct, published } = report;
  return [
    `${report.study.title}: ${conduct.patients} virtual patients × ${arms.length} arms, ${conduct.failed} failed runs`,
    line("median or %, (5–95 %)", arms),
    ...rows.map(([label, row]) =>
      line(
        label,
        arms.map((arm) => cell(arm, row)),
      ),
    ),
    `published figures inside the predicted interval: ${published.filter(({ inside }) => inside).length} of ${published.length}`,
    `resultHash ${resultHash}`,
  ];
}
