import {
  asDtype,
  byName,
  bytesDtype,
  DType,
  type DTypeArg,
  type DTypeLike,
  type DTypeText,
  type DTypeName,
  float64,
  type NumericName,
  objectDtype,
  type OtherName,
  type ScalarType,
  strDtype,
  type StructuredLike,
  withMetadata,
} from '../core/dtype.js';
import { ArrayValue } from '../core/array.js';
import { scalarOf } from '../core/coerce.js';
import { TypeError, ValueError, warn } from '../core/errors.js';
import { repr } from '../core/python/repr.js';
import { hidden } from '../core/inspect.js';
import { className } from '../core/promote-other.js';
import { typeName } from '../core/python/kind.js';
import { canCast } from '../core/promote.js';
import { unknownKeyword } from '../core/signature.js';
import type { Known } from './ndarray.js';
import { scalarTypeOf, type ScalarTypeOf } from './scalar-class.js';
import { isAbstract } from './type-hierarchy.js';

/** `np.dtype`, the class, and `np.dtypes`, the class of each dtype. */

export interface DTypeKeywords {
  align?: boolean;
  copy?: boolean;
  /** Anything by name, for `dtype.metadata`. */
  metadata?: Readonly<Record<string, unknown>>;
}

/** `np.dtype`: called with a name, a code, a scalar type, a structure's fields or a dtype, it gives the dtype. */
export interface DTypeClass {
  <N extends DTypeText = DTypeName>(
    dtype: DTypeArg<N> | StructuredLike | null,
    align?: boolean | DTypeKeywords,
    copy?: boolean | DTypeKeywords,
  ): DType<Known<N>>;
  new <N extends DTypeText = DTypeName>(
    dtype: DTypeArg<N> | StructuredLike | null,
    align?: boolean | DTypeKeywords,
    copy?: boolean | DTypeKeywords,
  ): DType<Known<N>>;
  readonly prototype: DType;
}

const PARAMETERS = ['dtype', 'align', 'copy', 'metadata'] as const;

/** `np.dtype({ dtype: 'f8' })`: everything by name. A structure with a field of this name gives the place beside the dtype. */
const isByName = (x: unknown): x is Record<string, unknown> => {
  if (typeof x !== 'object' || x === null || Object.getPrototypeOf(x) !== Object.prototype) return false;
  const d = (x as { dtype?: unknown }).dtype;
  if (d === undefined || (Array.isArray(d) && d.length > 1 && typeof d[1] === 'number')) return false;
  return Object.keys(x).every((k) => (PARAMETERS as readonly string[]).includes(k));
};

function make(...args: unknown[]): DType {
  if (args.length === 0) throw new TypeError("dtype() missing required argument 'dtype' (pos 1)");
  let [given, align] = args;
  let metadata: unknown;
  let copy: unknown = args[2];
  if (args.length > 4) throw new TypeError(`dtype() takes at most 4 arguments (${args.length} given)`);
  if (args.length === 1 && isByName(given)) return make(given.dtype, given);
  const last = args[args.length - 1];
  if (args.length > 1 && typeof last === 'object' && last !== null && !(last instanceof DType)) {
    const kw = last as Record<string, unknown>;
    for (const key in kw)
      if (!(PARAMETERS as readonly string[]).includes(key)) throw unknownKeyword('dtype', key, PARAMETERS);
    if (args.length === 2) align = kw.align;
    if (kw.dtype !== undefined) given = kw.dtype;
    metadata = kw.metadata;
    copy = kw.copy ?? (args.length > 3 ? copy : undefined);
  }
  // Pickles of old name both by integers.
  if (Number(copy) === 1 && isBit(copy) && isBit(align)) align = Number(align) === 1;
  if (metadata === undefined) return plainly(given, align);
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata))
    throw new TypeError(`dtype() argument 4 must be dict, not ${typeName(metadata)}`);
  return withMetadata(plainly(given, align), metadata as Record<string, unknown>);
}

const isBit = (x: unknown): boolean => x === 0 || x === 1 || x === 0n || x === 1n;

