import { runAs } from '../core/transfers.js';
import { InvalidArgumentError, ValueError } from '../core/errors.js';
import { sameShape } from '../core/view.js';
import type { BinaryUfunc, UnaryUfunc } from '../ndarray/ufunc.js';
import { complex as complexValue } from '../core/complex.js';
import * as np from '../ndarray/index.js';
import * as u from '../ndarray/ufuncs.js';
import { asDtype, type DTypeLike } from '../core/dtype.js';
import * as special from './special/ufuncs.js';
import { cast, constant, convert_to_tensor, options, type TensorLike, together } from './convert.js';
import { checked } from './hosted.js';
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
      if (!kinds.includes(t.dtype.kind))
        throw new InvalidArgumentError(
          `tf.${name}: dtype ${t.dtype.name} is not allowed; use tf.cast to a floating dtype`,
        );
      return f(t) as unknown as Tensor;
    });

/** An op of two operands of one dtype. */
const binary =
  (name: string, f: BinaryUfunc, kinds = 'biufc'): BinaryOp =>
  (x, y) =>
    runAs(`tf.${name}`, () => {
      const [a, b] = together(name, [x, y]);
      if (!kinds.includes(a.dtype.kind))
        throw new InvalidArgumentError(`tf.${name}: dtype ${a.dtype.name} is not allowed`);
      checkShapes(name, a, b);
      return f(a, b) as unknown as Tensor;
    });

/** @throws InvalidArgumentError `Incompatible shapes`, where broadcasting fails */
function checkShapes(name: string, a: Tensor, b: Tensor): void {
  for (let i = 1; i <= Math.min(a.ndim, b.ndim); i++) {
    const m = a.shape[a.ndim - i];
    const n = b.shape[b.ndim - i];
    if (m !== n && m !== 1 && n !== 1)
      throw new InvalidArgumentError(
        `tf.${name}: Incompatible shapes: [${a.shape.join(',')}] vs. [${b.shape.join(',')}]`,
      );
  }
}

/** Integers in the floating dtype that TensorFlow divides them in: float32 up to 16 bits, float64 above. */
const inFloat = (t: Tensor): Tensor =>
  t.dtype.kind === 'i' || t.dtype.kind === 'u' ? cast(t, t.dtype.itemsize < 4 ? 'float32' : 'float64') : t;

const nonZero = (name: string, b: Tensor): Tensor =>
  checked(b, (a) => {
    if (!np.all(a)) throw new InvalidArgumentError(`tf.${name}: Integer division by zero`);
  });

/** An integer op that has no answer for a divisor of zero. */
const checkedDivision =
  (name: string, f: BinaryUfunc): BinaryOp =>
  (x, y) =>
    runAs(`tf.${name}`, () => {
      const [a, b] = together(name, [x, y]);
      if (!'iuf'.includes(a.dtype.kind))
        throw new InvalidArgumentError(`tf.${name}: dtype ${a.dtype.name} is not allowed`);
      checkShapes(name, a, b);
      return f(a, a.dtype.kind === 'f' ? b : nonZero(name, b)) as unknown as Tensor;
    });

/**
 * Sum, element by element. @throws InvalidArgumentError for tensors of two dtypes, or shapes that do not broadcast
 * @example tf.add([1, 2], [3, 4]).numpy() // → array([4., 6.], dtype=float32)
 */
export const add: BinaryOp = binary('add', u.add, 'iufc');
/** Difference. @example tf.subtract([5, 6], [1, 2]).numpy() // → array([4., 4.], dtype=float32) */
export const subtract: BinaryOp = binary('subtract', u.subtract, 'iufc');
/** Product. @example tf.multiply([1, 2], [3, 4]).numpy() // → array([3., 8.], dtype=float32) */
export const multiply: BinaryOp = binary('multiply', u.multiply, 'iufc');
/**
 * Quotient in floating point: integers up to 16 bits divide in float32, wider ones in float64.
 * @example tf.divide(tf.constant([1, 2], 'int32'), 4).numpy() // → array([0.25, 0.5 ])
 */
export const divide: BinaryOp = (x, y) =>
  runAs('tf.divide', () => {
    const [a, b] = together('divide', [x, y]);
    if (a.dtype.kind === 'b') throw new InvalidArgumentError('tf.divide: dtype bool is not allowed');
    checkShapes('divide', a, b);
    return u.divide(inFloat(a), inFloat(b)) as unknown as Tensor;
  });
