import { isFloat, isUnsigned, isWide, type ScalarType } from '../../dtype.js';
import { type Func, V128 } from './asm.js';
import { keepVector, lanewise, narrowLanes, shapeOf, splat, type Vec, widenLanes } from './lanes.js';
import { type BasicOp, castScalar, type Push, SCALAR, SIZE } from './scalar.js';

/**
 * The basis on vectors. A kernel has L lanes, as many as its widest type allows; a value of a type of w bytes lies packed in the
 * low L*w bytes of a v128 and the rest is garbage. A truth value is a mask: all bits of a lane of some width w. What has no
 * SIMD form is done lane by lane with the scalar rule, so that every kernel can be a vector kernel.
 */

/** Bits of float16 lanes on the stack to float32 lanes: see halfToFloat. */
export function halvesToFloats(c: Vec): void {
  const { f } = c;
  const h = f.local(V128);
  const o = f.local(V128);
  widenLanes(c, 2, 4, '_u');
  f.tee(h);
  splat(c, 'int32', 0x7fff);
  f.v('v128_and').i32(13).v('i32x4_shl').tee(o);
  splat(c, 'float32', 2 ** 112);
  f.v('f32x4_mul').get(o);
  splat(c, 'int32', 0x0f7fffff);
  f.v('i32x4_gt_s');
  splat(c, 'int32', 0x7f800000);
  f.v('v128_and').v('v128_or').get(h);
  splat(c, 'int32', 0x8000);
  f.v('v128_and').i32(16).v('i32x4_shl').v('v128_or');
}

/** Float lanes on the stack to the bits of the nearest float16: see floatToHalf. */
export function floatsToHalves(c: Vec, wide: boolean): void {
  const { f } = c;
  const t: ScalarType = wide ? 'int64' : 'int32';
  const i = wide ? 'i64x2' : 'i32x4';
  const fl = wide ? 'f64x2' : 'f32x4';
  const drop = wide ? 42 : 13;
  const mantissa = wide ? 52n : 23n;
  const x = f.local(V128);
  const a = f.local(V128);
  const k = (v: bigint): void => splat(c, t, wide ? v : Number(v));
  const base = wide ? 2 ** 28 : 0.5;
  const addend = (): void => splat(c, wide ? 'float64' : 'float32', base);
  f.tee(x);
  k((1n << (wide ? 63n : 31n)) - 1n);
  f.v('v128_and').set(a);
  // Subnormal results.
  f.get(a);
  addend();
  f.v(`${fl}_add`);
  addend();
  f.v(`${i}_sub`);
  // Normal ones.
  f.get(a);
  k((1n << BigInt(drop - 1)) - 1n - (BigInt(wide ? 1008 : 112) << mantissa));
  f.v(`${i}_add`).get(a).i32(drop).v(`${i}_shr_u`);
  k(1n);
  f.v('v128_and').v(`${i}_add`).i32(drop).v(`${i}_shr_u`);
  f.get(a);
  k(BigInt(wide ? 1023 - 14 : 127 - 14) << mantissa);
  f.v(`${i}_lt_s`).v('v128_bitselect');
  // Infinity from 2^16 on, and NaN.
  k(0x7c00n);
  f.get(a);
  k(BigInt(wide ? 1023 + 16 : 127 + 16) << mantissa);
  f.v(`${i}_lt_s`).v('v128_bitselect');
  k(0x7e00n);
  f.get(a);
  k(BigInt(wide ? 0x7ff : 0xff) << mantissa);
  f.v(`${i}_le_s`).v('v128_bitselect');
  f.get(x)
    .i32(wide ? 48 : 16)
    .v(`${i}_shr_u`);
  k(0x8000n);
  f.v('v128_and').v('v128_or');
  narrowLanes(c, wide ? 8 : 4, 2);
}

type Rule = (c: Vec, t: ScalarType, a: Push, b: Push, m: Push) => void;

