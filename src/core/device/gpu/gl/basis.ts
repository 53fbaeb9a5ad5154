import type { ScalarType } from '../../../dtype.js';
import { NotImplementedError } from '../../../errors.js';
import type { Expr, ScalarOp } from '../../../ir/expr.js';
import { lacking } from '../../types.js';

/**
 * The basis in the shading language of WebGL2: one line for each operation. Values are float, int, uint and bool; they come out of
 * textures and go into textures as floats, integers as two of them. What the language leaves open, or drivers get wrong, goes through a function with a meaning of its own: NaN is found by its
 * bits, remainders of negative numbers and quotients by zero are ours.
 */

export type GlType = 'float' | 'int' | 'uint' | 'bool';

/** What values of each type are in a shader. int64 is a position, which counts the elements of one array: 31 bits are enough for it. */
const TYPES: { readonly [T in ScalarType]: GlType | null } = {
  bool: 'bool',
  int32: 'int',
  uint32: 'uint',
  int64: 'int',
  float32: 'float',
  int8: null,
  uint8: null,
  int16: null,
  uint16: null,
  uint64: null,
  float16: null,
  float64: null,
};

/** @throws TypeError for types that shaders do not have */
export function glType(t: ScalarType, program: string): GlType {
  const g = TYPES[t];
  if (g === null) throw lacking({ name: 'gpu:0' }, program, t, 'it is computed in');
  return g;
}

/** A float of any value, by its bits: texts of numbers are not read alike everywhere. */
const word = new DataView(new ArrayBuffer(4));
function floatText(x: number): string {
  if (Number.isInteger(x) && Math.abs(x) < 2 ** 24 && !Object.is(x, -0)) return `${x}.0`;
  word.setFloat32(0, x);
  return `uintBitsToFloat(0x${word.getUint32(0).toString(16)}u)`;
}

/** A literal. */
export function literal(e: Expr, type: GlType, program: string): string {
  switch (type) {
    case 'float':
      return floatText(Number(e.value));
    case 'bool':
      return Number(e.value) === 0 ? 'false' : 'true';
    case 'uint':
      return `${Number(e.value) >>> 0}u`;
    case 'int': {
      const v = Number(e.value);
      if (v !== (v | 0)) throw new NotImplementedError(`${program}: the integer ${v} does not fit 32 bits`);
      return v === -2147483648 ? '(-2147483647 - 1)' : v < 0 ? `(${v})` : `${v}`;
    }
  }
}

/** Functions that lines of the table call, by name, with those that they call themselves. */
export const HELPERS: Readonly<Record<string, { readonly text: string; readonly needs?: readonly string[] }>> = {
  nb_joined: { text: 'uint nb_joined(vec2 x) { return (uint(x.x) << 16u) | uint(x.y); }' },
  nb_halves: { text: 'vec2 nb_halves(uint x) { return vec2(float(x >> 16u), float(x & 0xffffu)); }' },
  nb_nan: { text: 'bool nb_nan(float x) { return (floatBitsToUint(x) & 0x7fffffffu) > 0x7f800000u; }' },
  nb_min: {
    needs: ['nb_nan'],
    text: `float nb_min(float a, float b) {
  if (nb_nan(a)) return a;
  if (nb_nan(b)) return b;
  return a == b ? uintBitsToFloat(floatBitsToUint(a) | floatBitsToUint(b)) : (a < b ? a : b);
}`,
  },
  nb_max: {
    needs: ['nb_nan'],
    text: `float nb_max(float a, float b) {
  if (nb_nan(a)) return a;
  if (nb_nan(b)) return b;
  return a == b ? uintBitsToFloat(floatBitsToUint(a) & floatBitsToUint(b)) : (a > b ? a : b);
}`,
  },
  nb_copysign: {
    text: `float nb_copysign(float a, float b) {
  return uintBitsToFloat((floatBitsToUint(a) & 0x7fffffffu) | (floatBitsToUint(b) & 0x80000000u));
}`,
  },
  nb_neg: { text: 'float nb_neg(float a) { return uintBitsToFloat(floatBitsToUint(a) ^ 0x80000000u); }' },
  nb_int: {
    text: `int nb_int(float x) {
  return x > -2147483904.0 && x < 2147483648.0 ? int(x) : (-2147483647 - 1);
}`,
  },
  nb_uint: {
    text: `uint nb_uint(float x) {
  float a = abs(x);
  if (!(a < 9223372036854775808.0)) return 0u;
  a = floor(a);
  uint low = uint(a - floor(a / 4294967296.0) * 4294967296.0);
  return x < 0.0 ? 0u - low : low;
}`,
  },
  nb_quot_int: {
    text: `int nb_quot_int(int a, int b) {
  if (b == 0) return 0;
  if (b == -1) return 0 - a;
  return a / b;
}`,
  },
  nb_rem_int: {
    text: `int nb_rem_int(int a, int b) {
  if (b == 0 || b == -1) return 0;
  return a - b * (a / b);
}`,
  },
  nb_quot_uint: { text: 'uint nb_quot_uint(uint a, uint b) { return b == 0u ? 0u : a / b; }' },
  nb_rem_uint: { text: 'uint nb_rem_uint(uint a, uint b) { return b == 0u ? 0u : a % b; }' },
  nb_clz: {
    text: `int nb_clz(uint x) {
  if (x == 0u) return 32;
  int n = 0;
  if (x < 0x10000u) { n += 16; x <<= 16; }
  if (x < 0x1000000u) { n += 8; x <<= 8; }
  if (x < 0x10000000u) { n += 4; x <<= 4; }
  if (x < 0x40000000u) { n += 2; x <<= 2; }
  if (x < 0x80000000u) n += 1;
  return n;
}`,
  },
  nb_popcnt: {
    text: `int nb_popcnt(uint x) {
  x = x - ((x >> 1) & 0x55555555u);
  x = (x & 0x33333333u) + ((x >> 2) & 0x33333333u);
  x = (x + (x >> 4)) & 0x0f0f0f0fu;
  return int((x * 0x01010101u) >> 24);
}`,
  },
};

