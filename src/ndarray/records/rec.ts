import { type ArrayLike, toArray } from '../../core/coerce.js';
import { regularShape } from '../../core/nesting.js';
import type { DType } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { isKeywords, parseSignature, fn } from '../../core/signature.js';
import { sameShape } from '../../core/view.js';
import { newArray, readShape } from '../creation/make.js';
import { setIndex } from '../indexing/item.js';
import { NDArray } from '../ndarray.js';
import type { Source } from '../files/arrays.js';
import { askedShape, fromfile } from './file.js';
import { duplicates, FormatParser, type Listed, type ParserOptions } from './format.js';
import {
  asRecords,
  bytesOf,
  makeRecArray,
  RecArray,
  type RecArrayOptions,
  structureOf,
  type StructuredType,
} from './recarray.js';

/** `np.rec`: making arrays of structures whose fields are attributes. */

export { fromfile } from './file.js';
export { record } from './record.js';

export interface RecOptions extends ParserOptions {
  dtype?: StructuredType | null;
  shape?: number | readonly number[] | null;
}

type Make<A> = (data: A, ...rest: any[]) => RecArray;

const direct = <T extends (...args: any[]) => any>(name: string, signature: string, body: (...b: any[]) => any): T =>
  fn<T>(name, signature, body, 'conversion');

const OPTIONS = 'dtype=None, shape=None, formats=None, names=None, titles=None, aligned=False, byteorder=None';

/**
 * Records from one array for each field.
 *
 * @throws ValueError `array-shape mismatch in array 1 ("f1")`
 * @example np.rec.fromarrays([[1, 2], [3, 4]], { names: 'x,y' }).x // → array([1., 2.])
 */
export const fromarrays: Make<readonly ArrayLike[]> = /*@__PURE__*/ direct(
  'fromarrays',
  `arrayList, ${OPTIONS}`,
  (list: readonly unknown[], dtype, shape, formats, names, titles, aligned, byteorder) => {
    const arrays = [...list].map((x) => toArray(x));
    const given = shape === null || shape === undefined ? (arrays[0]?.shape ?? []) : readShape(shape);
    const d =
      dtype !== null || formats !== null
        ? structureOf({ dtype, formats, names, titles, aligned, byteorder })
        : new FormatParser(
            arrays.map((a) => a.dtype),
            names,
            titles,
            aligned,
            byteorder,
          ).dtype;
    const layout = d.layout ?? [];
    if (layout.length !== arrays.length)
      throw new ValueError('mismatch between the number of fields and the number of arrays');
    const inner = layout[0]?.dtype.shape.length ?? 0;
    const lengths = inner > 0 && (shape === null || shape === undefined) ? given.slice(0, given.length - inner) : given;
    const out = asRecords(newArray(lengths, d, 'C', true));
    layout.forEach((f, i) => {
      const a = arrays[i];
      const own = a.shape.slice(0, a.shape.length - f.dtype.shape.length);
      if (!sameShape(own, lengths)) throw new ValueError(`array-shape mismatch in array ${i} ("${f.name}")`);
      setIndex(out, [f.name], a);
    });
    return out;
  },
);

/**
 * Records from a list of lists, one for each record. Without a dtype every field has the dtype of its values.
 *
 * @example np.rec.fromrecords([[1, 'a'], [2, 'b']], { names: 'n,s' }).n // → array([1., 2.])
 */
export const fromrecords: Make<readonly unknown[]> = /*@__PURE__*/ direct(
  'fromrecords',
  `recList, ${OPTIONS}`,
  (list: readonly any[], dtype, shape, formats, names, titles, aligned, byteorder) => {
    if (formats === null && dtype === null) {
      const rows = (list as { tolist?: () => any[] }).tolist?.() ?? list;
      // The innermost lists are records, those around them axes.
      const lists = (x: unknown): number => (Array.isArray(x) && x.length > 0 ? 1 + lists(x[0]) : 0);
      const lengths = regularShape(rows).slice(0, lists(rows));
      const fields = lengths.at(-1) ?? 0;
      const column = (x: readonly any[], axes: number, i: number): unknown =>
        axes === 0 ? x[i] : x.map((e) => column(e, axes - 1, i));
      const columns = Array.from({ length: fields }, (_, i) => toArray(column(rows, lengths.length - 1, i)));
      return fromarrays(columns, { shape, names, titles, aligned, byteorder });
    }
    const out = asRecords(toArray(list, structureOf({ dtype, formats, names, titles, aligned, byteorder })) as NDArray);
    return shape === null || shape === undefined ? out : out.reshape(readShape(shape));
  },
);

/**
 * Records over the memory of bytes.
 *
 * @throws TypeError `fromstring() needs a 'dtype' or 'formats' argument`
 * @example np.rec.fromstring(new Uint8Array([1, 0, 2, 0]), { formats: 'i2' }).f0 // → array([1, 2], dtype=int16)
 */
