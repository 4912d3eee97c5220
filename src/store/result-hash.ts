import { encodeUtf8 } from "../reading/index.js";
import { Sha256 } from "./sha256.js";
import { StoreError } from "./store-error.js";
import type { Column, Table, TableSpec } from "./table.js";

/**
 * One hash over every cell of every table; equal where and only where the results are equal.
 *
 * Tables go in the order of their names, so the order in which they are given does not matter. The order of rows and columns does.
 * For each table: name, number of rows, number of columns; name, type and unit of each column; then one digest per column over its cells.
 * Columns are hashed apart, so that a table can be hashed in pieces of any size while it is written.
 * Numbers are hashed as their bits: 0 and -0 differ. A missing number is one value, whether a file says NULL or, as 0.1.0 wrote, NaN. Booleans are a byte, texts are their UTF-8
 * with its length in front; the dictionary of a text column does not enter, only what the rows say. Meanings (`about`) do not enter
 * either: better words are not another result. Everything is little-endian on every machine.
 */
export const hashTables = (tables: readonly Table[]): string =>
  combineHashes(
    tables.map((table) => {
      const hasher = new TableHasher(table.spec);
      hasher.add(table);
      return hasher;
    }),
  );

/** Takes a table piece by piece. */
export class TableHasher {
  rows = 0;
  private readonly columns: readonly HashWriter[];

  constructor(readonly spec: TableSpec) {
    this.columns = spec.columns.map(() => new HashWriter());
  }

  add(piece: Table): void {
    this.rows += piece.rows;
    piece.columns.forEach((column, i) => {
      this.columns[i]!.column(column, piece.rows);
    });
  }

  /** Call once, after the last piece. */
  into(writer: HashWriter): void {
    const { name, columns } = this.spec;
    writer.text(name);
    writer.uint32(this.rows);
    writer.uint32(columns.length);
    for (const column of columns) {
      writer.text(column.name);
      writer.text(column.type);
      writer.text(column.unit);
    }
    for (const column of this.columns) writer.text(column.hex());
  }
}

/** The hash of all tables of a result. */
export function combineHashes(hashers: readonly TableHasher[]): string {
  const sorted = [...hashers].sort((a, b) => (a.spec.name < b.spec.name ? -1 : a.spec.name > b.spec.name ? 1 : 0));
  const writer = new HashWriter();
  writer.text("immune-reset tables, format 1");
  writer.uint32(sorted.length);
  sorted.forEach((hasher, i) => {
    if (i > 0 && sorted[i - 1]!.spec.name === hasher.spec.name)
      throw new StoreError({ path: hasher.spec.name, what: "given twice", hint: "join its parts before hashing" });
    hasher.into(writer);
  });
  return writer.hex();
}

const CHUNK = 1 << 13;

/** Collects bytes in a block before they are hashed. */
class HashWriter {
  private readonly hash = new Sha256();
  private readonly block = new Uint8Array(CHUNK);
  private readonly view = new DataView(this.block.buffer);
  private at = 0;

  uint32(value: number): void {
    if (this.at + 4 > CHUNK) this.flush();
    this.view.setUint32(this.at, value, true);
    this.at += 4;
  }

  text(text: string): void {
    this.bytes(lengthAndBytes(text));
  }

  column(column: Column, rows: number): void {
    switch (column.type) {
      case "float64":
        this.floats(column.values, rows);
        return;
      case "int32":
        for (let row = 0; row < rows; row++) this.uint32(column.values[row]!);
        return;
      case "boolean":
        for (let row = 0; row < rows; row++) {
          if (this.at === CHUNK) this.flush();
          this.block[this.at++] = column.values[row]!;
        }
        return;
      case "string": {
        const encoded = column.dictionary.map(lengthAndBytes);
        for (let row = 0; row < rows; row++) this.bytes(encoded[column.codes[row]!]!);
      }
    }
  }

  hex(): string {
    this.flush();
    return this.hash.hex();
  }

  private floats(values: Float64Array, rows: number): void {
    const view = this.view;
    for (let row = 0; row < rows; row++) {
      if (this.at + 8 > CHUNK) this.flush();
      const value = values[row]!;
      if (Number.isNaN(value)) {
        // An engine may store any of the bits of NaN; these are always the same.
        view.setUint32(this.at, 0, true);
        view.setUint32(this.at + 4, 0x7ff80000, true);
      } else view.setFloat64(this.at, value, true);
      this.at += 8;
    }
  }

  private bytes(bytes: Uint8Array): void {
    if (bytes.length > CHUNK) {
      this.flush();
      this.hash.update(bytes);
      return;
    }
    if (this.at + bytes.length > CHUNK) this.flush();
    this.block.set(bytes, this.at);
    this.at += bytes.length;
  }

  private flush(): void {
    this.hash.update(this.block.subarray(0, this.at));
    this.at = 0;
  }
}

function lengthAndBytes(text: string): Uint8Array {
  const bytes = encodeUtf8(text);
  const out = new Uint8Array(4 + bytes.length);
  new DataView(out.buffer).setUint32(0, bytes.length, true);
  out.set(bytes, 4);
  return out;
}
