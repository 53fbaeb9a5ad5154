import { ArrayValue } from '../../core/array.js';
import { type ArrayLike, toArray } from '../../core/coerce.js';
import { byName, type DType } from '../../core/dtype.js';
import { AxisError, IndexError, TypeError, UFuncOutputCastingError, ValueError } from '../../core/errors.js';
import { integerOf } from '../../core/integer-argument.js';
import { type FourierAttrs, fourierDtype, fourierLength, fourierOf } from '../../core/fft/transform.js';
import { roundHalf } from '../../core/ir/evaluate.js';
import { broadcastTo, castTo } from '../../core/ops/move.js';
import { canCast, resultType } from '../../core/promote.js';
import { singleOut } from '../ufunc.js';

/** What all transforms share: how their arguments are read, and the transform along one axis. */

/** Which direction is scaled: by 1/n the backward or the forward one, or both by 1/sqrt(n). */
export type Norm = 'backward' | 'ortho' | 'forward' | null;

/** One of the four transforms that all others are made of. */
export interface Transform {
  /** What NumPy calls it, for a length. */
  readonly name: (n: number) => string;
  readonly kind: FourierAttrs['kind'];
  readonly inverse: boolean;
}

export const FFT: Transform = { name: () => 'fft', kind: 'complex', inverse: false };
export const IFFT: Transform = { name: () => 'ifft', kind: 'complex', inverse: true };
export const RFFT: Transform = {
  name: (n) => (n % 2 === 0 ? 'rfft_n_even' : 'rfft_n_odd'),
  kind: 'real',
  inverse: false,
};
export const IRFFT: Transform = { name: () => 'irfft', kind: 'hermitian', inverse: true };

const typeName = (x: unknown): string => {
  if (x === null || x === undefined) return 'NoneType';
  if (Array.isArray(x)) return 'list';
  if (x instanceof ArrayValue) return 'numpy.ndarray';
  return { string: 'str', number: 'float', boolean: 'bool' }[typeof x as string] ?? 'object';
};

/** A number of points. @throws TypeError */
export function pointsOf(x: unknown): number {
  const n = integerOf(x);
  if (n !== null) return n;
  if (typeof x === 'boolean') throw new TypeError('an integer is required');
  if (typeof x === 'string') throw new TypeError("'<' not supported between instances of 'str' and 'int'");
  if (x instanceof ArrayValue && x.ndim > 0)
    throw new TypeError('only integer scalar arrays can be converted to a scalar index');
  throw new TypeError(`'${typeName(x)}' object cannot be interpreted as an integer`);
}

/** The length of an axis, with the errors of indexing a shape. */
export function axisLength(a: ArrayValue, axis: unknown): number {
  const k = typeof axis === 'boolean' ? Number(axis) : integerOf(axis);
  if (k === null) throw new TypeError(`tuple indices must be integers or slices, not ${typeName(axis)}`);
  if (k < -a.ndim || k >= a.ndim) throw new IndexError('tuple index out of range');
  return a.shape[k < 0 ? k + a.ndim : k];
}

function axisOf(axis: unknown, ndim: number): number {
  const k = typeof axis === 'boolean' ? Number(axis) : integerOf(axis);
  if (k === null)
    throw new TypeError(
      typeof axis === 'number'
        ? 'integer argument expected, got float'
        : `'${typeName(axis)}' object cannot be interpreted as an integer`,
    );
  if (k < -ndim || k >= ndim) throw new AxisError(k, ndim);
  return k < 0 ? k + ndim : k;
}

const shown = (norm: unknown): string => {
  if (Array.isArray(norm)) return `[${norm.map((e) => (typeof e === 'string' ? `'${e}'` : String(e))).join(', ')}]`;
  return String(norm);
};

/** The norm of the other direction. @throws ValueError for what is no norm */
export function turned(norm: unknown): Norm {
  switch (norm ?? 'backward') {
    case 'backward':
      return 'forward';
    case 'forward':
      return 'backward';
    case 'ortho':
      return 'ortho';
    default:
      if (Array.isArray(norm)) throw new TypeError("unhashable type: 'list'");
      throw new ValueError(`Invalid norm value ${shown(norm)}; should be "backward", "ortho" or "forward".`);
  }
}

