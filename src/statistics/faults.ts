/** Checks of arguments: every fault as one phrase with place, value and next move, all in one error. */

/** Throws one RangeError that says all `faults`, if there are any. */
export function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new RangeError(faults.join("; "));
}

/** A value as it is written in code, so that "1" is not taken for 1. */
export function written(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return Array.isArray(value) ? "an array" : typeof value === "object" && value !== null ? "an object" : String(value);
}

/**
 * TypeError where `values` cannot be read by index, such as a column that is absent under its name; `faults` found before, such as the
 * name under which it was given, are told with it.
 */
export function requireList(name: string, values: unknown, faults: readonly string[] = []): void {
  const { length } = (values ?? {}) as { length?: unknown };
  if (typeof length !== "number" || typeof values === "function")
    throw new TypeError([`${name} is ${written(values)}: give an array`, ...faults].join("; "));
}

/** The first value that is not `good`, with how many more, and the next move. */
export function firstFault<T>(
  name: string,
  values: ArrayLike<T>,
  good: (value: T, index: number) => boolean,
  hint: string | ((first: T, index: number) => string),
): string[] {
  let first = -1;
  let count = 0;
  for (let i = 0; i < values.length; i++)
    if (!good(values[i], i)) {
      if (count === 0) first = i;
      count++;
    }
  if (count === 0) return [];
  const more = count > 1 ? ` (and ${count - 1} more)` : "";
  const value = values[first];
  return [`${name}[${first}] is ${written(value)}${more}: ${typeof hint === "string" ? hint : hint(value, first)}`];
}

/** Names that nobody reads would be left out silently. */
export function unknownNames(of: string, given: object, known: readonly string[]): string[] {
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => `${of} has no "${name}": it has ${known.join(", ")}`);
}