/** The same as {@link divide}. @example tf.truediv([1, 2], 4).numpy() // → array([0.25, 0.5 ], dtype=float32) */
export const truediv: BinaryOp = divide;
/**
 * Quotient rounded toward -inf. @throws InvalidArgumentError `Integer division by zero`
 * @example tf.math.floordiv([7, -7], 2).numpy() // → array([ 3., -4.], dtype=float32)
 */
export const floordiv: BinaryOp = checkedDivision('floordiv', u.floor_divide);
/**
 * Remainder with the sign of the divisor. @throws InvalidArgumentError `Integer division by zero`
 * @example tf.math.floormod([7, -7], 3).numpy() // → array([1., 2.], dtype=float32)
 */
export const floormod: BinaryOp = checkedDivision('floormod', u.remainder);
/** The same as {@link floormod}. @example tf.math.mod([7, -7], 3).numpy() // → array([1., 2.], dtype=float32) */
export const mod: BinaryOp = floormod;
/** Integers divided toward zero; nothing is lost of 64 bits. */
const toward = (a: Tensor, b: Tensor): Tensor => {
  const q = u.floor_divide(a, b);
  // The quotient was rounded away from zero where the signs differ and something is left.
  const away = u.logical_and(u.not_equal(u.multiply(q, b), a), u.not_equal(u.less(a, 0), u.less(b, 0)));
  return u.add(q, cast(away as never, a.dtype)) as unknown as Tensor;
};
/**
 * Quotient rounded toward zero. @throws InvalidArgumentError `Integer division by zero`
 * @example tf.truncatediv(tf.constant([7, -7], 'int32'), 2).numpy() // → array([ 3, -3], dtype=int32)
 */
export const truncatediv: BinaryOp = checkedDivision('truncatediv', ((a: Tensor, b: Tensor) =>
  a.dtype.kind === 'f' ? u.trunc(u.divide(a, b)) : toward(a, b)) as never);
/**
 * Remainder with the sign of the dividend. @throws InvalidArgumentError `Integer division by zero`
 * @example tf.truncatemod(tf.constant([7, -7], 'int32'), 3).numpy() // → array([ 1, -1], dtype=int32)
 */
export const truncatemod: BinaryOp = checkedDivision('truncatemod', u.fmod);
/** A scalar times a tensor. @example tf.scalar_mul(2, [1, 2]).numpy() // → array([2., 4.], dtype=float32) */
export const scalar_mul = (scalar: TensorLike, x: TensorLike): Tensor => multiply(scalar, x);
/**
 * x ** y. @throws InvalidArgumentError for integers to negative powers
 * @example tf.pow([2, 3], 2).numpy() // → array([4., 9.], dtype=float32)
 */
