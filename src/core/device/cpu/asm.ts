/**
 * A small WebAssembly assembler: functions are built instruction by instruction, a module has one imported memory and
 * exports its functions by name. Opcodes are those of the WebAssembly 2.0 specification.
 */

/** Value types. */
export const I32 = 0x7f;
export const I64 = 0x7e;
export const F32 = 0x7d;
export const F64 = 0x7c;
export const V128 = 0x7b;
export type ValueType = typeof I32 | typeof I64 | typeof F32 | typeof F64 | typeof V128;
const EMPTY = 0x40;

/** Numeric instructions of one byte, named as in the specification with `_` for `.`. */
const numeric = (first: number, names: string): Record<string, number> =>
  Object.fromEntries(names.split(' ').map((n, i) => [n, first + i]));

const prefixed = (type: string, names: string): string =>
  names
    .split(' ')
    .map((n) => `${type}_${n}`)
    .join(' ');

const INT_COMPARE = 'eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u';
const INT_OPS = 'clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr';
const FLOAT_COMPARE = 'eq ne lt gt le ge';
const FLOAT_OPS = 'abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign';

/** Opcodes of the scalar instructions. */
export const OP: Record<string, number> = {
  unreachable: 0x00,
  return: 0x0f,
  drop: 0x1a,
  select: 0x1b,
  ...numeric(0x45, prefixed('i32', INT_COMPARE)),
  ...numeric(0x50, prefixed('i64', INT_COMPARE)),
  ...numeric(0x5b, prefixed('f32', FLOAT_COMPARE)),
  ...numeric(0x61, prefixed('f64', FLOAT_COMPARE)),
  ...numeric(0x67, prefixed('i32', INT_OPS)),
  ...numeric(0x79, prefixed('i64', INT_OPS)),
  ...numeric(0x8b, prefixed('f32', FLOAT_OPS)),
  ...numeric(0x99, prefixed('f64', FLOAT_OPS)),
  ...numeric(
    0xa7,
    'i32_wrap_i64 i32_trunc_f32_s i32_trunc_f32_u i32_trunc_f64_s i32_trunc_f64_u i64_extend_i32_s i64_extend_i32_u i64_trunc_f32_s i64_trunc_f32_u ' +
      'i64_trunc_f64_s i64_trunc_f64_u f32_convert_i32_s f32_convert_i32_u f32_convert_i64_s f32_convert_i64_u f32_demote_f64 f64_convert_i32_s ' +
      'f64_convert_i32_u f64_convert_i64_s f64_convert_i64_u f64_promote_f32 i32_reinterpret_f32 i64_reinterpret_f64 f32_reinterpret_i32 ' +
      'f64_reinterpret_i64 i32_extend8_s i32_extend16_s i64_extend8_s i64_extend16_s i64_extend32_s',
  ),
};

/** Loads and stores: opcode. */
export const MEM: Record<string, number> = numeric(
  0x28,
  'i32_load i64_load f32_load f64_load i32_load8_s i32_load8_u i32_load16_s i32_load16_u i64_load8_s i64_load8_u i64_load16_s i64_load16_u ' +
    'i64_load32_s i64_load32_u i32_store i64_store f32_store f64_store i32_store8 i32_store16 i64_store8 i64_store16 i64_store32',
);

const VEC_COMPARE = 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u';

