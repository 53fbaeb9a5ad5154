import { isFloat, isUnsigned, isWide, type ScalarType } from '../../dtype.js';
import type { ScalarOp } from '../../ir/expr.js';
import { F32, F64, type Func, I32, I64, type ValueType } from './asm.js';

/**
 * The basis on scalars: one rule for each operation. bool and the integers of up to 32 bits live in an i32, always
 * sign- or zero-extended from their own width; a float16 lives there as its bits.
 */

/** Puts one operand on the stack. To be called once. */
export type Push = () => void;

export const machineType = (t: ScalarType): ValueType =>
  t === 'float64' ? F64 : t === 'float32' ? F32 : isWide(t) ? I64 : I32;

export const SIZE: { readonly [T in ScalarType]: number } = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float16: 2,
  float32: 4,
  float64: 8,
};

/** `i32`, `i64`, `f32` or `f64`: the prefix of instructions on values of the type. */
const prefix = (t: ScalarType): string =>
  t === 'float64' ? 'f64' : t === 'float32' ? 'f32' : isWide(t) ? 'i64' : 'i32';

/** Evaluates an operand into a local, for rules that need it more than once. */
export function keep(f: Func, type: ValueType, push: Push): number {
  const l = f.local(type);
  push();
  f.set(l);
  return l;
}

/** Brings the i32 on the stack back into the range of a narrow type. */
export function narrow(f: Func, t: ScalarType): void {
  if (t === 'int8') f.op('i32_extend8_s');
  else if (t === 'int16') f.op('i32_extend16_s');
  else if (t === 'uint8') f.i32(0xff).op('i32_and');
  else if (t === 'uint16' || t === 'float16') f.i32(0xffff).op('i32_and');
}

/** A literal of the type. */
export function literal(f: Func, t: ScalarType, value: number | bigint): void {
  if (t === 'float64') f.f64(Number(value));
  else if (t === 'float32') f.f32(Number(value));
  else if (isWide(t)) f.i64(BigInt(value));
  else f.i32(Number(value));
}

/** Bits of a float16 on the stack to float32. Subnormals become right by a multiplication, which is exact. */
export function halfToFloat(f: Func): void {
  const h = f.local(I32);
  const o = f.local(I32);
  f.tee(h)
    .i32(0x7fff)
    .op('i32_and')
    .i32(13)
    .op('i32_shl')
    .tee(o)
    .op('f32_reinterpret_i32')
    .f32(2 ** 112)
    .op('f32_mul')
    .op('i32_reinterpret_f32');
  f.i32(0x7f800000).i32(0).get(o).i32(0x0f800000).op('i32_ge_u').op('select').op('i32_or');
  f.get(h).i32(0x8000).op('i32_and').i32(16).op('i32_shl').op('i32_or').op('f32_reinterpret_i32');
}

/**
 * A float on the stack to the bits of the nearest float16. A normal result comes from adding just under half of its last bit
 * (and the last bit itself, for ties) to the bits; a subnormal one from adding a float whose last bit is float16's smallest number.
 */
export function floatToHalf(f: Func, wide: boolean): void {
  const I = wide ? I64 : I32;
  const i = wide ? 'i64' : 'i32';
  const fl = wide ? 'f64' : 'f32';
  const k = (v: bigint): Func => (wide ? f.i64(v) : f.i32(Number(BigInt.asIntN(32, v))));
  const drop = wide ? 42n : 13n;
  const mantissa = wide ? 52n : 23n;
  const rebias = BigInt(wide ? 1023 - 15 : 127 - 15) << mantissa;
  const x = f.local(I);
  const a = f.local(I);
  const r = f.local(I32);
  const base = wide ? 2 ** 28 : 0.5;
  const shifted = (): Func => f.get(a).op(`${fl}_reinterpret_${i}`);
  const addend = (): Func => (wide ? f.f64(base) : f.f32(base));
  f.op(`${i}_reinterpret_${fl}`).tee(x);
  k((1n << (wide ? 63n : 31n)) - 1n)
    .op(`${i}_and`)
    .tee(a);
  k(BigInt(wide ? 1023 - 14 : 127 - 14) << mantissa).op(`${i}_lt_u`);
  f.if(
    () => {
      shifted();
      addend().op(`${fl}_add`).op(`${i}_reinterpret_${fl}`);
      addend().op(`${i}_reinterpret_${fl}`).op(`${i}_sub`);
      if (wide) f.op('i32_wrap_i64');
      f.set(r);
    },
    () => {
      f.get(a);
      k((1n << (drop - 1n)) - 1n - rebias).op(`${i}_add`);
      f.get(a);
      k(drop).op(`${i}_shr_u`);
      k(1n).op(`${i}_and`).op(`${i}_add`);
      k(drop).op(`${i}_shr_u`);
      k(0x7c00n);
      f.get(a);
      k(BigInt(wide ? 1023 + 16 : 127 + 16) << mantissa)
        .op(`${i}_lt_u`)
        .op('select');
      if (wide) f.op('i32_wrap_i64');
      f.set(r);
      f.get(a);
      k(BigInt(wide ? 0x7ff : 0xff) << mantissa).op(`${i}_gt_u`);
      f.if(() => f.i32(0x7e00).set(r));
    },
  );
  f.get(r).get(x);
  k(wide ? 48n : 16n).op(`${i}_shr_u`);
  if (wide) f.op('i32_wrap_i64');
  f.i32(0x8000).op('i32_and').op('i32_or');
}

