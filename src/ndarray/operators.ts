import { setArrayOperation } from '../core/python/arrays.js';
import { ArrayValue } from '../core/array.js';
import { allocate, type ArrayLike, toArray } from '../core/coerce.js';
import { standsApart } from '../core/dispatch.js';
import { bool } from '../core/dtype.js';
import { TypeError, UFuncTypeError } from '../core/errors.js';
import { floatErrors } from '../core/errstate.js';
import { equalStructures, unequalStructures } from '../core/ops/compare-structures.js';
import * as u from './ufuncs.js';
import type { BinaryUfunc, UnaryUfunc } from './ufunc.js';
import { reportOverflow } from './scalar-overflow.js';
import type { NDArray } from './ndarray.js';

/**
 * Operators as methods: `a.add(b)` is `a + b` in Python, `a.iadd(b)` is `a += b`. One table; tensors have the same operators
 * without the in-place forms.
 */

/** Python operator → method name → ufunc. */
export const BINARY: Readonly<Record<string, BinaryUfunc>> = {
  add: u.add,
  sub: u.subtract,
  mul: u.multiply,
  div: u.divide,
  floordiv: u.floor_divide,
  mod: u.remainder,
  pow: u.power,
  eq: u.equal,
  ne: u.not_equal,
  lt: u.less,
  le: u.less_equal,
  gt: u.greater,
  ge: u.greater_equal,
  and: u.bitwise_and,
  or: u.bitwise_or,
  xor: u.bitwise_xor,
  lshift: u.left_shift,
  rshift: u.right_shift,
};

export const UNARY: Readonly<Record<string, UnaryUfunc>> = {
  neg: u.negative,
  abs: u.absolute,
  invert: u.invert,
  pos: u.positive,
  conj: u.conjugate,
  conjugate: u.conjugate,
};

/** Those that have an in-place form, `i` in front. */
export const IN_PLACE: readonly string[] = [
  'add',
  'sub',
  'mul',
  'div',
  'floordiv',
  'mod',
  'pow',
  'and',
  'or',
  'xor',
  'lshift',
  'rshift',
];

const POWERS: ReadonlyMap<number, UnaryUfunc> = new Map([
  [2, u.square],
  [0.5, u.sqrt],
  [-1, u.reciprocal],
  [1, u.positive],
]);

/** What `==` and `!=` answer where dtypes cannot be compared: nothing is equal. */
const UNLIKE: Readonly<Record<string, (a: ArrayLike, b: ArrayLike) => unknown>> = {
  eq: (a, b) => u.logical_and(u.logical_or(truthless(a), truthless(b)), false),
  ne: (a, b) => u.logical_or(u.logical_or(truthless(a), truthless(b)), true),
};
/** Truth values in the shape of an array. */
function truthless(x: ArrayLike): ArrayValue {
  const a = toArray(x);
  return allocate(a.shape, bool, undefined, true);
}
const isStructure = (x: unknown): boolean => x instanceof ArrayValue && x.dtype.kind === 'V';

/** What messages call the operators. */
const SYMBOLS: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  floordiv: '//',
  mod: '%',
  pow: '** or pow()',
  and: '&',
  or: '|',
  xor: '^',
  lshift: '<<',
  rshift: '>>',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};
/** What comparisons are with their operands exchanged. */
const MIRRORED: Readonly<Record<string, string>> = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le', eq: 'eq', ne: 'ne' };

/**
 * An operation with an operand that takes part in no function: it is the operand's, by its method with `r` in front.
 * @throws TypeError where it has none
 */
export function leaveTo(name: string, self: object, other: object, inPlace = false): any {
  const reflected = MIRRORED[name] ?? `r${name}`;
  const method = (other as Record<string, unknown>)[reflected];
  if (typeof method === 'function') return method.call(other, self);
  // Without a comparison of its own nothing is equal to it.
  if (name === 'eq' || name === 'ne') return name === 'ne';
  const types = `'${self.constructor.name}' and '${other.constructor?.name ?? 'object'}'`;
  const symbol = SYMBOLS[name] ?? '@';
  throw new TypeError(
    name in MIRRORED
      ? `'${symbol}' not supported between instances of ${types}`
      : `unsupported operand type(s) for ${inPlace ? `${symbol.split(' ')[0]}=` : symbol}: ${types}`,
  );
}

type Op<Self> = (other: ArrayLike) => Self;

