import { InvalidArgumentError, shapeText, ValueError } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor, options, type TensorLike } from '../convert.js';
import { complex } from '../math.js';
import type { Tensor } from '../tensor.js';

/** Fourier transforms of the last one, two or three axes, and cosine transforms. */

const tensor = (x: unknown): Tensor => x as Tensor;
export type Length = readonly number[] | number | null | Tensor;
const lengths = (n: Length | undefined, rank: number): number[] | null => {
  if (n === null || n === undefined) return null;
  const list = (
    typeof n === 'number' ? [n] : Array.isArray(n) ? [...n] : [n as Tensor].flatMap((t) => t.tolist())
  ) as number[];
  if (list.length !== rank)
    throw new InvalidArgumentError(`fft_length must have shape [${rank}], got [${list.length}]`);
  return list.map(Number);
};

/** An operand of a transform. @throws InvalidArgumentError for another kind of dtype, or too few axes */
function operand(name: string, x: TensorLike, kind: 'f' | 'c', rank: number): Tensor {
  const t = convert_to_tensor(x as never) as Tensor;
  if (t.dtype.kind !== kind || (kind === 'f' && t.dtype.itemsize < 4))
    throw new InvalidArgumentError(
      `tf.signal.${name}: dtype ${t.dtype.name} is not allowed; it is ${kind === 'f' ? 'float32 or float64' : 'complex64 or complex128'}`,
    );
  if (t.ndim < rank)
    throw new InvalidArgumentError(
      `tf.signal.${name}: Input must have rank of at least ${rank} but got: ${shapeText(t.shape)}`,
    );
  return t;
}

export type Transform = (input: TensorLike, ...rest: (Length | { fft_length?: Length })[]) => Tensor;
/** A transform of the last axes by np's of several. */
const transform =
  (name: string, rank: number, kind: 'f' | 'c', f: (...args: any[]) => unknown): Transform =>
  (input, ...rest) =>
    runAs(`tf.signal.${name}`, () => {
      const o = options<{ fft_length: Length }>(`signal.${name}`, ['fft_length'], rest as never);
      const axes = Array.from({ length: rank }, (_, i) => i - rank);
      return tensor(f(operand(name, input, kind, rank), lengths(o.fft_length, rank), axes));
    });
const { fftn, ifftn, rfftn, irfftn } = np.fft as unknown as Record<string, (...args: any[]) => unknown>;
/** Fourier transform of the last axis; complex. @example tf.signal.fft(tf.cast([1, 0], 'complex64')).numpy() // → array([1.+0.j, 1.+0.j], dtype=complex64) */
export const fft: Transform = transform('fft', 1, 'c', fftn);
/** Inverse of {@link fft}. @example tf.signal.ifft(tf.cast([2, 0], 'complex64')).numpy() // → array([1.+0.j, 1.+0.j], dtype=complex64) */
export const ifft: Transform = transform('ifft', 1, 'c', ifftn);
/** Fourier transform of the last two axes. @example tf.signal.fft2d(tf.ones([2, 2], 'complex64')).shape // → [ 2, 2 ] */
export const fft2d: Transform = transform('fft2d', 2, 'c', fftn);
/** Inverse of {@link fft2d}. @example tf.signal.ifft2d(tf.ones([2, 2], 'complex64')).shape // → [ 2, 2 ] */
export const ifft2d: Transform = transform('ifft2d', 2, 'c', ifftn);
/** Fourier transform of the last three axes. @example tf.signal.fft3d(tf.ones([2, 2, 2], 'complex64')).shape // → [ 2, 2, 2 ] */
export const fft3d: Transform = transform('fft3d', 3, 'c', fftn);
/** Inverse of {@link fft3d}. @example tf.signal.ifft3d(tf.ones([2, 2, 2], 'complex64')).shape // → [ 2, 2, 2 ] */
export const ifft3d: Transform = transform('ifft3d', 3, 'c', ifftn);
/** Fourier transform of real values, its first half. @example tf.signal.rfft([1, 0, 0, 0]).numpy() // → array([1.+0.j, 1.+0.j, 1.+0.j], dtype=complex64) */
export const rfft: Transform = transform('rfft', 1, 'f', rfftn);
/** Inverse of {@link rfft}; real. @example tf.signal.irfft(tf.signal.rfft([1, 2, 3, 4])).numpy() // → array([1., 2., 3., 4.], dtype=float32) */
export const irfft: Transform = transform('irfft', 1, 'c', irfftn);
/** Of real values over two axes. @example tf.signal.rfft2d(tf.ones([2, 4])).shape // → [ 2, 3 ] */
export const rfft2d: Transform = transform('rfft2d', 2, 'f', rfftn);
/** Inverse of {@link rfft2d}. @example tf.signal.irfft2d(tf.signal.rfft2d(tf.ones([2, 4]))).shape // → [ 2, 4 ] */
export const irfft2d: Transform = transform('irfft2d', 2, 'c', irfftn);
/** Of real values over three axes. @example tf.signal.rfft3d(tf.ones([2, 2, 4])).shape // → [ 2, 2, 3 ] */
export const rfft3d: Transform = transform('rfft3d', 3, 'f', rfftn);
/** Inverse of {@link rfft3d}. @example tf.signal.irfft3d(tf.signal.rfft3d(tf.ones([2, 2, 4]))).shape // → [ 2, 2, 4 ] */
export const irfft3d: Transform = transform('irfft3d', 3, 'c', irfftn);

