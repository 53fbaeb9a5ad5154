import { np, tf } from '../../src/index.js';

/** Gradients against central differences, eagerly and traced. */

export type Fn = (...xs: tf.Tensor[]) => tf.Tensor;

/** Random float64 tensors, the same ones in every run. */
export function randoms(seed = 1): (...shape: number[]) => tf.Tensor {
  const rng = np.random.default_rng(seed);
  return (...shape) => tf.constant(rng.standard_normal(shape)) as tf.Tensor;
}

/** A fixed weighting of a result's elements, so that their sum is no special direction. */
const weigh = (y: tf.Tensor): tf.Tensor =>
  tf.constant(np.cos(np.arange(Math.max(1, y.size))).reshape([...y.shape])) as tf.Tensor;

/** The largest difference between gradients and differences, relative to their size; between eager and traced ones, too. */
export function gradientError(f: Fn, xs: readonly tf.Tensor[], h = 1e-6): number {
  const w = weigh(f(...xs));
  const value = (...a: tf.Tensor[]): tf.Tensor => np.sum(np.multiply(f(...a), w)) as never;
  const gradients = (...a: tf.Tensor[]): tf.Tensor[] => {
    const tape = new tf.GradientTape();
    tape.watch(a);
    return tape.gradient(value(...a), a) as tf.Tensor[];
  };
  const eager = gradients(...xs);
  const traced = tf.function(gradients)(...xs) as tf.Tensor[];
  let worst = 0;
  xs.forEach((x, k) => {
    const flat = x.numpy().ravel().tolist() as number[];
    const got = eager[k].numpy().ravel().tolist() as number[];
    const again = traced[k].numpy().ravel().tolist() as number[];
    const at = (i: number, d: number): number => {
      const moved = flat.slice();
      moved[i] += d;
      const ys = xs.slice();
      ys[k] = tf.constant(np.array(moved).reshape([...x.shape])) as tf.Tensor;
      return Number(value(...ys).item());
    };
    flat.forEach((_, i) => {
      const slope = (at(i, h) - at(i, -h)) / (2 * h);
      worst = Math.max(worst, Math.abs(got[i] - slope) / (1 + Math.abs(slope)), Math.abs(got[i] - again[i]));
    });
  });
  return worst;
}