/** Opcodes of the SIMD instructions, after their prefix byte. */
export const SIMD: Record<string, number> = {
  ...numeric(
    0,
    'v128_load v128_load8x8_s v128_load8x8_u v128_load16x4_s v128_load16x4_u v128_load32x2_s v128_load32x2_u v128_load8_splat v128_load16_splat ' +
      'v128_load32_splat v128_load64_splat v128_store v128_const i8x16_shuffle i8x16_swizzle i8x16_splat i16x8_splat i32x4_splat i64x2_splat f32x4_splat ' +
      'f64x2_splat i8x16_extract_lane_s i8x16_extract_lane_u i8x16_replace_lane i16x8_extract_lane_s i16x8_extract_lane_u i16x8_replace_lane ' +
      'i32x4_extract_lane i32x4_replace_lane i64x2_extract_lane i64x2_replace_lane f32x4_extract_lane f32x4_replace_lane f64x2_extract_lane ' +
      'f64x2_replace_lane',
  ),
  ...numeric(35, prefixed('i8x16', VEC_COMPARE)),
  ...numeric(45, prefixed('i16x8', VEC_COMPARE)),
  ...numeric(55, prefixed('i32x4', VEC_COMPARE)),
  ...numeric(65, prefixed('f32x4', FLOAT_COMPARE)),
  ...numeric(71, prefixed('f64x2', FLOAT_COMPARE)),
  ...numeric(
    77,
    'v128_not v128_and v128_andnot v128_or v128_xor v128_bitselect v128_any_true v128_load8_lane v128_load16_lane v128_load32_lane v128_load64_lane ' +
      'v128_store8_lane v128_store16_lane v128_store32_lane v128_store64_lane v128_load32_zero v128_load64_zero f32x4_demote_f64x2_zero ' +
      'f64x2_promote_low_f32x4 i8x16_abs i8x16_neg i8x16_popcnt i8x16_all_true i8x16_bitmask i8x16_narrow_i16x8_s i8x16_narrow_i16x8_u f32x4_ceil ' +
      'f32x4_floor f32x4_trunc f32x4_nearest i8x16_shl i8x16_shr_s i8x16_shr_u i8x16_add i8x16_add_sat_s i8x16_add_sat_u i8x16_sub i8x16_sub_sat_s ' +
      'i8x16_sub_sat_u f64x2_ceil f64x2_floor i8x16_min_s i8x16_min_u i8x16_max_s i8x16_max_u f64x2_trunc',
  ),
  ...numeric(
    124,
    'i16x8_extadd_pairwise_i8x16_s i16x8_extadd_pairwise_i8x16_u i32x4_extadd_pairwise_i16x8_s i32x4_extadd_pairwise_i16x8_u i16x8_abs i16x8_neg',
  ),
  ...numeric(
    131,
    'i16x8_all_true i16x8_bitmask i16x8_narrow_i32x4_s i16x8_narrow_i32x4_u i16x8_extend_low_i8x16_s i16x8_extend_high_i8x16_s ' +
      'i16x8_extend_low_i8x16_u i16x8_extend_high_i8x16_u i16x8_shl i16x8_shr_s i16x8_shr_u i16x8_add i16x8_add_sat_s i16x8_add_sat_u i16x8_sub ' +
      'i16x8_sub_sat_s i16x8_sub_sat_u f64x2_nearest i16x8_mul i16x8_min_s i16x8_min_u i16x8_max_s i16x8_max_u',
  ),
  ...numeric(160, 'i32x4_abs i32x4_neg'),
  ...numeric(163, 'i32x4_all_true i32x4_bitmask'),
  ...numeric(
    167,
    'i32x4_extend_low_i16x8_s i32x4_extend_high_i16x8_s i32x4_extend_low_i16x8_u i32x4_extend_high_i16x8_u i32x4_shl i32x4_shr_s i32x4_shr_u i32x4_add',
  ),
  i32x4_sub: 177,
  ...numeric(181, 'i32x4_mul i32x4_min_s i32x4_min_u i32x4_max_s i32x4_max_u'),
  ...numeric(192, 'i64x2_abs i64x2_neg'),
  ...numeric(195, 'i64x2_all_true i64x2_bitmask'),
  ...numeric(
    199,
    'i64x2_extend_low_i32x4_s i64x2_extend_high_i32x4_s i64x2_extend_low_i32x4_u i64x2_extend_high_i32x4_u i64x2_shl i64x2_shr_s i64x2_shr_u i64x2_add',
  ),
  i64x2_sub: 209,
  ...numeric(213, 'i64x2_mul i64x2_eq i64x2_ne i64x2_lt_s i64x2_gt_s i64x2_le_s i64x2_ge_s'),
  ...numeric(224, 'f32x4_abs f32x4_neg'),
  ...numeric(227, 'f32x4_sqrt f32x4_add f32x4_sub f32x4_mul f32x4_div f32x4_min f32x4_max f32x4_pmin f32x4_pmax'),
  ...numeric(236, 'f64x2_abs f64x2_neg'),
  ...numeric(239, 'f64x2_sqrt f64x2_add f64x2_sub f64x2_mul f64x2_div f64x2_min f64x2_max f64x2_pmin f64x2_pmax'),
  ...numeric(
    248,
    'i32x4_trunc_sat_f32x4_s i32x4_trunc_sat_f32x4_u f32x4_convert_i32x4_s f32x4_convert_i32x4_u i32x4_trunc_sat_f64x2_s_zero ' +
      'i32x4_trunc_sat_f64x2_u_zero f64x2_convert_low_i32x4_s f64x2_convert_low_i32x4_u',
  ),
};

