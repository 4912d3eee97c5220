/** Bytes of a WebAssembly module (core specification 1.0): just what the emitter needs. */

const VALUE = { i32: 0x7f, i64: 0x7e, f64: 0x7c } as const;
export type ValueType = keyof typeof VALUE;

/** Opcodes used here, by their names in the text format. */
export const OPCODE = {
  "local.get": 0x20,
  "local.set": 0x21,
  "local.tee": 0x22,
  "f64.load": 0x2b,
  "f64.store": 0x39,
  "i32.const": 0x41,
  "i64.const": 0x42,
  "f64.const": 0x44,
  "i32.and": 0x71,
  "i32.add": 0x6a,
  "i32.sub": 0x6b,
  "i32.shr_s": 0x75,
  "i64.add": 0x7c,
  "i64.and": 0x83,
  "i64.or": 0x84,
  "i64.shl": 0x86,
  "i64.shr_u": 0x88,
  "f64.eq": 0x61,
  "f64.ne": 0x62,
  "f64.lt": 0x63,
  "f64.gt": 0x64,
  "f64.le": 0x65,
  "f64.abs": 0x99,
  "f64.neg": 0x9a,
  "f64.trunc": 0x9d,
  "f64.sqrt": 0x9f,
  "f64.add": 0xa0,
  "f64.sub": 0xa1,
  "f64.mul": 0xa2,
  "f64.div": 0xa3,
  "f64.min": 0xa4,
  "f64.max": 0xa5,
  "i32.wrap_i64": 0xa7,
  "i64.extend_i32_u": 0xad,
  "i64.trunc_f64_s": 0xb0,
  "f64.convert_i32_s": 0xb7,
  "i64.reinterpret_f64": 0xbd,
  "f64.reinterpret_i64": 0xbf,
  select: 0x1b,
  call: 0x10,
  return: 0x0f,
  end: 0x0b,
} as const;
export type Opcode = keyof typeof OPCODE;

function unsigned(value: number, into: number[]): void {
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    into.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
}

function signed(value: bigint, into: number[]): void {
  let rest = value;
  while (true) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
    into.push(done ? low : low | 0x80);
    if (done) return;
  }
}

/** The body of one function. Locals are numbered after the parameters. */
export class Body {
  readonly code: number[] = [];
  private readonly locals: ValueType[] = [];

  constructor(private readonly parameters: number) {}

  local(type: ValueType): number {
    this.locals.push(type);
    return this.parameters + this.locals.length - 1;
  }
  op(opcode: Opcode): this {
    this.code.push(OPCODE[opcode]);
    return this;
  }
  get(local: number): this {
    this.op("local.get");
    unsigned(local, this.code);
    return this;
  }
  set(local: number): this {
    this.op("local.set");
    unsigned(local, this.code);
    return this;
  }
  tee(local: number): this {
    this.op("local.tee");
    unsigned(local, this.code);
    return this;
  }
  i32(value: number): this {
    this.op("i32.const");
    signed(BigInt(value), this.code);
    return this;
  }
  i64(value: bigint): this {
    this.op("i64.const");
    signed(value, this.code);
    return this;
  }
  f64(value: number): this {
    this.op("f64.const");
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.code.push(bytes.getUint8(i));
    return this;
  }
  /** Address on the stack plus `place` numbers of 8 bytes. */
  load(place: number): this {
    this.op("f64.load").code.push(3);
    unsigned(place * 8, this.code);
    return this;
  }
  store(place: number): this {
    this.op("f64.store").code.push(3);
    unsigned(place * 8, this.code);
    return this;
  }
  call(func: number): this {
    this.op("call");
    unsigned(func, this.code);
    return this;
  }
  /** `if` without result around what `inside` emits. */
  when(inside: () => void): this {
    this.code.push(0x04, 0x40);
    inside();
    return this.op("end");
  }
  bytes(): number[] {
    const out: number[] = [];
    const runs: { type: ValueType; count: number }[] = [];
    for (const type of this.locals) {
      const last = runs[runs.length - 1];
      if (last?.type === type) last.count++;
      else runs.push({ type, count: 1 });
    }
    unsigned(runs.length, out);
    for (const { type, count } of runs) {
      unsigned(count, out);
      out.push(VALUE[type]);
    }
    for (const byte of this.code) out.push(byte);
    out.push(OPCODE.end);
    return out;
  }
}

export interface FunctionSpec {
  readonly name: string | null;
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly body: Body;
}

/** A module with one exported memory and the given functions; those with a name are exported. */
export function moduleBytes(functions: readonly FunctionSpec[], pages: number): Uint8Array<ArrayBuffer> {
  const out: number[] = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const section = (id: number, items: readonly (readonly number[])[]) => {
    const body: number[] = [];
    unsigned(items.length, body);
    for (const item of items) for (const byte of item) body.push(byte);
    out.push(id);
    unsigned(body.length, out);
    for (const byte of body) out.push(byte);
  };
  const number = (value: number): number[] => {
    const bytes: number[] = [];
    unsigned(value, bytes);
    return bytes;
  };
  const text = (name: string): number[] => [...number(name.length), ...[...name].map((letter) => letter.charCodeAt(0))];
  section(
    1,
    functions.map((f) => [
      0x60,
      ...number(f.parameters.length),
      ...f.parameters.map((t) => VALUE[t]),
      ...number(f.results.length),
      ...f.results.map((t) => VALUE[t]),
    ]),
  );
  section(
    3,
    functions.map((_, i) => number(i)),
  );
  section(5, [[0, ...number(pages)]]);
  section(7, [
    [...text("memory"), 2, 0],
    ...functions.flatMap((f, i) => (f.name === null ? [] : [[...text(f.name), 0, ...number(i)]])),
  ]);
  section(
    10,
    functions.map((f) => {
      const body = f.body.bytes();
      return [...number(body.length), ...body];
    }),
  );
  return Uint8Array.from(out);
}
