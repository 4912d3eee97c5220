/**
 * Runs the cases of a file of reference data that nobody in this project wrote. The data are read at test time from
 * IMMUNE_RESET_REFERENCE, or from ../shared/reference beside the repository; they are never copied.
 * Without the data the suite is skipped, or fails where REQUIRE_ALL=1. A suite without a case fails.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "vitest";

export const REFERENCE = resolve(
  process.env["IMMUNE_RESET_REFERENCE"] ?? join(import.meta.dirname, "../../../shared/reference"),
);

/** One case: `run` throws if we are wrong. A case without `run` is not yet supported, and counted as skipped. */
export interface ReferenceCase {
  name: string;
  run?: () => void | Promise<void>;
}

/**
 * Makes one test of all cases in `path`, a file or folder inside the reference data. `cases` gets the parsed JSON of a .json file,
 * the text of another file, and the full path of a folder. `Data` is what the author of the suite takes the file to hold.
 */
export function referenceSuite<Data>(
  name: string,
  path: string,
  cases: (data: Data) => Iterable<ReferenceCase> | Promise<Iterable<ReferenceCase>>,
): void {
  const full = join(REFERENCE, path);
  describe(name, () => {
    if (!existsSync(full)) {
      if (process.env["REQUIRE_ALL"] === "1") {
        it("has its reference data", () => {
          throw new Error(`no ${full}: set IMMUNE_RESET_REFERENCE to the folder of reference data`);
        });
      } else it.skip("skipped: reference data absent", () => {});
      return;
    }
    it("agrees with the reference data", async () => {
      const failures: string[] = [];
      const unsupported: string[] = [];
      let run = 0;
      for (const one of await cases(load(full) as Data)) {
        if (!one.run) {
          unsupported.push(one.name);
          continue;
        }
        run++;
        try {
          await one.run();
        } catch (error) {
          failures.push(`${one.name}: ${error instanceof Error ? error.message : error}`);
        }
      }
      console.log(`${name}: ${run} cases run, ${failures.length} failed, ${unsupported.length} skipped`);
      if (unsupported.length > 0) console.log(`${name}: not yet supported: ${unsupported.join("; ")}`);
      if (run === 0) throw new Error(`${name}: no case was run`);
      if (failures.length > 0) throw new Error(`${failures.length} of ${run}:\n${failures.slice(0, 20).join("\n")}`);
    });
  });
}

function load(full: string): unknown {
  if (statSync(full).isDirectory()) return full;
  const text = readFileSync(full, "utf8");
  return full.endsWith(".json") ? JSON.parse(text) : text;
}

/** A table of the reference data as one record per row; cells are text without quotes, and "" or NA where missing. */
export function readTable(path: string): Record<string, string>[] {
  const lines = readFileSync(join(REFERENCE, path), "utf8").trim().split(/\r?\n/);
  const [names, ...rows] = lines.map((line) =>
    line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.replace(/^"(.*)"$/, "$1")),
  );
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
}

/** Whether a cell of `readTable` holds no value. */
export function isMissing(value: string): boolean {
  return value === "" || value === "NA";
}

/** A number as R's JSON spells it: NA, NaN, Inf and -Inf are text. */
export function fromR(value: number | string | null): number {
  if (typeof value === "number") return value;
  if (value === "Inf") return Number.POSITIVE_INFINITY;
  return value === "-Inf" ? Number.NEGATIVE_INFINITY : Number.NaN;
}

/** Throws unless |actual - expected| ≤ relative · |expected| + absolute; NaN and infinities must be the same. */
export function expectClose(
  what: string,
  actual: number,
  expected: number | string | null,
  relative: number,
  absolute = 0,
): void {
  const wanted = fromR(expected);
  if (Object.is(actual, wanted) || actual === wanted) return;
  if (Math.abs(actual - wanted) <= relative * Math.abs(wanted) + absolute) return;
  throw new Error(`${what} is ${actual}, expected ${wanted}`);
}
