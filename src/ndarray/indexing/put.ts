import { ArrayValue } from '../../core/array.js';
import { allocate, type ArrayLike, toArray } from '../../core/coerce.js';
import { Immediate } from '../../core/device/device.js';
import { bool, type DType } from '../../core/dtype.js';
import { IndexError, TypeError, ValueError } from '../../core/errors.js';
import { assignTo, checkFits, conflicts } from '../../core/ops/copy.js';
import { asIntegers } from '../../core/ops/entries.js';
import { cells, type Positions } from '../../core/ops/cells.js';
import { countTrue, maskBytes, maskPositions } from '../../core/ops/masks.js';
import { scatterCells, walk } from '../../core/ops/gather.js';
import { assignable, isArrayData, setitem } from '../../core/ops/assign.js';
import { assignWhere } from '../../core/ops/masked.js';
import { reshapeTo } from '../../core/ops/move.js';
import { release } from '../../core/ops/operand.js';
import { type Casting, canCast, weakDefault, weakKindOf } from '../../core/promote.js';
import { isComplex } from '../../core/complex.js';
import { describe } from '../../core/device/access.js';
import { fn } from '../../core/signature.js';
import { cStrides, isC, tight } from '../../core/view.js';
import { alongAxis, checkAlong } from './take.js';
import { asMode, flatPositions, type Mode, normalise, numbersOf, toIndices } from './integers.js';

/** Writing elements by index arrays and conditions, in place. */

function writable(a: unknown, message: (type: string) => string): ArrayValue {
  if (!(a instanceof ArrayValue)) throw new TypeError(message(describe(a)));
  return a;
}

/** A value as elements of a dtype in C order, at least one after the other without gaps; `own` when its memory is ours. */
function packed(value: unknown, d: DType, apartFrom: ArrayValue): { values: ArrayValue; own: boolean } {
  const v = assignable(value, d);
  if (v instanceof Immediate) {
    const values = allocate([1], d);
    assignTo(values, v);
    return { values, own: true };
  }
  if (v.dtype === d && isC(v.shape, v.strides, d.itemsize) && !conflicts(apartFrom, v) && v.buffer !== apartFrom.buffer)
    return { values: v, own: false };
  const values = allocate(v.shape, d);
  if (v.size > 0) assignTo(values, v);
  return { values, own: true };
}

/** The first n of the values, beginning again when they run out. */
function cycled(v: ArrayValue, n: number): ArrayValue {
  const out = allocate([n], v.dtype);
  const w = v.dtype.itemsize;
  const rows = Math.floor(n / v.size);
  const all = v.face.view(v, v.dtype, [rows, v.size], [0, w], v.offset);
  assignTo(out.face.view(out, out.dtype, [rows, v.size], [v.size * w, w], 0), all);
  const rest = n - rows * v.size;
  if (rest > 0)
    assignTo(
      out.face.view(out, out.dtype, [rest], [w], rows * v.size * w),
      v.face.view(v, v.dtype, [rest], [w], v.offset),
    );
  return out;
}

/** @throws TypeError for an array that does not cast safely; lists are read as values of the dtype */
function checkSafe(a: ArrayValue, values: unknown): void {
  if (values instanceof ArrayValue && values.ndim > 0 && !canCast(values.dtype, a.dtype, 'safe'))
    throw new TypeError(
      `Cannot cast array data from ${values.dtype.repr()} to ${a.dtype.repr()} according to the rule 'safe'`,
    );
}

/** Writes values, begun again when they run out, to positions of `a`, whose memory is ours to write. */
function putPositions(a: ArrayValue, p: Positions, value: unknown): void {
  const { values, own } = packed(value, a.dtype, a);
  if (p.length > 0 && values.size > 0) {
    const long = values.size === 1 || values.size >= p.length ? values : cycled(values, p.length);
    const c = cells(a, 'put');
    scatterCells(c, walk(a.shape, c, [], []), p, cells(long, 'put'), values.size === 1);
    if (long !== values) release(long);
  }
  if (own) release(values);
}

/** `a.flat[places] = values`, values begun again when they run out. Places are within bounds. */
export function putFlat(a: ArrayValue, places: ArrayLikeOfNumbers, value: unknown): void {
  // The scratch that positions live in is free again once they are used, and reading the value may need it.
  putPositions(a, flatPositions(a, places).slice(), value);
}
type ArrayLikeOfNumbers = { readonly length: number; readonly [i: number]: number };

export type Put = (a: ArrayValue, ind: ArrayLike, v: ArrayLike, mode?: Mode | { mode?: Mode }) => null;

/**
 * Writes values to elements named by their place in C order: `a.flat[ind] = v`. Values begin again when they run out.
 *
 * @throws IndexError for places out of bounds (with mode 'raise'); TypeError when `a` is no array
 * @example
 * const a = np.arange(5);
 * np.put(a, [0, 2], [-44, -55]);
 * a; // → array([-44,   1, -55,   3,   4])
 */
