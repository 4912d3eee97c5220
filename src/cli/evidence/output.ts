/** What all verbs of evidence print with. */

/** What all verbs take: another folder of records, and JSON instead of text. */
export interface Common {
  readonly dir?: string;
  readonly json?: boolean;
}

export const print = (text: string) => process.stdout.write(`${text}\n`);
export const printJson = (value: unknown) => print(JSON.stringify(value));
export const percent = (x: number): string => `${(100 * x).toFixed(x > 0 && x < 0.1 ? 1 : 0)} %`;
export const range = ({ lower, upper }: { readonly lower: number; readonly upper: number }): string =>
  `${(100 * lower).toFixed(0)}–${(100 * upper).toFixed(0)} %`;

/** Columns as wide as their widest cell; the last is left as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map((row) => row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]! + 2))).join(""))
    .join("\n");
}

export const NOT_ADVICE = "Research and education, not medical advice.";