type Rule = (f: Func, t: ScalarType, a: Push, b: Push, c: Push) => void;

/** A rule on floats, for float16 by way of float32, which rounds the same. `out` says whether the result is a float16 again. */
const viaFloat =
  (rule: (f: Func, p: string, a: Push, b: Push) => void, out = true): Rule =>
  (f, t, a, b) => {
    if (t !== 'float16') return rule(f, prefix(t), a, b);
    const lift =
      (p: Push): Push =>
      () => {
        p();
        halfToFloat(f);
      };
    rule(f, 'f32', lift(a), lift(b));
    if (out) floatToHalf(f, false);
  };

const floats1 = (name: string): Rule =>
  viaFloat((f, p, a) => {
    a();
    f.op(`${p}_${name}`);
  });
const floats2 = (name: string): Rule =>
  viaFloat((f, p, a, b) => {
    a();
    b();
    f.op(`${p}_${name}`);
  });

/** add, sub, mul: floats through float instructions, integers wrap. */
const arithmetic = (name: string): Rule => {
  const float = floats2(name);
  return (f, t, a, b, c) => {
    if (isFloat(t)) return float(f, t, a, b, c);
    a();
    b();
    f.op(`${prefix(t)}_${name}`);
    narrow(f, t);
  };
};

const signOf = (t: ScalarType): string => (isUnsigned(t) || t === 'bool' ? '_u' : '_s');

const comparison = (name: string): Rule => {
  const float = viaFloat((f, p, a, b) => {
    a();
    b();
    f.op(`${p}_${name}`);
  }, false);
  return (f, t, a, b, c) => {
    if (isFloat(t)) return float(f, t, a, b, c);
    a();
    b();
    f.op(`${prefix(t)}_${name}${name === 'eq' || name === 'ne' ? '' : signOf(t)}`);
  };
};

const extremum = (name: 'min' | 'max'): Rule => {
  const float = floats2(name);
  return (f, t, a, b, c) => {
    if (isFloat(t)) return float(f, t, a, b, c);
    const x = keep(f, machineType(t), a);
    const y = keep(f, machineType(t), b);
    f.get(x).get(y).get(x).get(y);
    f.op(`${prefix(t)}_${name === 'min' ? 'lt' : 'gt'}${signOf(t)}`).op('select');
  };
};

const bitwise =
  (name: string): Rule =>
  (f, t, a, b) => {
    a();
    b();
    f.op(`${prefix(t)}_${name}`);
  };

/** quot and rem: division by zero gives 0, MIN by -1 wraps; both would trap. */
const division =
  (name: 'div' | 'rem'): Rule =>
  (f, t, a, b) => {
    const p = prefix(t);
    const m = machineType(t);
    const x = keep(f, m, a);
    const y = keep(f, m, b);
    const k = (v: number): Func => (m === I64 ? f.i64(BigInt(v)) : f.i32(v));
    const signed = !isUnsigned(t);
    // y is neither 0 nor (where it is signed) -1: y + 1 > 1, or y > 0, as unsigned numbers.
    f.get(y);
    if (signed) k(1).op(`${p}_add`);
    k(signed ? 1 : 0).op(`${p}_gt_u`);
    f.if(
      () => {
        f.get(x)
          .get(y)
          .op(`${p}_${name}${signed ? '_s' : '_u'}`);
      },
      () => {
        if (!signed || name === 'rem') k(0);
        else {
          k(0).get(x).op(`${p}_sub`);
          k(0).get(y).op(`${p}_eqz`).op('i32_eqz').op('select');
        }
      },
      m,
    );
    narrow(f, t);
  };

