import { runAs } from '../core/transfers.js';
import { InvalidArgumentError } from '../core/errors.js';
import type { BinaryUfunc, UnaryUfunc } from '../ndarray/ufunc.js';
import * as u from '../ndarray/ufuncs.js';
import { convert_to_tensor, type TensorLike, together } from './convert.js';
import type { Tensor } from './tensor.js';

/**
 * Element-wise tf functions: TensorFlow's names over the ufuncs np has, under TensorFlow's dtype rule (no promotion between
 * tensors).
 */

export type UnaryOp = (x: TensorLike, name?: string) => Tensor;
export type BinaryOp = (x: TensorLike, y: TensorLike, name?: string) => Tensor;

const FLOATING = 'fc';

/** An op of one operand; `kinds` are the dtype kinds TensorFlow takes. */
const unary =
  (name: string, f: UnaryUfunc, kinds = 'biufc'): UnaryOp =>
  (x) =>
    runAs(`tf.${name}`, () => {
      const t = convert_to_tensor(x as never);
      if (!kinds.includes(t.dtype.kind)) throw new InvalidArgumentError(`tf.${name}: dtype ${t.dtype.name} is not allowed; use tf.cast to a floating dtype`);
      return f(t) as unknown as Tensor;
    });

/** An op of two operands of one dtype. */
const binary =
  (name: string, f: BinaryUfunc, kinds = 'biufc'): BinaryOp =>
  (x, y) =>
    runAs(`tf.${name}`, () => {
      const [a, b] = together(name, [x, y]);
      if (!kinds.includes(a.dtype.kind)) throw new InvalidArgumentError(`tf.${name}: dtype ${a.dtype.name} is not allowed`);
      return f(a, b) as unknown as Tensor;
    });

export const add: BinaryOp = binary('add', u.add, 'iufc');
export const subtract: BinaryOp = binary('subtract', u.subtract, 'iufc');
export const multiply: BinaryOp = binary('multiply', u.multiply, 'iufc');
/** Division; integers divide in float64, as Python's `/` on tensors. */
export const divide: BinaryOp = binary('divide', u.divide, 'iufc');
export const truediv: BinaryOp = divide;
export const floordiv: BinaryOp = binary('floordiv', u.floor_divide, 'iuf');
export const floormod: BinaryOp = binary('floormod', u.remainder, 'iuf');
export const pow: BinaryOp = binary('pow', u.power, 'iufc');
export const maximum: BinaryOp = binary('maximum', u.maximum, 'iuf');
export const minimum: BinaryOp = binary('minimum', u.minimum, 'iuf');
export const squared_difference: BinaryOp = (x, y) => square(subtract(x, y));
export const atan2: BinaryOp = binary('atan2', u.arctan2, 'f');
export const equal: BinaryOp = binary('equal', u.equal);
export const not_equal: BinaryOp = binary('not_equal', u.not_equal);
export const less: BinaryOp = binary('less', u.less, 'iuf');
export const less_equal: BinaryOp = binary('less_equal', u.less_equal, 'iuf');
export const greater: BinaryOp = binary('greater', u.greater, 'iuf');
export const greater_equal: BinaryOp = binary('greater_equal', u.greater_equal, 'iuf');
export const logical_and: BinaryOp = binary('logical_and', u.logical_and, 'b');
export const logical_or: BinaryOp = binary('logical_or', u.logical_or, 'b');
export const logical_xor: BinaryOp = binary('logical_xor', u.logical_xor, 'b');
export const bitwise_and: BinaryOp = binary('bitwise_and', u.bitwise_and, 'iu');
export const bitwise_or: BinaryOp = binary('bitwise_or', u.bitwise_or, 'iu');
export const bitwise_xor: BinaryOp = binary('bitwise_xor', u.bitwise_xor, 'iu');

export const negative: UnaryOp = unary('negative', u.negative, 'iufc');
export const abs: UnaryOp = unary('abs', u.absolute, 'iufc');
export const sign: UnaryOp = unary('sign', u.sign, 'iufc');
export const square: UnaryOp = unary('square', u.square, 'iufc');
export const sqrt: UnaryOp = unary('sqrt', u.sqrt, FLOATING);
export const rsqrt: UnaryOp = (x) => reciprocal(sqrt(x));
export const reciprocal: UnaryOp = unary('reciprocal', u.reciprocal, 'iufc');
export const exp: UnaryOp = unary('exp', u.exp, FLOATING);
export const expm1: UnaryOp = unary('expm1', u.expm1, FLOATING);
export const log: UnaryOp = unary('log', u.log, FLOATING);
export const log1p: UnaryOp = unary('log1p', u.log1p, FLOATING);
export const sin: UnaryOp = unary('sin', u.sin, FLOATING);
export const cos: UnaryOp = unary('cos', u.cos, FLOATING);
export const tan: UnaryOp = unary('tan', u.tan, FLOATING);
export const asin: UnaryOp = unary('asin', u.arcsin, FLOATING);
export const acos: UnaryOp = unary('acos', u.arccos, FLOATING);
export const atan: UnaryOp = unary('atan', u.arctan, FLOATING);
export const sinh: UnaryOp = unary('sinh', u.sinh, FLOATING);
export const cosh: UnaryOp = unary('cosh', u.cosh, FLOATING);
export const tanh: UnaryOp = unary('tanh', u.tanh, FLOATING);
export const asinh: UnaryOp = unary('asinh', u.arcsinh, FLOATING);
export const acosh: UnaryOp = unary('acosh', u.arccosh, FLOATING);
export const atanh: UnaryOp = unary('atanh', u.arctanh, FLOATING);
export const floor: UnaryOp = unary('floor', u.floor, 'f');
export const ceil: UnaryOp = unary('ceil', u.ceil, 'f');
/** Nearest integer, halves to even. */
export const round: UnaryOp = (x) => {
  const t = convert_to_tensor(x as never);
  return t.dtype.kind === 'f' || t.dtype.kind === 'c' ? (u.rint(t) as unknown as Tensor) : t;
};
export const logical_not: UnaryOp = unary('logical_not', u.logical_not, 'b');
export const is_nan: UnaryOp = unary('is_nan', u.isnan, 'f');
export const is_inf: UnaryOp = unary('is_inf', u.isinf, 'f');
export const is_finite: UnaryOp = unary('is_finite', u.isfinite, 'f');
export const conj: UnaryOp = unary('conj', u.conjugate);

/** 1 / (1 + exp(-x)). */
export const sigmoid: UnaryOp = (x) => {
  const t = convert_to_tensor(x as never);
  if (t.dtype.kind !== 'f') throw new InvalidArgumentError(`tf.sigmoid: dtype ${t.dtype.name} is not allowed; use tf.cast to a floating dtype`);
  return u.reciprocal(u.add(u.exp(u.negative(t)), 1)) as unknown as Tensor;
};

/** Values limited to an interval; the bounds are inclusive. */
export function clip_by_value(t: TensorLike, clip_value_min: TensorLike, clip_value_max: TensorLike): Tensor {
  return minimum(maximum(t, clip_value_min), clip_value_max);
}

/** Sum of tensors of one shape and dtype. @throws InvalidArgumentError on an empty list or mixed dtypes */
export function add_n(inputs: readonly TensorLike[]): Tensor {
  if (inputs.length === 0) throw new InvalidArgumentError('tf.add_n: inputs must be a list of at least one tensor');
  return together('add_n', inputs).reduce((a, b) => u.add(a, b) as unknown as Tensor);
}