const viaFloats =
  (rule: Rule, out = true): Rule =>
  (c, t, a, b, m) => {
    if (t !== 'float16') return rule(c, t, a, b, m);
    const lift =
      (p: Push): Push =>
      () => {
        p();
        halvesToFloats(c);
      };
    rule(c, 'float32', lift(a), lift(b), m);
    if (out) floatsToHalves(c, false);
  };

/** One instruction on vectors of the operands' shape. */
const plain =
  (name: string, operands: 1 | 2 = 2): Rule =>
  (c, t, a, b) => {
    a();
    if (operands === 2) b();
    c.f.v(`${shapeOf(t)}_${name}`);
  };
const float1 = (name: string): Rule => viaFloats(plain(name, 1));
const arithmetic = (name: string): Rule => viaFloats(plain(name));

const byLanes =
  (op: BasicOp, operands: 1 | 2): Rule =>
  (c, t, a, b) =>
    lanewise(c, operands === 1 ? [t] : [t, t], operands === 1 ? [a] : [a, b], t, 0, (x, y) =>
      SCALAR[op](c.f, t, x, y, none),
    );
const none: Push = () => {};

/** Products of bytes: of the even ones, and of the odd ones, in 16-bit lanes. */
const multiplyBytes = (c: Vec, a: Push, b: Push): void => {
  const { f } = c;
  const x = keepVector(f, a);
  const y = keepVector(f, b);
  f.get(x).get(y).v('i16x8_mul');
  splat(c, 'uint16', 0xff);
  f.v('v128_and');
  f.get(x).i32(8).v('i16x8_shr_u').get(y).i32(8).v('i16x8_shr_u').v('i16x8_mul').i32(8).v('i16x8_shl').v('v128_or');
};

const topBit = (c: Vec): void => splat(c, 'int64', -(2n ** 63n));

const comparison = (name: string): Rule =>
  viaFloats((c, t, a, b) => {
    const order = name !== 'eq' && name !== 'ne';
    if (t === 'uint64' && order) {
      a();
      topBit(c);
      c.f.v('v128_xor');
      b();
      topBit(c);
      c.f.v('v128_xor').v(`i64x2_${name}_s`);
      return;
    }
    a();
    b();
    c.f.v(`${shapeOf(t)}_${name}${!order || isFloat(t) ? '' : t === 'int64' || !isUnsigned(t) ? '_s' : '_u'}`);
  }, false);

const extremum = (name: 'min' | 'max'): Rule =>
  viaFloats((c, t, a, b, m) => {
    if (isFloat(t)) return plain(name)(c, t, a, b, m);
    if (!isWide(t)) return plain(`${name}${isUnsigned(t) ? '_u' : '_s'}`)(c, t, a, b, m);
    const x = keepVector(c.f, a);
    const y = keepVector(c.f, b);
    const get =
      (l: number): Push =>
      () => {
        c.f.get(l);
      };
    c.f.get(x).get(y);
    comparison(name === 'min' ? 'lt' : 'gt')(c, t, get(x), get(y), m);
    c.f.v('v128_bitselect');
  });

const bitwise =
  (name: string): Rule =>
  (c, _, a, b) => {
    a();
    b();
    c.f.v(`v128_${name}`);
  };