const shift =
  (name: 'shl' | 'shr'): Rule =>
  (f, t, a, b) => {
    const p = prefix(t);
    a();
    b();
    if (SIZE[t] < 4) f.i32(SIZE[t] * 8 - 1).op('i32_and');
    f.op(`${p}_${name}${name === 'shl' ? '' : signOf(t)}`);
    if (name === 'shl') narrow(f, t);
  };

/** clz and popcnt look at the bits of the type's own width. */
const count =
  (name: 'clz' | 'popcnt'): Rule =>
  (f, t, a) => {
    a();
    const w = SIZE[t];
    if (w < 4) f.i32(2 ** (8 * w) - 1).op('i32_and');
    f.op(`${prefix(t)}_${name}`);
    if (w < 4 && name === 'clz') f.i32(32 - 8 * w).op('i32_sub');
  };

const choice: Rule = (f, t, c, a, b) => {
  a();
  b();
  c();
  f.op('select');
  void t;
};

export type BasicOp = Exclude<ScalarOp, 'cast' | 'bitcast' | 'lookup' | 'rare'>;

/** One line for each operation; `t` is the type of the operands (of the alternatives, for select). */
export const SCALAR: { readonly [N in BasicOp]: Rule } = {
  add: arithmetic('add'),
  sub: arithmetic('sub'),
  mul: arithmetic('mul'),
  div: floats2('div'),
  neg: (f, t, a) => {
    if (t === 'float16') {
      a();
      f.i32(0x8000).op('i32_xor');
    } else if (isFloat(t)) {
      a();
      f.op(`${prefix(t)}_neg`);
    } else {
      literal(f, t, 0);
      a();
      f.op(`${prefix(t)}_sub`);
      narrow(f, t);
    }
  },
  abs: (f, t, a) => {
    if (isFloat(t) && t !== 'float16') {
      a();
      f.op(`${prefix(t)}_abs`);
    } else if (t === 'float16') {
      a();
      f.i32(0x7fff).op('i32_and');
    } else if (isUnsigned(t)) a();
    else {
      const x = keep(f, machineType(t), a);
      f.get(x);
      literal(f, t, 0);
      f.get(x)
        .op(`${prefix(t)}_sub`)
        .get(x);
      literal(f, t, 0);
      f.op(`${prefix(t)}_ge_s`).op('select');
      narrow(f, t);
    }
  },
  sqrt: floats1('sqrt'),
  floor: floats1('floor'),
  ceil: floats1('ceil'),
  trunc: floats1('trunc'),
  rint: floats1('nearest'),
  min: extremum('min'),
  max: extremum('max'),
  copysign: (f, t, a, b) => {
    a();
    if (t !== 'float16') {
      b();
      f.op(`${prefix(t)}_copysign`);
      return;
    }
    f.i32(0x7fff).op('i32_and');
    b();
    f.i32(0x8000).op('i32_and').op('i32_or');
  },
  quot: division('div'),
  rem: division('rem'),
  and: bitwise('and'),
  or: bitwise('or'),
  xor: bitwise('xor'),
  not: (f, t, a) => {
    a();
    literal(f, t, t === 'bool' ? 1 : -1);
    f.op(`${prefix(t)}_xor`);
    narrow(f, t);
  },
  shl: shift('shl'),
  shr: shift('shr'),
  clz: count('clz'),
  popcnt: count('popcnt'),
  eq: comparison('eq'),
  ne: comparison('ne'),
  lt: comparison('lt'),
  le: comparison('le'),
  gt: comparison('gt'),
  ge: comparison('ge'),
  select: choice,
};

