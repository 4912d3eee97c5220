/** What one line of YAML is, seen alone: content, item of a list, key. */

/** Neither empty nor a comment. */
export const isContent = (line: string): boolean => line.trim() !== "" && !line.trim().startsWith("#");
export const isItem = (line: string): boolean => /^\s*-(\s|$)/.test(line);
export const indentOf = (line: string): number => line.length - line.trimStart().length;
export const isBareKey = (line: string): boolean => /:\s*(#.*)?$/.test(line);
export const keyOf = (line: string): string | undefined => /^\s*["']?([A-Za-z0-9_-]+)["']?\s*:(?=\s|$)/.exec(line)?.[1];

/** Line index of the second document; directives and comments may stand before the `---` of the first. */
export function secondDocument(lines: readonly string[]): number | undefined {
  let content = false;
  for (const [i, line] of lines.entries()) {
    const marker = /^(---|\.\.\.)(\s|$)/.exec(line)?.[1];
    if (content && (marker === "---" || (marker === "..." && lines.slice(i + 1).some(isContent)))) return i;
    if (marker === undefined) content ||= isContent(line) && !line.startsWith("%");
    else content ||= isContent(line.slice(3));
  }
  return undefined;
}
