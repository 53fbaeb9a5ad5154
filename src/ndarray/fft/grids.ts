import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import type { FunctionFacts } from '../../core/dispatch.js';
import { IndexError, TypeError, ValueError, warn } from '../../core/errors.js';
import { fn } from '../../core/signature.js';
import type { Like } from '../ufunc.js';
import { integerOf } from '../../core/integer-argument.js';
import { FFT, IFFT, IRFFT, type Norm, RFFT, type Transform, transformed } from './common.js';
import { doubled } from './lines.js';

/** Transforms along several axes, one after the other. */

type Lengths = readonly (number | null)[] | ArrayValue | null;
type Axes = readonly number[] | ArrayValue | null;

export interface FftnKeywords {
  /** Points along each of the axes; -1 for as many as there are. */
  s?: Lengths;
  axes?: Axes;
  norm?: Norm;
  /** Where every step's result is written. */
  out?: ArrayValue | null;
}

export interface Fftn extends FunctionFacts {
  <A extends ArrayLike>(
    a: A,
    s?: Lengths | FftnKeywords,
    axes?: Axes | FftnKeywords,
    norm?: Norm | FftnKeywords,
    out?: ArrayValue | null | FftnKeywords,
  ): Like<A>;
}

const ALL_AXES = 'a, s=None, axes=None, norm=None, out=None';
const TWO_AXES = 'a, s=None, axes=(-2, -1), norm=None, out=None';

const AXES_NONE =
  '`axes` should not be `None` if `s` is not `None` (Deprecated in NumPy 2.0). In a future version of NumPy, this will raise an error and `s[i]` will correspond to the size along the transformed axis specified by `axes[i]`. To retain current behaviour, pass a sequence [0, ..., k-1] to `axes` for an array of dimension k.';
const NONE_IN_S =
  'Passing an array containing `None` values to `s` is deprecated in NumPy 2.0 and will raise an error in a future version of NumPy. To use the default behaviour of the corresponding 1-D transform, pass the value matching the default for its `n` parameter. To use the default behaviour for every axis, the `s` argument can be omitted.';

/** A list argument. @throws TypeError `'int' object is not iterable` */
function listOf(x: unknown): unknown[] {
  if (Array.isArray(x)) return [...x];
  if (x instanceof ArrayValue && x.ndim === 1) return [...(x as unknown as Iterable<unknown>)];
  const name =
    typeof x === 'number' ? (Number.isInteger(x) ? 'int' : 'float') : typeof x === 'boolean' ? 'bool' : 'object';
  throw new TypeError(`'${name}' object is not iterable`);
}

/** Lengths at axes, with the errors of taking them out of the shape. */
function taken(a: ArrayValue, axes: readonly unknown[]): number[] {
  return axes.map((axis) => {
    const k = integerOf(axis);
    if (k === null) throw new TypeError('integer argument expected, got float');
    if (a.ndim === 0) throw new IndexError('cannot do a non-empty take from an empty axes.');
    if (k < -a.ndim || k >= a.ndim) throw new IndexError(`index ${k} is out of bounds for axis 0 with size ${a.ndim}`);
    return a.shape[k < 0 ? k + a.ndim : k];
  });
}

interface Steps {
  /** Points along each axis; null for what the transform takes by itself. */
  readonly lengths: unknown[];
  readonly axes: unknown[];
}

/** @param halved whether the last axis has n/2 + 1 points */
function stepsOf(a: ArrayValue, s: unknown, given: unknown, halved: boolean): Steps {
  let axes = given === null ? null : s === null && integerOf(given) !== null ? [given] : listOf(given);
  let lengths: unknown[] = s === null ? (axes === null ? [...a.shape] : taken(a, axes)) : listOf(s);
  if (s === null && given !== null && integerOf(given) !== null)
    throw new TypeError("'numpy.int64' object is not iterable");
  if (axes === null) {
    if (s !== null) warn('DeprecationWarning', AXES_NONE);
    axes = lengths.map((_, i) => i - lengths.length);
  }
  if (lengths.length !== axes.length) throw new ValueError('Shape and axes have different lengths.');
  if (halved && s === null) {
    if (axes.length === 0) throw new IndexError('list index out of range');
    lengths[lengths.length - 1] = doubled(a, axes[axes.length - 1]);
  }
  if (lengths.includes(null)) warn('DeprecationWarning', NONE_IN_S);
  lengths = lengths.map((n, i) => (integerOf(n) === -1 ? taken(a, [(axes as unknown[])[i]])[0] : n));
  return { lengths, axes };
}

/** One step; without a length the axis has the points that it has. */
function step(a: ArrayValue, t: Transform, n: unknown, axis: unknown, norm: unknown, out: unknown): ArrayValue {
  const points = n ?? (t.kind === 'hermitian' ? doubled(a, axis) : taken(a, [axis])[0]);
  return transformed(a, points, axis, t, norm, out);
}