/** Truncation of the float on the stack to int32 or int64: what x86 does with NaN and out of range values is the least integer. */
function truncate(f: Func, from: 'f32' | 'f64', to: 'i32' | 'i64'): void {
  const x = f.local(from === 'f32' ? F32 : F64);
  f.tee(x).sat(`${to}_trunc_sat_${from}_s`);
  const limit = to === 'i32' ? 2 ** 31 : 2 ** 63;
  if (to === 'i32') f.i32(-2147483648);
  else f.i64(-(1n << 63n));
  f.get(x);
  if (from === 'f32') f.f32(limit);
  else f.f64(limit);
  f.op(`${from}_lt`).op('select');
}

/** A cast of the value on the stack. */
export function castScalar(f: Func, from: ScalarType, to: ScalarType): void {
  if (from === to) return;
  if (from === 'float16') {
    if (to === 'bool') {
      f.i32(0x7fff).op('i32_and').i32(0).op('i32_ne');
      return;
    }
    halfToFloat(f);
    castScalar(f, 'float32', to);
    return;
  }
  if (to === 'float16') {
    if (from === 'float32' || from === 'float64') floatToHalf(f, from === 'float64');
    else {
      castScalar(f, from, 'float32');
      floatToHalf(f, false);
    }
    return;
  }
  if (to === 'bool') {
    literal(f, from, 0);
    f.op(`${prefix(from)}_ne`);
    return;
  }
  const wideFrom = isWide(from);
  if (from === 'float32' || from === 'float64') {
    const p = from === 'float32' ? 'f32' : 'f64';
    switch (to) {
      case 'float64':
        f.op('f64_promote_f32');
        return;
      case 'float32':
        f.op('f32_demote_f64');
        return;
      case 'int64':
        truncate(f, p, 'i64');
        return;
      case 'uint32':
        truncate(f, p, 'i64');
        f.op('i32_wrap_i64');
        return;
      case 'uint64': {
        const F = from === 'float32' ? F32 : F64;
        const x = f.local(F);
        const k = (v: number): Func => (F === F32 ? f.f32(v) : f.f64(v));
        f.tee(x);
        k(2 ** 63).op(`${p}_ge`);
        f.if(
          () => {
            f.get(x);
            k(2 ** 63).op(`${p}_sub`);
            truncate(f, p, 'i64');
            f.i64(-(1n << 63n)).op('i64_xor');
          },
          () => {
            f.get(x);
            truncate(f, p, 'i64');
          },
          I64,
        );
        return;
      }
      default:
        truncate(f, p, 'i32');
        narrow(f, to);
        return;
    }
  }
  if (to === 'float32' || to === 'float64') {
    f.op(`${prefix(to)}_convert_${wideFrom ? 'i64' : 'i32'}${signOf(from)}`);
    return;
  }
  if (isWide(to)) {
    if (!wideFrom) f.op(`i64_extend_i32${signOf(from)}`);
    return;
  }
  if (wideFrom) f.op('i32_wrap_i64');
  narrow(f, to);
}

/** The same bits as another type of the same size. */
export function bitcastScalar(f: Func, from: ScalarType, to: ScalarType): void {
  const a = prefix(from);
  const b = prefix(to);
  if (a !== b) f.op(`${b}_reinterpret_${a}`);
}

/** Loads one scalar; the address is on the stack. */
export function loadScalar(f: Func, t: ScalarType, offset: number): void {
  const name: { readonly [T in ScalarType]: string } = {
    bool: 'i32_load8_u',
    int8: 'i32_load8_s',
    uint8: 'i32_load8_u',
    int16: 'i32_load16_s',
    uint16: 'i32_load16_u',
    float16: 'i32_load16_u',
    int32: 'i32_load',
    uint32: 'i32_load',
    int64: 'i64_load',
    uint64: 'i64_load',
    float32: 'f32_load',
    float64: 'f64_load',
  };
  f.mem(name[t], offset);
  // Memory that was something else may hold other bytes than 0 and 1: all but 0 are true.
  if (t === 'bool') f.i32(0).op('i32_ne');
}

/** Stores one scalar; the address and the value are on the stack. */
export function storeScalar(f: Func, t: ScalarType, offset: number): void {
  const p = prefix(t);
  f.mem(SIZE[t] === 1 ? 'i32_store8' : SIZE[t] === 2 ? 'i32_store16' : `${p}_store`, offset);
}
