import { type ArrayLike, toArray } from '../../../core/coerce.js';
import { asDtype, type DType, type DTypeLike } from '../../../core/dtype.js';
import { TypeError, ValueError } from '../../../core/errors.js';
import { concatenateTo } from '../../../core/ops/join.js';
import { canCast, resultType } from '../../../core/promote.js';
import { fn } from '../../../core/signature.js';
import { newArray, toNDArray } from '../../creation/make.js';
import { getIndex, setIndex } from '../../indexing/item.js';
import { NDArray } from '../../ndarray.js';
import { type FieldSpec, leavesOf, packed, specOf, type Structured } from './descr.js';
import type { ResultKeywords } from './fields.js';
import { fillFields, finished, missing, seenAs, writeRows } from './fill.js';

/** Arrays side by side as fields of one, and one after the other. */

const flat = (x: unknown): NDArray => toNDArray(x).ravel() as NDArray;

/** The columns that an array becomes: its innermost fields, the one field that it has, or itself. */
function columnsOf(a: NDArray, flatten: boolean): { spec: FieldSpec; values: NDArray }[] {
  const { layout } = a.dtype;
  if (layout !== null && (flatten || layout.length === 1))
    return layout.flatMap((f) => {
      const values = getIndex(a, [f.name]);
      return flatten && f.dtype.layout !== null
        ? columnsOf(values, true)
        : [{ spec: flatten ? { ...f, title: null } : f, values }];
    });
  return [{ spec: { name: '', dtype: a.dtype, title: null }, values: a }];
}

function merged(list: readonly unknown[] | NDArray, fill: unknown, flatten: boolean): NDArray {
  const alone = list instanceof NDArray ? list : list.length === 1 ? toNDArray(list[0]) : null;
  if (alone !== null) {
    const d = alone.dtype.layout === null ? packed(specOf(alone.dtype)) : alone.dtype;
    if (!flatten || packed(leavesOf(alone.dtype)) === d) return seenAs(flat(alone), d);
  }
  const arrays = (alone === null ? (list as readonly unknown[]) : [alone]).map(flat);
  if (arrays.length === 0) throw new ValueError('max() arg is an empty sequence');
  const columns = arrays.flatMap((a) => columnsOf(a, flatten));
  const n = Math.max(...arrays.map((a) => a.size));
  const out = newArray([n], packed(columns.map((c) => c.spec)), 'C', true);
  (out.dtype.layout ?? []).forEach((f, i) => {
    const { values } = columns[i];
    const column = getIndex(out, [f.name]);
    const m = values.shape[0];
    if (m < n) setIndex(getIndex(column, [`${m}:`]), ['...'], fill);
    writeRows(column, 0, values);
  });
  return out;
}

export interface MergeKeywords extends ResultKeywords {
  fill_value?: unknown;
  flatten?: boolean;
}

/**
 * Arrays as the fields of one array of structures. Shorter ones are filled up.
 *
 * @param flatten whether fields of structures become fields of the result
 * @throws ValueError `field 'a' occurs more than once`
 * @example np.lib.recfunctions.merge_arrays([[1n, 2n], [0.5]]) // → array([(1,  0.5), (2, -1. )], dtype=[('f0', '<i8'), ('f1', '<f8')])
 */
export const merge_arrays: (
  seqarrays: readonly ArrayLike[] | NDArray,
  fill_value?: unknown | MergeKeywords,
  flatten?: boolean | MergeKeywords,
  usemask?: boolean,
  asrecarray?: boolean,
) => NDArray = /*@__PURE__*/ fn(
  'merge_arrays',
  'seqarrays, fill_value=-1, flatten=False, usemask=False, asrecarray=False',
  (list, fill, flatten, _usemask, asrecarray) => finished(merged(list, fill, flatten), asrecarray),
  'host',
);

function appended(
  base: unknown,
  names: string | readonly string[],
  data: any,
  dtypes: unknown,
  fill: unknown,
  asrecarray: unknown,
): NDArray {
  const labels = typeof names === 'string' ? [names] : names;
  const list: unknown[] = typeof names === 'string' ? [data] : [...data];
  if (labels.length !== list.length) throw new ValueError('The number of arrays does not match the number of names');
  let types: (DType | null)[] = labels.map(() => null);
  if (dtypes !== null) {
    const given = Array.isArray(dtypes) ? dtypes : [dtypes];
    if (given.length !== list.length && given.length !== 1)
      throw new ValueError('The dtypes argument must be None, a dtype, or a list.');
    types = labels.map((_, i) => asDtype((given.length === 1 ? given[0] : given[i]) as DTypeLike));
  }
  const columns = list.map((x, i) => {
    const a = toArray(x, types[i]) as NDArray;
    return seenAs(a, packed([{ name: labels[i], dtype: a.dtype, title: null }]));
  });
  const first = merged(Array.isArray(base) ? base : toNDArray(base), fill, false);
  const second = columns.length > 1 ? merged(columns, fill, true) : columns[0];
  const out = missing(
    [Math.max(first.shape[0], second.shape[0])],
    [...(first.dtype.layout ?? []), ...(second.dtype.layout ?? [])],
  );
  return finished(fillFields(second, fillFields(first, out)), asrecarray);
}

