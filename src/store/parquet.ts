import { type DecodedArray, type FileMetaData, parquetMetadata, parquetScan } from "hyparquet";
import { ByteWriter, type ColumnSource, ParquetWriter } from "hyparquet-writer";
import type { Problem } from "../quantity/index.js";
import { Sha256, sha256Hex } from "./sha256.js";
import { StoreError } from "./store-error.js";
import { type Column, type ColumnType, checkSpec, compareColumns, type Table, type TableSpec } from "./table.js";

/**
 * Tables as Parquet files, with the spec (names, units, meanings) inside under the key `immune-reset.table`, so that a file explains
 * itself: `SELECT decode(value) FROM parquet_kv_metadata('visits.parquet')` in DuckDB.
 *
 * A missing number, NaN in memory, is NULL in the file, so that SQL neither compares it nor lets it into a sum: float64 columns are
 * OPTIONAL, all others REQUIRED. A missing text is "". Files of 0.1.0 held NaN in REQUIRED columns and are read as well.
 * The file is a function of the table: same cells, same bytes.
 */
const SPEC_KEY = "immune-reset.table";
/** `{bytes, sha256}` of all that stands before indexes and footer: pages are not decoded before they are known to be whole. */
const CONTENT_KEY = "immune-reset.content";
const ROW_GROUP = 100_000;
const PHYSICAL = { float64: "DOUBLE", int32: "INT32", boolean: "BOOLEAN", string: "BYTE_ARRAY" } as const;

const repetition = (type: ColumnType): "OPTIONAL" | "REQUIRED" => (type === "float64" ? "OPTIONAL" : "REQUIRED");

/** Writes a table piece by piece: one row group per piece. `take` receives the bytes of the file in order. */
export class ParquetStream {
  private readonly bytes = new ByteWriter();
  private readonly writer: ParquetWriter;
  private readonly metadata: { key: string; value: string }[];
  private readonly content = new Sha256();
  private taken = 0;

  constructor(
    private readonly spec: TableSpec,
    private readonly take: (bytes: Uint8Array) => void,
  ) {
    const { name, about, columns } = spec;
    this.metadata = [{ key: SPEC_KEY, value: JSON.stringify({ name, about, columns }) }];
    this.writer = new ParquetWriter({
      writer: this.bytes,
      // Smallest and largest values of pages: nobody asks for them of files of this size, and finding them takes a tenth of the writing.
      statistics: false,
      schema: [
        { name, num_children: columns.length },
        ...columns.map((column) => ({
          name: column.name,
          type: PHYSICAL[column.type],
          repetition_type: repetition(column.type),
          ...(column.type === "string" ? { converted_type: "UTF8" as const } : {}),
        })),
      ],
      // Read when the footer is written.
      kvMetadata: this.metadata,
    });
  }

  add(piece: Table): void {
    for (let start = 0; start < piece.rows; start += ROW_GROUP) {
      const end = Math.min(start + ROW_GROUP, piece.rows);
      const columnData = this.spec.columns.map((spec, i) => ({
        name: spec.name,
        ...cellsToWrite(piece.columns[i]!, start, end),
      }));
      this.writer.write({ columnData, rowGroupSize: ROW_GROUP });
      this.drain();
    }
  }

  finish(): void {
    this.drain();
    const content: Content = { bytes: this.taken, sha256: this.content.hex() };
    this.metadata.push({ key: CONTENT_KEY, value: JSON.stringify(content) });
    this.writer.finish();
    this.hand();
  }

  private drain(): void {
    const bytes = this.hand();
    this.content.update(bytes);
    this.taken += bytes.length;
  }

  /** Hands over what has been written; places in the file go on counting. */
  private hand(): Uint8Array {
    const bytes = new Uint8Array(this.bytes.buffer, 0, this.bytes.index).slice();
    this.bytes.index = 0;
    this.take(bytes);
    return bytes;
  }
}

