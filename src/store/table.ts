import type { Problem } from "../quantity/index.js";
import { parseUnit, UnitError } from "../quantity/index.js";
import { isWellFormed } from "../reading/index.js";
import { StoreError } from "./store-error.js";

/**
 * Tables are columns in typed arrays, declared once: name, type, unit, meaning.
 *
 * A missing number is NaN in memory and NULL in the file, so a column that may miss values is `float64`; a missing text is "";
 * `int32` and `boolean` are never missing. NaN is one value: its other bits are not kept.
 */
export type ColumnType = "float64" | "int32" | "boolean" | "string";

export interface ColumnSpec {
  /** Lower-case words joined by `_`, so that SQL needs no quotes. */
  readonly name: string;
  readonly type: ColumnType;
  /** A unit that `parseUnit` reads; `1` for a pure number, "" for text and booleans. */
  readonly unit: string;
  /** What a cell means, in words. */
  readonly about: string;
}

export interface TableSpec {
  /** Lower-case words joined by `_`: also the name of the file and of the view in SQL. */
  readonly name: string;
  /** What one row is. */
  readonly about: string;
  readonly columns: readonly ColumnSpec[];
}

export type ColumnName<S extends TableSpec> = S["columns"][number]["name"];
type Cells = { float64: number; int32: number; boolean: boolean; string: string };
export type Cell = Cells[ColumnType];

/** One row: every column of the table, by name, and nothing else. */
export type Row<S extends TableSpec = TableSpec> = {
  readonly [C in S["columns"][number] as C["name"]]: Cells[C["type"]];
};

/** The cells of a column. Strings are coded: row i holds `dictionary[codes[i]]`, whatever order the dictionary has. */
export type Column =
  | { readonly type: "float64"; readonly values: Float64Array }
  | { readonly type: "int32"; readonly values: Int32Array }
  | { readonly type: "boolean"; readonly values: Uint8Array }
  | { readonly type: "string"; readonly codes: Uint32Array; readonly dictionary: readonly string[] };

/** Plain data: it can be cloned to and from a worker. `columns` has the order of `spec.columns`. */
export interface Table<S extends TableSpec = TableSpec> {
  readonly spec: S;
  readonly rows: number;
  readonly columns: readonly Column[];
}

const COLUMN_TYPES: readonly ColumnType[] = ["float64", "int32", "boolean", "string"];
const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/** All that is wrong with a spec. */
export function checkSpec(spec: TableSpec): Problem[] {
  const problems: Problem[] = [];
  const complain = (path: string, what: string, hint: string) => problems.push({ path, what, hint });
  const nameHint = "use lower-case words joined by _, such as b_cells";
  if (!NAME.test(spec.name)) complain(spec.name, "not a table name", nameHint);
  if (spec.about.trim() === "") complain(spec.name, "no meaning", "say in `about` what one row is");
  if (spec.columns.length === 0) complain(spec.name, "no columns", "declare at least one");
  const seen = new Set<string>();
  for (const column of spec.columns) {
    const path = `${spec.name} › ${column.name}`;
    if (!NAME.test(column.name)) complain(path, "not a column name", nameHint);
    if (seen.has(column.name)) complain(path, "declared twice", "give each column its own name");
    seen.add(column.name);
    if (column.about.trim() === "") complain(path, "no meaning", "say in `about` what a cell means");
    if (!COLUMN_TYPES.includes(column.type))
      complain(path, `unknown type "${column.type}"`, `use one of ${COLUMN_TYPES.join(", ")}`);
    else if (column.type === "boolean" || column.type === "string") {
      if (column.unit !== "") complain(path, `a ${column.type} has no unit "${column.unit}"`, 'write unit: ""');
    } else {
      try {
        parseUnit(column.unit);
      } catch (error) {
        if (!(error instanceof UnitError)) throw error;
        complain(path, error.message, "write a unit such as day or cell/uL, or 1 for a pure number");
      }
    }
  }
  return problems;
}

/** A spec whose column names and types the compiler knows; throws a StoreError with every problem. */
export function defineTable<const S extends TableSpec>(spec: S): S {
  const problems = checkSpec(spec);
  if (problems.length > 0) throw new StoreError(problems);
  return spec;
}

type Growing =
  | { readonly type: "float64"; values: Float64Array }
  | { readonly type: "int32"; values: Int32Array }
  | { readonly type: "boolean"; values: Uint8Array }
  | { readonly type: "string"; codes: Uint32Array; readonly dictionary: string[]; readonly index: Map<string, number> };

