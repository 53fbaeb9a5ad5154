import { type Complex, complex, isComplex } from '../complex.js';
import { AttributeError, OverflowError, TypeError, ValueError } from '../errors.js';
import { arrayOperation } from './arrays.js';
import { compare, truthy } from './compare.js';
import { divComplex, mulComplex } from './complexes.js';
import * as n from './integers.js';
import { isNumberKind, kindOf, LoneInteger, methodOf, typeName } from './kind.js';
import { compareMath, isMathPair, math1, math2, mathOrNumber, mathRint, mathRoot } from './math.js';
import { str } from './repr.js';
import { DIVIDE, FLOOR_DIVIDE, MULTIPLY, operate, REMAINDER } from './operators.js';

/** What functions of NumPy make of single values: Python's own functions, methods of objects, and mathematics. */

const noMethod = (x: unknown, name: string): TypeError =>
  new TypeError(
    `loop of ufunc does not support argument 0 of type ${typeName(x)} which has no callable ${name} method`,
  );
const noOperator = (symbol: string, x: unknown): TypeError =>
  new TypeError(`bad operand type for ${symbol}: '${typeName(x)}'`);

const plain = (x: unknown): unknown => (x instanceof LoneInteger ? x.int : x);

// ---- Python's unary operators ----------------------------------------------------------------------------------------

interface Unary {
  readonly symbol: string;
  readonly methods: readonly string[];
  readonly int: (a: bigint) => unknown;
  readonly float: ((a: number) => unknown) | null;
  readonly complex: ((a: { re: number; im: number }) => unknown) | null;
  readonly math: string;
}

function unary(u: Unary, given: unknown): unknown {
  const x = plain(given);
  switch (kindOf(x)) {
    case 'bool':
      return u.int(BigInt(x as boolean));
    case 'int':
      return u.int(x as bigint);
    case 'float':
      if (u.float !== null) return u.float(x as number);
      break;
    case 'complex':
      if (u.complex !== null) return u.complex(x as Complex);
      break;
    case 'math':
      return math1(u.math, x);
    case 'array':
      return arrayOperation(u.methods[0], x);
    case 'other': {
      const f = methodOf(x, u.methods);
      if (f !== null) return f.call(x);
      break;
    }
    default:
  }
  throw noOperator(u.symbol, x);
}

const NEGATIVE: Unary = {
  symbol: 'unary -',
  methods: ['neg', 'negative', '__neg__'],
  int: (a) => -a,
  float: (a) => -a,
  complex: (z) => complex(-z.re, -z.im),
  math: 'unaryMinus',
};
const POSITIVE: Unary = {
  symbol: 'unary +',
  methods: ['pos', 'positive', '__pos__'],
  int: (a) => a,
  float: (a) => a,
  complex: (z) => complex(z.re, z.im),
  math: 'unaryPlus',
};
const ABSOLUTE: Unary = {
  symbol: 'abs()',
  methods: ['abs', 'absolute', '__abs__'],
  int: n.abs,
  float: Math.abs,
  complex: (z) => Math.hypot(z.re, z.im),
  math: 'abs',
};
const INVERT: Unary = {
  symbol: 'unary ~',
  methods: ['invert', '__invert__'],
  int: (a) => ~a,
  float: null,
  complex: null,
  math: 'bitNot',
};

// ---- rounding to ints ------------------------------------------------------------------------------------------------

/** A float without its fraction as an int. */
function whole(x: number): bigint {
  if (Number.isNaN(x)) throw new ValueError('cannot convert float NaN to integer');
  if (!Number.isFinite(x)) throw new OverflowError('cannot convert float infinity to integer');
  return BigInt(x);
}

function rounding(name: string, round: (x: number) => number, math: string): (x: unknown) => unknown {
  return (given) => {
    const x = plain(given);
    const k = kindOf(x);
    if (k === 'float') return whole(round(x as number));
    if (k === 'int') return x;
    if (k === 'bool') return BigInt(x as boolean);
    if (k === 'math') return math1(math, x);
    const f = k === 'complex' ? null : methodOf(x, [name, `__${name}__`]);
    if (f !== null) return f.call(x);
    throw new TypeError(
      name === 'trunc'
        ? `type ${typeName(x)} doesn't define __trunc__ method`
        : `must be real number, not ${typeName(x)}`,
    );
  };
}

// ---- mathematics -----------------------------------------------------------------------------------------------------

/** A function of numbers: of floats, of complex numbers, and of values of mathjs by its name there. */
interface Function1 {
  readonly float: (x: number) => number;
  readonly complex: ((z: Complex) => Complex) | null;
  readonly math: string | ((x: unknown) => unknown);
}

const LN2 = complex(Math.LN2);
const LN10 = complex(Math.LN10);
const plus = (z: Complex, k: number): Complex => complex(z.re + k, z.im);
const scaled =
  (f: number) =>
  (x: unknown): unknown =>
    math2('multiply', x, f);