/** Operators that give a new array of the same class. */
export interface Operators<Self> {
  /** `a + b` */ add: Op<Self>;
  /** `a - b` */ sub: Op<Self>;
  /** `a * b` */ mul: Op<Self>;
  /** `a / b` */ div: Op<Self>;
  /** `a // b` */ floordiv: Op<Self>;
  /** `a % b`, with the divisor's sign */ mod: Op<Self>;
  /** `a ** b` */ pow: Op<Self>;
  /** `a == b`, element-wise */ eq: Op<Self>;
  /** `a != b`, element-wise */ ne: Op<Self>;
  /** `a < b` */ lt: Op<Self>;
  /** `a <= b` */ le: Op<Self>;
  /** `a > b` */ gt: Op<Self>;
  /** `a >= b` */ ge: Op<Self>;
  /** `a & b` */ and: Op<Self>;
  /** `a | b` */ or: Op<Self>;
  /** `a ^ b` */ xor: Op<Self>;
  /** `a << b` */ lshift: Op<Self>;
  /** `a >> b` */ rshift: Op<Self>;
  /** `-a` */ neg(): Self;
  /** `+a` */ pos(): Self;
  /** `abs(a)` */ abs(): Self;
  /** `~a` */ invert(): Self;
  /** Complex conjugate. */ conj(out?: unknown): Self;
  /** Complex conjugate. */ conjugate(out?: unknown): Self;
}

/** Operators that write into the array: `a.iadd(b)` is `a += b`. The result is cast to the array's dtype as 'same_kind' allows. */
export interface InPlaceOperators<Self> {
  /** `a += b` */ iadd: Op<Self>;
  /** `a -= b` */ isub: Op<Self>;
  /** `a *= b` */ imul: Op<Self>;
  /** `a /= b` */ idiv: Op<Self>;
  /** `a //= b` */ ifloordiv: Op<Self>;
  /** `a %= b` */ imod: Op<Self>;
  /** `a **= b` */ ipow: Op<Self>;
  /** `a &= b` */ iand: Op<Self>;
  /** `a |= b` */ ior: Op<Self>;
  /** `a ^= b` */ ixor: Op<Self>;
  /** `a <<= b` */ ilshift: Op<Self>;
  /** `a >>= b` */ irshift: Op<Self>;
}

/** The operands of an operator under a class's own rule; for arrays, NumPy's, there is nothing to do. */
export type Prepare = (name: string, self: unknown, other: unknown) => readonly [any, any];
const asTheyAre: Prepare = (_name, self, other) => [self, other];

/** Defines the operators on a class's prototype. */
export function installOperators(prototype: object, inPlace: boolean, prepare: Prepare = asTheyAre): void {
  setArrayOperation((name, [a, b]) =>
    name in BINARY ? BINARY[name](a as NDArray, b as NDArray) : UNARY[name](a as NDArray),
  );
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  };
  for (const [name, f] of Object.entries(BINARY)) {
    define(name, function (this: NDArray, other: ArrayLike) {
      if (standsApart(other)) return leaveTo(name, this, other);
      const fallback = UNLIKE[name];
      // Structures have no loops; `==` and `!=` go through their fields.
      if (fallback !== undefined && (isStructure(this) || isStructure(other)))
        return (name === 'eq' ? equalStructures : unequalStructures)(toArray(this), toArray(other));
      if (fallback === undefined) {
        const result = f(...prepare(name, this, other));
        if (floatErrors.watching) reportOverflow(name, this, other, result);
        return result;
      }
      try {
        return f(...prepare(name, this, other));
      } catch (e) {
        const numbers = this.dtype.index >= 0 && toArray(other).dtype.index >= 0;
        if (!(e instanceof UFuncTypeError) || numbers) throw e;
        return fallback(this, other);
      }
    });
  }
  // `**` with these lone numbers goes to the function that is meant, as Python's operator does on arrays of floats.
  define('pow', function (this: NDArray, other: ArrayLike) {
    if (standsApart(other)) return leaveTo('pow', this, other);
    // A square is that of every dtype with a loop.
    if ((other === 2 || other === 2n) && this.dtype.kind !== 'O') return u.square(prepare('pow', this, other)[0]);
    const special =
      typeof other === 'number' && (this.dtype.kind === 'f' || this.dtype.kind === 'c') ? POWERS.get(other) : undefined;
    return special === undefined ? u.power(...prepare('pow', this, other)) : special(this);
  });
  for (const [name, f] of Object.entries(UNARY)) {
    define(name, function (this: NDArray) {
      const result = f(this);
      if (floatErrors.watching) reportOverflow(name, this, undefined, result);
      return result;
    });
  }
  if (inPlace) {
    for (const name of IN_PLACE) {
      const f = BINARY[name];
      define(`i${name}`, function (this: NDArray, other: ArrayLike) {
        if (standsApart(other)) return leaveTo(name, this, other, true);
        return f(this, other, { out: this });
      });
    }
  }
}
