/** A table of a page; a `|` in a cell is escaped. Empty where there are no rows. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

export const code = (text: string): string => `\`${text}\``;

/** Texts between `<!-- generated: NAME -->` and `<!-- end -->` in place of what stands there. Throws where a marker and its table do not meet one to one. */
export function replaceGenerated(page: string, tables: Readonly<Record<string, string>>): string {
  const used: string[] = [];
  const changed = page.replaceAll(/<!-- generated: ([a-z-]+) -->\n[\s\S]*?<!-- end -->/g, (_, name: string) => {
    const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
    if (table === undefined) throw new Error(`nothing is generated under the name "${name}"`);
    used.push(name);
    return `<!-- generated: ${name} -->\n\n${table}\n\n<!-- end -->`;
  });
  const opened = page.match(/<!-- generated: /g)?.length ?? 0;
  if (opened !== used.length) throw new Error(`${opened} markers begin a generated part, ${used.length} end one`);
  for (const name of Object.keys(tables))
    if (used.filter((each) => each === name).length !== 1)
      throw new Error(`the page has no place for "${name}", or more than one`);
  return changed;
}
