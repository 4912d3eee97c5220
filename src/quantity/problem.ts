/** A mistake in something that a person wrote: a name, a place and a next move. Collected, never thrown one by one. */
export interface Problem {
  /** Where in the value, `arms › reset › give › 2 › dose`; items of a list are counted from 1. */
  readonly path: string;
  readonly file?: string;
  /** Line and column of the text, counted from 1. */
  readonly line?: number;
  readonly column?: number;
  /** What is wrong, with the value that is. */
  readonly what: string;
  /** What to write instead. */
  readonly hint: string;
  /** The line of text, for showing, and how many characters of it the caret underlines. */
  readonly source?: string;
  readonly width?: number;
  /** Read as it stands, but perhaps not as it was meant; a problem without it refuses the input. */
  readonly severity?: "warning";
}

export const isWarning = ({ severity }: Problem): boolean => severity === "warning";

/** By file, line and column; problems without a place keep their order and come first. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) =>
      compareText(a.file ?? "", b.file ?? "") || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

/** All problems as text for a terminal, in order of position. */
export function formatProblems(problems: readonly Problem[]): string {
  return sortProblems(problems).map(formatProblem).join("\n\n");
}

function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.line === undefined ? undefined : problem.column]
    .filter((part) => part !== undefined)
    .join(":");
  const lines = [
    [place, problem.path].filter((part) => part !== "").join("  "),
    `  ${isWarning(problem) ? "warning: " : ""}${problem.what}`,
  ];
  if (problem.source !== undefined && problem.line !== undefined && problem.column !== undefined) {
    const gutter = `${problem.line}`;
    const { text, before } = shownPart(problem.source, problem.column - 1);
    // Tabs stay tabs in front of the caret, so that it stands under the fault at any tab width.
    const margin = before.replace(/[^\t]/g, " ");
    const carets = Math.min(Math.max(1, problem.width ?? 1), Math.max(1, text.length - before.length));
    lines.push(`  ${gutter} | ${text}`);
    lines.push(`  ${" ".repeat(gutter.length)} | ${margin}${"^".repeat(carets)}`);
  }
  lines.push(`  hint: ${problem.hint}`);
  return lines.filter((line) => line.trim() !== "").join("\n");
}

/** Characters of a line that are shown; a longer one is cut around the fault. */
const WIDEST = 160;

/** The line, and what stands before the fault. Control characters would act on the terminal. */
function shownPart(source: string, at: number): { readonly text: string; readonly before: string } {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to show as something else
  const line = source.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, "\ufffd");
  if (line.length <= WIDEST) return { text: line, before: line.slice(0, at) };
  const from = Math.max(0, Math.min(at - WIDEST / 2, line.length - WIDEST));
  const cut = line.slice(from, from + WIDEST);
  const left = from > 0 ? "…" : "";
  return {
    text: `${left}${cut}${from + WIDEST < line.length ? "…" : ""}`,
    before: `${left}${line.slice(from, at)}`,
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
