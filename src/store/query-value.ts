/** What a query can return, as JSON: numbers are numbers wherever a JSON number holds them exactly. */
import type { DuckDBValue } from "@duckdb/node-api";

export type QueryValue =
  | string
  | number
  | boolean
  | null
  | readonly QueryValue[]
  | { readonly [name: string]: QueryValue };

/** Digits that every double keeps: a decimal with no more of them reads back as it was. */
const EXACT_DIGITS = 15;

/**
 * Of DuckDB's classes of values, as `import("@duckdb/node-api")` gives them; the driver is loaded only where there is a query.
 *
 * - Whole numbers up to 2^53 − 1 and decimals of up to 15 digits are numbers, longer ones their digits as text.
 * - NaN and ±Infinity, which JSON does not have, are null, as NULL is; dates at infinity too.
 * - Lists and arrays are arrays, structs are objects, a map is a list of `{key, value}`, a union is `{tag, value}`.
 * - All else (dates, times, intervals, UUID, BLOB, BIT …) is text as DuckDB writes it.
 */
export function queryValue(duckdb: typeof import("@duckdb/node-api"), value: DuckDBValue | undefined): QueryValue {
  const read = (each: DuckDBValue | undefined): QueryValue => queryValue(duckdb, each);
  switch (typeof value) {
    case "undefined":
      return null;
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : null;
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (value === null) return null;
  if (value instanceof duckdb.DuckDBDecimalValue) {
    const text = value.toString();
    const digits = text.replace(/[^0-9]/g, "").replace(/^0+/, "");
    return digits.length <= EXACT_DIGITS ? Number(text) : text;
  }
  if (value instanceof duckdb.DuckDBListValue || value instanceof duckdb.DuckDBArrayValue) return value.items.map(read);
  if (value instanceof duckdb.DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([name, each]) => [name, read(each)]));
  if (value instanceof duckdb.DuckDBMapValue)
    return value.entries.map((entry) => ({ key: read(entry.key), value: read(entry.value) }));
  if (value instanceof duckdb.DuckDBUnionValue) return { tag: value.tag, value: read(value.value) };
  if (value instanceof duckdb.DuckDBVariantValue) return read(value.value);
  if ("isFinite" in value && !value.isFinite) return null;
  return String(value);
}
