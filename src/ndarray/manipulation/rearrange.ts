import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, scalarOf, toArray } from '../../core/coerce.js';
import { copyOrder } from '../../core/view.js';
import { ValueError } from '../../core/errors.js';
import { inNativeOrder } from '../../core/ops/copy.js';
import { concatenateTo } from '../../core/ops/join.js';
import { flipAxes, packTo, permute, reshapeTo, sliceAxis, castTo } from '../../core/ops/move.js';
import { fn } from '../../core/signature.js';
import type { Like } from '../ufunc.js';
import { commonShape } from './broadcast.js';
import { axisTuple, integers } from './common.js';

/** Reversing, rolling and turning. */

export interface Flip {
  <A extends ArrayLike>(m: A, axis?: number | readonly number[] | null): Like<A>;
  <A extends ArrayLike>(m: A, kw: { axis?: number | readonly number[] | null }): Like<A>;
}

/**
 * A view with the order of elements reversed along axes: all of them, or the given ones.
 *
 * @throws AxisError; ValueError `repeated axis`
 * @example np.flip([1, 2, 3]) // → array([3., 2., 1.])
 */
export const flip: Flip = /*@__PURE__*/ fn('flip', 'm, axis=None', (m, axis) => {
  const a = toArray(m);
  // A single element is a scalar in NumPy, and those are native.
  const axes = axis === null ? a.shape.map((_, i) => i) : axisTuple(axis, a.ndim);
  return a.ndim === 0 ? inNativeOrder(a) : flipAxes(a, axes);
});

/**
 * A view with columns (the second axis) in reverse order.
 *
 * @throws ValueError `Input must be >= 2-d.`
 * @example np.fliplr([[1, 2]]) // → array([[2., 1.]])
 */
export const fliplr: <A extends ArrayLike>(m: A) => Like<A> = /*@__PURE__*/ fn('fliplr', 'm', (m) => {
  const a = toArray(m);
  if (a.ndim < 2) throw new ValueError('Input must be >= 2-d.');
  return flipAxes(a, [1]);
});

/**
 * A view with rows (the first axis) in reverse order.
 *
 * @throws ValueError `Input must be >= 1-d.`
 * @example np.flipud([1, 2]) // → array([2., 1.])
 */
export const flipud: <A extends ArrayLike>(m: A) => Like<A> = /*@__PURE__*/ fn('flipud', 'm', (m) => {
  const a = toArray(m);
  if (a.ndim < 1) throw new ValueError('Input must be >= 1-d.');
  return flipAxes(a, [0]);
});

export interface Roll {
  <A extends ArrayLike>(a: A, shift: number | readonly number[], axis?: number | readonly number[] | null): Like<A>;
  <A extends ArrayLike>(
    a: A,
    shift: number | readonly number[],
    kw: { axis?: number | readonly number[] | null },
  ): Like<A>;
}

/** Shifts as numbers; those that no number holds exactly are brought down by whole turns. */
function shiftsOf(shift: unknown, size: number): number[] {
  const turn = (v: bigint): number => Number(Number.isSafeInteger(Number(v)) ? v : v % BigInt(Math.max(1, size)));
  if (typeof shift === 'bigint') return [turn(shift)];
  if (Array.isArray(shift)) return shift.flatMap((s) => shiftsOf(s, size));
  if (shift instanceof ArrayValue && shift.ndim === 0 && (shift.dtype.kind === 'i' || shift.dtype.kind === 'u'))
    return [turn(BigInt(scalarOf(shift)))];
  return integers(shift, 'roll', true);
}

function rolled(a: ArrayValue, shifts: readonly number[], axes: readonly number[]): ArrayValue {
  const n = commonShape([shifts.length === 1 ? [] : [shifts.length], axes.length === 1 ? [] : [axes.length]])[0] ?? 1;
  const total = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    const k = axes[axes.length === 1 ? 0 : i];
    total.set(k, (total.get(k) ?? 0) + shifts[shifts.length === 1 ? 0 : i]);
  }
  let out = a;
  for (const [k, shift] of total) {
    const length = a.shape[k];
    const offset = length === 0 ? 0 : ((shift % length) + length) % length;
    if (offset !== 0)
      out = concatenateTo(
        [sliceAxis(out, k, length - offset, length), sliceAxis(out, k, 0, length - offset)],
        k,
        a.dtype,
        copyOrder(a.strides),
      );
  }
  return out === a ? castTo(a, a.dtype) : out;
}

/**
 * Elements moved along axes; those that leave at the end come in at the front.
 *
 * @param shift how far, for all axes or for each
 * @param axis null rolls the flattened array and restores its shape
 * @throws AxisError
 * @example np.roll([1, 2, 3], 1) // → array([3., 1., 2.])
 */
export const roll: Roll = /*@__PURE__*/ fn('roll', 'a, shift, axis=None', (a, shift, axis) => {
  const x = toArray(a);
  const shifts = shiftsOf(shift, x.size);
  if (axis === null) return reshapeTo(rolled(packTo(x, [x.size]), shifts, [0]), x.shape);
  return rolled(x, shifts, axisTuple(axis, x.ndim, undefined, true));
});

export interface Rot90 {
  <A extends ArrayLike>(m: A, k?: number, axes?: readonly [number, number]): Like<A>;
  <A extends ArrayLike>(m: A, kw: { k?: number; axes?: readonly [number, number] }): Like<A>;
}

/**
 * A view turned by quarter turns in the plane of two axes, from the first towards the second.
 *
 * @throws ValueError `Axes must be different.`, `len(axes) must be 2.`
 * @example np.rot90([[1, 2], [3, 4]]) // → array([[2., 4.],
 * //          [1., 3.]])
 */
export const rot90: Rot90 = /*@__PURE__*/ fn('rot90', 'm, k=1, axes=(0, 1)', (m, k, axes) => {
  const pair = integers(axes, 'rot90');
  if (pair.length !== 2) throw new ValueError('len(axes) must be 2.');
  const a = toArray(m);
  const n = a.ndim;
  if (pair[0] === pair[1] || Math.abs(pair[0] - pair[1]) === n) throw new ValueError('Axes must be different.');
  if (pair.some((x) => x >= n || x < -n))
    throw new ValueError(`Axes=(${pair[0]}, ${pair[1]}) out of range for array of ndim=${n}.`);
  const [i, j] = pair.map((x) => (x < 0 ? x + n : x));
  const turns = ((integers(k, 'rot90')[0] % 4) + 4) % 4;
  if (turns === 0) return flipAxes(a, []);
  if (turns === 2) return flipAxes(a, [i, j]);
  const order = a.shape.map((_, d) => d);
  [order[i], order[j]] = [j, i];
  return turns === 1 ? permute(flipAxes(a, [j]), order) : flipAxes(permute(a, order), [j]);
});
