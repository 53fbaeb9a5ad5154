import * as np from '../../ndarray/index.js';
import type { BinaryUfunc } from '../../ndarray/ufunc.js';
import { InvalidArgumentError } from '../../core/errors.js';
import { runAs } from '../../core/transfers.js';
import { type TensorLike, together } from '../convert.js';
import type { BinaryOp } from '../math.js';
import type { Tensor } from '../tensor.js';
import { floating } from './one.js';
import * as s from './ufuncs.js';

/** Special functions of two or three real variables, and products and quotients that are 0 where one factor is. */

const tensor = (x: unknown): Tensor => x as Tensor;
const pair = (name: string, x: TensorLike, y: TensorLike): [Tensor, Tensor] => {
  const [a, b] = together(name, [x, y]);
  if (a.dtype.kind !== 'f' && a.dtype.kind !== 'c')
    throw new InvalidArgumentError(
      `tf.math.${name}: dtype ${a.dtype.name} is not allowed; use tf.cast to a floating dtype`,
    );
  return [a, b];
};
const special =
  (name: string, f: BinaryUfunc): BinaryOp =>
  (x, y) =>
    runAs(`tf.math.${name}`, () => {
      const [a, b] = pair(name, x, y);
      return tensor(f(floating(name, a), b));
    });

/** The a-th derivative of digamma at x; nan where a is no natural number. @example tf.math.polygamma(1, [1, 2]).numpy() // → array([1.644934  , 0.64493406], dtype=float32) */
export const polygamma: BinaryOp = /*@__PURE__*/ special('polygamma', s.polygamma);
/** Hurwitz' zeta function, the sum of (q + k)^-x over all k >= 0. @example tf.math.zeta([2, 4], 1).numpy() // → array([1.644934 , 1.0823232], dtype=float32) */
export const zeta: BinaryOp = /*@__PURE__*/ special('zeta', s.zeta);
/** The regularized lower incomplete gamma function P(a, x). @example tf.math.igamma([1, 2], 1).numpy() // → array([0.63212055, 0.26424113], dtype=float32) */
export const igamma: BinaryOp = /*@__PURE__*/ special('igamma', s.igamma);
/** The regularized upper incomplete gamma function Q(a, x) = 1 - P. @example tf.math.igammac([1, 2], 1).numpy() // → array([0.36787945, 0.7357589 ], dtype=float32) */
export const igammac: BinaryOp = /*@__PURE__*/ special('igammac', s.igammac);
/** The regularized incomplete beta function I_x(a, b). @example tf.math.betainc(2, 3, [0.25, 0.5]).numpy() // → array([0.26171875, 0.6875    ], dtype=float32) */
export const betainc = (a: TensorLike, b: TensorLike, x: TensorLike): Tensor =>
  runAs('tf.math.betainc', () => {
    const [p, q, v] = together('Betainc', [a, b, x]);
    return tensor(s.betainc(floating('betainc', p), q, v));
  });
/**
 * log of the multivariate beta function over the last axis: the sum of lgamma minus lgamma of the sum.
 * @example tf.math.lbeta([[1, 2], [3, 4]]).numpy() // → array([-0.6931472, -4.0943446], dtype=float32)
 */
export const lbeta = (x: TensorLike): Tensor =>
  runAs('tf.math.lbeta', () => {
    const t = floating('lbeta', x);
    return tensor(np.subtract(np.sum(s.lgamma(t), { axis: -1 }), s.lgamma(np.sum(t, { axis: -1 }) as never)));
  });
