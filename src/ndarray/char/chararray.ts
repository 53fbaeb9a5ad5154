import type { ArrayValue, Face } from '../../core/array.js';
import { type ArrayLike, fromScalar } from '../../core/coerce.js';
import { bytesDtype, type DType, isText, strDtype } from '../../core/dtype.js';
import { TypeError, ValueError, ZeroDivisionError } from '../../core/errors.js';
import { assignTo } from '../../core/ops/copy.js';
import { Storage } from '../../core/memory.js';
import { hidden } from '../../core/inspect.js';
import { fn } from '../../core/signature.js';
import { lengthOf } from '../../core/strings/points.js';
import { cStrides } from '../../core/view.js';
import { convert } from '../creation/convert.js';
import { frombuffer } from '../creation/from.js';
import { asLayout, newArray, readShape, type ShapeLike } from '../creation/make.js';
import { cast } from '../manipulation/astype.js';
import { arrayFace, NDArray } from '../ndarray.js';
import { array_repr, array_str } from '../print/index.js';
import { argsort } from '../sorting/index.js';
import * as strings from '../strings/index.js';
import type { TextLike } from '../strings/common.js';
import * as words from '../strings/words.js';
import * as compare from './compare.js';
import * as parts from './parts.js';

/** The class of arrays of text that have the functions over text as methods, and pass over white space at the end of elements. */

/** Its face: results that are text are of the class again, others are plain arrays. */
const charFace: Face = {
  ...arrayFace,
  name: 'chararray',
  priority: 0.5,
  fresh: (buffer, dtype, shape, strides) =>
    isText(dtype)
      ? new CharArray(new Storage(buffer), dtype, shape, strides ?? cStrides(shape, dtype.itemsize), 0, null, true)
      : arrayFace.fresh(buffer, dtype, shape, strides),
};

/** What the elements read as: without white space at the end. */
const shown = (a: NDArray): NDArray => strings.rstrip(plain(a));
/** The same memory as a plain array. */
export const plain = (a: NDArray): NDArray =>
  new NDArray<any>(a.storage, a.dtype, a.shape, a.strides, a.offset, a.base ?? a, a.writeable);

class CharArray extends NDArray<any> {
  override get face(): Face {
    return charFace;
  }
  override viewOf(
    dtype: DType<any>,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
  ): NDArray<any> {
    if (!isText(dtype)) return super.viewOf(dtype, shape, strides, offset);
    return new CharArray(this.storage, dtype, shape, strides, offset, this.base ?? this, this.writeable);
  }
  override get T(): NDArray<any> {
    return this.viewOf(this.dtype, [...this.shape].reverse(), [...this.strides].reverse(), this.offset);
  }
  override toString(): string {
    return array_str(shown(this) as unknown as ArrayValue);
  }
  override repr(): string {
    return array_repr(shown(this) as unknown as ArrayValue, null, null, null, 'chararray');
  }
}

/** A view of an array of text as a chararray. */
export function charView(a: NDArray): CharArrayOf {
  if (a instanceof CharArray) return a as unknown as CharArrayOf;
  if (!isText(a.dtype)) throw new ValueError('Can only create a chararray from string data.');
  return new CharArray(
    a.storage,
    a.dtype,
    a.shape,
    a.strides,
    a.offset,
    a.base ?? a,
    a.writeable,
  ) as unknown as CharArrayOf;
}

const again = (a: NDArray): CharArrayOf => charView(a);

type Rest<F> = F extends (a: any, ...rest: infer R) => any ? R : never;

/** Functions over text as methods: those in the first list give chararrays, the others what the functions give. */
type TextName =
  | 'capitalize'
  | 'center'
  | 'expandtabs'
  | 'ljust'
  | 'lower'
  | 'lstrip'
  | 'mod'
  | 'replace'
  | 'rjust'
  | 'rstrip'
  | 'strip'
  | 'swapcase'
  | 'title'
  | 'translate'
  | 'upper'
  | 'zfill';
type AnyName =
  | 'count'
  | 'decode'
  | 'encode'
  | 'endswith'
  | 'find'
  | 'index'
  | 'isalnum'
  | 'isalpha'
  | 'isdecimal'
  | 'isdigit'
  | 'islower'
  | 'isnumeric'
  | 'isspace'
  | 'istitle'
  | 'isupper'
  | 'rfind'
  | 'rindex'
  | 'startswith';
type WordName = 'join' | 'rsplit' | 'split' | 'splitlines';
type OrderName = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
type Fn = (...v: any[]) => any;