function emptyColumn(type: ColumnType, capacity: number): Growing {
  switch (type) {
    case "float64":
      return { type, values: new Float64Array(capacity) };
    case "int32":
      return { type, values: new Int32Array(capacity) };
    case "boolean":
      return { type, values: new Uint8Array(capacity) };
    case "string":
      return { type, codes: new Uint32Array(capacity), dictionary: [], index: new Map() };
  }
}

function grown<T extends Float64Array | Int32Array | Uint8Array | Uint32Array>(old: T, capacity: number): T {
  const bigger = new (old.constructor as new (length: number) => T)(capacity);
  bigger.set(old);
  return bigger;
}

/** Rows are appended one by one into arrays that double; a refused row leaves the table as it was. */
export class TableBuilder<S extends TableSpec = TableSpec> {
  private count = 0;
  private capacity: number;
  private readonly columns: readonly Growing[];

  constructor(
    readonly spec: S,
    /** Rows to make room for at once. */
    capacity = 64,
  ) {
    const problems = checkSpec(spec);
    if (problems.length > 0) throw new StoreError(problems);
    this.capacity = Math.max(1, capacity);
    this.columns = spec.columns.map((column) => emptyColumn(column.type, this.capacity));
  }

  get rows(): number {
    return this.count;
  }

  append(row: Row<S>): this {
    const cells = row as Readonly<Record<string, unknown>>;
    const { columns } = this.spec;
    let given = 0;
    for (const _ in cells) given++;
    if (given !== columns.length) throw this.refuse(row);
    return this.appendCells(
      columns.map(({ name }) => cells[name]),
      row,
    );
  }

  /** A row as its cells in the order of the columns: for tables of many rows. */
  appendCells(cells: readonly unknown[], row?: Row<S>): this {
    const { columns } = this;
    if (this.count === this.capacity) this.reserve(this.count + 1);
    const at = this.count;
    const refused = () =>
      this.refuse(row ?? (Object.fromEntries(this.spec.columns.map(({ name }, i) => [name, cells[i]])) as Row<S>));
    if (cells.length !== columns.length) throw refused();
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      const cell = cells[i];
      switch (column.type) {
        case "float64":
          if (typeof cell !== "number") throw refused();
          column.values[at] = Number.isNaN(cell) ? Number.NaN : cell;
          break;
        case "int32":
          // `| 0` turns -0 and all that is no 32-bit integer into something else.
          if (typeof cell !== "number" || !Object.is(cell | 0, cell)) throw refused();
          column.values[at] = cell;
          break;
        case "boolean":
          if (typeof cell !== "boolean") throw refused();
          column.values[at] = cell ? 1 : 0;
          break;
        case "string": {
          if (typeof cell !== "string") throw refused();
          let code = column.index.get(cell);
          if (code === undefined) {
            if (!isWellFormed(cell)) throw refused();
            code = column.dictionary.push(cell) - 1;
            column.index.set(cell, code);
          }
          column.codes[at] = code;
        }
      }
    }
    this.count++;
    return this;
  }

  /** Appends all rows of another table with the same columns, as a collector of shards does. */
  appendTable(table: Table): this {
    const problems = compareColumns(this.spec, table.spec);
    if (problems.length > 0) throw new StoreError(problems);
    this.reserve(this.count + table.rows);
    this.columns.forEach((column, i) => {
      const from = table.columns[i]!;
      if (column.type === "string") {
        if (from.type !== "string") throw new TypeError("table does not follow its own spec");
        const codes = from.dictionary.map((text) => {
          let code = column.index.get(text);
          if (code === undefined) {
            code = column.dictionary.push(text) - 1;
            column.index.set(text, code);
          }
          return code;
        });
        for (let row = 0; row < table.rows; row++) column.codes[this.count + row] = codes[from.codes[row]!]!;
      } else {
        if (from.type !== column.type) throw new TypeError("table does not follow its own spec");
        column.values.set(from.values.subarray(0, table.rows), this.count);
      }
    });
    this.count += table.rows;
    return this;
  }

  /** The rows so far. The builder stays usable; the table does not change with it. */
  build(): Table<S> {
    const n = this.count;
    const columns = this.columns.map(
      (column): Column =>
        column.type === "string"
          ? { type: "string", codes: column.codes.slice(0, n), dictionary: column.dictionary.slice() }
          : ({ type: column.type, values: column.values.slice(0, n) } as Column),
    );
    return { spec: this.spec, rows: n, columns };
  }

  private reserve(rows: number): void {
    if (rows <= this.capacity) return;
    this.capacity = Math.max(rows, this.capacity * 2);
    for (const column of this.columns)
      if (column.type === "string") column.codes = grown(column.codes, this.capacity);
      else column.values = grown(column.values, this.capacity);
  }

  /** The slow path: everything that is wrong with a row. */
  private refuse(row: Row<S>): StoreError {
    const problems: Problem[] = [];
    const cells = row as Readonly<Record<string, unknown>>;
    const place = (name: string) => `${this.spec.name} › row ${this.count + 1} › ${name}`;
    for (const { name, type } of this.spec.columns) {
      const cell = cells[name];
      const shown = typeof cell === "string" ? JSON.stringify(cell) : String(cell);
      const complain = (what: string, hint: string) => problems.push({ path: place(name), what, hint });
      if (cell === undefined || cell === null)
        complain("no value", 'a missing number is NaN in a float64 column, a missing text is ""');
      else if (type === "int32" && (typeof cell !== "number" || !Object.is(cell | 0, cell)))
        complain(`${shown} is not a 32-bit integer`, "use a float64 column for fractions, -0, NaN and large numbers");
      else if (type === "float64" && typeof cell !== "number") complain(`${shown} is not a number`, "give a number");
      else if (type === "boolean" && typeof cell !== "boolean")
        complain(`${shown} is not a boolean`, "give true or false");
      else if (type === "string" && typeof cell !== "string") complain(`${shown} is not a string`, "give a string");
      else if (type === "string" && !isWellFormed(cell as string))
        complain(`${shown} has half a surrogate pair`, "give text that has UTF-8");
    }
    const known = new Set(this.spec.columns.map((column) => column.name));
    for (const name in cells)
      if (!known.has(name))
        problems.push({ path: place(name), what: "unknown column", hint: `columns are ${[...known].join(", ")}` });
    return new StoreError(problems);
  }
}