const halfEven = (x: number): number => {
  const f = Math.floor(x);
  const d = x - f;
  const r = d < 0.5 ? f : d > 0.5 ? f + 1 : f % 2 === 0 ? f : f + 1;
  return r === 0 && (x < 0 || Object.is(x, -0)) ? -0 : r;
};

const f1 = (
  float: (x: number) => number,
  ofComplex: ((z: Complex) => Complex) | null,
  math: string | ((x: unknown) => unknown),
): Function1 => ({ float, complex: ofComplex, math });

const MATHEMATICS: Readonly<Record<string, Function1>> = {
  sqrt: f1(Math.sqrt, (z) => z.sqrt(), mathRoot),
  cbrt: f1(Math.cbrt, null, 'cbrt'),
  exp: f1(Math.exp, (z) => z.exp(), 'exp'),
  exp2: f1(
    (x) => 2 ** x,
    (z) => mulComplex(z, LN2).exp(),
    (x) => math2('pow', 2, x),
  ),
  expm1: f1(Math.expm1, (z) => plus(z.exp(), -1), 'expm1'),
  log: f1(Math.log, (z) => z.log(), 'log'),
  log2: f1(Math.log2, (z) => divComplex(z.log(), LN2), 'log2'),
  log10: f1(Math.log10, (z) => divComplex(z.log(), LN10), 'log10'),
  log1p: f1(Math.log1p, (z) => plus(z, 1).log(), 'log1p'),
  sin: f1(Math.sin, (z) => z.sin(), 'sin'),
  cos: f1(Math.cos, (z) => z.cos(), 'cos'),
  tan: f1(Math.tan, (z) => z.tan(), 'tan'),
  arcsin: f1(Math.asin, (z) => z.asin(), 'asin'),
  arccos: f1(Math.acos, (z) => z.acos(), 'acos'),
  arctan: f1(Math.atan, (z) => z.atan(), 'atan'),
  sinh: f1(Math.sinh, (z) => z.sinh(), 'sinh'),
  cosh: f1(Math.cosh, (z) => z.cosh(), 'cosh'),
  tanh: f1(Math.tanh, (z) => z.tanh(), 'tanh'),
  arcsinh: f1(Math.asinh, (z) => z.asinh(), 'asinh'),
  arccosh: f1(Math.acosh, (z) => z.acosh(), 'acosh'),
  arctanh: f1(Math.atanh, (z) => z.atanh(), 'atanh'),
  fabs: f1(Math.abs, null, 'abs'),
  rint: f1(halfEven, (z) => complex(halfEven(z.re), halfEven(z.im)), mathRint),
  degrees: f1((x) => x * (180 / Math.PI), null, scaled(180 / Math.PI)),
  rad2deg: f1((x) => x * (180 / Math.PI), null, scaled(180 / Math.PI)),
  radians: f1((x) => x * (Math.PI / 180), null, scaled(Math.PI / 180)),
  deg2rad: f1((x) => x * (Math.PI / 180), null, scaled(Math.PI / 180)),
};

/** Functions that mathjs has for fractions. */
const OF_FRACTIONS: ReadonlySet<string> = new Set(['abs', 'cbrt']);

function mathematics(name: string, f: Function1): (x: unknown) => unknown {
  const { math } = f;
  return (given) => {
    const x = plain(given);
    switch (kindOf(x)) {
      case 'float':
        return f.float(x as number);
      case 'int':
        return name === 'rint' || name === 'fabs'
          ? name === 'rint'
            ? x
            : n.abs(x as bigint)
          : f.float(n.toFloat(x as bigint));
      case 'bool':
        return f.float(Number(x));
      case 'complex':
        if (f.complex === null) break;
        return f.complex(complex((x as Complex).re, (x as Complex).im));
      case 'math':
        if (typeof math === 'function') return math(x);
        return OF_FRACTIONS.has(math) ? math1(math, x) : mathOrNumber(math, x);
      case 'other': {
        const own = methodOf(x, [name]);
        if (own !== null) return own.call(x);
        break;
      }
      default:
    }
    throw noMethod(x, name);
  };
}

/** A function of two numbers that Python has no operator for: a method of the first. */
function method2(
  name: string,
  float: ((a: number, b: number) => number) | null,
  math: ((a: unknown, b: unknown) => unknown) | null,
): (a: unknown, b: unknown) => unknown {
  return (given, other) => {
    if (math !== null && isMathPair(given, other)) return math(given, other);
    const own = methodOf(given, [name]);
    if (own !== null && kindOf(given) !== 'array')
      return own.call(given, other instanceof LoneInteger ? other.number : other);
    const a = plain(given);
    const b = plain(other);
    const real = (x: unknown): boolean => isNumberKind(kindOf(x)) && !isComplex(x);
    if (float !== null && real(a) && real(b)) {
      if (name === 'fmod' && typeof a === 'bigint' && typeof b === 'bigint' && b !== 0n) return a % b;
      const number = (x: unknown): number => (typeof x === 'bigint' ? n.toFloat(x) : Number(x));
      return float(number(a), number(b));
    }
    throw new AttributeError(`'${typeName(a)}' object has no attribute '${name}'`);
  };
}