/** One use of an operation. */
export interface Use {
  readonly e: Expr;
  /** Texts of the operands. */
  readonly a: string;
  readonly b: string;
  readonly c: string;
  /** Type of the first operand (for select and rare, of the alternatives) and of the result. */
  readonly from: GlType;
  readonly to: GlType;
  readonly program: string;
  /** Calls a helper. */
  call(name: string, ...args: readonly string[]): string;
}

type Line = (u: Use) => string;

const infix =
  (op: string, logical: string | null = null): Line =>
  ({ a, b, from }) =>
    from === 'bool' && logical !== null ? `(${a} ${logical} ${b})` : `(${a} ${op} ${b})`;
const call =
  (name: string): Line =>
  ({ a }) =>
    `${name}(${a})`;
/** Rounding keeps the sign of what becomes zero. */
const rounded =
  (name: string): Line =>
  (u) =>
    u.call('nb_copysign', `${name}(${u.a})`, u.a);
const extreme =
  (helper: string, sign: string, logical: string): Line =>
  (u) => {
    if (u.from === 'float') return u.call(helper, u.a, u.b);
    return u.from === 'bool' ? `(${u.a} ${logical} ${u.b})` : `(${u.a} ${sign} ${u.b} ? ${u.a} : ${u.b})`;
  };
const whole =
  (name: string): Line =>
  (u) =>
    u.call(`${name}_${u.from}`, u.a, u.b);
const shift =
  (op: string): Line =>
  (u) => {
    if (u.e.type === 'int64') throw new NotImplementedError(`${u.program}: shifts of positions do not run on WebGL2`);
    return `(${u.a} ${op} (${u.b} & ${u.from === 'uint' ? '31u' : '31'}))`;
  };
const ordered =
  (op: string, truth: (a: string, b: string) => string): Line =>
  ({ a, b, from }) =>
    from === 'bool' ? truth(a, b) : `(${a} ${op} ${b})`;
const bits =
  (name: string): Line =>
  (u) => {
    const n = u.call(name, u.from === 'uint' ? u.a : `uint(${u.a})`);
    return u.to === 'uint' ? `uint(${n})` : n;
  };
const choice: Line = ({ a, b, c }) => `(${a} ? ${b} : ${c})`;

function converted(u: Use): string {
  const { a, from, to } = u;
  if (from === to) return a;
  if (to === 'bool') return from === 'float' ? `!(${a} == 0.0)` : from === 'uint' ? `(${a} != 0u)` : `(${a} != 0)`;
  if (from === 'float') return u.call(to === 'int' ? 'nb_int' : 'nb_uint', a);
  return `${to}(${a})`;
}

function sameBits({ a, from, to, e, program }: Use): string {
  if (e.type === 'int64' || e.args[0].type === 'int64')
    throw new NotImplementedError(`${program}: positions have no bits on WebGL2`);
  if (from === to) return a;
  if (to === 'float') return `${from === 'int' ? 'intBitsToFloat' : 'uintBitsToFloat'}(${a})`;
  if (from === 'float') return `${to === 'int' ? 'floatBitsToInt' : 'floatBitsToUint'}(${a})`;
  return `${to}(${a})`;
}

export const LINES: { readonly [N in ScalarOp]: Line } = {
  add: infix('+'),
  sub: infix('-'),
  mul: infix('*'),
  div: infix('/'),
  neg: (u) => (u.from === 'float' ? u.call('nb_neg', u.a) : u.from === 'uint' ? `(0u - ${u.a})` : `(0 - ${u.a})`),
  abs: ({ a, from }) => (from === 'uint' ? a : from === 'int' ? `(${a} < 0 ? 0 - ${a} : ${a})` : `abs(${a})`),
  sqrt: call('sqrt'),
  floor: rounded('floor'),
  ceil: rounded('ceil'),
  trunc: rounded('trunc'),
  rint: rounded('roundEven'),
  min: extreme('nb_min', '<', '&&'),
  max: extreme('nb_max', '>', '||'),
  copysign: (u) => u.call('nb_copysign', u.a, u.b),
  quot: whole('nb_quot'),
  rem: whole('nb_rem'),
  and: infix('&', '&&'),
  or: infix('|', '||'),
  xor: infix('^', '^^'),
  not: ({ a, from }) => (from === 'bool' ? `!${a}` : `(~${a})`),
  shl: shift('<<'),
  shr: shift('>>'),
  clz: bits('nb_clz'),
  popcnt: bits('nb_popcnt'),
  eq: infix('=='),
  // Compilers take a number to be equal to itself.
  ne: (u) => (u.from === 'float' && u.e.args[0] === u.e.args[1] ? u.call('nb_nan', u.a) : `(${u.a} != ${u.b})`),
  lt: ordered('<', (a, b) => `(!${a} && ${b})`),
  le: ordered('<=', (a, b) => `(!${a} || ${b})`),
  gt: ordered('>', (a, b) => `(${a} && !${b})`),
  ge: ordered('>=', (a, b) => `(${a} || !${b})`),
  select: choice,
  rare: choice,
  cast: converted,
  bitcast: sameBits,
  lookup: ({ program }) => {
    throw lacking({ name: 'gpu:0' }, program, 'float64', 'it looks up');
  },
};
