/** A line of CSV (RFC 4180): texts in quotes where they need them, nothing where there is no value. */
export const csvLine = (cells: readonly (string | number | boolean | null | undefined)[]): string =>
  cells.map((cell) => (typeof cell === "string" ? inQuotes(cell) : String(cell ?? ""))).join();

const inQuotes = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
