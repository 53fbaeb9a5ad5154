import { InvalidArgumentError } from '../../core/errors.js';
import * as np from '../../ndarray/index.js';
import { cast, convert_to_tensor, options, type TensorLike } from '../convert.js';
import { norm } from '../linear.js';
import { Tensor } from '../tensor.js';
import { last, linalg, matrices, squares, tensor, turned } from './common.js';

/** Decompositions of matrices. */

const FAILED = 'the decomposition did not converge';

/** Q with orthonormal columns and upper triangles R: input = Q R; with `full_matrices` Q is square. @example tf.linalg.qr([[1, 2], [3, 4], [5, 6]])[1].shape // → [ 2, 2 ] */
export const qr = (input: TensorLike, ...rest: (boolean | { full_matrices?: boolean })[]): [q: Tensor, r: Tensor] =>
  linalg('qr', FAILED, () => {
    const o = options<{ full_matrices: boolean }>('linalg.qr', ['full_matrices'], rest);
    return [
      ...(np.linalg.qr(matrices('qr', input), o.full_matrices ? 'complete' : 'reduced') as never as Tensor[]),
    ] as never;
  });

/**
 * Singular values s, descending, and vectors u and v: tensor = u diag(s) v^H. Without `compute_uv` the values alone.
 * @example tf.linalg.svd([[3, 0], [0, 4]], { compute_uv: false }).numpy() // → array([4., 3.], dtype=float32)
 */
export function svd(a: TensorLike, kw: { full_matrices?: boolean; compute_uv: false }): Tensor;
export function svd(
  a: TensorLike,
  ...rest: (boolean | { full_matrices?: boolean; compute_uv?: true })[]
): [s: Tensor, u: Tensor, v: Tensor];
export function svd(a: TensorLike, ...rest: unknown[]): unknown {
  const o = options<{ full_matrices: boolean; compute_uv: boolean }>(
    'linalg.svd',
    ['full_matrices', 'compute_uv'],
    rest,
  );
  return linalg('svd', FAILED, () => {
    const t = matrices('svd', a);
    if (o.compute_uv === false) return tensor(np.linalg.svd(t, { compute_uv: false }));
    const [u, s, vh] = np.linalg.svd(t, o.full_matrices ?? false) as never as Tensor[];
    return [s, u, turned(vh)];
  });
}

/** Eigenvalues, ascending, and eigenvectors of Hermitian matrices, of which the lower triangle is read. @example tf.linalg.eigh([[2, 0], [0, 1]])[0].numpy() // → array([1., 2.], dtype=float32) */
export const eigh = (a: TensorLike): [e: Tensor, v: Tensor] =>
  linalg('eigh', FAILED, () => [...(np.linalg.eigh(squares('eigh', a)) as never as Tensor[])] as never);
/** Eigenvalues of Hermitian matrices, ascending. @example tf.linalg.eigvalsh([[2, 0], [0, 1]]).numpy() // → array([1., 2.], dtype=float32) */
export const eigvalsh = (a: TensorLike): Tensor =>
  linalg('eigvalsh', FAILED, () => tensor(np.linalg.eigvalsh(squares('eigvalsh', a))));

/** A tensor in the complex dtype of its precision. */
const asComplex = (t: Tensor): Tensor =>
  t.dtype.kind === 'c' ? t : (cast(t, t.dtype.itemsize <= 4 ? 'complex64' : 'complex128') as Tensor);
/** Eigenvalues and right eigenvectors of any square matrices; complex. @example tf.linalg.eig([[0, -1], [1, 0]])[0].dtype.name // → 'complex64' */
export const eig = (a: TensorLike): [e: Tensor, v: Tensor] =>
  linalg('eig', FAILED, () => [...(np.linalg.eig(asComplex(squares('eig', a))) as never as Tensor[])] as never);
/** Eigenvalues of any square matrices; complex. @example tf.linalg.eigvals([[2, 0], [0, 1]]).dtype.name // → 'complex64' */
export const eigvals = (a: TensorLike): Tensor =>
  linalg('eigvals', FAILED, () => tensor(np.linalg.eigvals(asComplex(squares('eigvals', a)))));

/** The tensor divided by its norm, and the norm. @example tf.linalg.normalize([3, 4])[0].numpy() // → array([0.6, 0.8], dtype=float32) */
export function normalize(
  x: TensorLike,
  ...rest: (
    | string
    | number
    | readonly number[]
    | null
    | { ord?: string | number; axis?: number | readonly number[] | null }
  )[]
): [normalized: Tensor, norm: Tensor] {
  const o = options<{ ord: string | number; axis: number | readonly number[] | null }>(
    'linalg.normalize',
    ['ord', 'axis'],
    rest as never,
  );
  const n = norm(x, { ord: o.ord ?? 'euclidean', axis: o.axis ?? null, keepdims: true });
  return [tensor(np.divide(x instanceof Tensor ? x : (convert_to_tensor(x as never) as never), n)), n];
}
/** Cross products of vectors of three. @throws InvalidArgumentError for vectors of another length @example tf.linalg.cross([1, 0, 0], [0, 1, 0]).numpy() // → array([0., 0., 1.], dtype=float32) */
export const cross = (a: TensorLike, b: TensorLike): Tensor =>
  linalg('cross', FAILED, () => {
    const [x, y] = [a, b].map((t) => (t instanceof Tensor ? t : (cast(t, 'float32') as Tensor)));
    if (last(x) !== 3 || x.shape.join() !== y.shape.join())
      throw new InvalidArgumentError(
        `tf.linalg.cross: Cross-products are only defined for 3-element vectors of one shape, got [${x.shape}] and [${y.shape}]`,
      );
    return tensor(np.cross(x, y));
  });
