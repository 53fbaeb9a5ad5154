import { InvalidArgumentError } from '../core/errors.js';
import * as np from '../ndarray/index.js';
import * as u from '../ndarray/ufuncs.js';
import { convert_to_tensor, together } from './convert.js';
import type { BinaryOp, UnaryOp } from './math.js';
import { op } from './op.js';
import type { Tensor } from './tensor.js';

/** Products, quotients and logarithms that are 0 where a factor is zero, whatever the other one is. */

const tensor = (x: unknown): Tensor => x as Tensor;
/** Where a condition holds zeros, elsewhere what `f` makes of a value that is 1 there, so that gradients stay finite. */
const zeroWhere = (zero: Tensor, x: Tensor, f: (safe: Tensor) => unknown): Tensor =>
  tensor(np.where(zero, 0, f(tensor(np.where(zero, 1, x))) as never));

const row =
  (name: string, f: (a: Tensor, b: Tensor) => Tensor): BinaryOp =>
  (x, y) =>
    op(`math.${name}`, () => {
      const [a, b] = together(name, [x, y]);
      if (!'fc'.includes(a.dtype.kind))
        throw new InvalidArgumentError(`tf.math.${name}: dtype ${a.dtype.name} is not allowed; use tf.cast`);
      return f(a, b);
    });
const isZero = (t: Tensor): Tensor => tensor(u.equal(t, 0));

/**
 * Product, 0 where y is 0 even if x is inf or nan.
 * @example tf.math.multiply_no_nan([NaN, 2], [0, 3]).numpy() // → array([0., 6.], dtype=float32)
 */
export const multiply_no_nan: BinaryOp = row('multiply_no_nan', (a, b) => {
  // The other factor stays a factor, since the gradient of y is x where y is 0, too.
  const drop = u.logical_and(u.equal(b, 0), u.logical_not(u.isfinite(a)));
  return tensor(u.multiply(np.where(drop, 0, a as never), b));
});
/** Quotient, 0 where y is 0. @example tf.math.divide_no_nan([1, 6], [0, 3]).numpy() // → array([0., 2.], dtype=float32) */
export const divide_no_nan: BinaryOp = row('divide_no_nan', (a, b) => zeroWhere(isZero(b), b, (s) => u.divide(a, s)));
/** 1 / x, 0 where x is 0. @example tf.math.reciprocal_no_nan([0, 4]).numpy() // → array([0.  , 0.25], dtype=float32) */
export const reciprocal_no_nan: UnaryOp = (x) => {
  const t = convert_to_tensor(x) as Tensor;
  return divide_no_nan(np.ones_like(t) as unknown as Tensor, t);
};
/** x * log(y), 0 where x is 0. @example tf.math.xlogy([0, 2], [0, 1]).numpy() // → array([0., 0.], dtype=float32) */
export const xlogy: BinaryOp = row('xlogy', (a, b) => {
  return zeroWhere(isZero(a), b, (s) => u.multiply(a, u.log(s)));
});
/** x * log(1 + y), 0 where x is 0. @example tf.math.xlog1py([0, 2], [-1, 0]).numpy() // → array([0., 0.], dtype=float32) */
export const xlog1py: BinaryOp = row('xlog1py', (a, b) => zeroWhere(isZero(a), b, (s) => u.multiply(a, u.log1p(s))));
/** x / y, 0 where x is 0. @example tf.math.xdivy([0, 6], [0, 3]).numpy() // → array([0., 2.], dtype=float32) */
export const xdivy: BinaryOp = row('xdivy', (a, b) => zeroWhere(isZero(a), b, (s) => u.divide(a, s)));
