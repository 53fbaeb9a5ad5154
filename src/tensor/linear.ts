import { runAs } from '../core/transfers.js';
import { InvalidArgumentError, ValueError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import { convert_to_tensor, options, type TensorLike, together } from './convert.js';
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
 * @example tf.matmul(a, b, { transpose_b: true })
 */
export function matmul(a: TensorLike, b: TensorLike, ...rest: (boolean | MatmulOptions)[]): Tensor {
  const o = options<MatmulOptions>('matmul', ['transpose_a', 'transpose_b', 'adjoint_a', 'adjoint_b'], rest);
  return runAs('tf.matmul', () => {
    let [x, y] = together('MatMul', [a, b]);
    if (x.ndim < 2 || y.ndim < 2) throw new InvalidArgumentError(`tf.matmul: operands must have at least two axes, got shapes (${x.shape.join(', ')}) and (${y.shape.join(', ')})`);
    const flip = (t: Tensor, transpose: boolean, adjoint: boolean): Tensor => {
      if (!transpose && !adjoint) return t;
      const s = tensor(np.swapaxes(t, -1, -2));
      return adjoint ? tensor(np.conjugate(s)) : s;
    };
    x = flip(x, o.transpose_a ?? false, o.adjoint_a ?? false);
    y = flip(y, o.transpose_b ?? false, o.adjoint_b ?? false);
    const k = x.shape[x.ndim - 1];
    const m = y.shape[y.ndim - 2];
    if (k !== m) throw new InvalidArgumentError(`tf.matmul: Matrix size-incompatible: In[0]: [${x.shape.join(',')}], In[1]: [${y.shape.join(',')}]: ${k} ≠ ${m}`);
    return tensor(np.matmul(x, y));
  });
}

/** Contraction over the last `axes` axes of a and the first of b, or over the listed axes. */
export const tensordot = (a: TensorLike, b: TensorLike, axes: number | readonly (readonly number[])[] | readonly number[]): Tensor =>
  runAs('tf.tensordot', () => {
    const [x, y] = together('tensordot', [a, b]);
    return tensor(np.tensordot(x, y, { axes: axes as never }));
  });

/** Einstein summation. @example tf.einsum('ij,jk->ik', a, b) */
export const einsum = (equation: string, ...inputs: TensorLike[]): Tensor => runAs('tf.einsum', () => tensor(np.einsum(equation, ...(together('einsum', inputs) as never[]))));

export const trace = (x: TensorLike): Tensor => tensor(np.trace(convert_to_tensor(x as never), { axis1: -2, axis2: -1 } as never));

/** Euclidean norm of all values, or along an axis. */
export function norm(t: TensorLike, ord: string | number = 'euclidean', axis: number | readonly number[] | null = null, keepdims = false): Tensor {
  const x = convert_to_tensor(t as never);
  const o = { axis: axis as number, keepdims };
  if (ord === 'euclidean' || ord === 2 || ord === 'fro') return tensor(np.sqrt(np.sum(np.square(np.abs(x)), o)));
  if (ord === 1) return tensor(np.sum(np.abs(x), o));
  if (ord === Number.POSITIVE_INFINITY) return tensor(np.max(np.abs(x), o));
  throw new ValueError(`tf.norm: ord must be 'euclidean', 'fro', 1, 2 or Infinity, got ${String(ord)}`);
}
