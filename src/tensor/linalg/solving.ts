import { InvalidArgumentError, ValueError } from '../../core/errors.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor, options, type TensorLike } from '../convert.js';
import { band_part, matmul, type MatmulOptions } from '../linear.js';
import type { Tensor } from '../tensor.js';
import { identity, last, linalg, matrices, realDtype, squares, system, tensor, times, turned } from './common.js';
import { svd } from './factors.js';

/** Systems of equations, inverses and determinants. */

type Flag<K extends string> = (boolean | Partial<Record<K, boolean>>)[];
const SINGULAR = 'Input matrix is not invertible.';
const NOT_POSITIVE = 'Cholesky decomposition was not successful. The input might not be valid.';

/** Inverses of square matrices; with `adjoint` of their adjoints. @throws InvalidArgumentError for a singular matrix @example tf.linalg.inv([[2, 0], [0, 4]]).numpy().tolist() // → [ [ 0.5, 0 ], [ 0, 0.25 ] ] */
export const inv = (input: TensorLike, ...rest: Flag<'adjoint'>): Tensor =>
  linalg('inv', SINGULAR, () => {
    const { adjoint } = options<{ adjoint: boolean }>('linalg.inv', ['adjoint'], rest);
    const t = tensor(np.linalg.inv(squares('inv', input)));
    return adjoint ? turned(t) : t;
  });

/**
 * The x with matrix @ x = rhs, or with the adjoint of the matrix. rhs has two axes or more.
 * @throws InvalidArgumentError for a singular matrix, or shapes that do not fit
 * @example tf.linalg.solve([[2, 0], [0, 4]], [[1], [1]]).numpy().tolist() // → [ [ 0.5 ], [ 0.25 ] ]
 */
export const solve = (matrix: TensorLike, rhs: TensorLike, ...rest: Flag<'adjoint'>): Tensor =>
  linalg('solve', SINGULAR, () => {
    const { adjoint } = options<{ adjoint: boolean }>('linalg.solve', ['adjoint'], rest);
    const [a, b] = system('solve', matrix, rhs);
    return tensor(np.linalg.solve(adjoint ? turned(a) : a, b));
  });

/**
 * The x with matrix @ x = rhs for triangular matrices, of which the other triangle is not read.
 * @example tf.linalg.triangular_solve([[2, 9], [1, 4]], [[2], [9]]).numpy().tolist() // → [ [ 1 ], [ 2 ] ]
 */
export const triangular_solve = (
  matrix: TensorLike,
  rhs: TensorLike,
  ...rest: (boolean | { lower?: boolean; adjoint?: boolean })[]
): Tensor =>
  linalg('triangular_solve', SINGULAR, () => {
    const o = options<{ lower: boolean; adjoint: boolean }>('linalg.triangular_solve', ['lower', 'adjoint'], rest);
    const [a, b] = system('triangular_solve', matrix, rhs);
    const t = (o.lower ?? true) ? band_part(a, -1, 0) : band_part(a, 0, -1);
    return tensor(np.linalg.solve(o.adjoint ? turned(t) : t, b));
  });

/** The x with L L^H x = rhs, from a Cholesky factor. @example tf.linalg.cholesky_solve([[2, 0], [0, 1]], [[4], [3]]).numpy().tolist() // → [ [ 1 ], [ 3 ] ] */
export const cholesky_solve = (chol: TensorLike, rhs: TensorLike): Tensor =>
  triangular_solve(chol, triangular_solve(chol, rhs), { adjoint: true });

/**
 * Least squares: the x for which |matrix @ x - rhs|^2 + l2_regularizer |x|^2 is least (of more unknowns than equations the shortest x). `fast`
 * solves the normal equations; otherwise singular values are used, which matrices of any rank have.
 * @throws InvalidArgumentError where the normal equations have no solution
 * @example tf.linalg.lstsq([[1, 0], [0, 1], [0, 0]], [[1], [2], [3]]).numpy().tolist() // → [ [ 1 ], [ 2 ] ]
 */