export const put: Put = /*@__PURE__*/ fn(
  'put',
  "a, ind, v, mode='raise'",
  (given, ind, v, mode) => {
    const a = writable(given, (t) => `argument 1 must be numpy.ndarray, not ${t}`);
    a.face.beforeWrite(a, 'put');
    const asked = toIndices(ind);
    if (a.size === 0 && asked.size > 0) throw new IndexError('cannot replace elements of an empty array');
    const places = normalise(numbersOf(asked), a.size, asMode(mode));
    putFlat(a, places, v);
    return null;
  },
  'primitive',
);

/**
 * Writes values, one after the other, to the elements where a mask is true; values begin again when they run out.
 *
 * @throws ValueError when mask and array differ in size, or there are no values to write; TypeError for an array that does not cast safely
 * @example
 * const a = np.arange(6);
 * np.place(a, np.greater(a, 2), [44, 55]);
 * a; // → array([ 0,  1,  2, 44, 55, 44])
 */
export const place: (arr: ArrayValue, mask: ArrayLike, vals: ArrayLike) => null = /*@__PURE__*/ fn(
  'place',
  'arr, mask, vals',
  (arr, mask, vals) => {
    const a = writable(arr, (t) => `place() argument 1 must be numpy.ndarray, not ${t}`);
    a.face.beforeWrite(a, 'place');
    const given = toArray(mask);
    if (given.size !== a.size) throw new ValueError('place: mask and data must be the same size');
    checkSafe(a, vals);
    const m = maskBytes(given, 'place');
    const n = countTrue(m);
    if (n === 0) return null;
    if (isArrayData(vals) && toArray(vals).size === 0) throw new ValueError('Cannot insert from an empty array!');
    putPositions(a, maskPositions(m, n, a.shape, cells(a, 'place').strides, a).slice(), vals);
    return null;
  },
  'primitive',
);

/**
 * Writes values to the elements where a mask is true: element i, in C order, gets value i; values begin again when they run out.
 *
 * @throws ValueError when mask and array differ in size, TypeError for an array that does not cast safely
 * @example
 * const a = np.arange(6);
 * np.putmask(a, np.greater(a, 2), np.square(a));
 * a; // → array([ 0,  1,  2,  9, 16, 25])
 */
export const putmask: (a: ArrayValue, mask: ArrayLike, values: ArrayLike) => null = /*@__PURE__*/ fn(
  'putmask',
  'a, /, mask, values',
  (given, mask, values) => {
    const a = writable(given, (t) => `argument 1 must be numpy.ndarray, not ${t}`);
    a.face.beforeWrite(a, 'putmask');
    const m = toArray(mask);
    if (m.size !== a.size) throw new ValueError('putmask: mask and data must be the same size');
    checkSafe(a, values);
    const shaped = m.ndim === a.ndim && m.shape.every((n, d) => n === a.shape[d]) ? m : reshapeTo(m, a.shape);
    const { values: v, own } = packed(values, a.dtype, a);
    if (v.size > 0 && a.size > 0) {
      const one = v.size === 1;
      const long = one || v.size === a.size ? v : cycled(v, a.size);
      const shape = one ? [] : a.shape;
      assignWhere(a, long.face.view(long, long.dtype, shape, cStrides(shape, a.dtype.itemsize), long.offset), shaped);
      if (long !== v) release(long);
    }
    if (own) release(v);
    return null;
  },
  'primitive',
);

/**
 * Writes values along an axis at indices that have an entry for every place of the other axes.
 *
 * @throws IndexError for indices that are not integers or out of bounds, ValueError when shapes do not match
 * @example
 * const a = np.array([[10, 30, 20], [60, 40, 50]]);
 * np.put_along_axis(a, np.expand_dims(np.argmax(a, 1), 1), 99, 1);
 * a; // → array([[10., 99., 20.],
 * //          [99., 40., 50.]])
 */
export const put_along_axis: (
  arr: ArrayValue,
  indices: ArrayLike,
  values: ArrayLike,
  axis: number | null | { axis: number | null },
) => null = /*@__PURE__*/ fn(
  'put_along_axis',
  'arr, indices, values, axis',
  (given, indices, values, axis) => {
    const a = writable(given, (t) => `put_along_axis: argument 1 must be numpy.ndarray, not ${t}`);
    if (axis === null) {
      const { ix } = checkAlong(a, indices, null);
      a.face.beforeWrite(a, 'put_along_axis');
      const places = normalise(numbersOf(ix), a.size, 'raise');
      const v = isArrayData(values) ? toArray(values) : null;
      if (v !== null && v.size !== 1) checkFits(v.shape, ix.shape);
      putFlat(a, places, values);
      return null;
    }
    const { x, ix, axis: k } = checkAlong(a, indices, axis);
    setitem(x, alongAxis(x.shape, ix, k), values);
    return null;
  },
  'primitive',
);