// ---- what NumPy itself does for objects ------------------------------------------------------------------------------

function sign(x: unknown): unknown {
  const order = (op: '<' | '>' | '=='): boolean => truthy(compare(op, x, 0n));
  if (kindOf(x) === 'math') {
    const c = compareMath(x, 0);
    if (!Number.isNaN(c)) return BigInt(Math.sign(c));
  } else {
    if (order('<')) return -1n;
    if (order('>')) return 1n;
    if (order('==')) return 0n;
  }
  throw new TypeError('unorderable types for comparison');
}

function greatestDivisor(given: unknown, other: unknown): unknown {
  if (isMathPair(given, other)) return math2('gcd', given, other);
  let a = plain(given);
  let b = plain(other);
  const int = (x: unknown): x is bigint | boolean => typeof x === 'bigint' || typeof x === 'boolean';
  if (int(a) && int(b)) return n.gcd(BigInt(a), BigInt(b));
  for (const x of [a, b]) {
    const k = kindOf(x);
    if (k === 'complex' || (!isNumberKind(k) && k !== 'other'))
      throw new TypeError(`must be real number, not ${typeName(x)}`);
    if (typeof x === 'number' && !Number.isFinite(x))
      throw new ValueError(
        `Can only find greatest common divisor of finite arguments, found "${str(a)}" and "${str(b)}"`,
      );
  }
  while (truthy(b)) [a, b] = [b, operate(REMAINDER, a, b)];
  return unary(ABSOLUTE, a);
}

function leastMultiple(a: unknown, b: unknown): unknown {
  if (isMathPair(a, b)) return math2('lcm', a, b);
  return unary(ABSOLUTE, operate(MULTIPLY, operate(FLOOR_DIVIDE, plain(a), greatestDivisor(a, b)), plain(b)));
}

function conjugate(given: unknown): unknown {
  const x = plain(given);
  if (isComplex(x) && kindOf(x) === 'complex') return complex(x.re, -x.im);
  if (typeof x === 'boolean') return BigInt(x);
  if (typeof x === 'bigint' || typeof x === 'number') return x;
  if (kindOf(x) === 'math') return math1('conj', x);
  const f = methodOf(x, ['conjugate', 'conj']);
  if (f !== null) return f.call(x);
  throw noMethod(x, 'conjugate');
}

function countBits(given: unknown): unknown {
  const x = plain(given);
  if (typeof x === 'bigint' || typeof x === 'boolean') return n.bitCount(BigInt(x));
  const f = methodOf(x, ['bit_count']);
  if (f !== null) return f.call(x);
  throw noMethod(x, 'bit_count');
}

const own = (x: unknown): unknown => plain(x);
/** The first of two where it stands in an order to the second, else the second. */
const extreme =
  (op: '>=' | '<=') =>
  (a: unknown, b: unknown): unknown =>
    truthy(compare(op, a, b)) ? own(a) : own(b);

const truncated = (a: unknown, b: unknown): unknown =>
  math2('subtract', a, math2('multiply', b, math1('fix', math2('divide', a, b))));

/** Functions of one value, by the ufunc's name. */
export const FUNCTIONS1: Readonly<Record<string, (x: unknown) => unknown>> = {
  ...Object.fromEntries(Object.entries(MATHEMATICS).map(([name, f]) => [name, mathematics(name, f)])),
  negative: (x) => unary(NEGATIVE, x),
  positive: (x) => unary(POSITIVE, x),
  absolute: (x) => unary(ABSOLUTE, x),
  invert: (x) => unary(INVERT, x),
  square: (x) => operate(MULTIPLY, plain(x), plain(x)),
  reciprocal: (x) => operate(DIVIDE, kindOf(x) === 'math' ? 1 : 1n, plain(x)),
  floor: rounding('floor', Math.floor, 'floor'),
  ceil: rounding('ceil', Math.ceil, 'ceil'),
  trunc: rounding('trunc', Math.trunc, 'fix'),
  sign: (x) => sign(plain(x)),
  conjugate,
  bitwise_count: countBits,
  logical_not: (x) => !truthy(x),
};

/** Functions of two values that are no operators. */
export const FUNCTIONS2: Readonly<Record<string, (a: unknown, b: unknown) => unknown>> = {
  hypot: method2('hypot', Math.hypot, (a, b) => math2('hypot', a, b)),
  arctan2: method2('arctan2', Math.atan2, (a, b) => math2('atan2', a, b)),
  fmod: method2('fmod', (a, b) => a % b, truncated),
  logical_xor: method2('logical_xor', null, null),
  logical_and: (a, b) => (truthy(a) ? own(b) : own(a)),
  logical_or: (a, b) => (truthy(a) ? own(a) : own(b)),
  maximum: extreme('>='),
  minimum: extreme('<='),
  fmax: extreme('>='),
  fmin: extreme('<='),
  gcd: greatestDivisor,
  lcm: leastMultiple,
};
