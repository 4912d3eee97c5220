import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Column, defineTable, hashTables, rowsOf, type Table, TableBuilder } from "../../src/store/index.js";
import { VISITS, visits } from "./sample.js";

const table = visits(200);
const original = hashTables([table]);
const withColumn = (at: number, column: Column): Table => ({ ...table, columns: table.columns.with(at, column) });

/** The column with one bit of one cell flipped; undefined where a flip gives no other value (two NaN). */
function flipped(column: Column, row: number, bit: number): Column | undefined {
  switch (column.type) {
    case "float64": {
      const values = column.values.slice();
      new Uint8Array(values.buffer)[row * 8 + ((bit >> 3) & 7)]! ^= 1 << (bit & 7);
      return Number.isNaN(values[row]) && Number.isNaN(column.values[row]) ? undefined : { type: "float64", values };
    }
    case "int32":
      return {
        type: "int32",
        values: column.values.map((value, i) => (i === row ? value ^ (1 << (bit & 31)) : value)),
      };
    case "boolean":
      return { type: "boolean", values: column.values.map((value, i) => (i === row ? value ^ 1 : value)) };
    case "string": {
      const text = column.dictionary[column.codes[row]!]!;
      if (text === "") return undefined;
      const at = bit % text.length;
      const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
      return {
        type: "string",
        codes: column.codes.map((code, i) => (i === row ? column.dictionary.length : code)),
        dictionary: [...column.dictionary, changed],
      };
    }
  }
}

describe("hashTables", () => {
  it("changes with any bit of any cell", () => {
    const tried = new Map<string, number>();
    fc.assert(
      fc.property(fc.nat(table.columns.length - 1), fc.nat(table.rows - 1), fc.nat(2 ** 20), (at, row, bit) => {
        const column = flipped(table.columns[at]!, row, bit);
        fc.pre(column !== undefined);
        tried.set(column.type, (tried.get(column.type) ?? 0) + 1);
        expect(hashTables([withColumn(at, column)])).not.toBe(original);
      }),
      { numRuns: 600 },
    );
    expect([...tried.keys()].sort()).toEqual(["boolean", "float64", "int32", "string"]);
  });

  it("changes when two rows that differ are swapped", () => {
    const rows = [...rowsOf(table)];
    fc.assert(
      fc.property(fc.nat(table.rows - 1), fc.nat(table.rows - 1), (i, j) => {
        fc.pre(i !== j);
        const builder = new TableBuilder(VISITS);
        for (const row of rows.with(i, rows[j]!).with(j, rows[i]!)) builder.append(row);
        expect(hashTables([builder.build()])).not.toBe(original);
      }),
      { numRuns: 100 },
    );
  });

  it("changes when two columns are swapped: their cells, their names, or both", () => {
    const [day, cells] = [2, 3];
    const swap = <T>(values: readonly T[]) => values.with(day, values[cells]!).with(cells, values[day]!);
    const hashes = [
      original,
      hashTables([{ ...table, columns: swap(table.columns) }]),
      hashTables([{ ...table, spec: { ...VISITS, columns: swap(VISITS.columns) } }]),
      hashTables([{ ...table, columns: swap(table.columns), spec: { ...VISITS, columns: swap(VISITS.columns) } }]),
    ];
    expect(new Set(hashes).size).toBe(4);
  });

  it("changes with a name, a unit, a type, a row more or less; not with a meaning", () => {
    const rename = (field: string, value: string) => ({
      ...table,
      spec: { ...VISITS, columns: VISITS.columns.map((c) => (c.name === "day" ? { ...c, [field]: value } : c)) },
    });
    const hashes = [
      original,
      hashTables([{ ...table, spec: { ...VISITS, name: "visit" } }]),
      hashTables([rename("name", "date")]),
      hashTables([rename("unit", "week")]),
      hashTables([rename("type", "int32")]),
      hashTables([{ ...table, rows: 199 }]),
      hashTables([]),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashTables([rename("about", "in other words")])).toBe(original);
  });

  it("tells 0 from -0 and takes every NaN for one", () => {
    const spec = defineTable({
      name: "t",
      about: "t",
      columns: [{ name: "x", type: "float64", unit: "1", about: "x" }],
    });
    const of = (...values: number[]): Table => ({
      spec,
      rows: values.length,
      columns: [{ type: "float64", values: Float64Array.from(values) }],
    });
    expect(hashTables([of(0)])).not.toBe(hashTables([of(-0)]));
    const odd = of(Number.NaN);
    const column = odd.columns[0]!;
    if (column.type === "float64") new Uint32Array(column.values.buffer).set([1, 0xfff00000]);
    expect(hashTables([odd])).toBe(hashTables([of(Number.NaN)]));
  });

  it("does not let text run from one cell into the next", () => {
    const spec = defineTable({ name: "t", about: "t", columns: [{ name: "x", type: "string", unit: "", about: "x" }] });
    const of = (...texts: string[]) => {
      const builder = new TableBuilder(spec);
      for (const x of texts) builder.append({ x });
      return hashTables([builder.build()]);
    };
    expect(new Set([of("ab", ""), of("a", "b"), of("", "ab"), of("ab")]).size).toBe(4);
    // Longer than the block in which bytes are collected.
    const long = "x".repeat(70_000);
    expect(new Set([of(long), of(`${long}x`), of(long, "x"), of("x", long)]).size).toBe(4);
  });

  it("depends on cells, not on the dictionary, nor on the order of tables", () => {
    const shards = new TableBuilder(VISITS).appendTable(visits(50, 9)).appendTable(table).build();
    const rebuilt = new TableBuilder(VISITS);
    for (const row of rowsOf(shards)) rebuilt.append(row);
    expect(hashTables([rebuilt.build()])).toBe(hashTables([shards]));
    const other = { ...table, spec: { ...VISITS, name: "a_table" } };
    expect(hashTables([table, other])).toBe(hashTables([other, table]));
    expect(() => hashTables([table, table])).toThrow("visits: given twice");
  });

  it("is the same on every machine and in every version", () => {
    const draws = new TableBuilder(VISITS);
    for (const b_cells of [0, -0, Number.NaN, Infinity, 0.1])
      draws.append({ patient: 1, arm: "reset", day: 28, b_cells, in_remission: true, note: "π 🧬" });
    expect(hashTables([draws.build()])).toMatchInlineSnapshot(
      `"3f0563a02efafebfacc64a8a793d918669353ec082a58d0c131df2dd40f654cb"`,
    );
  });
});