/** What results are multiplied by, rounded as the operand's real dtype rounds it. */
function factorOf(norm: unknown, n: number, real: DType): number {
  const round = real.name === 'float16' ? roundHalf : real.name === 'float32' ? Math.fround : (v: number): number => v;
  switch (norm ?? 'backward') {
    case 'backward':
      return 1;
    case 'ortho':
      return round(1 / round(Math.sqrt(round(n))));
    case 'forward':
      return round(1 / round(n));
    default:
      throw new ValueError(`Invalid norm value ${shown(norm)}; should be "backward","ortho" or "forward".`);
  }
}

/** The dtype of the real and imaginary parts. @throws DTypePromotionError for text and times */
function realOf(d: DType): DType {
  const part = d.kind === 'c' ? (d.name === 'complex64' ? byName.float32 : byName.float64) : d;
  return resultType([part], ['float']);
}

/** The memory for results: of the shape that the operand gives, or one to which that is broadcast. */
function checkOut(out: ArrayValue, a: ArrayValue, axis: number, points: number): void {
  const loop = (s: readonly number[]): number[] => s.filter((_, d) => d !== axis);
  const mine = loop(a.shape);
  const theirs = loop(out.shape);
  const remapped = (core: number | string, s: readonly number[]): string =>
    `(${[core, ...[...s].reverse()].join(',')})`;
  if (mine.some((m, d) => m !== theirs[d] && m !== 1 && theirs[d] !== 1))
    throw new ValueError(
      `operands could not be broadcast together with remapped shapes [original->remapped]: (${a.shape.join(',')})->(${[...mine, 'newaxis'].join(',')}) ()->() (${out.shape.join(',')})->(${[...theirs, points].join(',')})  and requested shape (${points})`,
    );
  if (mine.some((m, d) => m !== theirs[d] && theirs[d] === 1))
    throw new ValueError(
      `non-broadcastable output operand with shape (${out.shape.join(',')}) [remapped to ${remapped(points, theirs)}] doesn't match the broadcast shape (${[...mine.map((m, d) => Math.max(m, theirs[d])), points].join(',')})`,
    );
}

/** The transform of an array along one axis. */
export function transformed(
  x: ArrayLike,
  given: unknown,
  axis: unknown,
  transform: Transform,
  norm: unknown,
  out: unknown = null,
): ArrayValue {
  let a = toArray(x);
  const { kind, inverse } = transform;
  const n = pointsOf(given);
  if (n < 1) throw new ValueError(`Invalid number of FFT data points (${n}) specified.`);
  const side = inverse ? turned(norm) : norm;
  const real = realOf(a.dtype);
  const factor = factorOf(side, n, real);
  const k = axisOf(axis, a.ndim);
  const points = fourierLength(n, kind);
  if (out instanceof ArrayValue && (out.ndim !== a.ndim || out.shape[k] !== points))
    throw new ValueError('output array has wrong shape.');
  const name = transform.name(n);
  if (!'biufc'.includes(a.dtype.kind) || (kind === 'real' && a.dtype.kind === 'c'))
    throw new TypeError(
      `ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
    );
  const attrs = { kind, n, axis: k, backward: inverse, factor };
  const target = singleOut(out, name);
  if (target === null) {
    const result = fourierOf(a, attrs);
    // Half precision is read as single, and results that are real go back to it.
    return kind === 'hermitian' && real.name === 'float16' ? castTo(result, real) : result;
  }
  if (target.ndim !== a.ndim || target.shape[k] !== points) throw new ValueError('output array has wrong shape.');
  checkOut(target, a, k, points);
  const d = fourierDtype(a.dtype, kind);
  if (!canCast(d, target.dtype, 'same_kind'))
    throw new UFuncOutputCastingError(
      `Cannot cast ufunc '${name}' output from ${d.repr()} to ${target.dtype.repr()} with casting rule 'same_kind'`,
    );
  a = broadcastTo(
    a,
    target.shape.map((m, i) => (i === k ? a.shape[k] : m)),
  );
  target.face.beforeWrite(target, name);
  return fourierOf(a, { ...attrs, into: target });
}