export const lstsq = (
  matrix: TensorLike,
  rhs: TensorLike,
  ...rest: (number | boolean | { l2_regularizer?: number; fast?: boolean })[]
): Tensor =>
  linalg('lstsq', NOT_POSITIVE, () => {
    const o = options<{ l2_regularizer: number; fast: boolean }>(
      'linalg.lstsq',
      ['l2_regularizer', 'fast'],
      rest as never,
    );
    const [a, b] = system('lstsq', matrix, rhs, false);
    if (o.fast === false) return times(pinv(a), b);
    const [m, n] = [last(a, 2), last(a)];
    const adjoint = turned(a);
    const gram = m >= n ? times(adjoint, a) : times(a, adjoint);
    const ridge = np.multiply(identity(Math.min(m, n), a), o.l2_regularizer ?? 0);
    const chol = tensor(np.linalg.cholesky(np.add(gram, ridge) as never));
    return m >= n ? cholesky_solve(chol, times(adjoint, b)) : times(adjoint, cholesky_solve(chol, b));
  });

/** Determinants. @example tf.linalg.det([[1, 2], [3, 4]]).item() // → -2 */
export const det = (input: TensorLike): Tensor =>
  linalg('det', SINGULAR, () => tensor(np.linalg.det(squares('det', input))));
/** Signs of determinants and the logarithms of their sizes. @example tf.linalg.slogdet([[2, 0], [0, -1]])[0].item() // → -1 */
export const slogdet = (input: TensorLike): [sign: Tensor, log_abs_determinant: Tensor] =>
  linalg('slogdet', SINGULAR, () => [...np.linalg.slogdet(squares('slogdet', input))] as never);
/** The logarithm of the determinant of Hermitian positive definite matrices. @example tf.linalg.logdet([[1, 0], [0, 1]]).item() // → 0 */
export const logdet = (matrix: TensorLike): Tensor =>
  linalg('logdet', NOT_POSITIVE, () => {
    const c = np.linalg.cholesky(squares('logdet', matrix));
    const d = np.real(np.diagonal(c as never, { axis1: -2, axis2: -1 } as never) as never);
    return tensor(np.multiply(np.sum(np.log(d as never), { axis: -1 }), 2));
  });
/** Cholesky factors: lower triangles L with L L^H = input. @throws InvalidArgumentError unless positive definite @example tf.linalg.cholesky([[4, 2], [2, 5]]).numpy().tolist() // → [ [ 2, 0 ], [ 1, 2 ] ] */
export const cholesky = (input: TensorLike): Tensor =>
  linalg('cholesky', NOT_POSITIVE, () => tensor(np.linalg.cholesky(squares('cholesky', input))));

/**
 * The pseudo-inverse of Moore and Penrose. Singular values up to `rcond` times the largest count as zero; unless given 10 max(m, n) times the precision.
 * @example tf.linalg.pinv([[2, 0], [0, 0]]).numpy().tolist() // → [ [ 0.5, 0 ], [ 0, 0 ] ]
 */
export const pinv = (a: TensorLike, ...rest: (TensorLike | null | { rcond?: TensorLike | null })[]): Tensor =>
  linalg('pinv', 'SVD did not converge', () => {
    const t = matrices('pinv', a);
    const { rcond } = options<{ rcond: TensorLike | null }>('linalg.pinv', ['rcond'], rest as never);
    const [s, u, v] = svd(t) as [Tensor, Tensor, Tensor];
    const eps = (np.finfo(realDtype(t) as never) as unknown as { eps: number }).eps;
    const relative = rcond ?? 10 * Math.max(last(t), last(t, 2)) * eps;
    const limit = np.multiply(
      np.max(s, { axis: -1, keepdims: true }),
      typeof relative === 'number' ? relative : np.expand_dims(convert_to_tensor(relative as never), { axis: -1 }),
    );
    const kept = np.greater(s, limit);
    const inverse = np.where(kept, np.reciprocal(np.where(kept, s, 1 as never) as never), 0 as never);
    const scaled = np.multiply(v, np.expand_dims(inverse as never, { axis: -2 }));
    return times(tensor(scaled).astype(t.dtype), turned(u));
  });

