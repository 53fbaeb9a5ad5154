import { runAs } from '../core/transfers.js';
import { InvalidArgumentError, shapeText, ValueError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { op } from './op.js';
import type { Tensor } from './tensor.js';

/** Products of tensors. */

const tensor = (x: unknown): Tensor => x as Tensor;

export interface MatmulOptions {
  transpose_a?: boolean;
  transpose_b?: boolean;
  adjoint_a?: boolean;
  adjoint_b?: boolean;
}

/**
 * Matrix product of the last two axes, batched over the others. Transposed operands are views: nothing is copied.
 * @throws InvalidArgumentError when dtypes or inner sizes differ
 * @example tf.matmul([[1, 2], [3, 4]], [[1, 0]], { transpose_b: true }).numpy() // → array([[1.],
 * //          [3.]], dtype=float32)
 */
export function matmul(a: TensorLike, b: TensorLike, ...rest: (boolean | MatmulOptions)[]): Tensor {
  const o = options<MatmulOptions>('matmul', ['transpose_a', 'transpose_b', 'adjoint_a', 'adjoint_b'], rest);
  return runAs('tf.matmul', () => {
    let [x, y] = together('MatMul', [a, b]);
    if (x.ndim < 2 || y.ndim < 2)
      throw new InvalidArgumentError(
        `tf.matmul: operands must have at least two axes, got shapes (${x.shape.join(', ')}) and (${y.shape.join(', ')})`,
      );
    const flip = (t: Tensor, transpose: boolean, adjoint: boolean): Tensor => {
      if (!transpose && !adjoint) return t;
      const s = tensor(np.swapaxes(t, -1, -2));
      return adjoint ? tensor(np.conjugate(s)) : s;
    };
    x = flip(x, o.transpose_a ?? false, o.adjoint_a ?? false);
    y = flip(y, o.transpose_b ?? false, o.adjoint_b ?? false);
    const k = x.shape[x.ndim - 1];
    const m = y.shape[y.ndim - 2];
    if (k !== m)
      throw new InvalidArgumentError(
        `tf.matmul: Matrix size-incompatible: In[0]: [${x.shape.join(',')}], In[1]: [${y.shape.join(',')}]: ${k} ≠ ${m}`,
      );
    return tensor(np.matmul(x, y));
  });
}

/**
 * Contraction over the last `axes` axes of a and the first of b, or over the listed axes.
 * @example tf.tensordot([[1, 2]], [[3], [4]], 1).item() // → 11
 */
export const tensordot = (
  a: TensorLike,
  b: TensorLike,
  axes: number | readonly (readonly number[])[] | readonly number[],
): Tensor =>
  runAs('tf.tensordot', () => {
    const [x, y] = together('tensordot', [a, b]);
    return tensor(np.tensordot(x, y, { axes: axes as never }));
  });

/** Einstein summation. @example tf.einsum('ij,jk->ik', [[1, 2]], [[3], [4]]).numpy() // → array([[11.]], dtype=float32) */
export const einsum = (equation: string, ...inputs: TensorLike[]): Tensor =>
  op('einsum', () => tensor(np.einsum(equation, ...together('einsum', inputs))));

/** Sum of the main diagonal of the last two axes. @example tf.linalg.trace([[1, 2], [3, 4]]).item() // → 5 */
export const trace = (x: TensorLike): Tensor =>
  tensor(np.trace(convert_to_tensor(x as never), { axis1: -2, axis2: -1 } as never));

/**
 * The last two axes swapped, a view; with `conjugate` also conjugated.
 * @example tf.linalg.matrix_transpose([[1, 2, 3]]).shape // → [ 3, 1 ]
 */
export const matrix_transpose = (a: TensorLike, ...rest: (boolean | { conjugate?: boolean })[]): Tensor => {
  const o = options<{ conjugate: boolean }>('linalg.matrix_transpose', ['conjugate'], rest);
  const t = tensor(np.matrix_transpose(atLeast(2, 'matrix_transpose', a)));
  return o.conjugate ? tensor(np.conjugate(t)) : t;
};
/** The last two axes swapped and conjugated. @example tf.linalg.adjoint([[1, 2]]).shape // → [ 2, 1 ] */
export const adjoint = (matrix: TensorLike): Tensor => matrix_transpose(matrix, true);

/** The tensor, of at least so many axes. */
function atLeast(n: number, name: string, x: TensorLike): Tensor {
  const t = convert_to_tensor(x as never) as Tensor;
  if (t.ndim < n)
    throw new InvalidArgumentError(
      `tf.linalg.${name}: the operand must have at least ${n} ${n === 1 ? 'axis' : 'axes'}, got shape ${shapeText(t.shape)}`,
    );
  return t;
}

/**
 * The matrices with zeros outside of a band: `num_lower` diagonals below and `num_upper` above the main one; negative keeps all.
 * @example tf.linalg.band_part([[1, 2], [3, 4]], 0, -1).numpy() // → array([[1., 2.],
 * //          [0., 4.]], dtype=float32)
 */
export const band_part = (input: TensorLike, num_lower: number, num_upper: number): Tensor =>
  runAs('tf.linalg.band_part', () => {
    const t = atLeast(2, 'band_part', input);
    const [m, n] = t.shape.slice(-2);
    const lower =
      num_lower < 0 ? np.ones([m, n], 'bool') : np.logical_not(np.tri(m, n, { k: -num_lower - 1, dtype: 'bool' }));
    const upper = num_upper < 0 ? np.ones([m, n], 'bool') : np.tri(m, n, { k: num_upper, dtype: 'bool' });
    return tensor(np.where(np.logical_and(lower, upper), t, np.zeros_like(t)));
  });

/**
 * Norm of all values as one vector, or of the vectors along one axis, or of the matrices over two axes.
 *
 * `ord` is 'euclidean' (of matrices Frobenius), 'fro', a positive number or Infinity; 1 and Infinity of matrices are the largest
 * column and row sums, 2 is the largest singular value.
 * @throws ValueError for another ord
 * @example tf.norm([[3, 4], [6, 8]], { axis: 1 }).numpy() // → array([ 5., 10.], dtype=float32)
 */
export function norm(
  t: TensorLike,
  ...rest: (
    | string
    | number
    | readonly number[]
    | boolean
    | null
    | { ord?: string | number; axis?: number | readonly number[] | null; keepdims?: boolean }
  )[]
): Tensor {
  const {
    ord = 'euclidean',
    axis = null,
    keepdims = false,
  } = options<{ ord: string | number; axis: number | readonly number[] | null; keepdims: boolean }>(
    'norm',
    ['ord', 'axis', 'keepdims'],
    rest,
  );
  return runAs('tf.norm', () => {
    const x = convert_to_tensor(t as never) as Tensor;
    const size = np.abs(x);
    const o = { axis: axis as number, keepdims };
    const matrix = Array.isArray(axis) && axis.length === 2;
    if (ord === 'euclidean' || ord === 'fro' || (ord === 2 && !matrix))
      return tensor(np.sqrt(np.sum(np.square(size), o)));
    if (typeof ord !== 'number' || !(ord > 0))
      throw new ValueError(
        `tf.norm: ord must be 'euclidean', 'fro', a positive number or Infinity, got ${String(ord)}`,
      );
    if (matrix) {
      if (ord === 2) return tensor(np.linalg.norm(x, { ord: 2, axis: [...axis], keepdims } as never));
      if (ord !== 1 && ord !== Number.POSITIVE_INFINITY)
        throw new ValueError(
          `tf.norm: 'ord' must be a supported matrix norm in ['euclidean', 'fro', 1, 2, inf], got ${ord}`,
        );
      const [row, column] = (axis as readonly number[]).map((k) => (k < 0 ? k + x.ndim : k));
      const [along, over] = ord === 1 ? [row, column] : [column, row];
      const largest = np.max(np.sum(size, { axis: along, keepdims: true }), { axis: over, keepdims: true });
      return tensor(keepdims ? largest : np.squeeze(largest as never, { axis: [row, column] as never }));
    }
    if (ord === 1) return tensor(np.sum(size, o));
    if (ord === Number.POSITIVE_INFINITY) return tensor(np.max(size, o));
    return tensor(np.power(np.sum(np.power(size, ord), o) as never, 1 / ord));
  });
}