export const fromstring: Make<Uint8Array> = /*@__PURE__*/ direct(
  'fromstring',
  'datastring, dtype=None, shape=None, offset=0, formats=None, names=None, titles=None, aligned=False, byteorder=None',
  (data, dtype, shape, offset, formats, names, titles, aligned, byteorder) => {
    if (dtype === null && formats === null) throw new TypeError("fromstring() needs a 'dtype' or 'formats' argument");
    const d = structureOf({ dtype, formats, names, titles, aligned, byteorder });
    const bytes = bytesOf(data);
    const asked = askedShape(shape);
    const n = asked === null || asked === -1 ? Math.floor((bytes.length - offset) / d.itemsize) : asked;
    return makeRecArray(n, { dtype: d as DType<any>, buf: bytes, offset });
  },
);

/**
 * Records from anything: lists of records or of columns, arrays, bytes, objects with a method `read`.
 *
 * @throws ValueError `Must define formats (or dtype) if object is None, string, or an open file`
 * @example np.rec.array([[1, 2], [3, 4]], { names: 'a,b' }).b // → array([2., 4.])
 */
export const array: Make<unknown> = /*@__PURE__*/ direct(
  'array',
  'obj, dtype=None, shape=None, offset=0, strides=None, formats=None, names=None, titles=None, aligned=False, byteorder=None, copy=True',
  (obj, dtype, shape, offset, strides, formats, names, titles, aligned, byteorder, copy) => {
    const none = (x: unknown): boolean => x === null || x === undefined;
    const isFile = typeof (obj as { read?: unknown } | null)?.read === 'function';
    if ((none(obj) || typeof obj === 'string' || isFile) && none(formats) && none(dtype))
      throw new ValueError('Must define formats (or dtype) if object is None, string, or an open file');
    const type =
      !none(dtype) || !none(formats) ? structureOf({ dtype, formats, names, titles, aligned, byteorder }) : null;
    const options = none(type) ? { shape, names, titles, aligned, byteorder } : { dtype: type, shape };
    if (none(obj)) {
      if (none(shape)) throw new ValueError('Must define a shape if obj is None');
      return makeRecArray(shape, { dtype: type as DType<any>, offset, strides });
    }
    if (isFile) return fromfile(obj as Source, { ...options, offset });
    if (obj instanceof Uint8Array) return fromstring(obj, { ...options, offset });
    if (Array.isArray(obj)) return Array.isArray(obj[0]) ? fromrecords(obj, options) : fromarrays(obj, options);
    if (obj instanceof NDArray) {
      const own = copy ? obj.copy() : obj;
      return asRecords((type === null || type === own.dtype ? own : own.view(type as never)) as NDArray);
    }
    throw new ValueError('Unknown input type');
  },
);

/** The members of a list that are found more than once. @example np.rec.find_duplicate([1, 2, 1]) // → [ 1 ] */
export const find_duplicate: (list: readonly unknown[]) => unknown[] = /*@__PURE__*/ direct(
  'find_duplicate',
  'list',
  duplicates,
);

/** Keywords, or positional arguments in order of a signature, as one object. */
function gathered(signature: string, args: readonly unknown[]): Record<string, any> {
  const out: Record<string, unknown> = {};
  parseSignature(signature).forEach((p, i) => {
    if (args[i] !== undefined && !isKeywords(args[i])) out[p.name] = args[i];
  });
  const last = args[args.length - 1];
  return isKeywords(last) ? { ...out, ...last } : out;
}

const PARSER = 'formats, names, titles, aligned=False, byteorder=None';

/**
 * A structure from formats, names and titles; its `dtype` is what is made.
 * @example np.rec.format_parser(['f8', 'i4'], ['a', 'b'], []).dtype.names // → [ 'a', 'b' ]
 */
export const format_parser: new (
  formats: Listed | null,
  names: Listed | null,
  titles: Listed | null,
  aligned?: boolean | ParserOptions,
  byteorder?: string | null,
) => FormatParser = /*@__PURE__*/ newable(function (...args: unknown[]): FormatParser {
  const o = gathered(PARSER, args);
  return new FormatParser(
    o.formats ?? null,
    o.names ?? null,
    o.titles ?? null,
    o.aligned ?? false,
    o.byteorder ?? null,
  );
}, FormatParser);

/** A function that can be called with `new` and without; what it makes are instances of the class. */
function newable(f: (...args: any[]) => object, of: { prototype: object }): any {
  Object.defineProperty(f, 'prototype', { value: of.prototype });
  return f;
}

const RECARRAY =
  "shape, dtype=None, buf=None, offset=0, strides=None, formats=None, names=None, titles=None, byteorder=None, aligned=False, order='C'";

/**
 * An array of structures whose fields are attributes, with zeroed memory or over a user's.
 * @example np.recarray(2, { dtype: [['x', 'i4']] }).x // → array([0, 0], dtype=int32)
 */
export const recarray: {
  new (shape: number | readonly number[], ...rest: any[]): RecArray;
  (shape: number | readonly number[], ...rest: any[]): RecArray;
} = /*@__PURE__*/ newable(function (...args: unknown[]): RecArray {
  const o = gathered(RECARRAY, args);
  return makeRecArray(o.shape, o as RecArrayOptions);
}, RecArray);