export function writeParquet(table: Table): Uint8Array {
  const pieces: Uint8Array[] = [];
  const stream = new ParquetStream(table.spec, (bytes) => pieces.push(bytes));
  stream.add(table);
  stream.finish();
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

interface Content {
  readonly bytes: number;
  readonly sha256: string;
}

type CellsToWrite = Pick<ColumnSource, "data" | "encoding">;

function cellsToWrite(column: Column, start: number, end: number): CellsToWrite {
  switch (column.type) {
    case "int32":
      return { data: column.values.subarray(start, end) };
    case "boolean":
      return { data: Array.from(column.values.subarray(start, end), (value) => value === 1) };
    case "string":
      return { data: Array.from(column.codes.subarray(start, end), (code) => column.dictionary[code]) };
    case "float64":
      return floatsToWrite(column.values.subarray(start, end));
  }
}

function floatsToWrite(values: Float64Array): CellsToWrite {
  let missing = false;
  let negativeZero = false;
  for (const value of values) {
    if (Number.isNaN(value)) missing = true;
    else if (value === 0 && 1 / value < 0) negativeZero = true;
  }
  return {
    data: missing ? Array.from(values, (value) => (Number.isNaN(value) ? null : value)) : values,
    // The writer's dictionary takes -0 for 0.
    ...(negativeZero ? { encoding: "PLAIN" as const } : {}),
  };
}

/**
 * The table in a file. With `spec` it must be that table; without, the file's own word is taken. Throws a StoreError.
 * A file of 0.1.0 has no hash inside: a flipped bit may read as another cell, so compare its SHA-256 with the run record first.
 */
export async function readParquet(bytes: Uint8Array): Promise<Table>;
export async function readParquet<S extends TableSpec>(bytes: Uint8Array, spec: S): Promise<Table<S>>;
export async function readParquet(bytes: Uint8Array, spec?: TableSpec): Promise<Table> {
  let problems: Problem[];
  try {
    const metadata = parquetMetadata(bytes);
    const found = specOf(metadata);
    problems = [...checkSpec(found), ...(spec ? compareColumns(spec, found) : [])];
    if (problems.length === 0) {
      checkContent(bytes, metadata);
      const rows = Number(metadata.num_rows);
      return { spec: spec ?? found, rows, columns: await readCells(bytes, metadata, found, rows) };
    }
  } catch (error) {
    const what = `the Parquet file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new StoreError(
      { path: spec?.name ?? "", what, hint: "the file is damaged or was not written by immune-reset: run again" },
      { cause: error },
    );
  }
  throw new StoreError(problems);
}

/** The spec that the file carries; throws where there is none or the file's columns are not those it names. */
function specOf(metadata: FileMetaData): TableSpec {
  const text = metadata.key_value_metadata?.find((entry) => entry.key === SPEC_KEY)?.value;
  if (text === undefined) throw new Error(`no ${SPEC_KEY} in its metadata`);
  const spec = JSON.parse(text) as TableSpec;
  const of = (repeated: (type: ColumnType) => string): string =>
    spec.columns.map(({ name, type }) => `${name} ${PHYSICAL[type]} ${repeated(type)}`).join(", ");
  const declared = of(repetition);
  const before = of(() => "REQUIRED");
  const present = metadata.schema
    .slice(1)
    .map((c) => `${c.name} ${c.type} ${c.repetition_type}`)
    .join(", ");
  if (present !== declared && present !== before) throw new Error(`its columns are ${present}, not ${declared}`);
  return spec;
}

/** Throws where the pages are not those that were written. */
function checkContent(bytes: Uint8Array, metadata: FileMetaData): void {
  const optional = metadata.schema.some((column) => column.repetition_type === "OPTIONAL");
  const text = metadata.key_value_metadata?.find((entry) => entry.key === CONTENT_KEY)?.value;
  if (text === undefined && !optional) return;
  const content = JSON.parse(text ?? "null") as Content | null;
  if (content?.sha256 !== sha256Hex(bytes.subarray(0, content?.bytes ?? 0)))
    throw new Error("its content does not have the hash that was written with it");
}

/** One column of one row group at a time: the reader leaves failures unobserved when it has several under way. */
async function readCells(bytes: Uint8Array, metadata: FileMetaData, spec: TableSpec, rows: number): Promise<Column[]> {
  const inGroups = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (inGroups !== rows) throw new Error(`${inGroups} rows in its groups, ${rows} in all`);
  // A leading U+FEFF is part of the text.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const scan = await parquetScan({
    file: {
      byteLength: bytes.length,
      // A Node Buffer is a window on a larger buffer, and its own slice copies nothing.
      slice: (start, end) => Uint8Array.prototype.slice.call(bytes, start, end).buffer,
    },
    metadata,
    parsers: { stringFromBytes: (text: Uint8Array) => decoder.decode(text) },
    useOffsetIndex: false,
  });
  const columns: Column[] = [];
  for (const { name, type } of spec.columns) {
    const sink = new ColumnSink(name, type, rows);
    for (const { rowStart, rowEnd } of scan.ranges)
      sink.put(await scan.readColumn({ column: name, rowStart, rowEnd }), rowStart, rowEnd);
    columns.push(sink.column);
  }
  return columns;
}

const isMissing = (cell: unknown): boolean => cell === null || cell === undefined;

/** Takes the decoded pieces of one column. */
class ColumnSink {
  readonly column: Column;
  private readonly dictionary: string[] = [];
  private readonly index = new Map<string, number>();

  constructor(
    private readonly name: string,
    type: ColumnType,
    rows: number,
  ) {
    this.column =
      type === "float64"
        ? { type, values: new Float64Array(rows) }
        : type === "int32"
          ? { type, values: new Int32Array(rows) }
          : type === "boolean"
            ? { type, values: new Uint8Array(rows) }
            : { type, codes: new Uint32Array(rows), dictionary: this.dictionary };
  }

  put(cells: DecodedArray, start: number, end: number): void {
    if (cells.length !== end - start || !this.fits(cells)) throw new Error(`damaged cells in column ${this.name}`);
    const { column } = this;
    if (column.type === "string") for (let i = 0; i < cells.length; i++) column.codes[start + i] = this.code(cells[i]);
    else if (column.type === "float64" && !(cells instanceof Float64Array))
      for (let i = 0; i < cells.length; i++) column.values[start + i] = isMissing(cells[i]) ? Number.NaN : cells[i];
    else column.values.set(cells as ArrayLike<number>, start);
  }

  /** A damaged page may decode to cells of another type, or to none where its dictionary has no such entry. */
  private fits(cells: DecodedArray): boolean {
    if (cells instanceof Float64Array) return this.column.type === "float64";
    if (cells instanceof Int32Array) return this.column.type === "int32";
    const { type } = this.column;
    const expected = type === "boolean" || type === "string" ? type : "number";
    for (let i = 0; i < cells.length; i++)
      if (typeof cells[i] !== expected && !(type === "float64" && isMissing(cells[i]))) return false;
    return true;
  }

  private code(text: string): number {
    let code = this.index.get(text);
    if (code === undefined) {
      code = this.dictionary.push(text) - 1;
      this.index.set(text, code);
    }
    return code;
  }
}