const TO_TEXT: Readonly<Record<TextName | 'partition' | 'rpartition' | 'mul', Fn>> = {
  capitalize: strings.capitalize,
  center: strings.center,
  expandtabs: strings.expandtabs,
  ljust: strings.ljust,
  lower: strings.lower,
  lstrip: strings.lstrip,
  mod: strings.mod,
  replace: strings.replace,
  rjust: strings.rjust,
  rstrip: strings.rstrip,
  strip: strings.strip,
  swapcase: strings.swapcase,
  title: strings.title,
  translate: strings.translate,
  upper: strings.upper,
  zfill: strings.zfill,
  partition: parts.partition,
  rpartition: parts.rpartition,
  mul: parts.multiply,
};
const TO_ANY: Readonly<Record<AnyName | WordName | OrderName, Fn>> = {
  count: strings.count,
  decode: strings.decode,
  encode: strings.encode,
  endswith: strings.endswith,
  find: strings.find,
  index: strings.index,
  isalnum: strings.isalnum,
  isalpha: strings.isalpha,
  isdecimal: strings.isdecimal,
  isdigit: strings.isdigit,
  islower: strings.islower,
  isnumeric: strings.isnumeric,
  isspace: strings.isspace,
  istitle: strings.istitle,
  isupper: strings.isupper,
  rfind: strings.rfind,
  rindex: strings.rindex,
  startswith: strings.startswith,
  join: words.join,
  rsplit: words.rsplit,
  split: words.split,
  splitlines: words.splitlines,
  eq: compare.equal,
  ne: compare.not_equal,
  lt: compare.less,
  le: compare.less_equal,
  gt: compare.greater,
  ge: compare.greater_equal,
};

type TextMethods = { [K in TextName]: (...rest: Rest<(typeof strings)[K]>) => CharArrayOf } & {
  [K in AnyName]: (...rest: Rest<(typeof strings)[K]>) => NDArray;
} & { [K in WordName]: (...rest: Rest<(typeof words)[K]>) => NDArray } & {
  [K in OrderName]: (other: TextLike) => NDArray;
} & {
  partition(sep: TextLike): CharArrayOf;
  rpartition(sep: TextLike): CharArrayOf;
  mul(i: ArrayLike): CharArrayOf;
};

/** An array of text with methods over text. */
export type CharArrayOf = Omit<NDArray<any>, keyof TextMethods> & TextMethods;

for (const [name, f] of Object.entries(TO_TEXT))
  hidden(CharArray.prototype, name, function (this: NDArray, ...rest: unknown[]) {
    return again(f(this, ...rest));
  });
for (const [name, f] of Object.entries(TO_ANY))
  hidden(CharArray.prototype, name, function (this: NDArray, ...rest: unknown[]) {
    return f(this, ...rest);
  });
hidden(CharArray.prototype, 'argsort', function (this: NDArray, ...rest: unknown[]) {
  return (argsort as (...v: unknown[]) => NDArray)(plain(this), ...rest);
});
hidden(CharArray.prototype, 'at', function (this: NDArray, ...index: unknown[]) {
  const part = (NDArray.prototype as unknown as { at(...i: unknown[]): NDArray }).at.apply(this, index);
  if (part.ndim > 0 || !isText(part.dtype)) return part;
  const value = (shown(part) as NDArray).item();
  return fromScalar(value, part.dtype.kind === 'U' ? strDtype(0) : bytesDtype(0));
});

/** The call and the constructor of chararrays. */
export interface CharArrayMaker {
  (
    shape: ShapeLike,
    itemsize?: number,
    unicode?: boolean,
    buffer?: string | Uint8Array | null,
    offset?: number,
    strides?: readonly number[] | null,
    order?: 'C' | 'F',
  ): CharArrayOf;
  (
    shape: ShapeLike,
    kw: {
      itemsize?: number;
      unicode?: boolean;
      buffer?: string | Uint8Array | null;
      offset?: number;
      strides?: readonly number[] | null;
      order?: 'C' | 'F';
    },
  ): CharArrayOf;
  new (shape: ShapeLike, ...rest: any[]): CharArrayOf;
  readonly prototype: CharArrayOf;
}

const sized = (unicode: boolean, n: number): DType => (unicode ? strDtype(Math.max(1, n)) : bytesDtype(Math.max(1, n)));

const build = /*@__PURE__*/ fn(
  'chararray',
  "shape, itemsize=1, unicode=False, buffer=None, offset=0, strides=None, order='C'",
  (shape, itemsize, unicode, buffer, offset, strides, order) => {
    const d = sized(Boolean(unicode), Number(itemsize));
    const dims = readShape(shape);
    if (buffer === null || typeof buffer === 'string') {
      const a = newArray(dims, d, asLayout(order), true);
      if (buffer !== null) assignTo(a as unknown as ArrayValue, fromScalar(buffer, d));
      return again(a);
    }
    const memory = frombuffer(buffer as Uint8Array, d, { offset: Number(offset) } as never) as NDArray;
    const steps = (strides as number[] | null) ?? cStrides(dims, d.itemsize);
    const need = dims.reduce((n, k, i) => n + (k - 1) * steps[i], d.itemsize);
    if (dims.every((n) => n > 0) && need > memory.nbytes)
      throw new TypeError('buffer is too small for requested array');
    return again(memory.viewOf(d, dims, steps, memory.offset));
  },
  'conversion',
);