interface Many {
  fft_length: readonly number[] | null;
  axes: readonly number[] | null;
  norm: string | null;
}
export type TransformN = (input: TensorLike, ...rest: (readonly number[] | string | null | Partial<Many>)[]) => Tensor;
const many =
  (name: string, kind: 'f' | 'c', f: (...args: any[]) => unknown): TransformN =>
  (input, ...rest) =>
    runAs(`tf.signal.${name}`, () => {
      const o = options<Many>(`signal.${name}`, ['fft_length', 'axes', 'norm'], rest);
      return tensor(f(operand(name, input, kind, 1), o.fft_length ?? null, o.axes ?? null, o.norm ?? null));
    });
/** Fourier transform of several axes. @example tf.signal.fftnd(tf.ones([2, 3], 'complex64'), { axes: [0, 1] }).shape // → [ 2, 3 ] */
export const fftnd: TransformN = many('fftnd', 'c', fftn);
/** Inverse of {@link fftnd}. @example tf.signal.ifftnd(tf.ones([2, 3], 'complex64'), { axes: [0, 1] }).shape // → [ 2, 3 ] */
export const ifftnd: TransformN = many('ifftnd', 'c', ifftn);
/** Of real values over several axes. @example tf.signal.rfftnd(tf.ones([2, 4]), { axes: [0, 1] }).shape // → [ 2, 3 ] */
export const rfftnd: TransformN = many('rfftnd', 'f', rfftn);
/** Inverse of {@link rfftnd}. @example tf.signal.irfftnd(tf.ones([2, 3], 'complex64'), { axes: [0, 1] }).shape // → [ 2, 4 ] */
export const irfftnd: TransformN = many('irfftnd', 'c', irfftn);

type Axes = (number | readonly number[] | null | { axes?: number | readonly number[] | null })[];
const shift =
  (name: string, f: (...args: any[]) => unknown) =>
  (x: TensorLike, ...rest: Axes): Tensor => {
    const o = options<{ axes: number | readonly number[] | null }>(`signal.${name}`, ['axes'], rest as never);
    return tensor(f(convert_to_tensor(x as never), o.axes ?? null));
  };
/** The zero frequency in the middle. @example tf.signal.fftshift([0, 1, 2, -2, -1]).numpy() // → array([-2., -1.,  0.,  1.,  2.], dtype=float32) */
export const fftshift: (x: TensorLike, ...rest: Axes) => Tensor = shift('fftshift', np.fft.fftshift as never);
/** Inverse of {@link fftshift}. @example tf.signal.ifftshift([-2, -1, 0, 1, 2]).numpy() // → array([ 0.,  1.,  2., -2., -1.], dtype=float32) */
export const ifftshift: (x: TensorLike, ...rest: Axes) => Tensor = shift('ifftshift', np.fft.ifftshift as never);

interface Cosine {
  type: number;
  n: number | null;
  axis: number;
  norm: string | null;
}
const real = (t: unknown): Tensor => tensor(np.real(t as never));
/** The first axes as they are, entries of the last by a slice. */
const part = (t: Tensor, slice: string): Tensor => t.at('...', slice);
const vector = (values: readonly number[], like: Tensor): Tensor =>
  convert_to_tensor(np.array(values, { dtype: like.dtype } as never) as never) as Tensor;