/** What keeps tables of one spec from being read as tables of the other: name, columns, types, units, order. Meanings may differ. */
export function compareColumns(expected: TableSpec, found: TableSpec): Problem[] {
  const problems: Problem[] = [];
  const complain = (path: string, what: string) =>
    problems.push({ path, what, hint: "the table was written with other columns: use the version that wrote it" });
  if (expected.name !== found.name) complain(expected.name, `found table "${found.name}"`);
  const byName = new Map(found.columns.map((column) => [column.name, column]));
  for (const column of expected.columns) {
    const path = `${expected.name} › ${column.name}`;
    const other = byName.get(column.name);
    byName.delete(column.name);
    if (!other) complain(path, "column missing");
    else if (other.type !== column.type) complain(path, `type ${other.type}, expected ${column.type}`);
    else if (other.unit !== column.unit) complain(path, `unit "${other.unit}", expected "${column.unit}"`);
  }
  for (const name of byName.keys()) complain(`${expected.name} › ${name}`, "unknown column");
  if (problems.length === 0)
    expected.columns.forEach((column, i) => {
      if (found.columns[i]!.name !== column.name)
        complain(`${expected.name} › ${column.name}`, `column ${found.columns[i]!.name} in its place`);
    });
  return problems;
}

type TypeOf<S extends TableSpec, N extends string> = Extract<S["columns"][number], { readonly name: N }>["type"];
type ColumnOf<S extends TableSpec, N extends string> = Extract<Column, { readonly type: TypeOf<S, N> }>;

/** The cells of a column by name, typed by the spec; throws a StoreError for a name that the table does not have. */
export function columnOf<S extends TableSpec, N extends ColumnName<S>>(table: Table<S>, name: N): ColumnOf<S, N> {
  const at = table.spec.columns.findIndex((column) => column.name === name);
  if (at < 0) {
    const names = table.spec.columns.map((column) => column.name).join(", ");
    throw new StoreError({
      path: `${table.spec.name} › ${name}`,
      what: "unknown column",
      hint: `columns are ${names}`,
    });
  }
  return table.columns[at]! as ColumnOf<S, N>;
}

/** One cell as a plain value. */
export function cellAt(column: Column, row: number): Cell {
  switch (column.type) {
    case "float64":
    case "int32":
      return column.values[row]!;
    case "boolean":
      return column.values[row] === 1;
    case "string":
      return column.dictionary[column.codes[row]!]!;
  }
}

/** Rows as objects, for small tables and tests; read columns where there are many. */
export function* rowsOf<S extends TableSpec>(table: Table<S>): Generator<Row<S>> {
  for (let row = 0; row < table.rows; row++)
    yield Object.fromEntries(
      table.spec.columns.map((column, i) => [column.name, cellAt(table.columns[i]!, row)]),
    ) as Row<S>;
}
