import type { Expr } from '../ir/expr.js';

/**
 * The two formats in which the hot functions are computed natively, so that float32 fills twice as many lanes. The algorithms are the
 * same; they differ in the numbers below and in the length of the polynomials.
 */
export interface Precision {
  readonly type: 'float64' | 'float32';
  readonly int: 'int64' | 'int32';
  /** Keeps the upper half of a significand (26 or 12 bits). */
  readonly upperMask: number;
  /** Keeps its upper quarter (13 or 6 bits). */
  readonly quarterMask: number;
  /** 1.5 times 2 to the bits of the fraction: adding it rounds to an integer and leaves that integer in the low bits. */
  readonly magic: number;
  readonly magicBits: bigint;
  readonly fractionBits: number;
  readonly bias: number;
  readonly sign: bigint;
  readonly smallestNormal: number;
  /** A power of two that makes subnormals normal, and its exponent. */
  readonly lift: number;
  readonly liftBits: bigint;
}

export const DOUBLE: Precision = {
  type: 'float64',
  int: 'int64',
  upperMask: -134217728,
  quarterMask: -(2 ** 40),
  magic: 6755399441055744,
  magicBits: 0x4338000000000000n,
  fractionBits: 52,
  bias: 1023,
  sign: -0x8000000000000000n,
  smallestNormal: 2 ** -1022,
  lift: 2 ** 54,
  liftBits: 54n,
};

export const SINGLE: Precision = {
  type: 'float32',
  int: 'int32',
  upperMask: -4096,
  quarterMask: -(2 ** 18),
  magic: 12582912,
  magicBits: 0x4b400000n,
  fractionBits: 23,
  bias: 127,
  sign: -0x80000000n,
  smallestNormal: 2 ** -126,
  lift: 2 ** 25,
  liftBits: 25n,
};

export const isSingle = (x: Expr): boolean => x.type === 'float32' || x.type === 'int32';

/** The precision of a float, or that of an integer that holds its bits. */
export const precisionOf = (x: Expr): Precision => (isSingle(x) ? SINGLE : DOUBLE);
