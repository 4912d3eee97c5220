import { CONTROL, OPCODE, VALUE, VECTOR_OPCODE } from "./wasm-bytes.js";

/**
 * A module as text, for readers: what `emitWasm` wrote, decoded again. The text is in the WebAssembly text format, and assembling it with other tools gives the
 * same bytes, which a test does.
 */
export function printWasm(bytes: Uint8Array): string {
  const reader = new Reader(bytes, 8);
  const types: string[] = [];
  const typeOf: number[] = [];
  const exported = new Map<number, string>();
  const names = new Map<number, string>();
  const bodies: Reader[] = [];
  const data: string[] = [];
  let memory = "";
  while (!reader.done) {
    const id = reader.byte();
    const section = reader.part(reader.unsigned());
    if (id === 0) {
      section.text();
      section.byte();
      section.unsigned();
      for (let count = section.unsigned(); count > 0; count--) names.set(section.unsigned(), section.text());
      continue;
    }
    for (let count = section.unsigned(); count > 0; count--) {
      if (id === 1) {
        section.byte();
        const list = (word: string) => {
          const all = Array.from({ length: section.unsigned() }, () => VALUE_NAME.get(section.byte())!);
          return all.length > 0 ? ` (${word} ${all.join(" ")})` : "";
        };
        types.push(list("param") + list("result"));
      } else if (id === 3) typeOf.push(section.unsigned());
      else if (id === 5) {
        section.byte();
        memory = `  (memory (;0;) ${section.unsigned()})`;
      } else if (id === 7) {
        const name = section.text();
        const kind = section.byte();
        const index = section.unsigned();
        if (kind === 0) exported.set(index, name);
      } else if (id === 10) bodies.push(section.part(section.unsigned()));
      else if (id === 11) {
        section.byte();
        section.byte();
        const at = section.signed();
        section.byte();
        const content = section.part(section.unsigned());
        let text = "";
        while (!content.done) text += `\\${content.byte().toString(16).padStart(2, "0")}`;
        data.push(`  (data (;${data.length};) (i32.const ${at}) "${text}")`);
      } else throw new Error(`section ${id} is not one that the emitter writes`);
    }
  }
  const name = (index: number) => `$${names.get(index)!}`;
  const functions = bodies.map((body, index) =>
    [
      `  (func ${name(index)} (type ${typeOf[index]})${types[typeOf[index]!]}`,
      ...instructions(body, name).map((line) => `    ${line}`),
      "  )",
    ].join("\n"),
  );
  return [
    "(module",
    ...types.map((type, i) => `  (type (;${i};) (func${type}))`),
    ...functions,
    memory,
    `  (export "memory" (memory 0))`,
    ...[...exported].map(([index, as]) => `  (export "${as}" (func ${name(index)}))`),
    ...data,
    ")\n",
  ].join("\n");
}

const inverse = (table: Readonly<Record<string, number>>): Map<number, string> =>
  new Map(Object.entries(table).map(([name, code]) => [code, name]));
const VALUE_NAME = inverse(VALUE);
const NAME = inverse(OPCODE);
const VECTOR_NAME = inverse(VECTOR_OPCODE);
const CONTROL_NAME = inverse(CONTROL);

/** The locals, then one line per instruction, indented by blocks. */
function instructions(body: Reader, name: (index: number) => string): string[] {
  const lines: string[] = [];
  const locals: string[] = [];
  for (let count = body.unsigned(); count > 0; count--) {
    const many = body.unsigned();
    const type = VALUE_NAME.get(body.byte())!;
    for (let i = 0; i < many; i++) locals.push(type);
  }
  if (locals.length > 0) lines.push(`(local ${locals.join(" ")})`);
  let depth = 0;
  const line = (text: string) => lines.push("  ".repeat(depth) + text);
  const place = () => {
    const alignment = body.unsigned();
    const offset = body.unsigned();
    return `${offset > 0 ? ` offset=${offset}` : ""} align=${1 << alignment}`;
  };
  while (!body.done) {
    const code = body.byte();
    if (code === 0xfd) {
      const vector = VECTOR_NAME.get(body.unsigned())!;
      line(vector + (/load|store/.test(vector) ? place() : ""));
      continue;
    }
    const control = CONTROL_NAME.get(code);
    if (control === "loop" || control === "if") {
      const result = VALUE_NAME.get(body.byte());
      line(result === undefined ? control : `${control} (result ${result})`);
      depth++;
    } else if (control === "else") {
      depth--;
      line("else");
      depth++;
    } else if (control === "call") line(`call ${name(body.unsigned())}`);
    else if (control) line(`${control} ${body.unsigned()}`);
    else {
      const plain = NAME.get(code)!;
      if (plain === "end") {
        if (body.done) break;
        depth--;
        line("end");
      } else if (plain === "f64.const") line(`${plain} ${number(body.real())}`);
      else if (plain === "i32.const" || plain === "i64.const") line(`${plain} ${body.signed()}`);
      else if (plain.startsWith("local.")) line(`${plain} ${body.unsigned()}`);
      else line(plain + (/load|store/.test(plain) ? place() : ""));
    }
  }
  return lines;
}

function number(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0" : `${value}`;
}

/** Reads bytes one after another. */
class Reader {
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}
  get done(): boolean {
    return this.at >= this.bytes.length;
  }
  byte(): number {
    return this.bytes[this.at++]!;
  }
  part(length: number): Reader {
    this.at += length;
    return new Reader(this.bytes.subarray(this.at - length, this.at), 0);
  }
  unsigned(): number {
    let value = 0;
    let weight = 1;
    while (true) {
      const byte = this.byte();
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
      weight *= 128;
    }
  }
  signed(): bigint {
    let value = 0n;
    let shift = 0n;
    while (true) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
      if (byte < 0x80) return (byte & 0x40) !== 0 ? value - (1n << shift) : value;
    }
  }
  real(): number {
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at, 8);
    this.at += 8;
    return view.getFloat64(0, true);
  }
  text(): string {
    const length = this.unsigned();
    const start = this.at;
    this.at += length;
    return String.fromCharCode(...this.bytes.subarray(start, this.at));
  }
}