/** How many singular values are above `tol`: unless given, max(m, n) times the precision times the largest; int32. @example tf.linalg.matrix_rank([[1, 2], [2, 4]]).item() // → 1 */
export const matrix_rank = (a: TensorLike, ...rest: (number | null | { tol?: number | null })[]): Tensor =>
  linalg('matrix_rank', 'SVD did not converge', () => {
    const t = matrices('matrix_rank', a);
    const { tol } = options<{ tol: number | null }>('linalg.matrix_rank', ['tol'], rest);
    const s = svd(t, { compute_uv: false }) as Tensor;
    const eps = (np.finfo(realDtype(t) as never) as unknown as { eps: number }).eps;
    const limit = tol ?? np.multiply(np.max(s, { axis: -1, keepdims: true }), eps * Math.max(last(t), last(t, 2)));
    return tensor(np.sum(np.greater(s, limit as never), { axis: -1, dtype: 'int32' } as never));
  });

/** Products of matrices and vectors. @example tf.linalg.matvec([[1, 2], [3, 4]], [1, 1]).numpy() // → array([3., 7.], dtype=float32) */
export const matvec = (
  a: TensorLike,
  b: TensorLike,
  ...rest: (boolean | Pick<MatmulOptions, 'transpose_a' | 'adjoint_a'>)[]
): Tensor => {
  const o = options<MatmulOptions>('linalg.matvec', ['transpose_a', 'adjoint_a'], rest as never);
  const v = convert_to_tensor(b as never) as Tensor;
  if (v.ndim < 1) throw new InvalidArgumentError('tf.linalg.matvec: b must have rank >= 1');
  return tensor(np.squeeze(matmul(a, tensor(np.expand_dims(v, { axis: -1 })), o), { axis: -1 } as never));
};

// ---- tridiagonal matrices ------------------------------------------------------------------------------------------

/** The three diagonals, each (…, n): above, on and below the main one; rows of `compact` begin or end with an entry that is not read. */
function threeDiagonals(name: string, diagonals: TensorLike | readonly TensorLike[], format: string): Tensor[] {
  if (format === 'matrix') {
    const m = squares(name, diagonals as TensorLike);
    const n = last(m);
    const part = (k: number): Tensor => tensor(np.diagonal(m, { offset: k, axis1: -2, axis2: -1 } as never));
    const pad = (t: Tensor, before: number): Tensor =>
      tensor(
        np.pad(
          t,
          [...t.shape.slice(1).map(() => [0, 0]), [before, 1 - before]] as never,
          { mode: 'constant' } as never,
        ),
      );
    if (n === 1) return [tensor(np.zeros_like(part(0))), part(0), tensor(np.zeros_like(part(0)))];
    return [pad(part(1), 0), part(0), pad(part(-1), 1)];
  }
  if (format === 'sequence') {
    const [up, main, down] = (diagonals as readonly TensorLike[]).map((d) => convert_to_tensor(d as never) as Tensor);
    const n = last(main);
    const pad = (t: Tensor, before: number): Tensor =>
      last(t) === n
        ? t
        : tensor(
            np.pad(
              t,
              [...t.shape.slice(1).map(() => [0, 0]), [before, 1 - before]] as never,
              { mode: 'constant' } as never,
            ),
          );
    return [pad(up, 0), main, pad(down, 1)];
  }
  if (format !== 'compact')
    throw new ValueError(`Expected diagonals_format to be one of compact, matrix, sequence; got ${format}`);
  const t = matrices(name, diagonals as TensorLike);
  if (last(t, 2) !== 3) throw new InvalidArgumentError(`tf.linalg.${name}: Expected 3 diagonals got ${last(t, 2)}`);
  return [0, 1, 2].map((k) => tensor(np.take(t, k as never, { axis: -2 })));
}