export const pow: BinaryOp = binary(
  'pow',
  ((a: Tensor, b: Tensor) =>
    u.power(
      a,
      a.dtype.kind !== 'i'
        ? b
        : checked(b, (e) => {
            if (np.any(np.less(e, 0)))
              throw new InvalidArgumentError('tf.pow: Integers to negative integer powers are not allowed');
          }),
    )) as never,
  'iufc',
);
/** The larger of two; nan where either is nan. @example tf.maximum([1, 5], 3).numpy() // → array([3., 5.], dtype=float32) */
export const maximum: BinaryOp = binary('maximum', u.maximum, 'iuf');
/** The smaller of two; nan where either is nan. @example tf.minimum([1, 5], 3).numpy() // → array([1., 3.], dtype=float32) */
export const minimum: BinaryOp = binary('minimum', u.minimum, 'iuf');
/** (x - y) ** 2. @example tf.math.squared_difference([1, 5], 2).numpy() // → array([1., 9.], dtype=float32) */
export const squared_difference: BinaryOp = (x, y) => square(subtract(x, y));
/** Angle of the point (x, y), given as y, x. @example tf.atan2([1], [-1]).numpy() // → array([2.3561945], dtype=float32) */
export const atan2: BinaryOp = binary('atan2', u.arctan2, 'f');
/** x == y, as bool. @example tf.equal([1, 2], [1, 3]).numpy() // → array([ True, False]) */
export const equal: BinaryOp = binary('equal', u.equal);
/** x != y, as bool. @example tf.not_equal([1, 2], [1, 3]).numpy() // → array([False,  True]) */
export const not_equal: BinaryOp = binary('not_equal', u.not_equal);
/** x < y, as bool. @example tf.less([1, 2], 2).numpy() // → array([ True, False]) */
export const less: BinaryOp = binary('less', u.less, 'iuf');
/** x <= y, as bool. @example tf.less_equal([1, 2], 1).numpy() // → array([ True, False]) */
export const less_equal: BinaryOp = binary('less_equal', u.less_equal, 'iuf');
/** x > y, as bool. @example tf.greater([1, 2], 1).numpy() // → array([False,  True]) */
export const greater: BinaryOp = binary('greater', u.greater, 'iuf');
/** x >= y, as bool. @example tf.greater_equal([1, 2], 2).numpy() // → array([False,  True]) */
export const greater_equal: BinaryOp = binary('greater_equal', u.greater_equal, 'iuf');
/** Both are true; bool. @example tf.logical_and([true, false], true).numpy() // → array([ True, False]) */
export const logical_and: BinaryOp = binary('logical_and', u.logical_and, 'b');
/** At least one is true; bool. @example tf.logical_or([true, false], false).numpy() // → array([ True, False]) */
export const logical_or: BinaryOp = binary('logical_or', u.logical_or, 'b');
/** Exactly one is true; bool. @example tf.math.logical_xor([true, false], true).numpy() // → array([False,  True]) */
export const logical_xor: BinaryOp = binary('logical_xor', u.logical_xor, 'b');
/** Bits set in both; integers. @example tf.bitwise_and(tf.constant([6, 5], 'int32'), 3).numpy() // → array([2, 1], dtype=int32) */
export const bitwise_and: BinaryOp = binary('bitwise_and', u.bitwise_and, 'iu');
/** Bits set in either; integers. @example tf.bitwise_or(tf.constant([6], 'int32'), 1).numpy() // → array([7], dtype=int32) */
export const bitwise_or: BinaryOp = binary('bitwise_or', u.bitwise_or, 'iu');
/** Bits set in exactly one; integers. @example tf.bitwise_xor(tf.constant([6], 'int32'), 3).numpy() // → array([5], dtype=int32) */
export const bitwise_xor: BinaryOp = binary('bitwise_xor', u.bitwise_xor, 'iu');

