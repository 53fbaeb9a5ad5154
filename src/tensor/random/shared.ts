import type { DType, DTypeLike } from '../../core/dtype.js';
import { ValueError } from '../../core/errors.js';
import { broadcastShapes } from '../../core/view.js';
import * as np from '../../ndarray/index.js';
import { convert_to_tensor, type TensorLike } from '../convert.js';
import type { Tensor } from '../tensor.js';
import { drawnDtype, type Kind, parameter } from './draw.js';

/** What the functions of all namespaces of random values are made of: each gives the drawing, they the distribution's parameters. */

/** Draws values of a kind: from a seed, a generator, or a source. */
export type Drawer = (kind: Kind, shape: readonly number[], dtype: DType, params?: readonly Tensor[]) => Tensor;
const tensor = (x: unknown): Tensor => x as Tensor;

export function uniformFrom(
  draw: Drawer,
  shape: readonly number[],
  minval: TensorLike | null,
  maxval: TensorLike | null,
  dtype: DTypeLike,
  fullRange: boolean,
): Tensor {
  const d = drawnDtype(dtype, 'fi');
  if (d.kind === 'f') {
    const low = parameter(minval ?? 0, d);
    const high = parameter(maxval ?? 1, d);
    return tensor(np.add(np.multiply(draw('uniform', shape, d), np.subtract(high, low)), low));
  }
  if (minval === null && maxval === null && fullRange) return draw('integers', shape, d);
  if (maxval === null)
    throw new ValueError(
      fullRange
        ? `For integer \`dtype\` argument ${d.name}, argument \`minval\` and \`maxval\` must be both None or not None.`
        : `Must specify maxval for integer dtype <dtype: '${d.name}'>`,
    );
  if (d.kind === 'u') throw new ValueError(`Argument \`dtype\` got invalid value <dtype: '${d.name}'> when bounded.`);
  if (minval === null)
    throw new ValueError(
      `For integer \`dtype\` argument ${d.name}, argument \`minval\` and \`maxval\` must be both None or not None.`,
    );
  return draw('bounded', shape, d, [parameter(minval, d), parameter(maxval, d)]);
}

export function normalFrom(
  draw: Drawer,
  kind: 'normal' | 'truncated',
  shape: readonly number[],
  mean: TensorLike,
  stddev: TensorLike,
  dtype: DTypeLike,
): Tensor {
  const d = drawnDtype(dtype);
  return tensor(np.add(np.multiply(draw(kind, shape, d), parameter(stddev, d)), parameter(mean, d)));
}

/** Gamma variates over `shape`, which the parameters' shapes end. */
export function gammaFrom(
  draw: Drawer,
  shape: readonly number[],
  alpha: Tensor,
  beta: Tensor | null,
  dtype: DType,
): Tensor {
  const a = beta === null ? alpha : tensor(np.broadcast_to(alpha, broadcastShapes([alpha.shape, beta.shape])));
  const plain = np.maximum(draw('gamma', shape, dtype, [a]), np.finfo(dtype as never).tiny as never);
  return tensor(beta === null ? plain : np.divide(plain, beta));
}

/** Indices drawn by rows of logits. @throws ValueError unless these have two axes */
export function categoricalFrom(draw: Drawer, logits: TensorLike, samples: number, dtype: DTypeLike | null): Tensor {
  const t = convert_to_tensor(logits as never) as Tensor;
  if (t.ndim !== 2) throw new ValueError(`Shape must be rank 2 but is rank ${t.ndim}: logits [${t.shape.join(',')}]`);
  return draw('categorical', [t.shape[0], samples], drawnDtype(dtype ?? 'int64', 'i'), [t]);
}

/** The first axis permuted. */
export function shuffleFrom(draw: Drawer, value: TensorLike): Tensor {
  const t = convert_to_tensor(value as never) as Tensor;
  if (t.ndim === 0 || t.shape[0] < 2) return t;
  return tensor(np.take(t, draw('permutation', [t.shape[0]], drawnDtype('int32', 'i')), { axis: 0 }));
}
