/** Bytes of a WebAssembly module (core specification 2.0, with 128-bit vectors): just what the emitter needs. */

export const VALUE = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof VALUE;

/** Opcodes used here, by their names in the text format. */
export const OPCODE = {
  "local.get": 0x20,
  "local.set": 0x21,
  "local.tee": 0x22,
  "i32.load": 0x28,
  "i32.store": 0x36,
  "f64.load": 0x2b,
  "f64.store": 0x39,
  "i32.const": 0x41,
  "i64.const": 0x42,
  "f64.const": 0x44,
  "i32.eqz": 0x45,
  "i32.eq": 0x46,
  "i32.ne": 0x47,
  "i32.lt_u": 0x49,
  "i32.and": 0x71,
  "i32.or": 0x72,
  "i32.add": 0x6a,
  "i32.sub": 0x6b,
  "i64.add": 0x7c,
  "i64.sub": 0x7d,
  "i64.and": 0x83,
  "i64.or": 0x84,
  "i64.shl": 0x86,
  "i64.shr_u": 0x88,
  "f64.eq": 0x61,
  "f64.ne": 0x62,
  "f64.lt": 0x63,
  "f64.le": 0x65,
  "f64.abs": 0x99,
  "f64.neg": 0x9a,
  "f64.sqrt": 0x9f,
  "f64.add": 0xa0,
  "f64.sub": 0xa1,
  "f64.mul": 0xa2,
  "f64.div": 0xa3,
  "f64.min": 0xa4,
  "f64.max": 0xa5,
  "f64.convert_i32_s": 0xb7,
  "i64.reinterpret_f64": 0xbd,
  "f64.reinterpret_i64": 0xbf,
  select: 0x1b,
  return: 0x0f,
  end: 0x0b,
} as const;
export type Opcode = keyof typeof OPCODE;

/** Instructions on 128-bit vectors; each follows the prefix 0xfd. */
export const VECTOR_OPCODE = {
  "v128.load": 0x00,
  "v128.store": 0x0b,
  "f64x2.eq": 0x47,
  "f64x2.ne": 0x48,
  "f64x2.lt": 0x49,
  "f64x2.le": 0x4b,
  "v128.not": 0x4d,
  "v128.and": 0x4e,
  "v128.or": 0x50,
  "v128.bitselect": 0x52,
  "v128.any_true": 0x53,
  "i64x2.shl": 0xcb,
  "i64x2.shr_u": 0xcd,
  "i64x2.add": 0xce,
  "i64x2.sub": 0xd1,
  "f64x2.abs": 0xec,
  "f64x2.neg": 0xed,
  "f64x2.sqrt": 0xef,
  "f64x2.add": 0xf0,
  "f64x2.sub": 0xf1,
  "f64x2.mul": 0xf2,
  "f64x2.div": 0xf3,
  "f64x2.min": 0xf4,
  "f64x2.max": 0xf5,
  "f64x2.pmin": 0xf6,
  "f64x2.pmax": 0xf7,
} as const;
export type VectorOpcode = keyof typeof VECTOR_OPCODE;

/** Opcodes with a block, a branch or a call, written by the methods of `Body`. */
export const CONTROL = { loop: 0x03, if: 0x04, else: 0x05, br_if: 0x0d, call: 0x10 } as const;

function unsigned(value: number, into: number[]): void {
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    into.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
}

function signed(value: number | bigint, into: number[]): void {
  let rest = BigInt(value);
  while (true) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
    into.push(done ? low : low | 0x80);
    if (done) return;
  }
}

const real = new DataView(new ArrayBuffer(8));

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
  vector(opcode: VectorOpcode): this {
    this.code.push(0xfd);
    unsigned(VECTOR_OPCODE[opcode], this.code);
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
    if (value >= 0 && value < 64) this.code.push(value);
    else signed(value, this.code);
    return this;
  }
  i64(value: bigint): this {
    this.op("i64.const");
    signed(value, this.code);
    return this;
  }
  f64(value: number): this {
    this.op("f64.const");
    real.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.code.push(real.getUint8(i));
    return this;
  }
  /** Loads and stores: the address on the stack plus `offset` bytes. */
  f64Load(offset: number): this {
    return this.op("f64.load").place(3, offset);
  }
  f64Store(offset: number): this {
    return this.op("f64.store").place(3, offset);
  }
  i32Load(offset: number): this {
    return this.op("i32.load").place(2, offset);
  }
  i32Store(offset: number): this {
    return this.op("i32.store").place(2, offset);
  }
  vectorLoad(offset: number): this {
    return this.vector("v128.load").place(4, offset);
  }
  vectorStore(offset: number): this {
    return this.vector("v128.store").place(4, offset);
  }
  private place(alignment: number, offset: number): this {
    this.code.push(alignment);
    unsigned(offset, this.code);
    return this;
  }
  call(func: number): this {
    this.code.push(CONTROL.call);
    unsigned(func, this.code);
    return this;
  }
  /** `if` without result around what `inside` emits, and `else` around `otherwise`. */
  when(inside: () => void, otherwise?: () => void): this {
    this.code.push(CONTROL.if, 0x40);
    inside();
    if (otherwise) {
      this.code.push(CONTROL.else);
      otherwise();
    }
    return this.op("end");
  }
  /** `if` that leaves a value, from what one of the two emits. */
  choose(type: ValueType, then: () => void, otherwise: () => void): this {
    this.code.push(CONTROL.if, VALUE[type]);
    then();
    this.code.push(CONTROL.else);
    otherwise();
    return this.op("end");
  }
  /** Repeats what `inside` emits as long as that leaves a number other than 0 on the stack. */
  loop(inside: () => void): this {
    this.code.push(CONTROL.loop, 0x40);
    inside();
    this.code.push(CONTROL.br_if, 0);
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
  readonly name: string;
  readonly exported: boolean;
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly body: Body;
}

/** Bytes that stand in the memory when an instance is made. */
export interface DataSpec {
  /** Address in bytes. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** A module with one exported memory of `pages` × 64 KiB, the given data in it, and the given functions; names stand in the module for profilers and readers. */
export function moduleBytes(
  functions: readonly FunctionSpec[],
  pages: number,
  data: readonly DataSpec[],
): Uint8Array<ArrayBuffer> {
  const out: number[] = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const section = (id: number, items: readonly ArrayLike<number>[]) => {
    const count = number(items.length);
    out.push(id);
    unsigned(
      items.reduce((sum, item) => sum + item.length, count.length),
      out,
    );
    out.push(...count);
    for (const item of items) for (let i = 0; i < item.length; i++) out.push(item[i]!);
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
    ...functions.flatMap((f, i) => (f.exported ? [[...text(f.name), 0, ...number(i)]] : [])),
  ]);
  section(
    10,
    functions.map((f) => {
      const body = f.body.bytes();
      return [...number(body.length), ...body];
    }),
  );
  section(
    11,
    data.map(({ at, bytes }) => {
      const address: number[] = [];
      signed(at, address);
      return [0, OPCODE["i32.const"], ...address, OPCODE.end, ...number(bytes.length), ...bytes];
    }),
  );
  const names = [number(functions.length), ...functions.map((f, i) => [...number(i), ...text(f.name)])].flat();
  const custom = [...text("name"), 1, ...number(names.length), ...names];
  out.push(0, ...number(custom.length), ...custom);
  return Uint8Array.from(out);
}
