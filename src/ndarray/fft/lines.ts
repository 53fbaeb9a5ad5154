import type { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { fn } from '../../core/signature.js';
import type { Like } from '../ufunc.js';
import { conjugate } from '../ufuncs.js';
import {
  axisLength,
  FFT,
  IFFT,
  IRFFT,
  type Norm,
  pointsOf,
  RFFT,
  type Transform,
  transformed,
  turned,
} from './common.js';

/** Transforms along one axis. */

export interface FftKeywords {
  /** Points of the transform: the axis is cut, or filled up with zeros, to so many. */
  n?: number | null;
  axis?: number;
  norm?: Norm;
  /** Where the result is written. */
  out?: ArrayValue | null;
}

export interface Fft extends FunctionFacts {
  <A extends ArrayLike>(
    a: A,
    n?: number | null | FftKeywords,
    axis?: number | FftKeywords,
    norm?: Norm | FftKeywords,
    out?: ArrayValue | null | FftKeywords,
  ): Like<A>;
}

const SIGNATURE = 'a, n=None, axis=-1, norm=None, out=None';

/** Points of a transform from n/2 + 1 points where none are given. */
export const doubled = (a: ArrayValue, axis: unknown): number => (axisLength(a, axis) - 1) * 2;

const declare = (
  name: string,
  transform: Transform,
  points: (a: ArrayValue, axis: unknown) => number = axisLength,
): Fft =>
  fn<Fft>(
    name,
    SIGNATURE,
    (x, n, axis, norm, out) => {
      const a = toArray(x);
      return transformed(a, n ?? points(a, axis), axis, transform, norm, out);
    },
    'primitive',
  );

/**
 * The discrete Fourier transform of each line along an axis, complex128 (complex64 of single and half precision):
 * sum over j of a[j] · exp(-2πi·jk/n).
 *
 * @param n points of the transform: lines are cut, or filled up with zeros, to so many
 * @param norm 'backward' (or null) leaves the result as it is, 'ortho' divides it by sqrt(n), 'forward' by n
 * @param out an array for the result, to whose dtype it is cast
 * @throws ValueError `Invalid number of FFT data points (0) specified.`; IndexError where there is no such axis
 * @example np.fft.fft([1, 2, 3, 4]) // → array([10.+0.j, -2.+2.j, -2.+0.j, -2.-2.j])
 */
export const fft: Fft = /*@__PURE__*/ declare('fft', FFT);

/**
 * The inverse of `fft`: with the other sign in the exponent, and divided by n unless `norm` says otherwise.
 * @throws ValueError `Invalid number of FFT data points (0) specified.`; IndexError where there is no such axis
 * @example np.fft.ifft([10, np.complex(-2, 2), -2, np.complex(-2, -2)]) // → array([1.+0.j, 2.+0.j, 3.+0.j, 4.+0.j])
 */
export const ifft: Fft = /*@__PURE__*/ declare('ifft', IFFT);

/**
 * The transform of real input: its first n/2 + 1 points, of which the others are the conjugates.
 * @throws TypeError for complex input; ValueError as `fft`
 * @example np.fft.rfft([1, 2, 3, 4]) // → array([10.+0.j, -2.+2.j, -2.+0.j])
 */
export const rfft: Fft = /*@__PURE__*/ declare('rfft', RFFT);

/**
 * The inverse of `rfft`: n real points, 2·(m - 1) of m unless given. Odd n have to be given.
 * @throws ValueError as `fft`
 * @example np.fft.irfft([10, np.complex(-2, 2), -2]) // → array([1., 2., 3., 4.])
 */
export const irfft: Fft = /*@__PURE__*/ declare('irfft', IRFFT, doubled);

/**
 * The transform of a signal with Hermitian symmetry, given by its first half: the spectrum is real.
 * @param out is not written, as in NumPy
 * @example np.fft.hfft([1, 2, 3]) // → array([ 8., -2.,  0., -2.])
 */
export const hfft: Fft = /*@__PURE__*/ fn<Fft>(
  'hfft',
  SIGNATURE,
  (x, n, axis, norm) => {
    const a = toArray(x);
    const points = n ?? doubled(a, axis);
    return transformed(conjugate(a), points, axis, IRFFT, turned(norm));
  },
  'primitive',
);

/**
 * The inverse of `hfft`: of a real spectrum the first n/2 + 1 points of a signal with Hermitian symmetry.
 * @example np.fft.ihfft([8, -2, 0, -2]) // → array([1.-0.j, 2.-0.j, 3.-0.j])
 */
export const ihfft: Fft = /*@__PURE__*/ fn<Fft>(
  'ihfft',
  SIGNATURE,
  (x, n, axis, norm, out) => {
    const a = toArray(x);
    const points = n ?? axisLength(a, axis);
    const result = transformed(a, pointsOf(points), axis, RFFT, turned(norm), out);
    return out === null ? conjugate(result) : conjugate(result, { out: result });
  },
  'primitive',
);