/**
 * An array of text of a length, zeroed or over memory; `np.char.array` makes them from data.
 * @throws TypeError when the buffer is too small
 * @example np.char.chararray([2], 3, true).dtype.str // → '<U3'
 */
export const chararray: CharArrayMaker = /*@__PURE__*/ (() => {
  function make(...args: unknown[]): unknown {
    return (build as (...a: unknown[]) => unknown)(...args);
  }
  Object.defineProperty(make, 'name', { value: 'chararray' });
  make.prototype = CharArray.prototype;
  return Object.assign(make, {
    functionName: 'chararray',
    kind: build.kind,
    signature: build.signature,
    body: build.body,
  }) as unknown as CharArrayMaker;
})();

/** Data as text of the class. */
function toCharArray(
  obj: unknown,
  itemsize: unknown,
  copy: boolean,
  unicode: boolean | null,
  order: unknown,
): CharArrayOf {
  const size = itemsize === null ? null : Number(itemsize);
  if (typeof obj === 'string' || obj instanceof Uint8Array) {
    const wide = unicode ?? typeof obj === 'string';
    const length = typeof obj === 'string' ? lengthOf(obj) : obj.length;
    const n = size ?? length;
    if (n === 0) throw new ZeroDivisionError('integer division or modulo by zero');
    return build(Math.floor(length / n), n, wide, obj, 0, null, (order ?? 'C') as 'C') as CharArrayOf;
  }
  let from: unknown = obj;
  if (Array.isArray(from))
    from = from.flat(64).some((x) => x instanceof Uint8Array)
      ? convert(from, bytesDtype(0), null, 'K')
      : convert(from, null, null, 'K');
  if (from instanceof NDArray && isText(from.dtype)) {
    let a: NDArray = charView(from) as unknown as NDArray;
    const text = a.dtype.kind === 'U';
    const n = size ?? (text ? a.itemsize / 4 : a.itemsize);
    if (order !== null) a = convert(a, null, null, order as string);
    const d = sized(unicode ?? text, n);
    return again(copy || n !== a.itemsize || d.kind !== a.dtype.kind ? (cast(a, d) as NDArray) : a);
  }
  const open = size === null ? (unicode ? strDtype(0) : bytesDtype(0)) : sized(Boolean(unicode), size);
  // Without a size NumPy makes texts of Python's values, whose length is that of their digits.
  const data = from instanceof NDArray && size === null ? textsOf(from) : from;
  return again(convert(data, open, true, (order ?? 'K') as string));
}

/** The values of an array as nested lists; integers as integers. */
const textsOf = (a: NDArray): unknown => (a as unknown as { tolist(o: object): unknown }).tolist({ bigint: true });

/** Options of `np.char.array` and `np.char.asarray`. */
export interface CharKeywords {
  itemsize?: number | null;
  unicode?: boolean | null;
  order?: string | null;
}
/**
 * Data as a chararray: text, bytes, or anything else as text of its values (bytes unless `unicode`).
 * @param itemsize characters of an element, the longest one's unless given
 * @example np.char.array(['a', 'b ']) // → chararray(['a', 'b'], dtype='<U2')
 */
export const array: (
  obj: TextLike,
  itemsize?: number | null | (CharKeywords & { copy?: boolean }),
  copy?: boolean,
  unicode?: boolean | null,
  order?: string | null,
) => CharArrayOf = /*@__PURE__*/ fn(
  'array',
  'obj, itemsize=None, copy=True, unicode=None, order=None',
  (obj, itemsize, copy, unicode, order) => toCharArray(obj, itemsize, Boolean(copy), unicode, order),
  'conversion',
);
/** The same without a copy where data is text in memory already. @example np.char.asarray(['a']).isalpha() // → array([ True]) */
export const asarray: (
  obj: TextLike,
  itemsize?: number | null | CharKeywords,
  unicode?: boolean | null,
  order?: string | null,
) => CharArrayOf = /*@__PURE__*/ fn(
  'asarray',
  'obj, itemsize=None, unicode=None, order=None',
  (obj, itemsize, unicode, order) => toCharArray(obj, itemsize, false, unicode, order),
  'conversion',
);