/** One line for each operation on operands that are not bool. Comparisons leave a mask of `maskWidth(t)`; select takes one of the alternatives' width. */
export const VECTOR: { readonly [N in BasicOp]: Rule } = {
  add: arithmetic('add'),
  sub: arithmetic('sub'),
  mul: (c, t, a, b, m) => (SIZE[t] === 1 ? multiplyBytes(c, a, b) : arithmetic('mul')(c, t, a, b, m)),
  div: arithmetic('div'),
  neg: (c, t, a, b, m) => {
    if (t !== 'float16') return plain('neg', 1)(c, t, a, b, m);
    a();
    splat(c, 'uint16', 0x8000);
    c.f.v('v128_xor');
  },
  abs: (c, t, a, b, m) => {
    if (isUnsigned(t)) return a();
    if (t !== 'float16') return plain('abs', 1)(c, t, a, b, m);
    a();
    splat(c, 'uint16', 0x7fff);
    c.f.v('v128_and');
  },
  sqrt: float1('sqrt'),
  floor: float1('floor'),
  ceil: float1('ceil'),
  trunc: float1('trunc'),
  rint: float1('nearest'),
  min: extremum('min'),
  max: extremum('max'),
  copysign: (c, t, a, b) => {
    a();
    b();
    const bits = new Uint8Array(16).fill(0xff);
    const w = SIZE[t];
    for (let i = w - 1; i < 16; i += w) bits[i] = 0x7f;
    c.constant(bits);
    c.f.v('v128_bitselect');
  },
  quot: byLanes('quot', 2),
  rem: byLanes('rem', 2),
  and: bitwise('and'),
  or: bitwise('or'),
  xor: bitwise('xor'),
  not: (c, _, a) => {
    a();
    c.f.v('v128_not');
  },
  shl: byLanes('shl', 2),
  shr: byLanes('shr', 2),
  clz: byLanes('clz', 1),
  popcnt: (c, t, a, b, m) => (SIZE[t] === 1 ? plain('popcnt', 1)(c, t, a, b, m) : byLanes('popcnt', 1)(c, t, a, b, m)),
  eq: comparison('eq'),
  ne: comparison('ne'),
  lt: comparison('lt'),
  le: comparison('le'),
  gt: comparison('gt'),
  ge: comparison('ge'),
  select: (c, _, a, b, m) => {
    a();
    b();
    m();
    c.f.v('v128_bitselect');
  },
};

/** Truth values as masks, of one width for all operands. */
export const MASKS: { readonly [N in BasicOp]?: (f: Func, a: Push, b: Push) => void } = {
  and: (f, a, b) => two(f, a, b).v('v128_and'),
  or: (f, a, b) => two(f, a, b).v('v128_or'),
  min: (f, a, b) => two(f, a, b).v('v128_and'),
  max: (f, a, b) => two(f, a, b).v('v128_or'),
  xor: (f, a, b) => two(f, a, b).v('v128_xor'),
  ne: (f, a, b) => two(f, a, b).v('v128_xor'),
  eq: (f, a, b) => two(f, a, b).v('v128_xor').v('v128_not'),
  lt: (f, a, b) => two(f, b, a).v('v128_andnot'),
  gt: (f, a, b) => two(f, a, b).v('v128_andnot'),
  le: (f, a, b) => two(f, a, b).v('v128_andnot').v('v128_not'),
  ge: (f, a, b) => two(f, b, a).v('v128_andnot').v('v128_not'),
};
const two = (f: Func, a: Push, b: Push): Func => {
  a();
  b();
  return f;
};

/** A shift by a count that all lanes share. */
export function shiftAll(c: Vec, t: ScalarType, name: 'shl' | 'shr', a: Push, count: number): void {
  a();
  const n = count & (SIZE[t] * 8 - 1);
  if (t === 'int64' && name === 'shr' && n > 0) {
    // There is no instruction for it before AVX-512; a logical shift and two operations that spread the sign are shorter than what engines make.
    const sign = 1n << BigInt(63 - n);
    c.f.i32(n).v('i64x2_shr_u');
    splat(c, 'int64', sign);
    c.f.v('v128_xor');
    splat(c, 'int64', sign);
    c.f.v('i64x2_sub');
    return;
  }
  c.f.i32(n).v(`${shapeOf(t)}_${name}${name === 'shl' ? '' : isUnsigned(t) ? '_u' : '_s'}`);
}

/** The widest value that occurs while casting: it limits the number of lanes. */
export function castWidth(from: ScalarType, to: ScalarType): number {
  if (from === 'bool') return SIZE[to];
  if (to === 'bool') return SIZE[from];
  const w = Math.max(SIZE[from], SIZE[to]);
  return isFloat(from) || isFloat(to) ? Math.max(w, 4) : w;
}

