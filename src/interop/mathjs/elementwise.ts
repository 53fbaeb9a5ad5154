import { ArrayValue } from '../../core/array.js';
import { TypeError } from '../../core/errors.js';
import * as np from '../../ndarray/index.js';
import { NDArray } from '../../ndarray/ndarray.js';

/** mathjs' functions of elements as functions of np, with mathjs' meaning where it is another. */

/** What an instance is told about comparing and about results outside of the real numbers. */
export interface Settings {
  readonly relTol: number;
  readonly absTol: number;
  readonly predictable: boolean;
}
export type Value = any;
/** A function of operands, and then of settings unless it is a ufunc of np. */
export type Row = (...args: any[]) => Value;

/** A row's value. What a ufunc is given behind its operands is where results go. */
export const applied = (f: Row, operands: readonly Value[], s: Settings): Value =>
  'row' in f ? f(...operands) : f(...operands, s);

const isArray = (x: Value): x is ArrayValue => x instanceof ArrayValue;
const kindOf = (x: Value): string =>
  isArray(x)
    ? x.dtype.kind
    : typeof x === 'number'
      ? Number.isInteger(x)
        ? 'i'
        : 'f'
      : typeof x === 'object' && 're' in x
        ? 'c'
        : typeof x === 'boolean'
          ? 'b'
          : 'i';
const some = (f: (kind: string) => boolean, ...xs: Value[]): boolean => xs.some((x) => f(kindOf(x)));
const every = (x: Value): boolean => Number(np.all(x)) !== 0;
const isFloat = (k: string): boolean => k === 'f';
const isComplexKind = (k: string): boolean => k === 'c';

/** Whether two values count as equal: within the tolerances that the instance has. */
export function near(x: Value, y: Value, s: Settings): Value {
  if (some((k) => k === 'O', x, y)) return np.equal(x, y);
  if (some(isComplexKind, x, y))
    return np.logical_and(near(np.real(x), np.real(y), s), near(np.imag(x), np.imag(y), s));
  if (!some(isFloat, x, y)) return np.equal(x, y);
  const most = np.maximum(np.multiply(np.maximum(np.absolute(x), np.absolute(y)), s.relTol), s.absTol);
  const close = np.logical_and(np.less_equal(np.absolute(np.subtract(x, y)), most), np.isfinite(most));
  return np.logical_or(np.equal(x, y), close);
}

const ordered =
  (f: (x: Value, y: Value) => Value, orEqual: boolean) =>
  (x: Value, y: Value, s: Settings): Value => {
    if (some(isComplexKind, x, y)) throw new TypeError('No ordering relation is defined for complex numbers');
    if (!some(isFloat, x, y)) return f(x, y);
    const same = near(x, y, s);
    return orEqual ? np.logical_or(f(x, y), same) : np.logical_and(f(x, y), np.logical_not(same));
  };

/** A function of real numbers, of both parts of complex ones. */
const ofParts =
  (f: (x: Value, s: Settings) => Value) =>
  (x: Value, s: Settings): Value => {
    if (some(isComplexKind, x)) return np.add(f(np.real(x), s), np.multiply(f(np.imag(x), s), np.complex(0, 1)));
    return some(isFloat, x) ? f(x, s) : np.positive(x);
  };

/** Halves are rounded away from zero. */
const roundAway = (x: Value): Value => {
  const a = np.absolute(x);
  const low = np.floor(a);
  return np.copysign(np.where(np.greater_equal(np.subtract(a, low), 0.5), np.add(low, 1), low), x);
};
/** What is a whole number but for the instance's tolerance is that number. */
const toward =
  (f: (x: Value) => Value) =>
  (x: Value, s: Settings): Value => {
    const [there, round] = [f(x), roundAway(x)];
    return np.where(np.logical_and(near(x, round, s), np.logical_not(near(x, there, s))), round, there);
  };
const floor = toward(np.floor);
const ceil = toward(np.ceil);

/** In real numbers where all results are real, else in complex ones. Of tensors the dtype cannot depend on values: they stay real. */
const inDomain =
  (f: (x: Value) => Value, inside: (x: Value) => Value, side: 'above' | 'below' | null = null) =>
  (x: Value, s: Settings): Value => {
    if (!(x instanceof NDArray) || s.predictable || !'fiub'.includes(x.dtype.kind)) return f(x);
    if (every(np.logical_or(inside(x), np.isnan(x)))) return f(x);
    const z = x.astype(x.dtype.name === 'float32' ? 'complex64' : 'complex128');
    // On the branch cut of these functions mathjs takes the other side for numbers above 1.
    if (side === 'above') np.copyto(np.imag(z) as NDArray, np.copysign(0, np.negative(np.real(z))));
    return f(z);
  };
const atLeast =
  (n: number) =>
  (x: Value): Value =>
    np.greater_equal(x, n);
const within = (x: Value): Value => np.less_equal(np.absolute(x), 1);

const log = inDomain(np.log, atLeast(0));
const acos = inDomain(np.arccos, within, 'above');
const asin = inDomain(np.arcsin, within, 'above');
const acosh = inDomain(np.arccosh, atLeast(1));
const atanh = inDomain(np.arctanh, within, 'above');

/** Integers as such, where mathjs takes whole numbers of any kind. */
function whole(x: Value): Value {
  if (!isArray(x) || x.dtype.kind !== 'f') return x;
  if (x instanceof NDArray && !every(np.equal(np.floor(x), x))) throw new TypeError('Integers expected in function');
  return np.astype(x as never, 'int64');
}
const onWhole =
  (f: (x: Value, y: Value) => Value) =>
  (x: Value, y: Value): Value => {
    const r = f(whole(x), whole(y));
    return some(isFloat, x, y) ? np.astype(r, 'float64') : r;
  };