/** All axes by one transform, the last axis first. */
const declare = (name: string, signature: string, transform: Transform, keepsOut = true): Fftn =>
  fn<Fftn>(
    name,
    signature,
    (x, s, given, norm, out) => {
      let a = toArray(x);
      const { lengths, axes } = stepsOf(a, s, given, false);
      for (let i = axes.length - 1; i >= 0; i--)
        a = step(a, transform, lengths[i], axes[i], norm, keepsOut ? out : null);
      return a;
    },
    'primitive',
  );

/** The last axis as real points, then the others as complex ones. */
const declareReal = (name: string, signature: string): Fftn =>
  fn<Fftn>(
    name,
    signature,
    (x, s, given, norm, out) => {
      let a = toArray(x);
      const { lengths, axes } = stepsOf(a, s, given, false);
      const last = axes.length - 1;
      if (last < 0) throw new IndexError('list index out of range');
      a = step(a, RFFT, lengths[last], axes[last], norm, out);
      for (let i = last - 1; i >= 0; i--) a = step(a, FFT, lengths[i], axes[i], norm, out);
      return a;
    },
    'primitive',
  );

/** The way back: the first axes, then the last one to real points. */
const declareInverse = (name: string, signature: string, keepsOut = true): Fftn =>
  fn<Fftn>(
    name,
    signature,
    (x, s, given, norm, out) => {
      let a = toArray(x);
      const { lengths, axes } = stepsOf(a, s, given, true);
      const last = axes.length - 1;
      if (last < 0) throw new IndexError('list index out of range');
      for (let i = 0; i < last; i++) a = step(a, IFFT, lengths[i], axes[i], norm, null);
      return step(a, IRFFT, lengths[last], axes[last], norm, keepsOut ? out : null);
    },
    'primitive',
  );

/**
 * The Fourier transform along several axes, all unless given, the last one first.
 *
 * @param s points along each axis: it is cut, or filled up with zeros, to so many; -1 leaves it
 * @param out an array for the result, which every step writes
 * @throws ValueError `Shape and axes have different lengths.`, and as `fft`
 * @example np.fft.fftn([[1, 2], [3, 4]]) // → array([[10.+0.j, -2.+0.j],
 * //          [-4.+0.j,  0.+0.j]])
 */
export const fftn: Fftn = /*@__PURE__*/ declare('fftn', ALL_AXES, FFT);

/**
 * The inverse of `fftn`.
 * @throws ValueError as `fftn`
 * @example np.fft.ifftn(np.fft.fftn([[1, 2], [3, 4]])) // → array([[1.+0.j, 2.+0.j],
 * //          [3.+0.j, 4.+0.j]])
 */
export const ifftn: Fftn = /*@__PURE__*/ declare('ifftn', ALL_AXES, IFFT);

/**
 * The Fourier transform along two axes, the last ones unless given.
 * @throws ValueError as `fftn`; IndexError for arrays of one axis
 * @example np.fft.fft2([[1, 2], [3, 4]]) // → array([[10.+0.j, -2.+0.j],
 * //          [-4.+0.j,  0.+0.j]])
 */
export const fft2: Fftn = /*@__PURE__*/ declare('fft2', TWO_AXES, FFT);

/**
 * The inverse of `fft2`.
 * @param out is not written, as in NumPy
 * @example np.fft.ifft2([[4, 0], [0, 0]]) // → array([[1.+0.j, 1.+0.j],
 * //          [1.+0.j, 1.+0.j]])
 */
export const ifft2: Fftn = /*@__PURE__*/ declare('ifft2', TWO_AXES, IFFT, false);

/**
 * The transform of real input along several axes: n/2 + 1 points along the last of them, by which it begins.
 * @throws TypeError for complex input; ValueError as `fftn`
 * @example np.fft.rfftn([[1, 2], [3, 4]]) // → array([[10.+0.j, -2.+0.j],
 * //          [-4.+0.j,  0.+0.j]])
 */
export const rfftn: Fftn = /*@__PURE__*/ declareReal('rfftn', ALL_AXES);

/**
 * The transform of real input along two axes.
 * @throws TypeError for complex input; ValueError as `fftn`
 * @example np.fft.rfft2([[1, 2, 3], [3, 4, 5]]).shape // → [ 2, 2 ]
 */
export const rfft2: Fftn = /*@__PURE__*/ declareReal('rfft2', TWO_AXES);

/**
 * The inverse of `rfftn`: 2·(m - 1) real points along the last axis of m points, unless `s` says otherwise.
 * @throws ValueError as `fftn`
 * @example np.fft.irfftn(np.fft.rfftn([[1, 2], [3, 4]])) // → array([[1., 2.],
 * //          [3., 4.]])
 */
export const irfftn: Fftn = /*@__PURE__*/ declareInverse('irfftn', ALL_AXES);

/**
 * The inverse of `rfft2`.
 * @param out is not written, as in NumPy
 * @example np.fft.irfft2([[10, -2], [-4, 0]]) // → array([[1., 2.],
 * //          [3., 4.]])
 */
export const irfft2: Fftn = /*@__PURE__*/ declareInverse('irfft2', TWO_AXES, false);