/** Saturating truncations: second byte after the prefix 0xfc. */
export const SAT: Record<string, number> = numeric(
  0,
  'i32_trunc_sat_f32_s i32_trunc_sat_f32_u i32_trunc_sat_f64_s i32_trunc_sat_f64_u i64_trunc_sat_f32_s i64_trunc_sat_f32_u i64_trunc_sat_f64_s i64_trunc_sat_f64_u',
);

function unsigned(out: number[], value: number): void {
  let v = value;
  while (v >= 128) {
    out.push((v % 128) | 128);
    v = Math.floor(v / 128);
  }
  out.push(v);
}

function signed32(out: number[], value: number): void {
  let v = value | 0;
  for (;;) {
    const b = v & 127;
    v >>= 7;
    if ((v === 0 && (b & 64) === 0) || (v === -1 && (b & 64) !== 0)) {
      out.push(b);
      return;
    }
    out.push(b | 128);
  }
}

function signed64(out: number[], value: bigint): void {
  let v = BigInt.asIntN(64, value);
  for (;;) {
    const b = Number(v & 127n);
    v >>= 7n;
    if ((v === 0n && (b & 64) === 0) || (v === -1n && (b & 64) !== 0)) {
      out.push(b);
      return;
    }
    out.push(b | 128);
  }
}

const bits = new DataView(new ArrayBuffer(8));

/** One function under construction. Parameters are the first locals. */
export class Func {
  private code: number[] = [];
  /** The code so far, cut where holes were left. */
  private readonly pieces: number[][] = [this.code];
  private readonly locals: ValueType[] = [];

  constructor(
    readonly index: number,
    readonly params: readonly ValueType[],
    readonly results: readonly ValueType[] = [],
  ) {}

  /** A new local variable. */
  local(type: ValueType): number {
    this.locals.push(type);
    return this.params.length + this.locals.length - 1;
  }

  /** Leaves a place here where code can be put later. */
  hole(): number {
    const gap: number[] = [];
    this.code = [];
    this.pieces.push(gap, this.code);
    return this.pieces.length - 2;
  }

  /** Adds the code that `build` emits to a hole. */
  into(hole: number, build: () => void): void {
    const here = this.code;
    this.code = this.pieces[hole];
    build();
    this.code = here;
  }

  /** A scalar instruction by name. */
  op(name: string): this {
    const c = OP[name];
    if (c === undefined) throw new Error(`asm: no instruction ${name}`);
    this.code.push(c);
    return this;
  }

  /** A SIMD instruction without immediates, or with a lane. */
  v(name: string, lane?: number): this {
    const c = SIMD[name];
    if (c === undefined) throw new Error(`asm: no instruction ${name}`);
    this.code.push(0xfd);
    unsigned(this.code, c);
    if (lane !== undefined) this.code.push(lane);
    return this;
  }

  sat(name: string): this {
    this.code.push(0xfc, SAT[name]);
    return this;
  }

  get(local: number): this {
    this.code.push(0x20);
    unsigned(this.code, local);
    return this;
  }
  set(local: number): this {
    this.code.push(0x21);
    unsigned(this.code, local);
    return this;
  }
  tee(local: number): this {
    this.code.push(0x22);
    unsigned(this.code, local);
    return this;
  }

  i32(value: number): this {
    this.code.push(0x41);
    signed32(this.code, value);
    return this;
  }
  i64(value: bigint): this {
    this.code.push(0x42);
    signed64(this.code, value);
    return this;
  }
  f32(value: number): this {
    bits.setFloat32(0, value, true);
    this.code.push(0x43);
    for (let i = 0; i < 4; i++) this.code.push(bits.getUint8(i));
    return this;
  }
  f64(value: number): this {
    bits.setFloat64(0, value, true);
    this.code.push(0x44);
    for (let i = 0; i < 8; i++) this.code.push(bits.getUint8(i));
    return this;
  }
  v128(bytes: ArrayLike<number>): this {
    this.v('v128_const');
    for (let i = 0; i < 16; i++) this.code.push(bytes[i]);
    return this;
  }
  shuffle(lanes: ArrayLike<number>): this {
    this.v('i8x16_shuffle');
    for (let i = 0; i < 16; i++) this.code.push(lanes[i]);
    return this;
  }

