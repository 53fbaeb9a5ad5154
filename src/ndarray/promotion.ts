import { ArrayValue } from '../core/array.js';
import { type ArrayLike, scalarOf, toArray, typedArrayDtype } from '../core/coerce.js';
import { isComplex } from '../core/complex.js';
import {
  asDtype,
  bool as boolRow,
  byName,
  complex128,
  DType,
  type DTypeLike,
  float16,
  float32,
  float64,
  int64,
  objectDtype,
  uint64,
  isNumber,
} from '../core/dtype.js';
import { KeyError, TypeError, ValueError } from '../core/errors.js';
import { type Casting, canCast, integerRange, resultType, type WeakKind, weakKindOf } from '../core/promote.js';
import { fn } from '../core/signature.js';
import {
  complex64,
  complex128 as complex128Type,
  float16 as float16Type,
  float32 as float32Type,
  float64 as float64Type,
  type ScalarTypeOf,
} from './scalar-types.js';
import { canonical, promoteTagged } from './tagged-dtypes.js';
import { isAbstract } from './type-hierarchy.js';

/** How dtypes mix, and which dtype a value needs. */

/** A dtype with what a user attached to it. */
const tagged = (d: unknown): DType => (d instanceof DType ? d : asDtype(d as DTypeLike));

/** An argument of result_type: a weak scalar by kind, or a dtype. */
function weakOrDtype(x: unknown): WeakKind | DType {
  if (x instanceof ArrayValue) return x.dtype;
  if (typeof x === 'number' || typeof x === 'bigint') return weakKindOf(x);
  if (typeof x === 'boolean') return boolRow;
  if (x === null) return float64;
  if (isComplex(x)) return 'complex';
  if (Array.isArray(x) || typedArrayDtype(x) !== null) return toArray(x).dtype;
  if (isAbstract(x)) throw new TypeError('Converting `np.inexact` or `np.floating` to a dtype not allowed');
  return asDtype(x as DTypeLike);
}

/**
 * The dtype that an operation on these has: arrays and dtypes by their dtype, lone numbers by their kind only.
 *
 * @throws ValueError `at least one array or dtype is required`
 * @example np.result_type(3, 'float32').name // → 'float32'
 */
export const result_type: (...arrays_and_dtypes: readonly (ArrayLike | DTypeLike)[]) => DType = /*@__PURE__*/ fn(
  'result_type',
  '*arrays_and_dtypes',
  (list: unknown[]) => {
    if (list.length === 0) throw new ValueError('at least one array or dtype is required');
    const strong: DType[] = [];
    const weak: WeakKind[] = [];
    for (const x of list) {
      const t = weakOrDtype(x);
      if (typeof t === 'string') weak.push(t);
      else strong.push(t);
    }
    if (list.length === 1 && list[0] instanceof DType && list[0].metadata !== null) return canonical(list[0]);
    if (list.length === 2 && list[0] instanceof DType && list[1] instanceof DType)
      return promoteTagged(list[0], list[1]);
    return resultType(strong, weak);
  },
);

/**
 * Whether values of one dtype may be cast to another under a rule.
 *
 * @throws TypeError for lone numbers, whose answer would depend on the value
 * @example np.can_cast('float64', 'float32', 'same_kind') // → true
 */
export const can_cast: (
  from_: DTypeLike | ArrayValue,
  to: DTypeLike,
  casting?: Casting | { casting?: Casting },
) => boolean = /*@__PURE__*/ fn(
  'can_cast',
  "from_, to, casting='safe'",
  (from, to, casting) => {
    if (
      typeof from === 'number' ||
      typeof from === 'bigint' ||
      typeof from === 'boolean' ||
      (isComplex(from) && !((from as object) instanceof ArrayValue))
    ) {
      throw new TypeError(
        'can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\n' +
          'This change was part of adopting NEP 50, we may explicitly allow them again in the future.',
      );
    }
    return canCast(
      from instanceof ArrayValue ? from.dtype : asDtype(from as DTypeLike),
      asDtype(to as DTypeLike),
      casting,
    );
  },
  'primitive',
);

/** The smallest dtype to which both may be cast safely. @example np.promote_types('int8', 'uint8').name // → 'int16' */
export const promote_types: (type1: DTypeLike, type2: DTypeLike) => DType = /*@__PURE__*/ fn(
  'promote_types',
  'type1, type2, /',
  (a, b) => {
    if (a === null || b === null) throw new TypeError('did not understand one of the types');
    return promoteTagged(tagged(a), tagged(b));
  },
);

/** The smallest integer dtype that holds a value. */
function smallestInt(v: bigint): DType {
  const candidates =
    v >= 0n ? [byName.uint8, byName.uint16, byName.uint32, uint64] : [byName.int8, byName.int16, byName.int32, int64];
  const found = candidates.find((d) => {
    const [lo, hi] = integerRange(d);
    return v >= lo && v <= hi;
  });
  return found ?? objectDtype;
}

