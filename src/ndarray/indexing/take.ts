import { ArrayValue, isCContiguous, isOrdered } from '../../core/array.js';
import { type ArrayLike, fromScalar, toArray } from '../../core/coerce.js';
import { bind1 } from '../../core/dispatch.js';
import { bool, type DType } from '../../core/dtype.js';
import { IndexError, TypeError, ValueError } from '../../core/errors.js';
import { assignTo, copyAs } from '../../core/ops/copy.js';
import { asIntegers } from '../../core/ops/entries.js';
import { gatherPrimitive, nonzeroOf } from '../../core/ops/index.js';
import { wherePrimitive } from '../../core/ops/masked.js';
import { reshapeTo } from '../../core/ops/move.js';
import { operand, release, Weak } from '../../core/ops/operand.js';
import { canCast, resultType, weakDefault } from '../../core/promote.js';
import { fn } from '../../core/signature.js';
import { broadcastShapes, normalizeAxis, sameShape, sizeOf } from '../../core/view.js';
import type { NDArray } from '../ndarray.js';
import { type Like, singleOut } from '../ufunc.js';
import { asMode, int64Array, type Mode, normalise, numbersOf, ramp, toIndices } from './integers.js';

/** Picking elements by index arrays and conditions. */

export interface TakeKeywords {
  axis?: number | null;
  out?: ArrayValue | null;
  /** What happens to indices out of bounds: 'raise' (they are refused), 'wrap' (they go round), 'clip' (they stop at the ends). */
  mode?: Mode;
}

const flat = (a: ArrayValue): ArrayValue => (a.ndim === 1 ? a : reshapeTo(a, [a.size]));

/** Puts a result into `out=`, as take does: the cast back must be safe the other way round. */
function into(out: ArrayValue | null, result: ArrayValue, by: string, anyType = false): ArrayValue {
  if (out === null) return result;
  if (!sameShape(out.shape, result.shape)) throw new ValueError(`output array does not match result of ndarray.${by}`);
  if (!anyType && !canCast(out.dtype, result.dtype, 'safe')) {
    throw new TypeError(
      `Cannot cast ${out.ndim === 0 ? 'scalar' : 'array data'} from ${out.dtype.repr()} to ${result.dtype.repr()} according to the rule 'safe'`,
    );
  }
  out.face.beforeWrite(out, by);
  assignTo(out, result);
  release(result);
  return out;
}

/** `a` at integer indices along one axis. */
export function takeAlong(a: ArrayValue, indices: ArrayValue, axis: number, mode: Mode): ArrayValue {
  const n = a.shape[axis];
  if (n === 0 && indices.size > 0) throw new IndexError('cannot do a non-empty take from an empty axes.');
  const ix = mode === 'raise' ? indices : int64Array(normalise(numbersOf(indices), n, mode), indices.shape);
  return bind1(gatherPrimitive, [a, ix], { axes: [axis], at: axis, names: [axis] });
}

export interface Take {
  <A extends ArrayLike>(a: A, indices: ArrayLike, axis?: number | null, out?: ArrayValue | null, mode?: Mode): Like<A>;
  <A extends ArrayLike>(a: A, indices: ArrayLike, kw: TakeKeywords): Like<A>;
  <A extends ArrayLike>(a: A, indices: ArrayLike, axis: number | null, kw: TakeKeywords): Like<A>;
}

/**
 * Elements of an array along an axis, at integer indices; without an axis, of the array read in C order.
 *
 * The result has the shape of `a` with the axis replaced by the axes of `indices`.
 * @throws IndexError for indices out of bounds (with mode 'raise'), TypeError for indices that are not integers
 * @example np.take([4, 3, 5, 7, 6, 8], [0, 1, 4]) // → array([4., 3., 6.])
 */
export const take: Take = /*@__PURE__*/ fn(
  'take',
  "a, indices, axis=None, out=None, mode='raise'",
  (a, indices, axis, out, mode) => {
    const m = asMode(mode);
    const given = toArray(a);
    const k = axis === null ? 0 : normalizeAxis(axis, given.ndim === 0 ? 1 : given.ndim);
    const x = axis === null || given.ndim === 0 ? flat(given) : given;
    return into(singleOut(out, 'take'), takeAlong(x, toIndices(indices, 'same_kind'), k, m), 'take');
  },
  'primitive',
);