/** The negative. @example tf.negative([1, -2]).numpy() // → array([-1.,  2.], dtype=float32) */
export const negative: UnaryOp = unary('negative', u.negative, 'iufc');
/** Absolute value; of complex numbers the modulus. @example tf.abs([-1.5, 2]).numpy() // → array([1.5, 2. ], dtype=float32) */
export const abs: UnaryOp = unary('abs', u.absolute, 'iufc');
/** -1, 0 or 1. @example tf.sign([-5, 0, 3]).numpy() // → array([-1.,  0.,  1.], dtype=float32) */
export const sign: UnaryOp = unary('sign', u.sign, 'iufc');
/** x * x. @example tf.square([2, -3]).numpy() // → array([4., 9.], dtype=float32) */
export const square: UnaryOp = unary('square', u.square, 'iufc');
/** Square root; nan below zero. @example tf.sqrt([4, 9]).numpy() // → array([2., 3.], dtype=float32) */
export const sqrt: UnaryOp = unary('sqrt', u.sqrt, FLOATING);
/** 1 / sqrt(x). @example tf.math.rsqrt([4]).numpy() // → array([0.5], dtype=float32) */
export const rsqrt: UnaryOp = (x) => reciprocal(sqrt(x));
/** 1 / x. @example tf.math.reciprocal([4]).numpy() // → array([0.25], dtype=float32) */
export const reciprocal: UnaryOp = unary('reciprocal', u.reciprocal, 'iufc');
/** e**x. @example tf.exp([0, 1]).numpy() // → array([1.       , 2.7182817], dtype=float32) */
export const exp: UnaryOp = unary('exp', u.exp, FLOATING);
/** exp(x) - 1, exact near zero. @example tf.math.expm1([0]).numpy() // → array([0.], dtype=float32) */
export const expm1: UnaryOp = unary('expm1', u.expm1, FLOATING);
/** Natural logarithm. @example tf.math.log([1]).numpy() // → array([0.], dtype=float32) */
export const log: UnaryOp = unary('log', u.log, FLOATING);
/** log(1 + x), exact near zero. @example tf.math.log1p([0]).numpy() // → array([0.], dtype=float32) */
export const log1p: UnaryOp = unary('log1p', u.log1p, FLOATING);
/** Sine of radians. @example tf.sin([0]).numpy() // → array([0.], dtype=float32) */
export const sin: UnaryOp = unary('sin', u.sin, FLOATING);
/** Cosine of radians. @example tf.cos([0]).numpy() // → array([1.], dtype=float32) */
export const cos: UnaryOp = unary('cos', u.cos, FLOATING);
/** Tangent of radians. @example tf.tan([0]).numpy() // → array([0.], dtype=float32) */
export const tan: UnaryOp = unary('tan', u.tan, FLOATING);
/** Inverse sine. @example tf.asin([0]).numpy() // → array([0.], dtype=float32) */
export const asin: UnaryOp = unary('asin', u.arcsin, FLOATING);
/** Inverse cosine. @example tf.acos([1]).numpy() // → array([0.], dtype=float32) */
export const acos: UnaryOp = unary('acos', u.arccos, FLOATING);
/** Inverse tangent. @example tf.atan([0]).numpy() // → array([0.], dtype=float32) */
export const atan: UnaryOp = unary('atan', u.arctan, FLOATING);
/** Hyperbolic sine. @example tf.sinh([0]).numpy() // → array([0.], dtype=float32) */
export const sinh: UnaryOp = unary('sinh', u.sinh, FLOATING);
/** Hyperbolic cosine. @example tf.cosh([0]).numpy() // → array([1.], dtype=float32) */
export const cosh: UnaryOp = unary('cosh', u.cosh, FLOATING);
/** Hyperbolic tangent. @example tf.tanh([0]).numpy() // → array([0.], dtype=float32) */
export const tanh: UnaryOp = unary('tanh', u.tanh, FLOATING);
/** Inverse hyperbolic sine. @example tf.asinh([0]).numpy() // → array([0.], dtype=float32) */
export const asinh: UnaryOp = unary('asinh', u.arcsinh, FLOATING);
/** Inverse hyperbolic cosine. @example tf.acosh([1]).numpy() // → array([0.], dtype=float32) */
export const acosh: UnaryOp = unary('acosh', u.arccosh, FLOATING);
/** Inverse hyperbolic tangent. @example tf.atanh([0]).numpy() // → array([0.], dtype=float32) */
export const atanh: UnaryOp = unary('atanh', u.arctanh, FLOATING);
/** Largest integer not above. @example tf.floor([1.7]).numpy() // → array([1.], dtype=float32) */
export const floor: UnaryOp = unary('floor', u.floor, 'f');
/** Smallest integer not below. @example tf.ceil([1.2]).numpy() // → array([2.], dtype=float32) */
export const ceil: UnaryOp = unary('ceil', u.ceil, 'f');
/** Nearest integer, halves to even. @example tf.round([0.5, 1.5]).numpy() // → array([0., 2.], dtype=float32) */
export const round: UnaryOp = (x) => {
  const t = convert_to_tensor(x as never);
  return t.dtype.kind === 'f' || t.dtype.kind === 'c' ? (u.rint(t) as unknown as Tensor) : t;
};
/** The opposite; bool. @example tf.logical_not([true]).numpy() // → array([False]) */
export const logical_not: UnaryOp = unary('logical_not', u.logical_not, 'b');
/** True where nan. @example tf.math.is_nan([1, NaN]).numpy() // → array([False,  True]) */
export const is_nan: UnaryOp = unary('is_nan', u.isnan, 'f');
/** True where inf or -inf. @example tf.math.is_inf([1, Infinity]).numpy() // → array([False,  True]) */
export const is_inf: UnaryOp = unary('is_inf', u.isinf, 'f');
/** True where neither inf nor nan. @example tf.math.is_finite([1, NaN]).numpy() // → array([ True, False]) */
export const is_finite: UnaryOp = unary('is_finite', u.isfinite, 'f');
/** Nearest integer, halves to even. @example tf.math.rint([0.5, 1.5]).numpy() // → array([0., 2.], dtype=float32) */
export const rint: UnaryOp = unary('rint', u.rint, 'f');
/** Complex conjugate. @example tf.math.conj(tf.complex([1], [2])).numpy() // → array([1.-2.j], dtype=complex64) */
export const conj: UnaryOp = unary('conj', u.conjugate);
/** Real part. @example tf.math.real(tf.complex([1], [2])).numpy() // → array([1.], dtype=float32) */
export const real: UnaryOp = (x) => np.real(convert_to_tensor(x as never)) as unknown as Tensor;
/** Imaginary part. @example tf.math.imag(tf.complex([1], [2])).numpy() // → array([2.], dtype=float32) */
export const imag: UnaryOp = (x) => np.imag(convert_to_tensor(x as never)) as unknown as Tensor;
/** Argument in radians. @example tf.math.angle(tf.complex([0], [1])).numpy() // → array([1.5707964], dtype=float32) */
export const angle: UnaryOp = (x) => np.angle(convert_to_tensor(x as never)) as unknown as Tensor;
/**
 * A complex tensor of its real and imaginary parts, float32 or float64.
 * @example tf.complex([1, 2], [3, 4]).numpy() // → array([1.+3.j, 2.+4.j], dtype=complex64)
 */
