import { describe, expect, it } from "vitest";
import {
  cellAt,
  checkSpec,
  columnOf,
  defineTable,
  rowsOf,
  StoreError,
  TableBuilder,
  type TableSpec,
} from "../../src/store/index.js";
import { random, randomVisit, VISITS, type Visit, visits } from "./sample.js";

const good: Visit = { patient: 1, arm: "reset", day: 0, b_cells: Number.NaN, in_remission: false, note: "" };
const problemsOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof StoreError) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("TableBuilder", () => {
  it("gives back what was appended, far beyond its first capacity", () => {
    const draw = random(3);
    const rows = Array.from({ length: 5000 }, (_, row) => randomVisit(draw, row));
    const builder = new TableBuilder(VISITS, 1);
    for (const row of rows) builder.append(row);
    const table = builder.build();
    expect(table.rows).toBe(5000);
    expect([...rowsOf(table)]).toEqual(rows);
    let at = 0;
    for (const row of rowsOf(table)) expect(Object.is(row.day, rows[at++]!.day)).toBe(true);
  });

  it("builds a snapshot: later rows do not change it", () => {
    const builder = new TableBuilder(VISITS).append(good);
    const before = builder.build();
    builder.append({ ...good, note: "later" });
    expect(before.rows).toBe(1);
    expect(columnOf(before, "note").dictionary).toEqual([""]);
    expect(builder.build().rows).toBe(2);
  });

  it("types columns by name", () => {
    const table = visits(10);
    const days: Float64Array = columnOf(table, "day").values;
    const patients: Int32Array = columnOf(table, "patient").values;
    expect(days.length + patients.length).toBe(20);
    expect(cellAt(columnOf(table, "arm"), 0)).toMatch(/reset|rituximab|continued/);
    // @ts-expect-error the compiler knows the names
    expect(() => columnOf(table, "dya")).toThrow(/visits › dya: unknown column \(columns are patient, arm/);
  });

  it("names everything that is wrong with a row, and keeps the table as it was", () => {
    const builder = new TableBuilder(VISITS).append(good);
    const bad = { patient: 1.5, arm: 7, day: null, in_remission: 1, note: "\ud800", dya: 3 } as unknown as Visit;
    const problems = problemsOf(() => builder.append(bad));
    expect(problems.map((problem) => `${problem.path}: ${problem.what}`)).toEqual([
      "visits › row 2 › patient: 1.5 is not a 32-bit integer",
      "visits › row 2 › arm: 7 is not a string",
      "visits › row 2 › day: no value",
      "visits › row 2 › b_cells: no value",
      "visits › row 2 › in_remission: 1 is not a boolean",
      'visits › row 2 › note: "\\ud800" has half a surrogate pair',
      "visits › row 2 › dya: unknown column",
    ]);
    expect(builder.rows).toBe(1);
    expect([...rowsOf(builder.append(good).build())]).toEqual([good, good]);
  });

  it.each([2 ** 31, -(2 ** 31) - 1, -0, Number.NaN, Infinity, "1", true, 1n])("refuses %s as int32", (patient) => {
    expect(() => new TableBuilder(VISITS).append({ ...good, patient: patient as number })).toThrow(/32-bit integer/);
  });

  it("joins tables of one spec and refuses others", () => {
    const parts = [visits(70, 1), visits(0, 2), visits(300, 3)];
    const builder = new TableBuilder(VISITS, 1);
    for (const part of parts) builder.appendTable(part);
    expect([...rowsOf(builder.build())]).toEqual(parts.flatMap((part) => [...rowsOf(part)]));
    const other = defineTable({
      ...VISITS,
      columns: VISITS.columns.map((column) => (column.name === "day" ? { ...column, unit: "week" } : column)),
    });
    expect(() => builder.appendTable(new TableBuilder(other).build())).toThrow(
      'visits › day: unit "week", expected "day"',
    );
  });
});

describe("checkSpec", () => {
  it("finds every mistake at once", () => {
    const spec: TableSpec = {
      name: "Visits",
      about: " ",
      columns: [
        { name: "b-cells", type: "float64", unit: "cell/uL", about: "B cells" },
        { name: "day", type: "float64", unit: "dya", about: "" },
        { name: "day", type: "double" as "float64", unit: "day", about: "day" },
        { name: "arm", type: "string", unit: "1", about: "arm" },
      ],
    };
    expect(checkSpec(spec).map((problem) => `${problem.path}: ${problem.what}`)).toEqual([
      "Visits: not a table name",
      "Visits: no meaning",
      "Visits › b-cells: not a column name",
      "Visits › day: no meaning",
      'Visits › day: unknown unit "dya"',
      "Visits › day: declared twice",
      'Visits › day: unknown type "double"',
      'Visits › arm: a string has no unit "1"',
    ]);
    expect(() => defineTable(spec)).toThrow(StoreError);
    expect(checkSpec(VISITS)).toEqual([]);
  });
});