function truth(align: unknown): boolean {
  if (align === undefined || typeof align === 'boolean') return align === true;
  if (align instanceof ArrayValue && align.dtype.kind === 'b' && align.ndim === 0) return scalarOf(align) === true;
  warn(
    'VisibleDeprecationWarning',
    `dtype(): align should be passed as Python or NumPy boolean but got \`align=${repr(Number.isInteger(align) ? BigInt(align as number) : align)}\`. Did you mean to pass a tuple to create a subarray type? (Deprecated NumPy 2.4)`,
  );
  return Boolean(align);
}

function plainly(given: unknown, align: unknown): DType {
  if (given instanceof DType) return given;
  if (given === null || given === undefined) return float64;
  if (isAbstract(given))
    throw new TypeError(
      given.name === 'generic' || given.name === 'flexible' || given.name === 'character'
        ? `Converting \`np.${given.name}\` to a dtype is not allowed.`
        : 'Converting `np.inexact` or `np.floating` to a dtype not allowed',
    );
  return asDtype(given as DTypeLike, truth(align));
}

/**
 * The dtype that a name, a code, a scalar type or a list of fields stands for; null is float64. There is one object for each dtype, so that
 * dtypes are compared with `===`.
 *
 * @param align lays the fields of a structure out as a C compiler does
 * @param metadata stays with the dtype and with structures of it; arrays have the dtype without
 * @throws TypeError `data type 'x' not understood`
 * @example np.dtype('int32').itemsize // → 4
 * @example np.dtype([['x', 'i4'], ['y', 'f8']]).names // → [ 'x', 'y' ]
 */
export const dtype: DTypeClass = /*@__PURE__*/ (() => {
  const f = function dtype(...args: unknown[]): DType {
    return make(...args);
  };
  Object.defineProperty(f, 'prototype', { value: DType.prototype });
  return f as unknown as DTypeClass;
})();

/** The class of a dtype, as `np.dtypes` has it: made without arguments it gives the dtype. */
export interface DTypeFamily<N extends DTypeName> {
  (...args: readonly unknown[]): DType<N>;
  new (...args: readonly unknown[]): DType<N>;
  readonly dtype: DType<N>;
}

/** A class whose instances are the dtypes of a family, of whatever byte order, length or unit. */
function classOf<N extends DTypeName>(
  family: N,
  unsized: DType | null,
  build: (n: unknown, given: boolean) => DType,
): DTypeFamily<N> {
  const sample = byName[family as NumericName] ?? null;
  const name = className(sample ?? ({ family, name: family } as DType));
  const f = function (...args: unknown[]): DType {
    return build(args[0], args.length > 0);
  };
  Object.defineProperty(f, 'name', { value: name });
  Object.defineProperty(f, Symbol.hasInstance, {
    value: (d: unknown) => d instanceof DType && d.family === family,
  });
  const text = (): string => `<class 'numpy.dtypes.${name}'>`;
  hidden(f, 'toString', text);
  hidden(f, Symbol.for('nodejs.util.inspect.custom'), text);
  Object.defineProperty(f, 'prototype', { value: DType.prototype });
  Object.defineProperty(f, 'dtype', { value: sample ?? unsized });
  return f as unknown as DTypeFamily<N>;
}

const number = <N extends NumericName>(name: N): DTypeFamily<N> =>
  classOf(name, null, (_, given) => {
    if (given)
      throw new TypeError('currently only the no-argument instantiation is supported; use `np.dtype` instead.');
    return byName[name];
  });

const sized = <N extends OtherName>(family: N, of: (n: number) => DType): DTypeFamily<N> =>
  classOf(family, of(0), (n, given) => {
    if (!given) throw new TypeError('function takes exactly 1 positional argument (0 given)');
    const size = typeof n === 'bigint' ? Number(n) : n;
    if (typeof size !== 'number' || !Number.isInteger(size))
      throw new TypeError(`'${typeName(n)}' object cannot be interpreted as an integer`);
    if (size < 0) throw new ValueError(`Strings cannot have a negative size but a size of ${size} was given`);
    if (size * of(1).itemsize > 0x7fffffff) throw new TypeError('Strings too large to store inside array.');
    return of(size);
  });

