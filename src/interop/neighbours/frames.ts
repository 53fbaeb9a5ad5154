import { toArray } from '../../core/coerce.js';
import { byName, type DType, objectDtype, strDtype } from '../../core/dtype.js';
import { TypeError, ValueError } from '../../core/errors.js';
import { promote } from '../../core/promote.js';
import { runAs } from '../../core/transfers.js';
import type { NDArray } from '../../ndarray/ndarray.js';
import { asArray, copied, type Neighbour, ownCopy, type ReadOptions } from './neighbour.js';

/** Frames in the manner of danfo.js: rows of values, names of columns, and a dtype for each. */

interface Frame {
  readonly values: readonly unknown[];
  readonly columns: readonly string[];
  readonly dtypes: readonly string[];
  readonly shape: readonly number[];
}

const isFrame = (x: any): boolean =>
  Array.isArray(x.values) && Array.isArray(x.columns) && Array.isArray(x.dtypes) && Array.isArray(x.shape);

const missing = (v: unknown): boolean => v === null || v === undefined || (typeof v === 'number' && Number.isNaN(v));

const DTYPES: Readonly<Record<string, DType>> = {
  float32: byName.float32,
  float64: byName.float64,
  int32: byName.int32,
  boolean: byName.bool,
  string: strDtype(0),
};

/** One column. Missing values are NaN among floats, and elsewhere as `nulls` says. */
function column(name: string, dtype: string, values: readonly unknown[], { nulls = 'raise' }: ReadOptions): NDArray {
  const known = DTYPES[dtype];
  if (known === undefined) throw new TypeError(`to_array: the dtype ${dtype} of the column '${name}' is not known`);
  // Frames call all floats float32, but hold numbers.
  const wanted = known === byName.float32 ? byName.float64 : known;
  if (!values.some(missing)) return toArray([...values], wanted) as NDArray;
  const float = wanted === byName.float64;
  if (nulls === 'raise' && !float)
    throw new ValueError(
      `to_array: the column '${name}' has missing values; say how to read them: {nulls: 'nan'}, or a value in their place`,
    );
  const fill = nulls === 'raise' || nulls === 'nan' ? Number.NaN : nulls;
  const filled = values.map((v) => (missing(v) ? fill : v));
  if (fill !== fill && wanted.kind === 'U')
    throw new ValueError(`to_array: text has no NaN, which the column '${name}' would need`);
  return toArray(filled, fill !== fill ? byName.float64 : wanted) as NDArray;
}

/** The columns of a frame, by name. */
export function columnsOf(x: Frame, options: ReadOptions): Record<string, NDArray> {
  const rows = x.values;
  return Object.fromEntries(
    x.columns.map((name, j) => {
      const values = x.shape.length === 1 ? rows : rows.map((r) => (r as readonly unknown[])[j]);
      return [name, column(name, x.dtypes[j], values, options)];
    }),
  );
}

export const frames: Neighbour = {
  name: 'frames (danfo)',
  knows: isFrame,
  read: (x: Frame, options) => {
    const all = Object.values(columnsOf(x, options));
    copied(
      'order',
      all.reduce((n, c) => n + c.nbytes, 0),
      'frame',
      'cpu:0',
    );
    if (x.shape.length === 1) return ownCopy(all[0]);
    if (all.length === 0) return ownCopy(toArray([]) as NDArray);
    const kinds = new Set(all.map((c) => (c.dtype.kind === 'U' ? 'text' : c.dtype.kind === 'b' ? 'bool' : 'number')));
    // Columns of one kind are one array of it; others are objects, as in pandas.
    const dtype =
      kinds.size > 1 ? objectDtype : all.map((c) => c.dtype as DType).reduce((a, b) => (a === b ? a : promote(a, b)));
    const lists = all.map((c) => c.tolist() as unknown[]);
    const rows = lists[0].map((_, i) => lists.map((c) => c[i]));
    return ownCopy(rows.length === 0 ? toArray([]) : toArray(rows, dtype));
  },
};
export { isFrame };

/** The module of danfo.js, as far as it is used. */
export interface Danfo {
  DataFrame: new (data: any, options?: any) => any;
  Series: new (data: any, options?: any) => any;
}

/**
 * A frame (or, of one axis, a series) in the manner of danfo.js: a copy, since frames hold JavaScript's values. The fields of structures
 * are its columns.
 *
 * @param dfd the module, of which `DataFrame` and `Series` are used
 * @param columns their names; numbers unless given
 * @throws ValueError for more than two axes
 * @example
 * interop.to_danfo(np.ones([2, 2, 2]), {}); // throws ValueError: to_danfo: frames have two axes, not 3
 */
export function to_danfo(x: unknown, dfd: Danfo, columns?: readonly string[]): any {
  return runAs('interop.to_danfo', () => {
    const a = asArray(x);
    copied('requested', a.nbytes, 'cpu:0', 'frame');
    const { names } = a.dtype;
    if (a.ndim === 1 && names !== null && names !== undefined)
      return new dfd.DataFrame(Object.fromEntries(names.map((n) => [n, (a.at(n) as NDArray).tolist()])));
    if (a.ndim === 1) return new dfd.Series(a.tolist(), columns === undefined ? undefined : { columns: [...columns] });
    if (a.ndim !== 2) throw new ValueError(`to_danfo: frames have two axes, not ${a.ndim}`);
    return new dfd.DataFrame(a.tolist(), columns === undefined ? undefined : { columns: [...columns] });
  });
}