export interface Compress {
  <A extends ArrayLike>(condition: ArrayLike, a: A, axis?: number | null, out?: ArrayValue | null): Like<A>;
  <A extends ArrayLike>(condition: ArrayLike, a: A, kw: { axis?: number | null; out?: ArrayValue | null }): Like<A>;
}

/**
 * Slices of an array along an axis where a one-dimensional condition is true. A condition shorter than the axis leaves the rest out.
 *
 * @throws ValueError when the condition is not one-dimensional, IndexError when it is true beyond the axis
 * @example np.compress([false, true], [[1, 2], [3, 4]], 0) // → array([[3., 4.]])
 */
export const compress: Compress = /*@__PURE__*/ fn(
  'compress',
  'condition, a, axis=None, out=None',
  (condition, a, axis, out) => {
    const c = toArray(condition);
    if (c.ndim !== 1) throw new ValueError('condition must be a 1-d array');
    const given = toArray(a);
    const k = axis === null ? 0 : normalizeAxis(axis, given.ndim);
    const [ix] = nonzeroOf(c);
    return into(singleOut(out, 'compress'), takeAlong(axis === null ? flat(given) : given, ix, k, 'raise'), 'compress');
  },
  'primitive',
);

/**
 * Elements of an array, read in C order, where a condition is true.
 *
 * @throws IndexError when the condition is true beyond the array
 * @example np.extract([true, false, true], [1, 2, 3]) // → array([1., 3.])
 */
export const extract: <A extends ArrayLike>(condition: ArrayLike, arr: A) => Like<A> = /*@__PURE__*/ fn(
  'extract',
  'condition, arr',
  (condition, arr) => takeAlong(flat(toArray(arr)), nonzeroOf(flat(toArray(condition)))[0], 0, 'raise'),
  'primitive',
);

export interface Choose {
  (a: ArrayLike, choices: ArrayLike, out?: ArrayValue | null, mode?: Mode): NDArray;
  (a: ArrayLike, choices: ArrayLike, kw: { out?: ArrayValue | null; mode?: Mode }): NDArray;
}

/** A weak number as an array of its own default dtype: the cast to the common dtype is then as C does it. */
const strong = (o: ArrayValue | Weak): ArrayValue => (o instanceof Weak ? fromScalar(o.value, weakDefault(o.kind)) : o);

/** The common dtype of operands, lone numbers being weak. */
export function commonType(operands: readonly (ArrayValue | Weak)[]): DType {
  return resultType(
    operands.filter((o): o is ArrayValue => o instanceof ArrayValue).map((o) => o.dtype),
    operands.filter((o): o is Weak => o instanceof Weak).map((o) => o.kind),
    operands.map((o) => (o instanceof Weak ? o.kind : o.dtype)),
  );
}

/**
 * For each element of an index array, the element at the same place of the choice it names; all are broadcast together.
 *
 * @param choices a list of arrays, or an array whose first axis numbers the choices
 * @throws ValueError `invalid entry in choice array`
 * @example np.choose([1, 0], [[10, 20], [30, 40]]) // → array([30., 20.])
 */