export const complex = (re: TensorLike, im: TensorLike): Tensor => {
  const [a, b] = together('complex', [re, im]);
  if (a.dtype.kind !== 'f' || a.dtype.itemsize < 4)
    throw new InvalidArgumentError(`tf.complex: dtype ${a.dtype.name} is not allowed; it is float32 or float64`);
  const wide = a.dtype.itemsize === 4 ? 'complex64' : 'complex128';
  return u.add(
    cast(a, wide),
    u.multiply(cast(b, wide), constant(complexValue(0, 1), { dtype: wide })),
  ) as unknown as Tensor;
};

/** The next number after x toward y that the dtype has. @example tf.math.nextafter([1], [2]).item() // → 1.0000001192092896 */
export const nextafter: BinaryOp = binary('nextafter', u.nextafter, 'f');

/** 1 / (1 + exp(-x)). @example tf.sigmoid([0]).numpy() // → array([0.5], dtype=float32) */
export const sigmoid: UnaryOp = (x) =>
  runAs('tf.sigmoid', () => {
    const t = convert_to_tensor(x as never) as Tensor;
    if (!FLOATING.includes(t.dtype.kind))
      throw new InvalidArgumentError(
        `tf.sigmoid: dtype ${t.dtype.name} is not allowed; use tf.cast to a floating dtype`,
      );
    if (t.dtype.kind === 'c') return u.reciprocal(u.add(u.exp(u.negative(t)), 1)) as unknown as Tensor;
    return special.sigmoid(t) as unknown as Tensor;
  });

/** The polynomial with these coefficients, the highest power first, at x. @example tf.math.polyval([3, 0, 1], 5).item() // → 76 */
export function polyval(coeffs: readonly TensorLike[], x: TensorLike): Tensor {
  const [t, ...c] = together('polyval', [x, ...coeffs]);
  if (c.length === 0) return np.zeros_like(t) as unknown as Tensor;
  return c
    .slice(1)
    .reduce(
      (sum, k) => u.add(u.multiply(sum, t), k) as unknown as Tensor,
      u.add(np.zeros_like(t), c[0]) as unknown as Tensor,
    );
}

/**
 * Sum of tensors of one shape and dtype. @throws ValueError on an empty list, InvalidArgumentError on mixed dtypes or shapes
 * @example tf.add_n([[1, 2], [3, 4], [5, 6]]).numpy() // → array([ 9., 12.], dtype=float32)
 */
export function add_n(inputs: readonly TensorLike[]): Tensor {
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw new ValueError(
      'Inputs must be an iterable of at least one Tensor/IndexedSlices with the same dtype and shape.',
    );
  const all = together('add_n', inputs);
  const odd = all.findIndex((t) => !sameShape(t.shape, all[0].shape));
  if (odd >= 0)
    throw new InvalidArgumentError(
      `tf.add_n: Shapes must be equal, but are [${all[0].shape.join(',')}] and [${all[odd].shape.join(',')}]`,
    );
  return all.reduce((a, b) => u.add(a, b) as unknown as Tensor);
}
/** The same as {@link add_n}. @example tf.math.accumulate_n([[1, 2], [3, 4]]).numpy() // → array([4., 6.], dtype=float32) */
export const accumulate_n = (
  inputs: readonly TensorLike[],
  ...rest: (
    | readonly number[]
    | DTypeLike
    | null
    | { shape?: readonly number[] | null; tensor_dtype?: DTypeLike | null }
  )[]
): Tensor => {
  const o = options<{ shape: readonly number[]; tensor_dtype: DTypeLike }>(
    'math.accumulate_n',
    ['shape', 'tensor_dtype'],
    rest,
  );
  const sum = add_n(inputs);
  if ((o.shape && !sameShape(o.shape, sum.shape)) || (o.tensor_dtype && asDtype(o.tensor_dtype) !== sum.dtype))
    throw new ValueError('inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape');
  return sum;
};