/** Powers of elements; complex where a negative number has a power that is not whole. */
export function power(x: Value, y: Value, s: Settings): Value {
  const whole = 'iub';
  if (some((k) => k === 'O', x, y)) return np.power(x, y);
  const integers = whole.includes(kindOf(x)) && whole.includes(kindOf(y));
  const lone = (v: Value): Value => (isArray(v) ? v : np.asarray(v));
  if (integers) {
    const negative = (isArray(y) && !(y instanceof NDArray)) || !every(np.greater_equal(lone(y), 0));
    return negative ? np.power(np.astype(lone(x), 'float64'), y) : np.power(x, y);
  }
  const real =
    !some(isComplexKind, x, y) && !(isArray(x) && !(x instanceof NDArray)) && !(isArray(y) && !(y instanceof NDArray));
  if (real && !s.predictable) {
    const out = np.logical_and(np.less(x, 0), np.not_equal(np.floor(y), y));
    if (!every(np.logical_not(np.logical_and(out, np.isfinite(y))))) return np.power(np.add(x, np.complex(0, 0)), y);
  }
  return np.power(x, y);
}

function mod(x: Value, y: Value, s: Settings): Value {
  if (!some(isFloat, x, y)) return np.where(np.equal(y, 0), x, np.remainder(x, np.where(np.equal(y, 0), 1, y)));
  return np.where(
    np.equal(y, 0),
    x,
    np.subtract(x, np.multiply(y, floor(np.divide(x, np.where(np.equal(y, 0), 1, y)), s))),
  );
}

const inverse =
  (f: (x: Value, s: Settings) => Value) =>
  (x: Value, s: Settings): Value =>
    f(np.divide(1, x), s);
const over =
  (f: (x: Value) => Value) =>
  (x: Value): Value =>
    np.divide(1, f(x));

/** Functions of one operand. */
export const UNARY: Readonly<Record<string, Row>> = {
  abs: np.absolute,
  acos,
  acosh,
  acot: (x) => np.arctan(np.divide(1, x)),
  acoth: inverse(atanh),
  acsc: inverse(asin),
  acsch: (x) => np.arcsinh(np.divide(1, x)),
  arg: (x) => np.angle(x),
  asec: inverse(acos),
  asech: inverse(acosh),
  asin,
  asinh: np.arcsinh,
  atan: np.arctan,
  atanh,
  bitNot: (x) => onWhole((a) => np.invert(a))(x, 0),
  cbrt: np.cbrt,
  ceil: ofParts(ceil),
  clone: (x) => np.positive(x),
  conj: np.conjugate,
  cos: np.cos,
  cosh: np.cosh,
  cot: over(np.tan),
  coth: over(np.tanh),
  csc: over(np.sin),
  csch: over(np.sinh),
  cube: (x) => np.multiply(np.multiply(x, x), x),
  exp: np.exp,
  expm1: np.expm1,
  fix: ofParts((x, s) => np.where(np.greater(x, 0), floor(x, s), ceil(x, s))),
  floor: ofParts(floor),
  im: (x) => np.positive(np.imag(x)),
  isNaN: np.isnan,
  log,
  log10: inDomain(np.log10, atLeast(0)),
  log1p: inDomain(np.log1p, atLeast(-1)),
  log2: inDomain(np.log2, atLeast(0)),
  not: np.logical_not,
  re: (x) => np.positive(np.real(x)),
  round: ofParts(roundAway),
  sec: over(np.cos),
  sech: over(np.cosh),
  sign: np.sign,
  sin: np.sin,
  sinh: np.sinh,
  sqrt: inDomain(np.sqrt, atLeast(0)),
  square: np.square,
  tan: np.tan,
  tanh: np.tanh,
  unaryMinus: (x) => (kindOf(x) === 'b' ? np.negative(np.astype(x, 'int64')) : np.negative(x)),
  unaryPlus: (x) => (kindOf(x) === 'b' ? np.astype(x, 'int64') : np.positive(x)),
};

const numbers =
  (f: (x: Value, y: Value) => Value) =>
  (x: Value, y: Value): Value => {
    // Truth values are numbers in arithmetic.
    const n = (v: Value): Value => (kindOf(v) === 'b' ? (isArray(v) ? np.astype(v as never, 'int64') : Number(v)) : v);
    return f(n(x), n(y));
  };

/** Functions of two operands, broadcast together. */
export const BINARY: Readonly<Record<string, Row>> = {
  add: numbers(np.add),
  and: np.logical_and,
  atan2: np.arctan2,
  bitAnd: onWhole(np.bitwise_and),
  bitOr: onWhole(np.bitwise_or),
  bitXor: onWhole(np.bitwise_xor),
  compare: (x, y, s) => np.where(near(x, y, s), 0, np.where(ordered(np.greater, false)(x, y, s), 1, -1)),
  dotDivide: numbers(np.divide),
  dotMultiply: numbers(np.multiply),
  dotPow: power,
  equal: near,
  gcd: onWhole(np.gcd),
  larger: ordered(np.greater, false),
  largerEq: ordered(np.greater_equal, true),
  lcm: onWhole(np.lcm),
  leftShift: onWhole(np.left_shift),
  mod,
  or: np.logical_or,
  rightArithShift: onWhole(np.right_shift),
  smaller: ordered(np.less, false),
  smallerEq: ordered(np.less_equal, true),
  subtract: numbers(np.subtract),
  unequal: (x, y, s) => np.logical_not(near(x, y, s)),
  xor: np.logical_xor,
};