export const choose: Choose = /*@__PURE__*/ fn(
  'choose',
  "a, choices, out=None, mode='raise'",
  (a, choices, out, mode) => {
    const m = asMode(mode);
    const given = toArray(a);
    const ix = toIndices(a instanceof ArrayValue ? given : (asIntegers(given) ?? given));
    const list = Array.isArray(choices) ? choices : rows(toArray(choices));
    const operands = list.map(operand);
    const n = operands.length;
    if (n === 0) throw new ValueError('choose: the list of choices is empty');
    if (n + 1 > 64) throw new ValueError('Need at least 0 and at most 64 array objects.');
    const dtype = commonType(operands);
    const places = numbersOf(ix);
    const arrays = operands.map(strong);
    // Where nothing comes out, nothing is chosen, and no index is wrong.
    const some = sizeOf(broadcastShapes([ix.shape, ...arrays.map((c) => c.shape)])) > 0;
    for (let i = 0; i < places.length && some && m === 'raise'; i++) {
      if (places[i] < 0 || places[i] >= n) throw new ValueError('invalid entry in choice array');
    }
    if (some) normalise(places, n, m);
    let result: ArrayValue | null = null;
    for (let k = 0; k < n; k++) {
      const chosen = maskOfEqual(places, k, ix.shape);
      const next: ArrayValue = bind1(wherePrimitive, [chosen, arrays[k], result ?? arrays[k]], { dtype });
      release(chosen);
      if (result !== null && result.interpreter === null) release(result);
      result = next;
    }
    if (isOrdered(result as ArrayValue) && !isCContiguous(result as ArrayValue))
      result = copyAs(result as ArrayValue, dtype, 'C');
    return into(singleOut(out, 'choose'), result as ArrayValue, 'choose', true);
  },
  'primitive',
);

function rows(a: ArrayValue): ArrayValue[] {
  if (a.ndim === 0) throw new ValueError('choose: choices must be a sequence of arrays');
  return Array.from({ length: a.shape[0] }, (_, i) =>
    a.face.view(a, a.dtype, a.shape.slice(1), a.strides.slice(1), a.offset + i * a.strides[0]),
  );
}

function maskOfEqual(places: Float64Array, k: number, shape: readonly number[]): ArrayValue {
  const bytes = new Uint8Array(places.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = places[i] === k ? 1 : 0;
  const a = toArray(bytes);
  return a.face.view(a, bool, shape, stridesOf(shape), a.offset);
}

const stridesOf = (shape: readonly number[]): number[] => {
  const out: number[] = [];
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    out[d] = step;
    step *= shape[d];
  }
  return out;
};

/** The index arrays that pick along one axis and keep all others. */
export function alongAxis(shape: readonly number[], indices: ArrayValue, axis: number): ArrayValue[] {
  return shape.map((_, d) => (d === axis ? indices : ramp(shape[d], shape.length, d)));
}

export function checkAlong(
  arr: ArrayValue,
  given: unknown,
  axis: number | null,
): { x: ArrayValue; ix: ArrayValue; axis: number } {
  let ix = toArray(given);
  if (ix.dtype.kind !== 'i' && ix.dtype.kind !== 'u') {
    const whole = given instanceof ArrayValue || ix.dtype === bool ? null : toIndices(given);
    if (whole === null) throw new IndexError('`indices` must be an integer array');
    ix = whole;
  }
  if (axis === null) {
    if (ix.ndim !== 1) throw new ValueError('when axis=None, `indices` must have a single dimension.');
    return { x: flat(arr), ix, axis: 0 };
  }
  const k = normalizeAxis(axis, arr.ndim);
  if (ix.ndim !== arr.ndim) throw new ValueError('`indices` and `arr` must have the same number of dimensions');
  return { x: arr, ix, axis: k };
}

/**
 * Elements along an axis at indices that have an entry for every place of the other axes, as argsort and argmax give them.
 *
 * @throws IndexError for indices that are not integers or out of bounds, ValueError when the numbers of dimensions differ
 * @example
 * const a = np.array([[10, 30, 20], [60, 40, 50]]);
 * np.take_along_axis(a, np.argsort(a, 1), 1); // → array([[10., 20., 30.],
 * //          [40., 50., 60.]])
 */
export const take_along_axis: <A extends ArrayLike>(
  arr: A,
  indices: ArrayLike,
  axis?: number | null | { axis?: number | null },
) => Like<A> = /*@__PURE__*/ fn(
  'take_along_axis',
  'arr, indices, axis=-1',
  (arr, indices, axis) => {
    const { x, ix, axis: k } = checkAlong(toArray(arr), indices, axis);
    return bind1(gatherPrimitive, [x, ...alongAxis(x.shape, ix, k)], {
      laid: true,
      axes: x.shape.map((_, d) => d),
      at: 0,
      names: x.shape.map((_, d) => d),
    });
  },
  'primitive',
);