export interface AppendKeywords extends ResultKeywords {
  dtypes?: Structured | readonly Structured[] | null;
  fill_value?: unknown;
}

/**
 * A copy with more fields. Where lengths differ, missing values are what numpy.ma fills with (999999, 1e20, 'N/A', NaT, …).
 *
 * @throws ValueError `The number of arrays does not match the number of names`
 * @example np.lib.recfunctions.append_fields(np.zeros(2, [['a', 'i4']]), 'b', [1, 2]).at('b') // → array([1., 2.])
 */
export const append_fields: (
  base: ArrayLike,
  names: string | readonly string[],
  data: unknown,
  dtypes?: AppendKeywords['dtypes'] | AppendKeywords,
  fill_value?: unknown,
  usemask?: boolean,
  asrecarray?: boolean,
) => NDArray = /*@__PURE__*/ fn(
  'append_fields',
  'base, names, data, dtypes=None, fill_value=-1, usemask=True, asrecarray=False',
  (base, names, data, dtypes, fill, _usemask, asrecarray) => appended(base, names, data, dtypes, fill, asrecarray),
  'host',
);

/** `append_fields` as an array of records. @example np.lib.recfunctions.rec_append_fields(np.zeros(2, [['a', 'i4']]), 'b', [1, 2]).b // → array([1., 2.]) */
export const rec_append_fields: (
  base: ArrayLike,
  names: string | readonly string[],
  data: unknown,
  dtypes?: AppendKeywords['dtypes'] | { dtypes?: AppendKeywords['dtypes'] },
) => NDArray & Record<string, any> = /*@__PURE__*/ fn(
  'rec_append_fields',
  'base, names, data, dtypes=None',
  (base, names, data, dtypes) => appended(base, names, data, dtypes, -1, true),
  'host',
);

/** Which of two dtypes the other casts to safely: Python's `max(a, b)` of dtypes. */
export const wider = (a: DType, b: DType): DType => (a !== b && canCast(a, b, 'safe') ? b : a);

export interface StackKeywords extends ResultKeywords {
  defaults?: Readonly<Record<string, unknown>> | null;
  autoconvert?: boolean;
}

/**
 * Arrays of structures one after the other, with the fields of all; missing values are the defaults given, or what numpy.ma fills with.
 *
 * @param autoconvert whether fields of one name and several dtypes take the widest
 * @throws TypeError `Incompatible type 'int32' <> 'int64'`
 * @example np.lib.recfunctions.stack_arrays([np.zeros(1, [['a', 'i4']]), np.ones(1, [['a', 'i4']])]).at('a') // → array([0, 1], dtype=int32)
 */
export const stack_arrays: (
  arrays: readonly ArrayLike[] | NDArray,
  defaults?: StackKeywords['defaults'] | StackKeywords,
  usemask?: boolean,
  asrecarray?: boolean,
  autoconvert?: boolean,
) => NDArray = /*@__PURE__*/ fn(
  'stack_arrays',
  'arrays, defaults=None, usemask=True, asrecarray=False, autoconvert=False',
  (arrays, defaults, _usemask, asrecarray, autoconvert) => {
    if (arrays instanceof NDArray) return arrays;
    if (arrays.length === 1) return arrays[0];
    const list: NDArray[] = arrays.map(flat);
    const fields = specOf(list[0].dtype).map((f) => ({ ...f }));
    for (const { dtype } of list.slice(1))
      for (const f of specOf(dtype)) {
        const known = fields.find((k) => k.name === f.name);
        if (known === undefined) fields.push({ ...f });
        else if (autoconvert) known.dtype = wider(f.dtype, known.dtype);
        else if (f.dtype !== known.dtype)
          throw new TypeError(`Incompatible type '${String(known.dtype)}' <> '${String(f.dtype)}'`);
      }
    if (fields.length === 1) {
      return finished(concatenateTo(list, 0, resultType(list.map((x) => x.dtype))) as NDArray, asrecarray);
    }
    const out = missing([list.reduce((n, a) => n + a.size, 0)], fields, defaults);
    const seen = new Set<string>();
    let at = 0;
    for (const a of list) {
      if (a.dtype.layout === null) writeRows(getIndex(out, [`f${seen.size}`]), at, a);
      for (const { name } of a.dtype.layout ?? []) {
        writeRows(getIndex(out, [name]), at, getIndex(a, [name]));
        seen.add(name);
      }
      at += a.size;
    }
    return finished(out, asrecarray);
  },
  'host',
);