  /** A scalar load or store; the address (and the value) are on the stack. */
  mem(name: string, offset = 0): this {
    this.code.push(MEM[name], 0);
    unsigned(this.code, offset);
    return this;
  }
  /** A SIMD load or store, of a lane where one is given. */
  vmem(name: string, offset = 0, lane?: number): this {
    this.v(name);
    this.code.push(0);
    unsigned(this.code, offset);
    if (lane !== undefined) this.code.push(lane);
    return this;
  }

  block(body: () => void, type: ValueType | typeof EMPTY = EMPTY): this {
    return this.structure(0x02, type, body);
  }
  loop(body: () => void): this {
    return this.structure(0x03, EMPTY, body);
  }
  /** `if` on the i32 on the stack. */
  if(then: () => void, otherwise?: () => void, type: ValueType | typeof EMPTY = EMPTY): this {
    this.code.push(0x04, type);
    then();
    if (otherwise) {
      this.code.push(0x05);
      otherwise();
    }
    this.code.push(0x0b);
    return this;
  }
  private structure(code: number, type: number, body: () => void): this {
    this.code.push(code, type);
    body();
    this.code.push(0x0b);
    return this;
  }
  br(depth: number): this {
    this.code.push(0x0c, depth);
    return this;
  }
  brIf(depth: number): this {
    this.code.push(0x0d, depth);
    return this;
  }
  call(f: Func): this {
    this.code.push(0x10);
    unsigned(this.code, f.index);
    return this;
  }

  /** Adds to an i32 local. */
  bump(local: number, by: number): this {
    return by === 0 ? this : this.get(local).i32(by).op('i32_add').set(local);
  }

  /** The function body as the code section holds it. */
  body(): number[] {
    const out: number[] = [];
    const groups: [number, ValueType][] = [];
    for (const t of this.locals) {
      const top = groups[groups.length - 1];
      if (top !== undefined && top[1] === t) top[0]++;
      else groups.push([1, t]);
    }
    unsigned(out, groups.length);
    for (const [n, t] of groups) {
      unsigned(out, n);
      out.push(t);
    }
    for (const p of this.pieces) for (const b of p) out.push(b);
    out.push(0x0b);
    const sized: number[] = [];
    unsigned(sized, out.length);
    for (const b of out) sized.push(b);
    return sized;
  }
}

/** A module under construction. */
export class Module {
  private readonly funcs: Func[] = [];
  private readonly exported: [string, Func][] = [];

  func(params: readonly ValueType[], results: readonly ValueType[] = []): Func {
    const f = new Func(this.funcs.length, params, results);
    this.funcs.push(f);
    return f;
  }

  export(name: string, f: Func): void {
    this.exported.push([name, f]);
  }

  /** The bytes of the module; it imports its memory as `m.m`. */
  bytes(): Uint8Array<ArrayBuffer> {
    const out: number[] = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
    const section = (id: number, body: number[]): void => {
      out.push(id);
      unsigned(out, body.length);
      for (const b of body) out.push(b);
    };
    const counted = (items: number[][]): number[] => {
      const body: number[] = [];
      unsigned(body, items.length);
      for (const item of items) for (const b of item) body.push(b);
      return body;
    };
    section(1, counted(this.funcs.map((f) => [0x60, f.params.length, ...f.params, f.results.length, ...f.results])));
    section(2, [1, 1, 0x6d, 1, 0x6d, 0x02, 0x00, 0]);
    section(
      3,
      counted(
        this.funcs.map((_, i) => {
          const t: number[] = [];
          unsigned(t, i);
          return t;
        }),
      ),
    );
    section(
      7,
      counted(
        this.exported.map(([name, f]) => {
          const e = [name.length, ...[...name].map((c) => c.charCodeAt(0)), 0];
          unsigned(e, f.index);
          return e;
        }),
      ),
    );
    section(10, counted(this.funcs.map((f) => f.body())));
    return new Uint8Array(out);
  }

  /** Compiles and instantiates at once. Modules are small enough for that in every engine. */
  instantiate(memory: WebAssembly.Memory): WebAssembly.Exports {
    return new WebAssembly.Instance(new WebAssembly.Module(this.bytes()), { m: { m: memory } }).exports;
  }
}
