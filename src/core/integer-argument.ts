import { ArrayValue } from './array.js';
import { scalarOf } from './coerce.js';
import { TypeError } from './errors.js';
import { typeName } from './python/kind.js';

/** Arguments that Python reads by `__index__`: lengths, offsets, counts. */

/** An integer of Python's: a number without fraction, a bigint, an integer array without axes; null for anything else. */
export function integerOf(x: unknown): number | null {
  if (typeof x === 'number') return Number.isInteger(x) ? x : null;
  if (typeof x === 'bigint') return Number(x);
  if (x instanceof ArrayValue && x.ndim === 0 && (x.dtype.kind === 'i' || x.dtype.kind === 'u'))
    return Number(scalarOf(x));
  return null;
}

/**
 * The same, where a truth counts as 0 or 1.
 * @throws TypeError `'float' object cannot be interpreted as an integer`
 */
export function asInteger(x: unknown): number {
  const n = typeof x === 'boolean' ? Number(x) : integerOf(x);
  if (n !== null) return n;
  if (x instanceof ArrayValue && x.ndim > 0)
    throw new TypeError('only integer scalar arrays can be converted to a scalar index');
  throw new TypeError(`'${typeName(x)}' object cannot be interpreted as an integer`);
}
