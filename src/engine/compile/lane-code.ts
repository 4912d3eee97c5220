import { Body, type FunctionSpec, type ValueType } from "./wasm-bytes.js";

/** How many patients one instruction serves: 1 (f64) or 2 (f64x2). Both come from the same generator and give the same bits. */
export type LaneCount = 1 | 2;

/**
 * Numbers that kernels need, once each, in the memory: a vector constant in the code costs 18 bytes.
 * Values are kept by their bits, so that 0 and −0 are two.
 */
export class ConstantPool {
  private readonly places = new Map<bigint, number>();
  private readonly bits = new DataView(new ArrayBuffer(8));

  /** `start`: the first place, in numbers. */
  constructor(readonly start: number) {}

  placeOf(value: number): number {
    this.bits.setFloat64(0, value);
    return this.placeOfBits(this.bits.getBigUint64(0));
  }
  placeOfBits(word: bigint): number {
    const known = this.places.get(word);
    if (known !== undefined) return known;
    const place = this.start + this.places.size;
    this.places.set(word, place);
    return place;
  }
  get size(): number {
    return this.places.size;
  }
  /** The bytes of the pool for so many lanes, as they stand in the memory. */
  bytes(lanes: LaneCount): Uint8Array {
    const view = new DataView(new ArrayBuffer(this.places.size * lanes * 8));
    let at = 0;
    for (const word of this.places.keys())
      for (let lane = 0; lane < lanes; lane++, at += 8) view.setBigUint64(at, word, true);
    return new Uint8Array(view.buffer);
  }
}

/** Instructions on numbers: the same call emits f64 or f64x2. */
type Arithmetic = "add" | "sub" | "mul" | "div" | "neg" | "sqrt" | "abs";

/**
 * Code on "numbers": one f64 of one patient, or the pair of two patients. Places are counted in numbers; the two lanes of a number stand side by side.
 * Comparisons leave a mask (i32 or 128 bits) that only `select`, the mask operations and `any` understand.
 */
export class LaneCode extends Body {
  readonly numberType: ValueType;
  readonly maskType: ValueType;
  private scratch: [number, number] | null = null;

  constructor(
    readonly lanes: LaneCount,
    private readonly pool: ConstantPool,
    private readonly parameterTypes: readonly ValueType[] = [],
  ) {
    super(parameterTypes.length);
    this.numberType = lanes === 1 ? "f64" : "v128";
    this.maskType = lanes === 1 ? "i32" : "v128";
  }

  /** Bytes of a number. */
  get bytesPerNumber(): number {
    return 8 * this.lanes;
  }

  number(): number {
    return this.local(this.numberType);
  }
  /** Locals for so many numbers. */
  numbers(count: number): number[] {
    return Array.from({ length: count }, () => this.number());
  }
  mask(): number {
    return this.local(this.maskType);
  }
  /** A local for the bits of a number. */
  word(): number {
    return this.local(this.lanes === 1 ? "i64" : "v128");
  }

  /** The number at a place. */
  at(place: number): this {
    return this.i32(0).load(place);
  }
  /** The number at `place` after the address (in bytes) on the stack. */
  load(place: number): this {
    return this.lanes === 1 ? this.f64Load(place * 8) : this.vectorLoad(place * 16);
  }
  /** Takes address and number from the stack. */
  store(place: number): this {
    return this.lanes === 1 ? this.f64Store(place * 8) : this.vectorStore(place * 16);
  }
  constant(value: number): this {
    return this.lanes === 1 ? this.f64(value) : this.at(this.pool.placeOf(value));
  }
  /** The same bits in every lane. */
  constantWord(word: bigint): this {
    return this.lanes === 1 ? this.i64(BigInt.asIntN(64, word)) : this.at(this.pool.placeOfBits(word));
  }
  do(operation: Arithmetic): this {
    return this.lanes === 1 ? this.op(`f64.${operation}`) : this.vector(`f64x2.${operation}`);
  }
  /** min and max pass NaN on; atMost(a, b) = b < a ? b : a and atLeast(a, b) = a < b ? b : a are one vector instruction. */
  extreme(operation: "min" | "max" | "atMost" | "atLeast"): this {
    if (operation === "min" || operation === "max")
      return this.lanes === 1 ? this.op(`f64.${operation}`) : this.vector(`f64x2.${operation}`);
    if (this.lanes === 2) return this.vector(operation === "atMost" ? "f64x2.pmin" : "f64x2.pmax");
    this.scratch ??= [this.local("f64"), this.local("f64")];
    const [a, b] = this.scratch;
    this.set(b).set(a).get(b).get(a);
    if (operation === "atMost") this.get(b).get(a);
    else this.get(a).get(b);
    return this.op("f64.lt").op("select");
  }
  compare(operation: "lt" | "le" | "eq" | "ne"): this {
    return this.lanes === 1 ? this.op(`f64.${operation}`) : this.vector(`f64x2.${operation}`);
  }
  /** Takes a, b, mask: a where the mask holds, else b. */
  select(): this {
    return this.lanes === 1 ? this.op("select") : this.vector("v128.bitselect");
  }
  both(operation: "and" | "or"): this {
    return this.lanes === 1 ? this.op(`i32.${operation}`) : this.vector(`v128.${operation}`);
  }
  not(): this {
    return this.lanes === 1 ? this.op("i32.eqz") : this.vector("v128.not");
  }
  /** 1 where the mask holds, else 0. */
  maskToNumber(): this {
    return this.lanes === 1 ? this.op("f64.convert_i32_s") : this.constant(1).vector("v128.and");
  }
  /** An i32 other than 0 where the mask holds in any lane. */
  any(): this {
    return this.lanes === 1 ? this : this.vector("v128.any_true");
  }
  /** Number ↔ its bits: no instruction in a vector. */
  toWord(): this {
    return this.lanes === 1 ? this.op("i64.reinterpret_f64") : this;
  }
  toNumber(): this {
    return this.lanes === 1 ? this.op("f64.reinterpret_i64") : this;
  }
  words(operation: "add" | "sub"): this {
    return this.lanes === 1 ? this.op(`i64.${operation}`) : this.vector(`i64x2.${operation}`);
  }
  wordAnd(): this {
    return this.lanes === 1 ? this.op("i64.and") : this.vector("v128.and");
  }
  wordOr(): this {
    return this.lanes === 1 ? this.op("i64.or") : this.vector("v128.or");
  }
  shift(direction: "shl" | "shr_u", count: number): this {
    return this.lanes === 1
      ? this.i64(BigInt(count)).op(`i64.${direction}`)
      : this.i32(count).vector(`i64x2.${direction}`);
  }

  /** As a function of the module. */
  asFunction(name: string, exported: boolean, results: readonly ValueType[] = []): FunctionSpec {
    return { name, exported, parameters: this.parameterTypes, results, body: this };
  }
}
