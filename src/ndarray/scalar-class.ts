import { ArrayValue } from '../core/array.js';
import { type ArrayLike, fromScalar, scalarOf, toArray } from '../core/coerce.js';
import {
  byName,
  bytesDtype,
  type DType,
  type DTypeName,
  type NumericName,
  objectDtype,
  strDtype,
  timeDtype,
  voidDtype,
} from '../core/dtype.js';
import { complex } from '../core/complex.js';
import { TypeError } from '../core/errors.js';
import { hidden } from '../core/inspect.js';
import { castTo } from '../core/ops/move.js';
import { repr } from '../core/python/repr.js';
import { pythonText } from '../core/scalars/index.js';
import { isKeywords } from '../core/signature.js';
import { decode, encode } from '../core/strings/codecs.js';
import { timeMaker } from './time-scalars.js';
import { makeVoid } from './void-scalars.js';
import { type Known, NDArray } from './ndarray.js';
import { type AbstractScalarType, parentOf } from './type-hierarchy.js';

/** Makes the scalar types: one for each family of dtypes, whatever the length, unit or byte order. */

/**
 * A scalar type: called with a value it gives a 0-d array of its dtype; anywhere a dtype is taken it stands for its own; 0-d arrays of its
 * dtype are its instances.
 */
export interface ScalarTypeOf<N extends DTypeName> {
  (value?: ArrayLike | string, ...rest: any[]): NDArray<Known<N>>;
  readonly dtype: DType<N>;
  /** The class of scalar types that it belongs to. */
  readonly parent: AbstractScalarType;
  [Symbol.hasInstance](x: unknown): x is NDArray<Known<N>>;
}

type Make = (dtype: DType, ...args: any[]) => NDArray;

const converted = (value: unknown, dtype: DType): NDArray => {
  if (Array.isArray(value)) return toArray(value, dtype) as NDArray;
  return (
    value instanceof ArrayValue || ArrayBuffer.isView(value) ? castTo(toArray(value), dtype) : fromScalar(value, dtype)
  ) as NDArray;
};

/** @throws TypeError for more than one value, in the words of the types that NumPy's are made of */
function refuseMore(d: DType, rest: readonly unknown[]): void {
  if (rest.every((x) => x === undefined)) return;
  if (d.name === 'float64')
    throw new TypeError(
      isKeywords(rest.at(-1))
        ? 'float() takes no keyword arguments'
        : `float expected at most 1 argument, got ${rest.length + 1}`,
    );
  throw new TypeError(`${d.kind === 'b' ? 'bool_()' : 'function'} takes at most 1 argument (${rest.length + 1} given)`);
}

/** A part of a complex number, or null for what is none. */
function realPart(x: unknown): number | null {
  if (x instanceof ArrayValue) {
    if (x.ndim > 0) throw new TypeError('only 0-dimensional arrays can be converted to Python scalars');
    return 'biuf'.includes(x.dtype.kind) ? Number(scalarOf(x)) : null;
  }
  return ['number', 'bigint', 'boolean'].includes(typeof x) ? Number(x) : null;
}

const ofNumber: Make = (dtype, value: unknown = 0, ...rest) => {
  if (dtype.kind !== 'c' || isKeywords(rest.at(-1))) {
    if (dtype.kind !== 'c') refuseMore(dtype, rest);
    return converted(value, dtype);
  }
  if (rest.length > 1) throw new TypeError(`function takes at most 2 arguments (${rest.length + 1} given)`);
  if (rest.length === 0 || rest[0] === undefined) return converted(value, dtype);
  const [re, im] = [value, rest[0]].map((x) => (Array.isArray(x) ? null : realPart(x)));
  if (re === null || im === null)
    throw new TypeError(
      `Could not convert arguments into a complex scalar. '(${repr(value)}, ${repr(rest[0])})' given.`,
    );
  return fromScalar(complex(re, im), dtype) as NDArray;
};

/** A 0-d array as its value. A lone integral number is an int, as where it is written into text. */
const alone = (value: unknown): unknown =>
  value instanceof ArrayValue && value.ndim === 0
    ? scalarOf(value)
    : Number.isInteger(value)
      ? BigInt(value as number)
      : value;

const ofTime = (name: string, kind: 'M' | 'm'): Row => {
  const make = timeMaker(kind);
  return { name, dtype: timeDtype(kind, { base: 'generic', count: 1 }), make: (_, ...args) => make(...args) };
};

/** What a family's scalar type is called, its dtype, and how it makes a 0-d array. */
interface Row {
  readonly name: string;
  readonly dtype: DType;
  readonly make: Make;
}

/** The families that hold no numbers. */
const ROWS: Readonly<Record<string, () => Row>> = {
  str: () => ({
    name: 'str_',
    dtype: strDtype(0),
    make: (d, value: unknown = '', encoding?: string, errors?: string) => {
      const v = alone(value);
      return fromScalar(
        v instanceof Uint8Array && encoding !== undefined ? decode(v, encoding, errors) : pythonText(v),
        d,
      ) as NDArray;
    },
  }),
  bytes: () => ({
    name: 'bytes_',
    dtype: bytesDtype(0),
    make: (d, value: unknown = new Uint8Array(), encoding?: string, errors?: string) => {
      const v = alone(value);
      return fromScalar(v instanceof Uint8Array ? v : encode(pythonText(v), encoding ?? 'ascii', errors), d) as NDArray;
    },
  }),
  object: () => ({ name: 'object_', dtype: objectDtype, make: (d, value: unknown = null) => converted(value, d) }),
  void: () => ({
    name: 'void',
    dtype: voidDtype(0),
    make: (_, value: unknown, dtype?: unknown) => makeVoid(value, dtype),
  }),
  datetime64: () => ofTime('datetime64', 'M'),
  timedelta64: () => ofTime('timedelta64', 'm'),
};

const made = new Map<DTypeName, ScalarTypeOf<any>>();

/** The scalar type of a family of dtypes; there is one for each. */
export function scalarTypeOf<N extends DTypeName>(family: N): ScalarTypeOf<N> {
  const known = made.get(family);
  if (known !== undefined) return known;
  const number: DType | undefined = byName[family as NumericName];
  const row: Row = number === undefined ? ROWS[family]() : { name: family, dtype: number, make: ofNumber };
  const type = function (...args: unknown[]): NDArray {
    return row.make(row.dtype, ...args);
  };
  const text = (): string => `<class 'numpy.${row.name}'>`;
  hidden(type, 'dtype', row.dtype);
  hidden(type, 'parent', parentOf(row.dtype));
  hidden(type, 'toString', text);
  hidden(type, Symbol.for('nodejs.util.inspect.custom'), text);
  hidden(
    type,
    Symbol.hasInstance,
    (x: unknown) => x instanceof NDArray && x.shape.length === 0 && x.dtype.family === family,
  );
  hidden(type, 'name', row.name);
  made.set(family, type as unknown as ScalarTypeOf<any>);
  return type as unknown as ScalarTypeOf<N>;
}
