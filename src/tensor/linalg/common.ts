import { InvalidArgumentError, LinAlgError, shapeText } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor, type TensorLike, together } from '../convert.js';
import type { Tensor } from '../tensor.js';

/** What the functions of tf.linalg check and are written with. */

export const tensor = (x: unknown): Tensor => x as Tensor;
export const last = (t: Tensor, k = 1): number => t.shape[t.ndim - k];

function floating(name: string, t: Tensor): Tensor {
  if (t.dtype.kind !== 'f' && t.dtype.kind !== 'c')
    throw new InvalidArgumentError(
      `tf.linalg.${name}: dtype ${t.dtype.name} is not allowed; use tf.cast to a floating dtype`,
    );
  return t;
}

/** A stack of matrices. @throws InvalidArgumentError for fewer than two axes, or a dtype that is not floating */
export function matrices(name: string, x: TensorLike): Tensor {
  const t = floating(name, convert_to_tensor(x as never) as Tensor);
  if (t.ndim < 2)
    throw new InvalidArgumentError(`tf.linalg.${name}: Input must have rank >= 2, got shape ${shapeText(t.shape)}`);
  return t;
}
/** A stack of square matrices. @throws InvalidArgumentError for others */
export function squares(name: string, x: TensorLike): Tensor {
  const t = matrices(name, x);
  if (last(t) !== last(t, 2))
    throw new InvalidArgumentError(`tf.linalg.${name}: Input matrix must be square, got shape ${shapeText(t.shape)}`);
  return t;
}
/** A stack of square matrices and right-hand sides of them, in one dtype. */
export function system(name: string, matrix: TensorLike, rhs: TensorLike, square = true): [Tensor, Tensor] {
  const [a, b] = together(name, [matrix, rhs]);
  if (square) squares(name, a);
  else matrices(name, a);
  matrices(name, b);
  if (last(a, 2) !== last(b, 2))
    throw new InvalidArgumentError(
      `tf.linalg.${name}: Input matrix and rhs are incompatible: ${shapeText(a.shape)} and ${shapeText(b.shape)}`,
    );
  return [a, b];
}

/** Runs a function of tf.linalg; what has no solution is an InvalidArgumentError, as TensorFlow has it. */
export function linalg<T>(name: string, failure: string, f: () => T): T {
  return runAs(`tf.linalg.${name}`, () => {
    try {
      return f();
    } catch (e) {
      if (e instanceof LinAlgError) throw new InvalidArgumentError(`tf.linalg.${name}: ${failure}`);
      throw e;
    }
  });
}

/** The last two axes exchanged, and conjugated. */
export function turned(t: Tensor, conjugate = true): Tensor {
  const s = np.swapaxes(t, -1, -2);
  return tensor(conjugate && t.dtype.kind === 'c' ? np.conjugate(s) : s);
}
export const times = (a: unknown, b: unknown): Tensor => tensor(np.matmul(a as never, b as never));
/** The real dtype of a complex one. */
export const realDtype = (t: Tensor): string =>
  t.dtype.name === 'complex64' ? 'float32' : t.dtype.name === 'complex128' ? 'float64' : t.dtype.name;
export const identity = (n: number, t: Tensor): Tensor =>
  convert_to_tensor(np.eye(n, { dtype: t.dtype } as never) as never) as Tensor;
