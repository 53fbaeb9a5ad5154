import { ArrayValue } from '../core/array.js';
import { type ArrayLike, fromScalar, scalarOf, toArray, typedArrayDtype } from '../core/coerce.js';
import { Complex, complex as makeComplex, isComplex } from '../core/complex.js';
import { asDtype, byName, complex128, DType, type DTypeLike, type DTypeName, float16, float32, float64, int64, bool as boolRow, uint64 } from '../core/dtype.js';
import { KeyError, OverflowError, TypeError, ValueError } from '../core/errors.js';
import { castTo } from '../core/ops/move.js';
import { type Casting, canCast, integerRange, promote, resultType, type WeakKind, weakKindOf } from '../core/promote.js';
import { fn } from '../core/signature.js';
import type { NDArray } from './ndarray.js';

/** dtypes as users meet them: `np.dtype`, the scalar types, their hierarchy, what they hold, and how they mix. */

/** `np.dtype('f4')`: the dtype that a name, a code, a scalar type or a dtype stands for; null is float64. */
export const dtype: <N extends DTypeName = DTypeName>(d: DTypeLike<N> | null) => DType<N> = (d) => {
  if (d === null) return float64 as DType<any>;
  if (isAbstract(d)) throw new TypeError(`Converting \`np.inexact\` or \`np.floating\` to a dtype not allowed`);
  return asDtype(d) as DType<any>;
};

// ---- scalar types ------------------------------------------------------------------------------------------------------

/** A scalar type: called with a value it gives a 0-d array of its dtype; anywhere a dtype is taken it stands for its own. */
export interface ScalarTypeOf<N extends DTypeName> {
  (value?: ArrayLike | string): NDArray<N>;
  readonly dtype: DType<N>;
}

const scalarType = <N extends DTypeName>(row: DType<N>): ScalarTypeOf<N> => {
  const make = (value: unknown = 0): NDArray<N> => {
    if (value instanceof ArrayValue || Array.isArray(value) || ArrayBuffer.isView(value)) {
      const a = toArray(value);
      return castTo(a, row) as NDArray<N>;
    }
    return fromScalar(typeof value === 'string' ? fromText(value, row) : value, row) as NDArray<N>;
  };
  Object.defineProperty(make, 'name', { value: row.name });
  return Object.assign(make, { dtype: row, toString: () => `<class 'numpy.${row.name}'>` });
};

/** A number from its text. @throws ValueError as Python's int and float do */
function fromText(text: string, row: DType): number | bigint {
  const t = text.trim().replace(/^([+-]?)inf(inity)?$/i, '$1Infinity');
  if (row.kind === 'i' || row.kind === 'u') {
    if (!/^[+-]?\d+$/.test(t)) throw new ValueError(`invalid literal for int() with base 10: '${text}'`);
    return BigInt(t.replace(/^\+/, ''));
  }
  const v = /^[+-]?nan$/i.test(t) ? Number.NaN : Number(t);
  if (t === '' || (Number.isNaN(v) && !/nan$/i.test(t))) throw new ValueError(`could not convert string to float: '${text}'`);
  return v;
}

