import { fromScalar } from '../../../core/coerce.js';
import { type DType, int64 } from '../../../core/dtype.js';
import { castTo } from '../../../core/ops/move.js';
import { newArray } from '../../creation/make.js';
import { getIndex, setIndex } from '../../indexing/item.js';
import type { NDArray } from '../../ndarray.js';
import { asRecords } from '../recarray.js';
import { type FieldSpec, packed } from './descr.js';

/** Arrays of structures that are filled field by field. */

/** What stands for a value that is missing, by kind: the fill values of numpy.ma. */
const MISSING: Readonly<Record<string, unknown>> = {
  b: true,
  f: 1e20,
  c: 1e20,
  U: 'N/A',
  S: 'N/A',
  M: 'NaT',
  m: 'NaT',
  O: '?',
};

const all = ['...'];

/** Fills an array with what stands for missing values, or with a value of the user's. */
function fillMissing(a: NDArray): void {
  const { layout, kind } = a.dtype;
  if (layout !== null) for (const f of layout) fillMissing(getIndex(a, [f.name]));
  // Integers wrap around where they are too narrow for it.
  else if (kind === 'i' || kind === 'u') setIndex(a, all, castTo(fromScalar(999999n, int64), a.dtype));
  else if (kind === 'V') setIndex(a, all, fromScalar(new TextEncoder().encode('???'), a.dtype));
  else setIndex(a, all, MISSING[kind]);
}

/** An array of structures in which every value is missing. */
export function missing(
  shape: readonly number[],
  fields: readonly FieldSpec[],
  defaults: Readonly<Record<string, unknown>> | null = null,
): NDArray {
  const out = newArray(shape, packed(fields), 'C', true);
  for (const f of out.dtype.layout ?? []) {
    const column = getIndex(out, [f.name]);
    if (defaults !== null && Object.hasOwn(defaults, f.name)) setIndex(column, all, defaults[f.name]);
    else fillMissing(column);
  }
  return out;
}

/** Writes along the first axis from a place on. */
export function writeRows(column: NDArray, from: number, values: NDArray): void {
  const n = values.shape[0] ?? 1;
  if (n > 0) setIndex(column.ndim === 0 ? column : getIndex(column, [`${from}:${from + n}`]), all, values);
}

/** Fields of one array into those of the same name in another, at every depth. */
export function fillFields(from: NDArray, to: NDArray): NDArray {
  for (const { name } of to.dtype.layout ?? []) {
    if (!from.dtype.layout?.some((f) => f.name === name || f.title === name)) continue;
    const column = getIndex(from, [name]);
    if (column.dtype.layout !== null) fillFields(column, getIndex(to, [name]));
    else writeRows(getIndex(to, [name]), 0, column);
  }
  return to;
}

/** The result as an array of records, where that is asked for. */
export const finished = (a: NDArray, asrecarray: unknown): NDArray => (asrecarray ? asRecords(a) : a);

/** A dtype of as many bytes over the same elements. */
export const seenAs = (a: NDArray, dtype: DType): NDArray => a.view(dtype as never) as NDArray;