const smallestFloat = (v: number): DType => {
  const a = Math.abs(v);
  return !Number.isFinite(a) || a < 65000 ? float16 : a < 3.4e38 ? float32 : float64;
};

/**
 * The smallest dtype that holds a scalar's value; an array's own dtype. Precision is not regarded, only range.
 * @example np.min_scalar_type(-5).name // → 'int8'
 */
export const min_scalar_type: (a: ArrayLike) => DType = /*@__PURE__*/ fn('min_scalar_type', 'a, /', (a) => {
  if (a instanceof ArrayValue && (a.ndim > 0 || !isNumber(a.dtype))) return a.dtype;
  const v = a instanceof ArrayValue ? scalarOf(a) : a;
  const kind = a instanceof ArrayValue ? a.dtype.kind : null;
  if (typeof v === 'boolean') return boolRow;
  if (typeof v === 'bigint') return smallestInt(v);
  if (typeof v === 'number')
    return kind !== 'f' && Number.isInteger(v) && (kind !== null || Math.abs(v) < 2 ** 64)
      ? smallestInt(BigInt(v))
      : smallestFloat(v);
  if (isComplex(v)) return [smallestFloat(v.re), smallestFloat(v.im)].includes(float64) ? complex128 : byName.complex64;
  return toArray(a).dtype;
});

const FLOAT_TYPES: readonly DType[] = [float16, float32, float64];
const TYPE_OF: Record<string, () => ScalarTypeOf<any>> = {
  float16: () => float16Type,
  float32: () => float32Type,
  float64: () => float64Type,
  complex64: () => complex64,
  complex128: () => complex128Type,
};

/**
 * The inexact scalar type that all arrays fit into; integers count as float64.
 *
 * @throws TypeError `can't get common type for non-numeric array`
 * @example np.common_type(np.zeros(2, 'float32'), np.arange(2)) === np.float64 // → true
 */
export const common_type: (...arrays: readonly ArrayLike[]) => ScalarTypeOf<any> = /*@__PURE__*/ fn(
  'common_type',
  '*arrays',
  (arrays: unknown[]) => {
    let isC = false;
    let precision = 0;
    for (const x of arrays) {
      const d = toArray(x).dtype;
      if (d.kind === 'b' || !isNumber(d)) throw new TypeError("can't get common type for non-numeric array");
      if (d.kind === 'c') isC = true;
      precision = Math.max(precision, d.kind === 'i' || d.kind === 'u' ? 2 : FLOAT_TYPES.indexOf(byName[d.part]));
    }
    return TYPE_OF[isC ? (precision > 1 ? 'complex128' : 'complex64') : FLOAT_TYPES[precision].name]();
  },
  'primitive',
);

const CODES_BY_SIZE = 'GDFgdfQqLlIiHhBb?';

/**
 * The character of the smallest type in a set to which the given types can be cast.
 *
 * @example np.mintypecode('fD') // → 'D'
 */
export const mintypecode: (
  typechars: string | readonly (string | ArrayLike)[],
  typeset?: string,
  defaultCode?: string,
) => string = /*@__PURE__*/ fn(
  'mintypecode',
  "typechars, typeset='GDFgdf', default='d'",
  (typechars, typeset: string, otherwise: string) => {
    const codes = [...(typechars as Iterable<unknown>)].map((t) => (typeof t === 'string' ? t : toArray(t).dtype.char));
    const found = new Set(codes.filter((c) => typeset.includes(c)));
    if (found.size === 0) return otherwise;
    if (found.has('F') && found.has('d')) return 'D';
    return [...found].sort((a, b) => CODES_BY_SIZE.indexOf(a) - CODES_BY_SIZE.indexOf(b))[0];
  },
);

const TYPE_NAMES: Record<string, string> = {
  S1: 'character',
  '?': 'bool',
  B: 'unsigned char',
  D: 'complex double precision',
  G: 'complex long double precision',
  F: 'complex single precision',
  I: 'unsigned integer',
  H: 'unsigned short',
  L: 'unsigned long integer',
  O: 'object',
  Q: 'unsigned long long integer',
  S: 'string',
  U: 'unicode',
  V: 'void',
  b: 'signed char',
  d: 'double precision',
  g: 'long precision',
  f: 'single precision',
  i: 'integer',
  h: 'short',
  l: 'long integer',
  q: 'long long integer',
};

/**
 * A description in words of a type's character code.
 *
 * @throws KeyError for an unknown code
 * @example np.typename('d') // → 'double precision'
 */
export const typename: (char: string) => string = /*@__PURE__*/ fn('typename', 'char', (char: string) => {
  if (!Object.hasOwn(TYPE_NAMES, char)) throw new KeyError(`'${char}'`);
  return TYPE_NAMES[char];
});