/** Products of tridiagonal matrices and (…, n, k). @example tf.linalg.tridiagonal_matmul([[1, 1, 0], [2, 2, 2], [0, 1, 1]], [[1], [1], [1]]).numpy().tolist() // → [ [ 3 ], [ 4 ], [ 3 ] ] */
export const tridiagonal_matmul = (
  diagonals: TensorLike | readonly TensorLike[],
  rhs: TensorLike,
  ...rest: (string | { diagonals_format?: string })[]
): Tensor =>
  linalg('tridiagonal_matmul', SINGULAR, () => {
    const o = options<{ diagonals_format: string }>('linalg.tridiagonal_matmul', ['diagonals_format'], rest);
    const [up, main, down] = threeDiagonals('tridiagonal_matmul', diagonals, o.diagonals_format ?? 'compact').map((d) =>
      np.expand_dims(d, { axis: -1 }),
    );
    const b = matrices('tridiagonal_matmul', rhs);
    const n = last(b, 2);
    const zero = np.zeros_like(tensor(np.take(b, [0] as never, { axis: -2 })));
    const rows = (from: number, to: number): unknown =>
      np.take(b, Array.from({ length: to - from }, (_, i) => from + i) as never, { axis: -2 });
    const later = n === 1 ? zero : np.concatenate([rows(1, n), zero] as never, -2 as never);
    const earlier = n === 1 ? zero : np.concatenate([zero, rows(0, n - 1)] as never, -2 as never);
    return tensor(
      np.add(
        np.add(np.multiply(main as never, b), np.multiply(up as never, later as never)),
        np.multiply(down as never, earlier as never),
      ),
    );
  });

/**
 * The x with T x = rhs for tridiagonal matrices T; rhs is (…, n) or (…, n, k).
 * @throws InvalidArgumentError for a singular matrix
 * @example tf.linalg.tridiagonal_solve([[0, 0], [2, 4], [0, 0]], [2, 4]).numpy() // → array([1., 1.], dtype=float32)
 */
export const tridiagonal_solve = (
  diagonals: TensorLike | readonly TensorLike[],
  rhs: TensorLike,
  ...rest: (
    | string
    | boolean
    | {
        diagonals_format?: string;
        transpose_rhs?: boolean;
        conjugate_rhs?: boolean;
        partial_pivoting?: boolean;
      }
  )[]
): Tensor =>
  linalg('tridiagonal_solve', SINGULAR, () => {
    const o = options<{
      diagonals_format: string;
      transpose_rhs: boolean;
      conjugate_rhs: boolean;
      partial_pivoting: boolean;
    }>(
      'linalg.tridiagonal_solve',
      ['diagonals_format', 'transpose_rhs', 'conjugate_rhs', 'partial_pivoting'],
      rest as never,
    );
    const parts = threeDiagonals('tridiagonal_solve', diagonals, o.diagonals_format ?? 'compact');
    const n = last(parts[1]);
    // Column j of the dense matrix has the entry above in row j - 1: shifted identities carry each diagonal to its place.
    const whole = parts
      .map((d, i) =>
        np.multiply(
          np.expand_dims(np.where(edge(n, 1 - i), d, 0 as never) as never, { axis: -1 }),
          np.eye(n, { k: 1 - i, dtype: d.dtype } as never) as never,
        ),
      )
      .reduce((a, b) => np.add(a, b));
    let b = convert_to_tensor(rhs as never) as Tensor;
    const vector = b.ndim === parts[1].ndim;
    if (vector) b = tensor(np.expand_dims(b, { axis: -1 }));
    else if (o.transpose_rhs) b = turned(b, false);
    if (o.conjugate_rhs) b = tensor(np.conjugate(b));
    const x = tensor(np.linalg.solve(whole as never, b));
    return vector ? tensor(np.squeeze(x, { axis: -1 } as never)) : x;
  });
/** Which entries of a diagonal of a square matrix are read: the others lie outside of it. */
const edge = (n: number, k: number): any => np.array(Array.from({ length: n }, (_, i) => i + k >= 0 && i + k < n));