export interface CopytoKeywords {
  casting?: Casting;
  where?: ArrayLike;
}

function refuse(what: string, from: DType, to: DType, casting: Casting): never {
  throw new TypeError(`Cannot cast ${what} from ${from.repr()} to ${to.repr()} according to the rule '${casting}'`);
}

/**
 * Copies values from one array to another, broadcasting and casting as allowed; with `where` only at the places where that is true.
 *
 * @throws TypeError when the cast is not allowed by `casting`, ValueError when shapes do not match
 * @example
 * const a = np.array([1, NaN, 3]);
 * np.copyto(a, 0, { where: np.isnan(a) });
 * a; // → array([1., 0., 3.])
 */
export const copyto: (
  dst: ArrayValue,
  src: ArrayLike,
  casting?: Casting | CopytoKeywords,
  kw?: CopytoKeywords,
) => null = /*@__PURE__*/ fn(
  'copyto',
  "dst, src, casting='same_kind', where=True",
  (given, src, casting, where) => {
    const dst = writable(given, (t) => `copyto() argument 1 must be a numpy.ndarray, not ${t}`);
    dst.face.beforeWrite(dst, 'assignment');
    let value: ArrayValue | Immediate;
    if (typeof src === 'number' || typeof src === 'bigint' || (isComplex(src) && !isArrayData(src))) {
      const given = typeof src === 'object' ? 'complex' : weakKindOf(src as number);
      // A lone number may be meant as a float where floats are stored.
      const kind = given === 'int' && typeof src === 'number' && dst.dtype.kind === 'f' ? 'float' : given;
      if (!canCast(weakDefault(kind), dst.dtype, casting)) {
        // An integer that fits adapts to the integers it is stored in, whatever their width and sign.
        if (!(kind === 'int' && (dst.dtype.kind === 'i' || dst.dtype.kind === 'u')))
          refuse('scalar', weakDefault(kind), dst.dtype, casting);
      }
      value = assignable(src, dst.dtype);
    } else {
      value = toArray(src);
      if (Array.isArray(src) && (dst.dtype.kind === 'i' || dst.dtype.kind === 'u') && asIntegers(value) !== null)
        value = toArray(src, dst.dtype);
      if (!canCast(value.dtype, dst.dtype, casting))
        refuse(value.ndim === 0 ? 'scalar' : 'array data', value.dtype, dst.dtype, casting);
      checkFits(value.shape, dst.shape);
    }
    if (where === true) {
      assignTo(dst, value);
      return null;
    }
    const m = where instanceof ArrayValue ? where : toArray(where, bool);
    if (m.dtype !== bool) refuse('array data', m.dtype, bool, 'safe');
    const lead = dst.ndim - m.ndim;
    if (lead < 0 || m.shape.some((n, i) => n !== 1 && n !== dst.shape[lead + i])) {
      throw new ValueError(
        `could not broadcast where mask from shape ${tight(m.shape)} into shape ${tight(dst.shape)}`,
      );
    }
    assignWhere(dst, value, m);
    return null;
  },
  'primitive',
);

/**
 * Writes the main diagonal of an array of two or more dimensions, in place. Values begin again when they run out.
 *
 * @param wrap for tall matrices: whether the diagonal begins again below
 * @throws ValueError for fewer than two dimensions, or more than two of different lengths
 * @example
 * const a = np.zeros([2, 3]);
 * np.fill_diagonal(a, 5);
 * a; // → array([[5., 0., 0.],
 * //          [0., 5., 0.]])
 */
export const fill_diagonal: (a: ArrayValue, val: ArrayLike, wrap?: boolean | { wrap?: boolean }) => null =
  /*@__PURE__*/ fn(
    'fill_diagonal',
    'a, val, wrap=False',
    (given, val, wrap) => {
      const a = writable(given, (t) => `fill_diagonal: argument 1 must be numpy.ndarray, not ${t}`);
      if (a.ndim < 2) throw new ValueError('array must be at least 2-d');
      let end = a.size;
      let step: number;
      if (a.ndim === 2) {
        step = a.shape[1] + 1;
        if (!wrap) end = Math.min(end, a.shape[1] * a.shape[1]);
      } else {
        if (a.shape.some((n) => n !== a.shape[0]))
          throw new ValueError('All dimensions of input must be of equal length');
        step = 1;
        let product = 1;
        for (let d = 0; d < a.ndim - 1; d++) step += product *= a.shape[d];
      }
      a.face.beforeWrite(a, 'assignment');
      const n = Math.ceil(end / step);
      putFlat(
        a,
        Float64Array.from({ length: n }, (_, i) => i * step),
        val,
      );
      return null;
    },
    'primitive',
  );