/** A cast of the vector on the stack between types other than bool. */
export function castVector(c: Vec, from: ScalarType, to: ScalarType): void {
  const { f } = c;
  const wf = SIZE[from];
  const wt = SIZE[to];
  if (from === to) return;
  if (from === 'float16') {
    halvesToFloats(c);
    castVector(c, 'float32', to);
    return;
  }
  if (to === 'float16') {
    if (from === 'float64') floatsToHalves(c, true);
    else {
      castVector(c, from, 'float32');
      floatsToHalves(c, false);
    }
    return;
  }
  if (from === 'float32' && to === 'float64') f.v('f64x2_promote_low_f32x4');
  else if (from === 'float64' && to === 'float32') f.v('f32x4_demote_f64x2_zero');
  else if (isFloat(from)) {
    if (isWide(to) || to === 'uint32') {
      const x = keepTop(f);
      lanewise(c, [from], [x], to, 0, (a) => {
        a();
        castScalar(f, from, to);
      });
      return;
    }
    const x = f.local(V128);
    if (from === 'float32') {
      f.tee(x).v('i32x4_trunc_sat_f32x4_s');
      splat(c, 'int32', -2147483648);
      f.get(x);
      splat(c, 'float32', 2 ** 31);
      f.v('f32x4_lt').v('v128_bitselect');
    } else {
      f.tee(x).v('i32x4_trunc_sat_f64x2_s_zero');
      splat(c, 'int32', -2147483648);
      f.get(x);
      splat(c, 'float64', 2 ** 31);
      f.v('f64x2_lt');
      narrowLanes(c, 8, 4);
      f.v('v128_bitselect');
    }
    narrowLanes(c, 4, wt);
  } else if (isFloat(to)) {
    if (!isWide(from)) {
      const sign = isUnsigned(from) ? '_u' : '_s';
      widenLanes(c, wf, 4, sign);
      f.v(
        to === 'float32'
          ? `f32x4_convert_i32x4${wf < 4 ? '_s' : sign}`
          : `f64x2_convert_low_i32x4${wf < 4 ? '_s' : sign}`,
      );
    } else if (to === 'float64') wideToDouble(c, from === 'uint64');
    else {
      const x = keepTop(f);
      lanewise(c, [from], [x], to, 0, (a) => {
        a();
        castScalar(f, from, to);
      });
    }
  } else if (wf < wt) widenLanes(c, wf, wt, isUnsigned(from) ? '_u' : '_s');
  else narrowLanes(c, wf, wt);
}

/** Moves the vector on the stack into a local, for `lanewise`. */
function keepTop(f: Func): Push {
  const x = f.local(V128);
  f.set(x);
  return () => {
    f.get(x);
  };
}

/**
 * 64-bit integers to doubles. The halves become mantissas of doubles with fixed exponents, 2^52 for the low half and 2^84 for the high one;
 * one subtraction takes the fixed parts away exactly, and the final addition rounds, once.
 */
function wideToDouble(c: Vec, unsigned: boolean): void {
  const { f } = c;
  const x = f.local(V128);
  f.tee(x).i32(32).v('i64x2_shr_u');
  splat(c, 'int64', unsigned ? 0x4530000000000000n : 0x4530000080000000n);
  f.v('v128_xor');
  splat(c, 'float64', unsigned ? 2 ** 84 + 2 ** 52 : 2 ** 84 + 2 ** 63 + 2 ** 52);
  f.v('f64x2_sub').get(x);
  splat(c, 'int64', 0xffffffffn);
  f.v('v128_and');
  splat(c, 'int64', 0x4330000000000000n);
  f.v('v128_or').v('f64x2_add');
}

/** Truth of lanes on the stack as a mask of `maskWidth` of their type (2 bytes for float16). */
export function truthMask(c: Vec, from: ScalarType): void {
  const { f } = c;
  if (from === 'float16') {
    splat(c, 'uint16', 0x7fff);
    f.v('v128_and');
    splat(c, 'uint16', 0);
    f.v('i16x8_ne');
    return;
  }
  splat(c, from, 0);
  f.v(`${shapeOf(from)}_ne`);
}

/** A mask of the type's width on the stack as numbers 0 and 1 of that type. */
export function maskToNumber(c: Vec, to: ScalarType): void {
  if (to === 'float16') splat(c, 'uint16', 0x3c00);
  else splat(c, to, 1);
  c.f.v('v128_and');
}