/** `np.bool(3)`; as a dtype argument, bool. */
export const bool: ScalarTypeOf<'bool'> = /*@__PURE__*/ scalarType(byName.bool);
export const bool_: ScalarTypeOf<'bool'> = bool;
export const int8: ScalarTypeOf<'int8'> = /*@__PURE__*/ scalarType(byName.int8);
export const uint8: ScalarTypeOf<'uint8'> = /*@__PURE__*/ scalarType(byName.uint8);
export const int16: ScalarTypeOf<'int16'> = /*@__PURE__*/ scalarType(byName.int16);
export const uint16: ScalarTypeOf<'uint16'> = /*@__PURE__*/ scalarType(byName.uint16);
export const int32: ScalarTypeOf<'int32'> = /*@__PURE__*/ scalarType(byName.int32);
export const uint32: ScalarTypeOf<'uint32'> = /*@__PURE__*/ scalarType(byName.uint32);
const int64Type: ScalarTypeOf<'int64'> = /*@__PURE__*/ scalarType(byName.int64);
const uint64Type: ScalarTypeOf<'uint64'> = /*@__PURE__*/ scalarType(byName.uint64);
const float16Type: ScalarTypeOf<'float16'> = /*@__PURE__*/ scalarType(byName.float16);
const float32Type: ScalarTypeOf<'float32'> = /*@__PURE__*/ scalarType(byName.float32);
const float64Type: ScalarTypeOf<'float64'> = /*@__PURE__*/ scalarType(byName.float64);
const complex128Type: ScalarTypeOf<'complex128'> = /*@__PURE__*/ scalarType(byName.complex128);
export const complex64: ScalarTypeOf<'complex64'> = /*@__PURE__*/ scalarType(byName.complex64);
export { complex128Type as complex128, float16Type as float16, float32Type as float32, float64Type as float64, int64Type as int64, uint64Type as uint64 };
export const byte: ScalarTypeOf<'int8'> = int8;
export const ubyte: ScalarTypeOf<'uint8'> = uint8;
export const short: ScalarTypeOf<'int16'> = int16;
export const ushort: ScalarTypeOf<'uint16'> = uint16;
export const intc: ScalarTypeOf<'int32'> = int32;
export const uintc: ScalarTypeOf<'uint32'> = uint32;
export const int_: ScalarTypeOf<'int64'> = int64Type;
export const uint: ScalarTypeOf<'uint64'> = uint64Type;
export const intp: ScalarTypeOf<'int64'> = int64Type;
export const uintp: ScalarTypeOf<'uint64'> = uint64Type;
export const long: ScalarTypeOf<'int64'> = int64Type;
export const ulong: ScalarTypeOf<'uint64'> = uint64Type;
export const longlong: ScalarTypeOf<'int64'> = int64Type;
export const ulonglong: ScalarTypeOf<'uint64'> = uint64Type;
export const half: ScalarTypeOf<'float16'> = float16Type;
export const single: ScalarTypeOf<'float32'> = float32Type;
export const double: ScalarTypeOf<'float64'> = float64Type;
export const csingle: ScalarTypeOf<'complex64'> = complex64;
/** float64: there is no wider type here. */
export const longdouble: ScalarTypeOf<'float64'> = float64Type;
export const clongdouble: ScalarTypeOf<'complex128'> = complex128Type;
export const cdouble: ScalarTypeOf<'complex128'> = complex128Type;

/** A complex number, as a value: `np.complex(1, 2)` is 1+2j, an object of the package complex.js. */
export const complex: (re: number, im?: number) => Complex = (re, im = 0) => makeComplex(re, im);
export { Complex };

// ---- the hierarchy -----------------------------------------------------------------------------------------------------

/** A class of scalar types, as `np.floating`: for `np.issubdtype`. */
export class AbstractScalarType {
  constructor(
    readonly name: string,
    readonly parent: AbstractScalarType | null,
  ) {}
  toString(): string {
    return `<class 'numpy.${this.name}'>`;
  }
}
const isAbstract = (x: unknown): x is AbstractScalarType => x instanceof AbstractScalarType;

export const generic: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('generic', null);
export const number: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('number', generic);
export const integer: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('integer', number);
export const signedinteger: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('signedinteger', integer);
export const unsignedinteger: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('unsignedinteger', integer);
export const inexact: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('inexact', number);
export const floating: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('floating', inexact);
export const complexfloating: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('complexfloating', inexact);
export const flexible: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('flexible', generic);
export const character: AbstractScalarType = /*@__PURE__*/ new AbstractScalarType('character', flexible);

const ABSTRACT: Record<string, () => AbstractScalarType> = {
  generic: () => generic,
  number: () => number,
  integer: () => integer,
  signedinteger: () => signedinteger,
  unsignedinteger: () => unsignedinteger,
  inexact: () => inexact,
  floating: () => floating,
  complexfloating: () => complexfloating,
  flexible: () => flexible,
  character: () => character,
};

const parentOf = (d: DType): AbstractScalarType =>
  d.kind === 'b' ? generic : d.kind === 'i' ? signedinteger : d.kind === 'u' ? unsignedinteger : d.kind === 'f' ? floating : complexfloating;

/** What may stand for a type in `issubdtype`: a dtype, or a class of them, also by name. */
export type TypeLike = DTypeLike | AbstractScalarType;

/** A dtype, or a class of scalar types. */
function typeOf(x: unknown): DType | AbstractScalarType {
  if (isAbstract(x)) return x;
  if (typeof x === 'string') {
    const named = x.replace(/^np\.|^numpy\./, '');
    if (Object.hasOwn(ABSTRACT, named)) return ABSTRACT[named]();
    return asDtype(named);
  }
  return asDtype(x as DTypeLike);
}

/**
 * Whether the first type is the second, or below it in the hierarchy of scalar types.
 *
 * @throws TypeError for what is no type
 * @example np.issubdtype('float32', np.floating) // → true
 */
