import { ArrayValue } from '../../core/array.js';
import { scalarOf } from '../../core/coerce.js';
import { ValueError } from '../../core/errors.js';
import { asInteger } from '../../core/integer-argument.js';

/** Arguments of `np.tri` and what is made of it, which may have fractions: NumPy counts with them, and then casts to integers. */

/** A float without axes is a number like any other. */
const plain = (x: unknown): unknown =>
  x instanceof ArrayValue && x.ndim === 0 && x.dtype.kind === 'f' ? Number(scalarOf(x)) : x;
const hasFraction = (x: unknown): x is number => typeof x === 'number' && !Number.isInteger(x);

function finite(x: number): number {
  if (!Number.isFinite(x)) throw new ValueError('arange: cannot compute length');
  return x;
}

/**
 * The diagonal that bounds a triangle from above, as an integer. NumPy compares row numbers with `arange(-k, M - k)` cast to integers: it is cut
 * towards zero, and between 0 and 1, where its first two numbers are both 0, so are all others.
 * @throws ValueError `arange: cannot compute length` for what is not finite
 */
export function lastDiagonal(k: unknown): number {
  const n = plain(k);
  if (!hasFraction(n)) return asInteger(n);
  return finite(n) > 0 && n < 1 ? Number.POSITIVE_INFINITY : Math.trunc(n);
}

/** The diagonal at which an upper triangle begins: behind the last one of the lower triangle that is left out. */
export function firstDiagonal(k: unknown): number {
  const n = plain(k);
  return hasFraction(n) ? lastDiagonal(n - 1) + 1 : asInteger(n);
}

/** How many rows or columns `arange` counts. */
export function counted(x: unknown): number {
  const n = plain(x);
  return Math.max(0, hasFraction(n) ? Math.ceil(finite(n)) : asInteger(n));
}
