import { type ArrayLike, toArray } from '../../../core/coerce.js';
import { asDtype, type DType, type DTypeLike } from '../../../core/dtype.js';
import { structDtype, subarrayDtype } from '../../../core/dtypes/parametric.js';
import { NotImplementedError, ValueError } from '../../../core/errors.js';
import { type Casting, resultType } from '../../../core/promote.js';
import { fn } from '../../../core/signature.js';
import { cStrides, sizeOf } from '../../../core/view.js';
import { toNDArray } from '../../creation/make.js';
import { cast } from '../../manipulation/astype.js';
import type { NDArray } from '../../ndarray.js';
import { packed, type Structured } from './descr.js';

/** Fields as the last axis, and the last axis as fields. */

interface Place {
  readonly dtype: DType;
  readonly count: number;
  readonly offset: number;
}

/** The numbers in an element: dtype, how many one after the other, and where. */
function placesOf(d: DType, from: number): Place[] {
  return (d.layout ?? []).flatMap((f) => {
    const { base } = f.dtype;
    const count = sizeOf(f.dtype.shape);
    const offset = from + f.offset;
    if (base.layout === null) return [{ dtype: base, count, offset }];
    return Array.from({ length: count }, (_, i) => placesOf(base, offset + i * base.itemsize)).flat();
  });
}

const named = (places: readonly Place[], itemsize: number): DType =>
  structDtype(
    places.map((p, i) => ({ name: `f${i}`, dtype: subarrayDtype(p.dtype, [p.count]), offset: p.offset, title: null })),
    itemsize,
  );

const together = (d: DType, places: readonly Place[]): DType =>
  packed(places.map((p, i) => ({ name: `f${i}`, dtype: subarrayDtype(d, [p.count]), title: null })));

/** The distance between numbers of one size where it is the same for all, else null. */
function commonStride(places: readonly Place[], itemsize: number): number | null {
  if (places.length < 2) return itemsize;
  const back = places[1].offset < places[0].offset;
  let stride: number | null = places.some((p) => p.count !== 1) ? itemsize : null;
  if (back && stride !== null) return null;
  for (let i = 1; i < places.length; i++) {
    const before = places[i - 1];
    const step = places[i].offset - (before.offset + (before.count - 1) * itemsize);
    stride ??= step;
    if (step !== stride) return null;
  }
  return stride;
}

/**
 * The fields as a new last axis: a view where all have one dtype and lie evenly spaced, else a copy in a dtype that holds them all.
 *
 * @param dtype what to convert to instead
 * @throws ValueError `arr must be a structured array`; TypeError where `casting` forbids it
 * @example np.lib.recfunctions.structured_to_unstructured(np.array([[1, 2.5]], [['a', 'i4'], ['b', 'f8']])) // → array([[1. , 2.5]])
 */
export const structured_to_unstructured: (
  arr: ArrayLike,
  dtype?: DTypeLike | null | { dtype?: DTypeLike | null; copy?: boolean; casting?: Casting },
  copy?: boolean | { copy?: boolean; casting?: Casting },
  casting?: Casting,
) => NDArray = /*@__PURE__*/ fn(
  'structured_to_unstructured',
  "arr, dtype=None, copy=False, casting='unsafe'",
  (arr, dtype, copy, casting) => unstructured(toNDArray(arr), dtype, copy, casting),
  'host',
);

function unstructured(a: NDArray, dtype: unknown, copy: boolean, casting: Casting): NDArray {
  if (a.dtype.layout === null) throw new ValueError('arr must be a structured array');
  const places = placesOf(a.dtype, 0);
  if (places.length === 0) {
    if (dtype === null) throw new ValueError('arr has no fields. Unable to guess dtype');
    throw new NotImplementedError('arr with no fields is not supported');
  }
  const d = dtype === null ? resultType(places.map((p) => p.dtype)) : asDtype(dtype as DTypeLike);
  const n = places.reduce((sum, p) => sum + p.count, 0);
  const stride = copy || places.some((p) => p.dtype !== d) ? null : commonStride(places, d.itemsize);
  if (stride !== null)
    return a.viewOf(d, [...a.shape, n], [...a.strides, stride], a.offset + places[0].offset) as NDArray;
  const seen = a.viewOf(named(places, a.dtype.itemsize), a.shape, a.strides, a.offset);
  const out = cast(seen, together(d, places), 'K', casting, copy) as NDArray;
  return out.viewOf(d, [...out.shape, n], [...out.strides, d.itemsize], out.offset) as NDArray;
}

/**
 * The last axis as the fields of a structure.
 *
 * @param dtype the structure, or `names` for fields of the array's own dtype
 * @throws ValueError `The length of the last dimension of arr must be equal to the number of fields in dtype`
 * @example np.lib.recfunctions.unstructured_to_structured(np.array([[1, 2]]), { names: ['x', 'y'] }).at('y') // → array([2.])
 */
export const unstructured_to_structured: (
  arr: ArrayLike,
  dtype?:
    | Structured
    | null
    | {
        dtype?: Structured | null;
        names?: readonly string[] | null;
        align?: boolean;
        copy?: boolean;
        casting?: Casting;
      },
  names?: readonly string[] | null,
  align?: boolean,
  copy?: boolean,
  casting?: Casting,
) => NDArray = /*@__PURE__*/ fn(
  'unstructured_to_structured',
  "arr, dtype=None, names=None, align=False, copy=False, casting='unsafe'",
  (arr, dtype, names, align, copy, casting) => {
    const a = toNDArray(arr);
    if (a.ndim === 0) throw new ValueError('arr must have at least one dimension');
    const n = a.shape[a.ndim - 1];
    if (n === 0) throw new NotImplementedError('last axis with size 0 is not supported');
    if (dtype !== null && names !== null) throw new ValueError("don't supply both dtype and names");
    const labels: readonly string[] = names ?? Array.from({ length: n }, (_, i) => `f${i}`);
    const out =
      dtype === null
        ? packed(
            labels.map((name) => ({ name, dtype: a.dtype, title: null })),
            align,
          )
        : asDtype(dtype as DTypeLike);
    const places = placesOf(out, 0);
    if (n !== places.reduce((sum, p) => sum + p.count, 0))
      throw new ValueError('The length of the last dimension of arr must be equal to the number of fields in dtype');
    if (dtype !== null && align && !out.isalignedstruct)
      throw new ValueError('align was True but dtype is not aligned');
    const shape = a.shape.slice(0, -1);
    const from = together(a.dtype, places);
    const plain = toArray(cast(a, a.dtype, 'C', 'unsafe', false)) as NDArray;
    const seen = plain.viewOf(from, shape, cStrides(shape, from.itemsize), plain.offset);
    const made = cast(seen, named(places, out.itemsize), 'K', casting, copy) as NDArray;
    return made.viewOf(out, made.shape, made.strides, made.offset) as NDArray;
  },
  'host',
);

/**
 * A reduction over the fields.
 *
 * @param func called with the array without structure and `{ axis: -1 }`
 * @example np.lib.recfunctions.apply_along_fields(np.mean, np.array([[1, 3]], [['a', 'f8'], ['b', 'f8']])) // → array([2.])
 */
export const apply_along_fields: (func: (a: NDArray, kw: { axis: number }) => unknown, arr: ArrayLike) => any =
  /*@__PURE__*/ fn(
    'apply_along_fields',
    'func, arr',
    (func, arr) => func(unstructured(toNDArray(arr), null, false, 'unsafe'), { axis: -1 }),
    'host',
  );