export const issubdtype: (arg1: TypeLike, arg2: TypeLike) => boolean = /*@__PURE__*/ fn('issubdtype', 'arg1, arg2', (arg1, arg2) => {
  const a = typeOf(arg1);
  const b = typeOf(arg2);
  if (a instanceof DType) {
    if (b instanceof DType) return a === b;
    return isBelow(parentOf(a), b);
  }
  return b instanceof DType ? false : isBelow(a, b);
});

function isBelow(a: AbstractScalarType, b: AbstractScalarType): boolean {
  for (let t: AbstractScalarType | null = a; t !== null; t = t.parent) if (t === b) return true;
  return false;
}

const KINDS: Record<string, string> = {
  bool: 'b',
  'signed integer': 'i',
  'unsigned integer': 'u',
  integral: 'iu',
  'real floating': 'f',
  'complex floating': 'c',
  numeric: 'iufc',
};

const pythonType = (x: unknown): string =>
  typeof x === 'string' ? 'str' : typeof x === 'number' ? (Number.isInteger(x) ? 'int' : 'float') : x === null ? 'NoneType' : Array.isArray(x) ? 'list' : typeof x;

/**
 * Whether a dtype is of a kind: 'bool', 'signed integer', 'unsigned integer', 'integral', 'real floating', 'complex floating',
 * 'numeric', a dtype, or one of a list of these.
 *
 * @throws TypeError when the first argument is no dtype; ValueError for an unknown kind
 * @example np.isdtype(np.float32, 'real floating') // → true
 */
export const isdtype: (dtype: DType | { readonly dtype: DType }, kind: string | DTypeLike | readonly (string | DTypeLike)[]) => boolean = /*@__PURE__*/ fn(
  'isdtype',
  'dtype, kind',
  (d, kind) => {
    if (typeof d === 'string' || typeof d === 'number' || d === null || d === undefined) {
      throw new TypeError(`dtype argument must be a NumPy dtype, but it is a <class '${pythonType(d)}'>.`);
    }
    const row = asDtype(d as DTypeLike);
    const kinds = Array.isArray(kind) ? kind : [kind];
    return kinds.some((k) => {
      if (typeof k === 'string') {
        if (!Object.hasOwn(KINDS, k)) throw new ValueError(`kind argument is a string, but '${k}' is not a known kind name.`);
        return KINDS[k].includes(row.kind);
      }
      if (isAbstract(k)) return false;
      if (typeof k !== 'function' && !(k instanceof DType)) {
        throw new TypeError(`kind argument must be comprised of NumPy dtypes or strings only, but is a <class '${pythonType(k)}'>.`);
      }
      return asDtype(k as DTypeLike) === row;
    });
  },
);

// ---- how dtypes mix ----------------------------------------------------------------------------------------------------

/** An argument of result_type: a weak scalar by kind, or a dtype. */
function weakOrDtype(x: unknown): WeakKind | DType {
  if (x instanceof ArrayValue) return x.dtype;
  if (typeof x === 'number' || typeof x === 'bigint') return weakKindOf(x);
  if (typeof x === 'boolean') return boolRow;
  if (isComplex(x)) return 'complex';
  if (Array.isArray(x) || typedArrayDtype(x) !== null) return toArray(x).dtype;
  if (isAbstract(x)) throw new TypeError('Converting `np.inexact` or `np.floating` to a dtype not allowed');
  return asDtype(x as DTypeLike);
}

/**
 * The dtype that an operation on these has: arrays and dtypes by their dtype, lone numbers by their kind only.
 *
 * @throws ValueError `at least one array or dtype is required`
 * @example np.result_type(3, 'float32') // → float32
 */
export const result_type: (...arrays_and_dtypes: readonly (ArrayLike | DTypeLike)[]) => DType = /*@__PURE__*/ fn('result_type', '*arrays_and_dtypes', (list: unknown[]) => {
  if (list.length === 0) throw new ValueError('at least one array or dtype is required');
  const strong: DType[] = [];
  const weak: WeakKind[] = [];
  for (const x of list) {
    const t = weakOrDtype(x);
    if (typeof t === 'string') weak.push(t);
    else strong.push(t);
  }
  return resultType(strong, weak);
});

/**
 * Whether values of one dtype may be cast to another under a rule.
 *
 * @throws TypeError for lone numbers, whose answer would depend on the value
 * @example np.can_cast('float64', 'float32', 'same_kind') // → true
 */