/** exp(i angle k) for k below n, times a factor. */
const turns = (n: number, angle: number, factor: number, like: Tensor): Tensor =>
  complex(
    vector(
      Array.from({ length: n }, (_, k) => factor * Math.cos(angle * k)),
      like,
    ),
    vector(
      Array.from({ length: n }, (_, k) => factor * Math.sin(angle * k)),
      like,
    ),
  );

/**
 * Discrete cosine transforms of types 1 to 4 along the last axis, by Fourier transforms. `n` cuts or fills up the axis first; `norm` is null or
 * 'ortho'.
 * @throws ValueError for another type, norm or axis
 * @example tf.signal.dct([1, 1]).numpy() // → array([4., 0.], dtype=float32)
 */
export function dct(input: TensorLike, ...rest: (number | string | null | Partial<Cosine>)[]): Tensor {
  const o = options<Cosine>('signal.dct', ['type', 'n', 'axis', 'norm'], rest);
  return runAs('tf.signal.dct', () => cosine(operand('dct', input, 'f', 1), o));
}
function cosine(given: Tensor, { type = 2, n = null, axis = -1, norm = null }: Partial<Cosine>): Tensor {
  if (axis !== -1) throw new ValueError(`axis must be -1. Got: ${axis}`);
  if (![1, 2, 3, 4].includes(type)) throw new ValueError('Only Types I, II, III and IV (I)DCT are supported.');
  if (norm !== null && norm !== 'ortho')
    throw new ValueError(`Unknown normalization. Expected None or 'ortho', got: ${norm}`);
  if (n !== null && n < 1) throw new ValueError('n should be a positive integer or None');
  let x = given;
  const own = x.shape[x.ndim - 1];
  if (n !== null && n < own) x = part(x, `:${n}`);
  else if (n !== null && n > own)
    x = tensor(
      np.pad(x, [...x.shape.slice(1).map(() => [0, 0]), [0, n - own]] as never, { mode: 'constant' } as never),
    );
  const N = n ?? own;
  const scaled = (t: Tensor, first: number, others: number): Tensor =>
    tensor(
      np.multiply(
        t,
        vector(
          Array.from({ length: N }, (_, k) => (k === 0 ? first : others)),
          t,
        ),
      ),
    );
  if (type === 1) {
    if (norm === 'ortho') throw new ValueError('Normalization is not supported for the Type-I DCT.');
    if (N < 2) throw new ValueError('DCT-I requires the dimension to be greater than one.');
    const back = part(x, `${N - 2}:0:-1`);
    return real(rfft(tensor(np.concatenate([x, N === 2 ? part(x, ':0') : back] as never, -1 as never))));
  }
  if (type === 2) {
    const f = part(rfft(x, [2 * N]), `:${N}`);
    const t = real(np.multiply(f, turns(N, -Math.PI / (2 * N), 2, x)));
    return norm === 'ortho' ? scaled(t, 0.5 / Math.sqrt(N), Math.SQRT1_2 / Math.sqrt(N)) : t;
  }
  if (type === 3) {
    const t = norm === 'ortho' ? scaled(x, Math.sqrt(N), Math.sqrt(N / 2)) : scaled(x, N, N);
    const f = np.multiply(turns(N, Math.PI / (2 * N), 2, x), complex(t, tensor(np.zeros_like(t))));
    return part(irfft(tensor(f), [2 * N]), `:${N}`);
  }
  const odd = part(cosine(x, { type: 2, n: 2 * N }), '1::2');
  return norm === 'ortho' ? scaled(odd, Math.SQRT1_2 / Math.sqrt(N), Math.SQRT1_2 / Math.sqrt(N)) : odd;
}
/** Inverses of {@link dct}, up to a factor unless `norm` is 'ortho'. @example tf.signal.idct(tf.signal.dct([1, 2], { norm: 'ortho' }), { norm: 'ortho' }).shape // → [ 2 ] */
export function idct(input: TensorLike, ...rest: (number | string | null | Partial<Cosine>)[]): Tensor {
  const o = options<Cosine>('signal.idct', ['type', 'n', 'axis', 'norm'], rest);
  if (o.n !== undefined && o.n !== null) throw new ValueError('n argument to idct() is not supported: it must be null');
  const inverse = { 1: 1, 2: 3, 3: 2, 4: 4 }[o.type ?? 2] ?? (o.type as number);
  return runAs('tf.signal.idct', () => cosine(operand('idct', input, 'f', 1), { ...o, type: inverse }));
}