const unsettled = <N extends OtherName>(family: N): DTypeFamily<N> =>
  classOf(family, asDtype(family as DTypeLike), () => {
    throw new TypeError(
      `Preliminary-API: Flexible/Parametric legacy DType '<class 'numpy.dtypes.${className({ family, name: family } as DType)}'>' can only be instantiated using \`np.dtype(...)\``,
    );
  });

const numeric = Object.fromEntries(
  Object.keys(byName).map((name) => [className(byName[name as ScalarType]), number(name as NumericName)]),
) as Record<string, DTypeFamily<any>>;

/** The class of each dtype: `np.dtypes.Float64DType`. @example np.dtype('f8') instanceof np.dtypes.Float64DType // → true */
export const dtypes: Readonly<Record<string, DTypeFamily<any>>> = /*@__PURE__*/ Object.freeze({
  ...numeric,
  ByteDType: numeric.Int8DType,
  UByteDType: numeric.UInt8DType,
  ShortDType: numeric.Int16DType,
  UShortDType: numeric.UInt16DType,
  IntDType: numeric.Int32DType,
  UIntDType: numeric.UInt32DType,
  LongDType: numeric.Int64DType,
  ULongDType: numeric.UInt64DType,
  LongLongDType: numeric.Int64DType,
  ULongLongDType: numeric.UInt64DType,
  LongDoubleDType: numeric.Float64DType,
  CLongDoubleDType: numeric.Complex128DType,
  StrDType: sized('str', strDtype),
  BytesDType: sized('bytes', bytesDtype),
  VoidDType: unsettled('void'),
  ObjectDType: classOf('object', objectDtype, () => objectDtype),
  DateTime64DType: unsettled('datetime64'),
  TimeDelta64DType: unsettled('timedelta64'),
});

declare module '../core/dtypes/class.js' {
  interface DType<N extends DTypeName = DTypeName> {
    /** The scalar type, whose instances are the 0-d arrays of the dtype: `np.float64` of float64, whatever the byte order. */
    readonly type: ScalarTypeOf<N>;
    /** NumPy's flags of the dtype's elements, as a number. */
    readonly flags: number;
    /** 1 for the dtypes that are built in, 0 for those with parameters, fields or another byte order. */
    readonly isbuiltin: number;
    /** Whether this is the dtype that the argument stands for. */
    equals(other: unknown): boolean;
    /** Whether values may be cast safely to the other dtype, which is another one. */
    lt(other: DTypeLike): boolean;
    le(other: DTypeLike): boolean;
    gt(other: DTypeLike): boolean;
    ge(other: DTypeLike): boolean;
  }
}

const getter = (name: string, get: (d: DType) => unknown): void => {
  Object.defineProperty(DType.prototype, name, {
    get(this: DType) {
      return get(this);
    },
    configurable: true,
  });
};

/** Completes the class with what belongs to NumPy's face of it. */
export function completeDtypes(): void {
  getter('type', (d) => scalarTypeOf(d.family));
  getter('flags', (d) => (d.kind === 'O' ? 63 : d.hasobject ? 27 : d.kind === 'U' ? 8 : d.layout !== null ? 16 : 0));
  getter('isbuiltin', (d) =>
    (d.index >= 0 || d.kind === 'O' || (d.itemsize === 0 && d.layout === null) || d.unit?.base === 'generic') &&
    d.isnative
      ? 1
      : 0,
  );
  const methods: Record<string, (this: DType, other: any) => boolean> = {
    equals(other) {
      try {
        const o = asDtype(other);
        return o === this.plain || (o.itemsize === this.itemsize && canCast(this.plain, o, 'no'));
      } catch {
        return false;
      }
    },
    lt(other) {
      const o = asDtype(other);
      return o !== this && canCast(this, o);
    },
    le(other) {
      return canCast(this, asDtype(other));
    },
    gt(other) {
      const o = asDtype(other);
      return o !== this && canCast(o, this);
    },
    ge(other) {
      return canCast(asDtype(other), this);
    },
  };
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(DType.prototype, name, { value, writable: true, configurable: true });
}
