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
import { TypeError, ValueError } from '../core/errors.js';
import { hidden } from '../core/inspect.js';
import { castTo } from '../core/ops/move.js';
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

/** A number from its text. @throws ValueError as Python's int and float do */
function fromText(text: string, row: DType): number | bigint {
  const t = text.trim().replace(/^([+-]?)inf(inity)?$/i, '$1Infinity');
  if (row.kind === 'i' || row.kind === 'u') {
    if (!/^[+-]?\d+$/.test(t)) throw new ValueError(`invalid literal for int() with base 10: '${text}'`);
    return BigInt(t.replace(/^\+/, ''));
  }
  const v = /^[+-]?nan$/i.test(t) ? Number.NaN : Number(t);
  if (t === '' || (Number.isNaN(v) && !/nan$/i.test(t)))
    throw new ValueError(`could not convert string to float: '${text}'`);
  return v;
}

type Make = (dtype: DType, ...args: any[]) => NDArray;

const converted = (value: unknown, dtype: DType): NDArray =>
  (value instanceof ArrayValue || Array.isArray(value) || ArrayBuffer.isView(value)
    ? castTo(toArray(value), dtype)
    : fromScalar(value, dtype)) as NDArray;

/** @throws TypeError for keywords, in the words of the types that NumPy's are made of */
function refuseKeywords(d: DType, given: unknown): void {
  if (!isKeywords(given) || d.kind === 'c') return;
  if (d.name === 'float64') throw new TypeError('float() takes no keyword arguments');
  throw new TypeError(`${d.kind === 'b' ? 'bool_()' : 'function'} takes at most 1 argument (2 given)`);
}

const ofNumber: Make = (dtype, value: unknown = 0, ...rest) => {
  refuseKeywords(dtype, rest.at(-1));
  return converted(typeof value === 'string' ? fromText(value, dtype) : value, dtype);
};

/** A 0-d array as its value. */
const alone = (value: unknown): unknown => (value instanceof ArrayValue && value.ndim === 0 ? scalarOf(value) : value);

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
