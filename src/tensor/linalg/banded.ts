import { InvalidArgumentError, ValueError } from '../../core/errors.js';
import * as np from '../../ndarray/index.js';
import { options, type TensorLike, together } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { eigh, eigvalsh } from './factors.js';
import { last, linalg, matrices, tensor } from './common.js';
import { diag } from './diagonals.js';
import { triangular_solve } from './solving.js';

/** Matrices that are given by some of their diagonals. */

const cut = (t: Tensor, from: number, to: number): Tensor =>
  tensor(np.take(t, Array.from({ length: to - from }, (_, i) => from + i) as never, { axis: -1 }));

/**
 * Solves with a triangular matrix that has K diagonals, the rows of `bands`: the main one and those below it, whose first entries are not read; or, with
 * `lower: false`, those above it and the main one last, whose last entries are not read.
 * @throws InvalidArgumentError for shapes that do not go together
 * @example tf.linalg.banded_triangular_solve([[2, 4], [0, 1]], [[2], [5]]).numpy().tolist() // → [ [ 1 ], [ 1 ] ]
 */
export const banded_triangular_solve = (
  bands: TensorLike,
  rhs: TensorLike,
  ...rest: (boolean | { lower?: boolean; adjoint?: boolean })[]
): Tensor =>
  linalg('banded_triangular_solve', 'Input matrix is not invertible.', () => {
    const o = options<{ lower: boolean; adjoint: boolean }>(
      'linalg.banded_triangular_solve',
      ['lower', 'adjoint'],
      rest,
    );
    const lower = o.lower ?? true;
    const [given, b] = together('banded_triangular_solve', [bands, rhs]);
    const t = matrices('banded_triangular_solve', given);
    const [count, n] = [last(t, 2), last(t)];
    if (count > n)
      throw new InvalidArgumentError(`tf.linalg.banded_triangular_solve: ${count} bands of a matrix of ${n} rows`);
    const parts = Array.from({ length: count }, (_, k) => {
      const row = tensor(np.take(t, (lower ? k : count - 1 - k) as never, { axis: -2 }));
      return diag(lower ? cut(row, k, n) : cut(row, 0, n - k), { k: lower ? -k : k });
    });
    const matrix = parts.reduce((a, p) => tensor(np.add(a, p)));
    return triangular_solve(matrix, b, { lower, adjoint: o.adjoint ?? false });
  });

interface Selection {
  eigvals_only: boolean;
  select: string;
  select_range: readonly number[] | null;
  tol: number | null;
}
/**
 * Eigenvalues of symmetric tridiagonal matrices, and eigenvectors with `eigvals_only: false`. `select` 'i' takes those from the first to the second
 * number of `select_range`, 'v' those between its values (first excluded).
 * @throws ValueError for another selection
 * @example tf.linalg.eigh_tridiagonal([2, 2], [1]).numpy() // → array([1., 3.], dtype=float32)
 */
export const eigh_tridiagonal = (
  alpha: TensorLike,
  beta: TensorLike,
  ...rest: (boolean | string | readonly number[] | number | null | Partial<Selection>)[]
): Tensor | [Tensor, Tensor] =>
  linalg('eigh_tridiagonal', 'Eigenvalues did not converge', () => {
    const o = options<Selection>('linalg.eigh_tridiagonal', ['eigvals_only', 'select', 'select_range', 'tol'], rest);
    const [main, side] = together('eigh_tridiagonal', [alpha, beta]);
    const below = diag(side, { k: -1 });
    const above = diag(tensor(np.conjugate(side)), { k: 1 });
    const m = tensor(np.add(np.add(diag(main), below), above));
    const pick = o.select ?? 'a';
    const range = o.select_range ?? null;
    if (!['a', 'i', 'v'].includes(pick)) throw new ValueError("'select must have a value in {'a', 'i', 'v'}.");
    if (pick !== 'a' && (range === null || range.length !== 2 || range[0] > range[1]))
      throw new ValueError('select_range must be a pair in order.');
    const [w, v] = (o.eigvals_only ?? true) ? [eigvalsh(m), null] : eigh(m);
    if (pick === 'a') return v === null ? w : [w, v];
    const values = (w as Tensor).numpy().tolist() as unknown as number[];
    const [from, to] = range as readonly [number, number];
    const places = values.flatMap((x, i) => ((pick === 'i' ? i >= from && i <= to : x > from && x <= to) ? [i] : []));
    const some = tensor(np.take(w as never, places as never, { axis: -1 }));
    return v === null ? some : [some, tensor(np.take(v, places as never, { axis: -1 }))];
  });
