import type { ArmResult } from "./compare.js";

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => "---"), ...rows].map(row);

/** The work–precision table and the ratios of one arm, as Markdown. */
export function printTable(arm: string, { model, cases, ratios, worstDecile, overall, codes }: ArmResult): string {
  const e = (value: number) => value.toExponential(1);
  const times = (value: number | null | undefined) => (value == null ? "not enclosed" : `${value.toFixed(1)}×`);
  return [
    `### ${arm}`,
    "",
    `${model.states} states, ${model.hubs} hubs, ${model.productsPerStep} products per step of eight stages; ${cases} cases.`,
    "",
    ...table(
      ["code", "rtol", "ms per case", "steps", "median", "worst decile", "95 %", "worst case", "all", "largest"],
      codes.flatMap(({ name, points }) =>
        points.map((p) => [
          name,
          e(p.rtol),
          p.msPerCase.toFixed(3),
          p.stepsPerCase.toFixed(0),
          ...[p.median, p.decile, p.p95, p.worst, p.rms, p.largest].map(e),
        ]),
      ),
    ),
    "",
    ...table(
      ["peer at error", "typical patient", "worst decile", "all numbers"],
      Object.entries(ratios).map(([key, value]) => [key, times(value), times(worstDecile[key]), times(overall[key])]),
    ),
  ].join("\n");
}
