import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { TypeError, ValueError, ZeroDivisionError } from '../../core/errors.js';
import { fn } from '../../core/signature.js';
import { checkDevice, direct } from '../creation/make.js';
import { arange } from '../creation/range.js';
import { concatenate } from '../manipulation/join.js';
import { roll } from '../manipulation/rearrange.js';
import type { NDArray } from '../ndarray.js';
import type { Like } from '../ufunc.js';
import { divide, multiply } from '../ufuncs.js';
import { integerOf } from '../../core/integer-argument.js';
import { axisLength } from './common.js';

/** Which frequencies the points of a transform stand for, and the order in which they are put. */

type Spacing = number | ArrayLike;

export interface Frequencies extends FunctionFacts {
  (
    n: number,
    d?: Spacing | { d?: Spacing; device?: 'cpu' | null },
    device?: 'cpu' | null | { device?: 'cpu' | null },
  ): NDArray;
}

/** The distance of neighbouring frequencies, 1 / (n d), a float whatever its value. */
function distance(n: number, d: unknown): ArrayValue {
  if (typeof d === 'string') throw new TypeError("unsupported operand type(s) for /: 'float' and 'str'");
  if (d === null) throw new TypeError("unsupported operand type(s) for *: 'int' and 'NoneType'");
  if (Array.isArray(d)) throw new TypeError("unsupported operand type(s) for /: 'float' and 'list'");
  if (typeof d !== 'number' && typeof d !== 'bigint') return divide(1, multiply(n, d as ArrayLike)) as ArrayValue;
  if (n * Number(d) === 0) throw new ZeroDivisionError('float division by zero');
  return toArray(1 / (n * Number(d)));
}

function countOf(n: unknown): number {
  const count = typeof n === 'boolean' ? Number(n) : integerOf(n);
  if (count === null) throw new ValueError('n should be an integer');
  return count;
}

const integers = (from: number, to: number): NDArray => arange(from, to, 1, { dtype: 'int64' }) as NDArray;

/**
 * The frequencies that the n points of `fft` stand for: 0, 1, … then the negative ones, each divided by n·d.
 * @param d the distance of samples
 * @throws ValueError `n should be an integer`
 * @example np.fft.fftfreq(5, 0.1) // → array([ 0.,  2.,  4., -4., -2.])
 */
export const fftfreq: Frequencies = /*@__PURE__*/ direct('fftfreq', 'n, d=1.0, device=None', (n, d, device) => {
  const count = countOf(n);
  const by = distance(count, d);
  if (typeof n === 'boolean')
    throw new TypeError(`expected a sequence of integers or a single integer, got '${n ? 'True' : 'False'}'`);
  checkDevice(device);
  if (count < 0) throw new ValueError('negative dimensions are not allowed');
  const half = Math.floor((count - 1) / 2) + 1;
  return multiply(concatenate([integers(0, half), integers(half - count, 0)]), by);
});

/**
 * The frequencies that the n/2 + 1 points of `rfft` stand for: 0, 1, … each divided by n·d.
 * @param d the distance of samples
 * @throws ValueError `n should be an integer`
 * @example np.fft.rfftfreq(5, 0.1) // → array([0., 2., 4.])
 */
export const rfftfreq: Frequencies = /*@__PURE__*/ direct('rfftfreq', 'n, d=1.0, device=None', (n, d, device) => {
  const count = countOf(n);
  const by = distance(count, d);
  checkDevice(device);
  return multiply(integers(0, Math.floor(count / 2) + 1), by);
});

type ShiftAxes = number | readonly number[] | ArrayValue | null;

export interface Shift extends FunctionFacts {
  <A extends ArrayLike>(x: A, axes?: ShiftAxes | { axes?: ShiftAxes }): Like<A>;
}

function shifted(x: unknown, axes: unknown, by: (length: number) => number): ArrayValue {
  const a = toArray(x);
  if (axes === null) {
    if (a.ndim === 0) throw new ValueError('not enough values to unpack (expected 2, got 0)');
    return roll(
      a,
      a.shape.map(by),
      a.shape.map((_, d) => d),
    );
  }
  const one = typeof axes === 'boolean' ? Number(axes) : integerOf(axes);
  if (one !== null) return roll(a, by(axisLength(a, one)), one);
  if (typeof axes === 'number') throw new TypeError("'float' object is not iterable");
  const list = (axes instanceof ArrayValue ? [...(axes as unknown as Iterable<unknown>)] : axes) as unknown[];
  const shifts = [...list].map((k) => by(axisLength(a, k)));
  return roll(
    a,
    shifts,
    [...list].map((k) => integerOf(k) as number),
  );
}

/**
 * Turns each axis by half, so that frequency 0 comes to the middle.
 * @param axes all of them unless given
 * @throws IndexError where there is no such axis
 * @example np.fft.fftshift([0, 1, 2, -2, -1]) // → array([-2., -1.,  0.,  1.,  2.])
 */
export const fftshift: Shift = /*@__PURE__*/ fn<Shift>(
  'fftshift',
  'x, axes=None',
  (x, axes) => shifted(x, axes, (n) => Math.floor(n / 2)),
  'primitive',
);

/**
 * The inverse of `fftshift`, from which it differs for odd lengths.
 * @throws IndexError where there is no such axis
 * @example np.fft.ifftshift([-2, -1, 0, 1, 2]) // → array([ 0.,  1.,  2., -2., -1.])
 */
export const ifftshift: Shift = /*@__PURE__*/ fn<Shift>(
  'ifftshift',
  'x, axes=None',
  (x, axes) => shifted(x, axes, (n) => -Math.floor(n / 2)),
  'primitive',
);