export const can_cast: (from_: DTypeLike | ArrayValue, to: DTypeLike, casting?: Casting | { casting?: Casting }) => boolean = /*@__PURE__*/ fn(
  'can_cast',
  "from_, to, casting='safe'",
  (from, to, casting) => {
    if (typeof from === 'number' || typeof from === 'bigint' || (isComplex(from) && !((from as object) instanceof ArrayValue))) {
      throw new TypeError(
        'can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\n' +
          'This change was part of adopting NEP 50, we may explicitly allow them again in the future.',
      );
    }
    if (!['no', 'equiv', 'safe', 'same_kind', 'unsafe'].includes(casting)) {
      throw new ValueError(`casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '${String(casting)}')`);
    }
    return canCast(from instanceof ArrayValue ? from.dtype : asDtype(from as DTypeLike), asDtype(to as DTypeLike), casting);
  },
  'primitive',
);

/**
 * The smallest dtype to which both may be cast safely.
 *
 * @example np.promote_types('int8', 'uint8') // → int16
 */
export const promote_types: (type1: DTypeLike, type2: DTypeLike) => DType = /*@__PURE__*/ fn('promote_types', 'type1, type2, /', (a, b) => {
  if (a === null || b === null) throw new TypeError('did not understand one of the types');
  return promote(asDtype(a as DTypeLike), asDtype(b as DTypeLike));
});

/** The smallest integer dtype that holds a value. */
function smallestInt(v: bigint): DType {
  const candidates = v >= 0n ? [byName.uint8, byName.uint16, byName.uint32, uint64] : [byName.int8, byName.int16, byName.int32, int64];
  const found = candidates.find((d) => {
    const [lo, hi] = integerRange(d);
    return v >= lo && v <= hi;
  });
  if (found === undefined) throw new OverflowError(`Python integer ${v} does not fit any integer dtype`);
  return found;
}

const smallestFloat = (v: number): DType => {
  const a = Math.abs(v);
  return !Number.isFinite(a) || a < 65000 ? float16 : a < 3.4e38 ? float32 : float64;
};

/**
 * The smallest dtype that holds a scalar's value; an array's own dtype. Precision is not regarded, only range.
 *
 * @example np.min_scalar_type(-5) // → int8
 */
export const min_scalar_type: (a: ArrayLike) => DType = /*@__PURE__*/ fn('min_scalar_type', 'a, /', (a) => {
  if (a instanceof ArrayValue && a.ndim > 0) return a.dtype;
  const v = a instanceof ArrayValue ? scalarOf(a) : a;
  const kind = a instanceof ArrayValue ? a.dtype.kind : null;
  if (typeof v === 'boolean') return boolRow;
  if (typeof v === 'bigint') return smallestInt(v);
  if (typeof v === 'number') return kind !== 'f' && Number.isInteger(v) && (kind !== null || Math.abs(v) < 2 ** 64) ? smallestInt(BigInt(v)) : smallestFloat(v);
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
 * @example np.common_type(np.zeros(2, 'float32'), np.arange(2)) // → np.float64
 */
export const common_type: (...arrays: readonly ArrayLike[]) => ScalarTypeOf<any> = /*@__PURE__*/ fn(
  'common_type',
  '*arrays',
  (arrays: unknown[]) => {
    let isC = false;
    let precision = 0;
    for (const x of arrays) {
      const d = toArray(x).dtype;
      if (d.kind === 'b') throw new TypeError("can't get common type for non-numeric array");
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
export const mintypecode: (typechars: string | readonly (string | ArrayLike)[], typeset?: string, defaultCode?: string) => string = /*@__PURE__*/ fn(
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
  S1: 'character', '?': 'bool', B: 'unsigned char', D: 'complex double precision', G: 'complex long double precision', F: 'complex single precision',
  I: 'unsigned integer', H: 'unsigned short', L: 'unsigned long integer', O: 'object', Q: 'unsigned long long integer', S: 'string', U: 'unicode', V: 'void',
  b: 'signed char', d: 'double precision', g: 'long precision', f: 'single precision', i: 'integer', h: 'short', l: 'long integer', q: 'long long integer',
}; // biome-ignore format: a table

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

export { finfo, type FloatInfo, iinfo, type IntInfo } from './limits.js';

// ---- constants ---------------------------------------------------------------------------------------------------------

export const pi: number = Math.PI;
export const e: number = Math.E;
/** Euler's constant γ. */
export const euler_gamma: number = 0.5772156649015329;
export const inf: number = Number.POSITIVE_INFINITY;
export const nan: number = Number.NaN;
